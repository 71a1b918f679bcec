# Dead letters by reason, step and source, most first.
#
#   journalctl -o cat -u 'worker@*' --since -1d | jq -nRr -f deploy/logs/dead.jq

[inputs | fromjson? | select(.event == "doc.dead")]
| group_by([.reason, .step, .source])
| sort_by(-length)[]
| "\(length)\t\(.[0].reason)\t\(.[0].step // "")\t\(.[0].source)\t\(.[0].error)"
