#!/usr/bin/env bash
# A throw-away PostgreSQL for the tests, on loopback.
#   tests/postgres.sh start FOLDER   makes a cluster in the folder and prints its connection string; installs Debian's PostgreSQL if missing
#                                    with "durable" behind it, one that a power cut leaves whole, for measuring
#   tests/postgres.sh restart FOLDER ends it as a power cut would, and starts it again
#   tests/postgres.sh stop FOLDER    ends it and removes the folder
set -euo pipefail

programs() { find /usr/lib/postgresql -maxdepth 2 -name bin 2> /dev/null | sort -V | tail -1; }

install() {
  [ -n "$(programs)" ] && return
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  # The package would start a cluster of its own, which nobody here needs.
  "${as_root[@]}" mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] \
    || echo "create_main_cluster = false" | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf > /dev/null
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql
}

# The server refuses to run as root.
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

start() {
  install 1>&2
  mkdir -p "$1"
  [ "$(id -u)" = 0 ] && chown postgres "$1"
  as_owner "$(programs)/initdb" -D "$1/data" -U postgres -A trust --locale=C.UTF-8 --encoding=UTF8 --no-sync > "$1/initdb.log"
  # A test database lives for a second, and what a power cut would leave of it is nobody's concern; a killed client loses nothing by this.
  local settings="-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=400 -c shared_buffers=256MB
    -c max_wal_size=4GB -c deadlock_timeout=100ms"
  [ "${2:-}" = durable ] || settings+=" -c fsync=off -c full_page_writes=off -c autovacuum=off"
  for _ in 1 2 3 4 5; do
    local port=$((20000 + RANDOM % 12000))
    if as_owner "$(programs)/pg_ctl" -D "$1/data" -l "$1/server.log" -w -o "-p $port ${settings//$'\n'/ }" start > /dev/null; then
      echo "Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
      return
    fi
  done
  cat "$1/server.log" >&2
  return 1
}

# Two seconds away, so that it is missed.
restart() {
  as_owner "$(programs)/pg_ctl" -D "$1/data" -m immediate stop > /dev/null
  sleep 2
  local options
  options=$(sed -E 's/^[^"]*"-D" "[^"]*" ?//; s/"//g' "$1/data/postmaster.opts")
  as_owner "$(programs)/pg_ctl" -D "$1/data" -l "$1/server.log" -w -o "$options" start > /dev/null
}

stop() {
  as_owner "$(programs)/pg_ctl" -D "$1/data" -m immediate stop > /dev/null
  rm -rf "$1"
}

case "${1:-}" in
  start | restart | stop) "$1" "${2:?a folder}" "${3:-}" ;;
  *) echo "usage: tests/postgres.sh start|restart|stop FOLDER [durable]" >&2; exit 2 ;;
esac
