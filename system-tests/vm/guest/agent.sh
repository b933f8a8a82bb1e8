# Sourced by what runs in the virtual machine: an agent that serves all devices that are on vfio-pci.
# Expects launcher, bootstrap, host and state.
socket="$state/$host/agent.sock"
agent=

# Waits until the condition $2... holds, at most $1 seconds.
await() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    if ((SECONDS >= end)) || { [[ -n "$agent" ]] && ! kill -0 "$agent" 2>/dev/null; }; then
      echo "waited in vain for: $*" >&2
      return 1
    fi
    sleep 0.1
  done
}

start_agent() {
  rm -f -- "$socket"
  "$launcher" agent serve --backend linux --host "$host" --state-dir "$state" \
    --bootstrap-server "$bootstrap" --partitions 1 "$@" 2>>/mnt/out/agent.log >&2 &
  agent=$!
  await 480 test -S "$socket"
}

stop_agent() {
  kill -TERM "$agent"
  wait "$agent" || true
  agent=
}

kill_agent() {
  kill -KILL "$agent"
  wait "$agent" 2>/dev/null || true
  agent=
}

# Whether the agent has the device $1 in the mode $2 with $3 armed, $4 cached and $5 reserved vectors.
has() {
  "$judge" ask "$socket" '{"request":"status"}' 2>/dev/null \
    | grep -q "\"$1\":{\"mode\":\"$2\",\"armed\":$3,\"cached\":$4,\"reserved\":$5,\"uncertain\":false"
}

# Notes what sysfs shows of the devices at rest.
show() {
  "$judge" show "$@" >>/mnt/out/rest.jsonl
}
