#!/usr/bin/env bash
# Measures the service beside bots that a user would pick instead, and prints a table: see tests/load/README.md.
#   tests/load/run.sh [--runs 5] [--chats 10000] [--connections 40] [--fsync-delay 1] [--against grammy,telegraf] [--seconds 10] …
# --help shows all options. Needs node and npm for the peers and gcc for --fsync-delay; --against "" measures the service alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$PWD/artifacts/load
mkdir -p "$out"

echo "== build" >&2
dotnet publish src/KkmpBot -c Release -r linux-x64 --self-contained false -o "$out/program" -v q --nologo >&2
dotnet build tests/load/KkmpBot.Load -c Release -o "$out/driver" -v q --nologo >&2
gcc -O2 -shared -fPIC -o "$out/slow-fsync.so" tests/load/slow-fsync.c -ldl
for peer in grammy telegraf; do
  if [[ " $* " != *'--against  '* && ! -d tests/load/peers/$peer/node_modules ]]; then
    npm ci --prefix "tests/load/peers/$peer" --no-audit --no-fund >&2
  fi
done

if [[ " $* " == *' copies '* ]]; then
  database=$(mktemp -d "${TMPDIR:-/tmp}/kkmp-load-XXXXXX")
  chmod 755 "$database"
  trap 'tests/postgres.sh stop "$database/postgres"; rm -rf "$database"' EXIT
  # Durable, as SQLite is at synchronous=FULL.
  set -- "$@" --postgres "$(tests/postgres.sh start "$database/postgres" durable)"
fi

# The driver shares the cores with what it measures: one thread for all its sockets, nothing handed from thread to thread.
export DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT=1
dotnet "$out/driver/KkmpBot.Load.dll" --folder "$out/state" --program "$out/program/KkmpBot" \
  --peers tests/load/peers --slow-fsync "$out/slow-fsync.so" "$@"
