#!/bin/sh
# Two songs in; an analysis, a master and a mix out: the API with curl alone. docs/api.md explains it line by line.
#   tutti serve                                    in one terminal
#   docs/quick-start.sh FIRST SECOND [FOLDER]      in another; what is made goes into FOLDER, or here
# TUTTI is where the service listens: http://127.0.0.1:4533 when it is not set. TUTTI_KEY is a key of an account, which is needed
# once there are accounts (docs/accounts.md).
set -eu

API="${TUTTI:-http://127.0.0.1:4533}/api/v1"
OUT="${3:-.}"
[ $# -ge 2 ] || { echo "usage: $0 FIRST SECOND [FOLDER]" >&2; exit 2; }
command -v curl > /dev/null || { echo "$0 needs curl" >&2; exit 3; }

# curl, with the key where there is one.
call() { curl --silent --show-error ${TUTTI_KEY:+--header "authorization: Bearer $TUTTI_KEY"} "$@"; }

# What the service refuses, it says in a document: print that, and stop.
ask() {
  answer=$(call --fail-with-body "$@") || { printf '%s\n' "$answer" >&2; exit 1; }
  printf '%s\n' "$answer"
}

# The text of a field, as JSON has it: it can stand in JSON again.
text() { sed -En 's/.*"'"$1"'":"(([^"\\]|\\.)*)".*/\1/p'; }

# The key of a file that a job made.
key() { sed -En 's/.*"'"$1"'":\{"key":"([0-9a-f]*)".*/\1/p'; }

# Sends a song, and says where it is now. The name is what the file is to be called.
upload() {
  sent=$(ask -X POST -T "$1" "$API/uploads?name=$2") || exit 1
  printf '%s\n' "$sent" | text path
}

# Asks for a job, and waits by its events until it has ended. The last event is the job as it is then.
job() {
  asked=$(ask -H 'content-type: application/json' -d "$1" "$API/jobs") || exit 1
  id=$(printf '%s\n' "$asked" | text id)
  printf 'job %s: %s\n' "$id" "$1" >&2
  ended=$(call --no-buffer "$API/jobs/$id/events" | sed -n 's/^data: //p' | tail -n 1)
  case "$ended" in
    *'"state":"done"'*) printf '%s\n' "$ended" ;;
    *) printf '%s\n' "$ended" >&2; exit 1 ;;
  esac
}

# Keeps what a job made.
result() { call --fail --output "$OUT/$2" "$API/results/$1"; echo "$OUT/$2"; }

first=$(upload "$1" first)
second=$(upload "$2" second)

analysis=$(job "{\"type\":\"analyse\",\"input\":{\"path\":\"$first\"}}")
result "$(printf '%s\n' "$analysis" | key analysis)" analysis.json

master=$(job "{\"type\":\"master\",\"input\":{\"path\":\"$first\",\"output\":{\"ending\":\"wav\"}}}")
result "$(printf '%s\n' "$master" | key file)" master.wav

mix=$(job "{\"type\":\"mix\",\"input\":{\"files\":[\"$first\",\"$second\"],\"output\":{\"ending\":\"wav\"}}}")
result "$(printf '%s\n' "$mix" | key file)" mix.wav
