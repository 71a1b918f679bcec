# The twenty documents that took longest, with the step that took most of it.
#
#   journalctl -o cat -u 'worker@*' --since -1h | jq -nRr -f deploy/logs/slow.jq

[inputs | fromjson? | select(.event == "doc.done") | {ms, doc, source, bytes, worst: (.steps | to_entries | max_by(.value))}]
| sort_by(-.ms)[:20][]
| "\(.ms) ms\t\(.worst.key) \(.worst.value) ms\t\(.bytes) bytes\t\(.source)\t\(.doc)"
