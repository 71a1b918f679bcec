# Is storage filling? Each line in which a worker made room, or could not, and each
# in which a producer met a full stream.
#
#   journalctl -o cat -u 'worker@*' --since -1d | jq -nRr -f deploy/logs/storage.jq

inputs | fromjson?
| select((.stream == "DOCUMENTS" and (.message | test("make room"))) or ((.error // "") | test("is full")))
| "\(.time)\t\(.message)\t\(.deleted // .error)"
