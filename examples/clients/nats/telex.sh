#!/usr/bin/env bash
# An example of a client of Telex, with the nats tool (0.1 or later): publishes a
# document, follows what is live, or reads NEWS through its own consumer. See
# ../README.md; the tool itself reads NATS_URL, NATS_NKEY and NATS_CA.
set -euo pipefail

options=(--inbox-prefix "${NATS_INBOX_PREFIX:-_INBOX}")

case ${1:-} in
publish) # SOURCE FILE
  # The message id is made of what is sent and by whom: sent again, it is stored once.
  id=$({ echo "$2" && cat "$3"; } | sha256sum | cut -c1-32)
  nats "${options[@]}" pub --jetstream --force-stdin -H "Nats-Msg-Id:$id" --no-templates "documents.$2" <"$3"
  ;;
follow) # SUBJECT [COUNT]
  nats "${options[@]}" sub --raw ${3:+--count "$3"} "$2"
  ;;
read) # CONSUMER [COUNT]
  nats "${options[@]}" --js-api-prefix "${NATS_API_PREFIX:-\$JS.API}" consumer next --raw --ack --count "${3:-1}" NEWS "$2"
  ;;
*)
  echo "usage: telex.sh publish SOURCE FILE | follow SUBJECT [COUNT] | read CONSUMER [COUNT]" >&2
  exit 2
  ;;
esac
