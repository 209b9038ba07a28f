#!/usr/bin/env bash
# Asks our own API whatever its OpenAPI document allows and more: no answer may be a 500 or differ from what the document
# says of it. A fresh demonstration county is asked, first with a key, then by somebody signed in.
#   scripts/schemathesis.sh [examples for each address, 12] [seconds for each of the two, 90]
# Needs dist (npm run build) and Python 3.10 or newer; exits with 1 when something was found, with 2 when it could not ask.
set -euo pipefail
cd "$(dirname "$0")/.."
examples=${1:-12}
seed=20220606
seconds_each=${2:-90}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/duban/schemathesis-$(sha256sum scripts/schemathesis.txt | cut -c1-12)
work=$(mktemp -d)

service=
finish() {
  # Asked to stop, it stops the database and the engine it started.
  if [ -n "$service" ] && kill -INT "$service" 2>/dev/null; then wait "$service" || true; fi
  DUBAN_DATA="$work/data" timeout 60 node dist/bin/duban.js reset >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT

if [ ! -x "$cache/bin/st" ]; then
  python3 -m venv "$cache"
  "$cache/bin/pip" install --quiet --disable-pip-version-check --requirement scripts/schemathesis.txt
fi

touch "$work/log"
DUBAN_RATE_LIMIT=1000000 node dist/bin/duban.js up --data "$work/data" --port 0 >"$work/log" 2>&1 &
service=$!
ready=
for _ in $(seq 600); do
  if grep -q 'demo:ready' "$work/log"; then
    ready=yes
    break
  fi
  if ! kill -0 "$service" 2>/dev/null; then
    service=
    cat "$work/log"
    exit 2
  fi
  sleep 0.5
done
if [ -z "$ready" ]; then
  echo '── the service was not ready after five minutes'
  cat "$work/log"
  exit 2
fi
url=$(node -p "JSON.parse(require('fs').readFileSync('$work/data/runtime.json','utf8')).url")
token=$(cat "$work/data/token")

# One of the sample people signs in; the cookie is theirs.
cookie=$(node scripts/sample-session.mjs "$url" "$token" relief-centre)

ask() {
  local name=$1
  shift
  echo "── $name"
  local code=0
  "$cache/bin/st" run "$url/openapi.json" --checks not_a_server_error,response_schema_conformance,content_type_conformance \
    --max-examples "$examples" --max-time "$seconds_each" --seed "$seed" \
    --generation-database none --workers 1 --request-timeout 20 --generation-with-security-parameters false --continue-on-failure --no-color --warnings off \
    --suppress-health-check all --output-sanitize true "$@" | tee "$work/said" || code=$?
  # A run that tried nothing would pass.
  if ! grep -Eq '[1-9][0-9]* generated' "$work/said"; then
    echo "── $name: not one case was tried"
    return 1
  fi
  return "$code"
}

status=0
ask 'with a key' --header "authorization:Bearer $token" || status=1
# What ends the session itself would leave the rest unasked.
ask 'signed in' --header "cookie:$cookie" --header 'sec-fetch-site:same-origin' \
  --exclude-name "DELETE /v1/session" || status=1
if grep -q '"level":50' "$work/log"; then
  echo '── the service logged faults:'
  grep '"level":50' "$work/log" | head -20
  status=1
fi
exit "$status"
