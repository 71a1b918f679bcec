# Which sources have fallen silent? One line for each that sent documents within
# the log, but none in the last hour, or in the last --argjson hours N.
#
#   journalctl -o cat -u 'worker@*' --since -1d | jq -nRr -f deploy/logs/silent.jq

def seconds: sub("\\.[0-9]+"; "") | fromdateiso8601;

($ARGS.named.hours // 1) as $hours
| reduce (inputs | fromjson? | select(.event == "stats")) as $s ({now: 0, last: {}};
    ($s.time | seconds) as $t
    | .now = ([.now, $t] | max)
    | reduce ($s.sources | to_entries[] | select(.value > 0) | .key) as $source (.;
        .last[$source] = ([.last[$source] // 0, $t] | max)))
| .now as $now
| .last | to_entries | sort_by(.value)[]
| select($now - .value > $hours * 3600)
| "\(.key): last document \(.value | todateiso8601), \(($now - .value) / 3600 * 10 | floor / 10) h ago"
