# Shared by the scripts of this folder: source it, do not run it. Leaves the caller in the root of the project.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

TARGET="${CARGO_TARGET_DIR:-$PWD/target}"
BINARY="$TARGET/debug/nastavnik"

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$0: $*"
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; return; fi
    command -v sudo >/dev/null || die "run as root, or install sudo: this step needs it: $*"
    sudo "$@"
}

# Package lists on a fresh machine are empty or old, so they are read anew, but only if something has to be installed.
apt_install() {
    [ "$#" -gt 0 ] || return 0
    command -v apt-get >/dev/null || die "not a Debian system; install by hand what stands for: $*"
    say "installing: $*"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# `npm ci` takes seconds even if nothing has changed; the copy of the lock file tells whether it is needed.
npm_ready() {
    local folder="$1"
    cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed-lock.json" && return 0
    command -v npm >/dev/null || die "Node.js 20+ with npm is needed"
    say "installing the npm packages of $folder"
    npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error
    mkdir -p "$folder/node_modules"
    cp "$folder/package-lock.json" "$folder/node_modules/.installed-lock.json"
}
