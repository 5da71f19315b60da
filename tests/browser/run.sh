#!/usr/bin/env bash
# Drives the page of a running `wherefore serve` in Chromium. Usage: bash tests/browser/run.sh http://127.0.0.1:8080 [SCREENSHOT_FOLDER]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
url=${1:?the address of a running wherefore serve}
work=${TMPDIR:-/tmp}/wherefore-browser
mkdir -p "$work"
if [ ! -d "$work/node_modules/playwright-core" ]; then
    (cd "$work" && npm init -y >/dev/null && npm install --no-audit --no-fund --silent playwright-core)
fi
export NODE_MODULES=$work/node_modules
node "$here/page.mjs" "$url" "${2:-$work/shots}"
