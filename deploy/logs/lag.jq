# Is the backlog growing? One line: the documents that wait, now and a quarter of
# an hour ago, and whether that is an alarm.
#
#   journalctl -o cat -u 'worker@*' --since -1h | jq -nRr -f deploy/logs/lag.jq
#
# An alarm takes 1000 waiting documents, or as
# many as --argjson least N says, and a fifth more than a quarter of an hour ago.

def seconds: sub("\\.[0-9]+"; "") | fromdateiso8601;
def mean: if length == 0 then 0 else add / length end;

($ARGS.named.least // 1000) as $least
| [inputs | fromjson? | select(.event == "stats" and .lag != null) | {t: (.time | seconds), lag, oldest: .oldest_unread_s}]
| (map(.t) | max) as $now
| (map(select(.t > $now - 300) | .lag) | mean | round) as $recent
| (map(select(.t <= $now - 900 and .t > $now - 1200) | .lag) | mean | round) as $before
| (map(select(.t > $now - 300) | .oldest) | max) as $oldest
| ($recent > $least and $recent > $before * 1.2) as $alarm
| "lag \($recent), a quarter of an hour ago \($before), oldest waits \($oldest // 0) s\(if $alarm then ": GROWING" else "" end)"
