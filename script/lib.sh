# shellcheck shell=bash
# For the scripts beside it: they start in the repository, say one line a step, and find their tools.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
logs=$root/target/logs
own_node=$root/target/tools/node
mkdir -p "$logs"

export LC_ALL=C.UTF-8 NO_COLOR=1 CARGO_TERM_COLOR=never CARGO_TERM_PROGRESS_WHEN=never
export npm_config_fund=false npm_config_audit=false npm_config_update_notifier=false

# The version of Node.js by its first number, or 0.
node_version() {
  local version
  version=$(node --version 2>/dev/null || true)
  version=${version#v}
  echo "${version%%.*}" | grep -E '^[0-9]+$' || echo 0
}

# rustup's programs come first; the repository's own Node.js only where the system's is too old.
find_tools() {
  local cargo=${CARGO_HOME:-$HOME/.cargo}/bin
  [[ :$PATH: == *:$cargo:* ]] || PATH=$cargo:$PATH
  if [[ $(node_version) -lt 20 && -x $own_node/bin/node ]]; then
    PATH=$own_node/bin:$PATH
  fi
  hash -r
}
find_tools

fail() {
  echo "$*" >&2
  exit 1
}

# log NAME: where the output of the step of that name is kept.
log() {
  echo "$logs/${1//[^a-zA-Z0-9]/-}.log"
}

# step NAME COMMAND...: runs without input; one line with the seconds taken, or everything it printed.
step() {
  local - name=$1 start=$SECONDS status out
  out=$(log "$name")
  shift
  # Not `if "$@"`: there, a function would go on after its first failure.
  set +e
  (set -e; "$@") >"$out" 2>&1 </dev/null
  status=$?
  if [[ $status -eq 0 ]]; then
    printf '%-28s %4d s\n' "$name" $((SECONDS - start))
  else
    cat "$out"
    printf '%-28s %4d s  FAILED\n' "$name" $((SECONDS - start))
  fi
  return "$status"
}

# retry COMMAND...: up to three times, for what a poor line may break.
retry() {
  local try
  for try in 1 2 3; do
    "$@" && return
    sleep $((try * 5))
  done
  return 1
}
