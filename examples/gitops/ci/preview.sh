#!/usr/bin/env bash
# Writes what `pulumi up` would do, as Markdown: preview.sh REPORT. Ends as the preview ended. Changes nothing.
set -euo pipefail
report="$(realpath "$1")"
cd "$(dirname "$0")/../program"
digest="$(mktemp)"
trap 'rm -f "$digest"' EXIT

code=0
pulumi preview --json --non-interactive >"$digest" || code=$?
python ../ci/report.py "Preview of ${PULUMI_STACK:?}" <"$digest" >"$report"
exit "$code"
