# Documents, words and latency for each minute of the log, all workers together.
#
#   journalctl -o cat -u 'worker@*' --since -1h | jq -nRr -f deploy/logs/throughput.jq
#
# Columns: minute, documents/s, tokens/s, worst p99 in ms, lag, dead letters, redelivered.

[inputs | fromjson? | select(.event == "stats")]
| group_by(.time[0:16])[]
| (group_by(.worker) | map({docs: (map(.docs_per_s) | add / length), tokens: (map(.tokens_per_s) | add / length)})) as $workers
| [.[0].time[0:16], ($workers | map(.docs) | add * 10 | round / 10), ($workers | map(.tokens) | add | round),
   (map(.p99_ms) | max), (map(.lag) | max), (map(.dead) | add), (map(.redelivered) | add)]
| @tsv
