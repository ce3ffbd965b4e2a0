#!/usr/bin/env bash
# Shows a report: publish.sh REPORT comment NUMBER|issue TITLE. An earlier one in the same place is replaced.
set -euo pipefail
cat "$1" >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
python "$(dirname "$0")/publish.py" "$@"
