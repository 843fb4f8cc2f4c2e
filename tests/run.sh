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
  step "packages with known holes (where the registry answers)"
  # No answer is no finding; an answer that names a package is.
  if holes=$(timeout 120 dotnet list KkmpBot.sln package --vulnerable --include-transitive 2> /dev/null); then
    if grep -qE '^\s+> ' <<< "$holes"; then
      echo "$holes"
      exit 1
    fi
    echo "none known"
  else
    echo "the registry does not answer; not looked at"
  fi
fi

if [ "$mode" != --quick ]; then
  step "format (the build keeps the rest of the style)"
  dotnet format whitespace KkmpBot.sln --verify-no-changes --no-restore
fi

if [ "$mode" != --quick ]; then
  step "install what the tests need"
  tests/install.sh
fi

step "build"
dotnet build KkmpBot.sln -c Release --no-restore --nologo -v q

scratch=$(mktemp -d "${TMPDIR:-/tmp}/kkmp-tests-XXXXXX")
chmod 755 "$scratch" # the database server is another user
mkdir "$scratch/postgres"
printed=$scratch/printed
export KKMP_FIGURES=$scratch/figures
touch "$KKMP_FIGURES"
end() { [ -e "$scratch/postgres/data" ] && tests/postgres.sh stop "$scratch/postgres"; rm -rf "$scratch"; }
trap end EXIT
if [ "$mode" != --quick ]; then
  step "publish, as it is installed: hundreds of processes start in these tests"
  dotnet publish src/KkmpBot -c Release -r linux-x64 --self-contained false -o "$scratch/program" -v q --nologo -p:RunAnalyzers=false
  export KKMP_TEST_PROGRAM=$scratch/program/KkmpBot.dll
fi

code=0
# One that hangs is ended and named; the long forms have tests of hours.
hang=(--blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none)
if [ "$mode" = --long ]; then
  export KKMP_LONG=1
  hang=()
fi

# Runs tests of a project or solution; what passes is counted, not listed.
run() {
  dotnet test -c Release --no-build --nologo --logger "console;verbosity=minimal" "${hang[@]}" --results-directory "$scratch/results" "$@" 2>&1 | tee -a "$printed" || code=1
}

step "test, on SQLite"
if [ "$mode" = --quick ]; then
  run tests/KkmpBot.Tests --filter "Category!=Process&Category!=Postgres"
  echo "skipped by --quick: processes and browsers, everything on PostgreSQL"
else
  run tests/KkmpBot.Tests --filter "Category!=Postgres"
  step "test, on PostgreSQL, what touches the database"
  KKMP_TEST_POSTGRES=$(tests/postgres.sh start "$scratch/postgres")
  export KKMP_TEST_POSTGRES
  # What never opens a database: a test of the house keeps this list true.
  elsewhere=(Dialogs House Platforms Channels.Telegram Processes.StartTests Simulation)
  KKMP_TEST_DATABASE=Postgres run tests/KkmpBot.Tests --filter "$(printf 'FullyQualifiedName!~KkmpBot.Tests.%s.&' "${elsewhere[@]}")FullyQualifiedName~."
  step "test, in Chromium (what it looked like: artifacts/screens)"
  run tests/browser
fi
# Of each summary line: "Passed!  - Failed:     0, Passed:  1326, Skipped:     0, Total: …".
count() { { grep -E '^(Passed|Failed)! ' "$printed" || true; } | grep -oE "$1: +[0-9]+" | awk '{ total += $2 } END { print total + 0 }'; }
printf '\nFigures:\n'
cat "$KKMP_FIGURES"
if grep -qE '^\s+Failed ' "$printed"; then
  printf '\nWhat failed, once more:\n'
  grep -E '^\s+Failed ' -A 4 "$printed"
fi
printf '\n%s passed, %s failed, %s skipped\n' "$(count Passed)" "$(count Failed)" "$(count Skipped)"
exit "$code"
