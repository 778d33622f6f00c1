#!/usr/bin/env bash
# load.sh URL [COOKIE [PID]]: wrk asks URL for some seconds; prints requests per second, p50 and p99 in milliseconds and,
# with the PID of the server, its CPU milliseconds for one request (children counted).
# LOAD_SECONDS (8) after WARM_SECONDS (3), CONNECTIONS (8), THREADS (1).
set -euo pipefail

url="$1" cookie="${2:-}" pid="${3:-}"
headers=()
[ -z "$cookie" ] || headers=(-H "Cookie: $cookie")

# An error page or a way back to the login form would be quick and worthless.
status="$(curl -s -o /dev/null -w '%{http_code}' "${headers[@]}" "$url")"
[ "$status" = 200 ] || { echo "$url answers $status" >&2; exit 1; }

cpu_ticks() {
    [ -n "$pid" ] || { echo 0; return; }
    local one total=0
    for one in "$pid" $(pgrep -P "$pid" || true); do
        # Behind the name in brackets (it may hold spaces) user and system time are the 12th and 13th field.
        total=$((total + $(sed 's/.*) //' "/proc/$one/stat" | awk '{ print $12 + $13 }')))
    done
    echo "$total"
}

load() { wrk --latency -t "${THREADS:-1}" -c "${CONNECTIONS:-8}" -d "$1s" "${headers[@]}" "$url"; }

load "${WARM_SECONDS:-3}" >/dev/null
before="$(cpu_ticks)"
said="$(load "${LOAD_SECONDS:-8}")"
after="$(cpu_ticks)"
if grep -q 'Non-2xx' <<<"$said"; then echo "$said" >&2; exit 1; fi

awk -v ticks="$((after - before))" -v hz="$(getconf CLK_TCK)" '
    function ms(time) { return time ~ /us$/ ? time / 1000 : time ~ /ms$/ ? time + 0 : time * 1000 }
    $1 == "50%" { p50 = ms($2) }
    $1 == "99%" { p99 = ms($2) }
    $2 == "requests" { count = $1 }
    $1 == "Requests/sec:" { rate = $2 }
    END { printf "per_second %.1f p50_ms %.3f p99_ms %.3f cpu_ms %.4f\n", rate, p50, p99, count ? ticks * 1000 / hz / count : 0 }
' <<<"$said"
