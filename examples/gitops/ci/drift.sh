#!/usr/bin/env bash
# Compares the platform with the stack's state and writes what differs, as Markdown: drift.sh REPORT.
# Ends with 0: nothing; 7, Pulumi's own code: something; anything else: it could not be found out.
set -euo pipefail
report="$(realpath "$1")"
cd "$(dirname "$0")/../program"
digest="$(mktemp)"
trap 'rm -f "$digest"' EXIT

code=0
pulumi refresh --preview-only --expect-no-changes --json --non-interactive >"$digest" || code=$?
python ../ci/report.py "Drift in ${PULUMI_STACK:?}" <"$digest" >"$report"
exit "$code"
