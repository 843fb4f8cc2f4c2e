#!/usr/bin/env bash
# Installs what the tests need and runs them all.  --quick: no installs, under two minutes.  --long: the long forms too.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-all}
case "$mode" in all | --quick | --long) ;; *) echo "usage: tests/run.sh [--quick|--long]" >&2; exit 2 ;; esac

step() { printf '\n== %s\n' "$*"; }

step "restore, exactly as locked"
dotnet restore KkmpBot.sln --locked-mode

if [ "$mode" != --quick ]; then
  step "format (the build keeps the rest of the style)"
  dotnet format whitespace KkmpBot.sln --verify-no-changes --no-restore
fi

step "build"
dotnet build KkmpBot.sln --no-restore --nologo -v q

step "test"
filter=()
[ "$mode" = --quick ] && filter=(--filter "Category!=Process")
[ "$mode" = --long ] && export KKMP_LONG=1
results=$(mktemp)
export KKMP_EDGE_COVERAGE=$(mktemp)
trap 'rm -f "$results" "$KKMP_EDGE_COVERAGE"' EXIT
set +e
dotnet test KkmpBot.sln --no-build --nologo --logger "console;verbosity=normal" "${filter[@]}" 2>&1 | tee "$results" | grep -vE '^\s+Passed '
code=${PIPESTATUS[0]}
set -e
count() { grep -E "^\s+$1: [0-9]+" "$results" | awk '{ total += $2 } END { print total + 0 }'; }
cat "$KKMP_EDGE_COVERAGE"
printf '\n%s passed, %s failed, %s skipped\n' "$(count Passed)" "$(count Failed)" "$(count Skipped)"
exit "$code"
