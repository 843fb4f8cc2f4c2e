#!/usr/bin/env bash
# Installs what the tests need and the machine lacks: Chromium with fonts and a reader of QR pictures from Debian, and npm's packages for the browser tests.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=()
command -v chromium > /dev/null || command -v google-chrome > /dev/null || packages+=(chromium fonts-noto-core)
command -v zbarimg > /dev/null || packages+=(zbar-tools)
command -v npm > /dev/null || packages+=(nodejs npm)
if [ "${#packages[@]}" -gt 0 ]; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null
fi
[ -e tests/browser/node_modules/.package-lock.json ] || npm ci --prefix tests/browser --no-audit --no-fund --ignore-scripts --loglevel=error
