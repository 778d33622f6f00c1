# Shared by the scripts of this folder: source it, do not run it. Leaves the caller in the root of the project.
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

PYTHON="$TARGET/bench-python/bin/python"
