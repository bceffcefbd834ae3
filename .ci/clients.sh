#!/usr/bin/env bash
# .ci/clients.sh [COMMAND…]: clients that nobody here wrote, against a running `gossip node` started by COMMAND (default:
# node bin/gossip.js): grpcurl, which knows it by reflection alone, and Python's grpcio with a stub that grpcio-tools
# makes of the seed's proto. grpcurl plays a round of gossip.v1 as well. Then `deno serve` of the same handlers, where
# there is Deno. Installs them into a folder of its own; ends with 1 where anything fails.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
gossip=("$@")
[ $# -gt 0 ] || gossip=(node bin/gossip.js)
work=$(mktemp -d)
children=()
finish() {
  for child in ${children[@]+"${children[@]}"}; do kill "$child" 2>/dev/null || true; done
  chmod -R u+w "$work"
  rm -rf "$work"
}
trap finish EXIT

failed() {
  echo "FAIL  $*" >&2
  exit 1
}

# same WHAT EXPECTED COMMAND…: what a command prints, white space aside.
same() {
  local what=$1 expected=$2 printed
  shift 2
  printed=$("$@" 2>&1 | tr -d ' \n') || failed "$what: $printed"
  [ "$printed" = "$(tr -d ' \n' <<<"$expected")" ] || failed "$what: got $printed, not $expected"
  echo "ok    $what"
}

# start NAME NEIGHBOR VALUE PORT: a node at the address NAME.
start() {
  HOSTNAME=$1 NEIGHBORS=$2 NODE_VALUE=$3 ALGORITHM=default REPETITIONS=1 RANDOM_INITIALIZATION=False \
    "${gossip[@]}" node --port "$4" --peer-port 51091 2>"$work/$1.log" &
  listens "$1"
}

# listens NAME: waits until the command begun last listens, and leaves its process in $started.
listens() {
  started=$!
  children+=("$started")
  for _ in $(seq 100); do
    ! grep -q '"listening"' "$work/$1.log" || return 0
    sleep 0.1
  done
  failed "$1 does not listen: $(cat "$work/$1.log")"
}

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet grpcio grpcio-tools
GOBIN="$work/bin" GOFLAGS=-modcacherw go install github.com/fullstorydev/grpcurl/cmd/grpcurl@latest >"$work/go.log" 2>&1 ||
  failed "grpcurl does not install: $(tail -n 5 "$work/go.log")"

start 127.0.0.2 127.0.0.3 7 51051
first=$started
start 127.0.0.3 127.0.0.2 3 51052
second=$started

call() { "$work/bin/grpcurl" -plaintext "$@"; }
services='gossip.Gossip grpc.health.v1.Health grpc.reflection.v1.ServerReflection'
same 'grpcurl list' "$services" call 127.0.0.2:51051 list
same 'grpcurl list gossip.Gossip' \
  'gossip.Gossip.CurrentValue gossip.Gossip.Gossip gossip.Gossip.History gossip.Gossip.Reset gossip.Gossip.StopApplication' \
  call 127.0.0.2:51051 list gossip.Gossip
same 'grpcurl describe' \
  'gossip.ValueEntry is a message: message ValueEntry { int32 participations = 1; int32 value = 2; }' \
  call 127.0.0.2:51051 describe gossip.ValueEntry
same 'grpcurl CurrentValue' '{"value": 7}' call 127.0.0.2:51051 gossip.Gossip/CurrentValue
same 'grpcurl Gossip' '{}' call 127.0.0.2:51051 gossip.Gossip/Gossip
same 'grpcurl History' '{"valueEntries": [{"value": 7}, {"participations": 1, "value": 3}]}' \
  call 127.0.0.2:51051 gossip.Gossip/History
same 'grpcurl health' '{"status": "SERVING"}' call 127.0.0.2:51051 grpc.health.v1.Health/Check

"$work/venv/bin/python" -m grpc_tools.protoc -Iproto/gossip --python_out="$work" --grpc_python_out="$work" gossip.proto
PYTHONPATH="$work" "$work/venv/bin/python" .ci/clients.py 127.0.0.2:51051 127.0.0.3:51052 || failed 'Python grpcio'
echo 'ok    Python grpcio'
wait "$first" || failed "the first node left with $?"
wait "$second" || failed "the second node left with $?"
echo 'ok    both nodes left with 0'

GOSSIP_TOKEN=secret "${gossip[@]}" node --host 127.0.0.5 --port 51054 --peer-port 51091 2>"$work/host.log" &
listens host
host=$started
# to METHOD [JSON]: calls the host as its runner.
to() { call -H 'gossip-token: secret' -d "${2:-{\}}" 127.0.0.5:51054 "gossip.v1.HostService/$1"; }
services='gossip.v1.HostService grpc.health.v1.Health grpc.reflection.v1.ServerReflection'
same 'grpcurl list, of a host' "$services" call 127.0.0.5:51054 list
same 'grpcurl describe, of a host' \
  'gossip.v1.NodeRange is a message: message NodeRange { uint32 first = 1; uint32 end = 2; }' \
  call 127.0.0.5:51054 describe gossip.v1.NodeRange
! call 127.0.0.5:51054 gossip.v1.HostService/Values >"$work/refused" 2>&1 || failed 'a host answers without its token'
grep -q Unauthenticated "$work/refused" || failed "without the token: $(cat "$work/refused")"
echo 'ok    grpcurl without the token of a host is refused'
pair='"nodes": {"first": 0, "end": 2}'
same 'grpcurl Configure' '{}' to Configure "{\"epoch\": 1, \"graph\": {\"degrees\": [1, 1], \"neighbors\": [1, 0]},
  \"graphWords\": [1, 2, 3, 4], \"seed\": 1, \"memory\": \"MEMORY_NONE\", \"aggregate\": \"AGGREGATE_MINIMUM\",
  \"schedule\": \"SCHEDULE_ASCENDING\", $pair, \"peers\": [{$pair, \"address\": \"127.0.0.5:51091\"}]}"
same 'grpcurl Reset' '{}' to Reset '{"epoch": 1, "repetition": 1, "start": [7, 3]}'
to Play '{"epoch": 1, "repetition": 1, "firstRound": 1, "rounds": 1}' >"$work/played" 2>&1 || failed "Play: $(cat "$work/played")"
same 'grpcurl Values' '{"nodes": [{"value": 3, "participations": 2}, {"node": 1, "value": 3, "participations": 2}]}' to Values
same 'grpcurl History' '{"values": [7, 3]}' to History
same 'grpcurl Stop' '{}' to Stop
wait "$host" || failed "the host left with $?"
echo 'ok    the host left with 0'

if command -v deno >/dev/null; then
  # The program itself: a wrapper in front of it would leave it behind when killed.
  deno=$(deno eval 'console.log(Deno.execPath())')
  HOSTNAME=127.0.0.4 NEIGHBORS=127.0.0.2 NODE_VALUE=7 ALGORITHM=default REPETITIONS=1 RANDOM_INITIALIZATION=False \
    PEER_PORT=51091 "$deno" serve --allow-all --host 127.0.0.4 --port 51053 src/service/deno-serve.ts >"$work/serve.log" 2>&1 &
  children+=($!)
  for _ in $(seq 100); do
    ! grep -q Listening "$work/serve.log" || break
    sleep 0.1
  done
  post() { curl --silent --show-error --max-time 10 \
    -H "Content-Type: application/json" -d "{}" "http://127.0.0.4:51053/$1"; }
  same 'deno serve' '{"value":7}' post gossip.Gossip/CurrentValue
  same 'deno serve: StopApplication' '{}' post gossip.Gossip/StopApplication
  wait $! || failed "deno serve left with $?: $(cat "$work/serve.log")"
  echo 'ok    deno serve left with 0'
fi
