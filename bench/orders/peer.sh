#!/usr/bin/env bash
# peer.sh FOLDER OUT: LibreOffice turns every DOCX of FOLDER into a PDF in OUT, all of them in one process, which is the
# fastest way it has. A profile of its own, so that an office somebody has open is not asked to do it.
set -euo pipefail

[ "$#" -eq 2 ] || { echo "usage: peer.sh FOLDER OUT" >&2; exit 2; }
papers=("$1"/*.docx)
mkdir -p "$2"
profile="$(mktemp -d)"
trap 'rm -rf "$profile"' EXIT

soffice -env:UserInstallation="file://$profile" --headless --norestore --convert-to pdf --outdir "$2" "${papers[@]}" >/dev/null 2>&1
made=("$2"/*.pdf)
# LibreOffice ends with success even if it could not read a file.
[ "${#made[@]}" -eq "${#papers[@]}" ] || { echo "only ${#made[@]} of ${#papers[@]} were converted" >&2; exit 1; }
echo "LibreOffice: ${#made[@]} PDF"
