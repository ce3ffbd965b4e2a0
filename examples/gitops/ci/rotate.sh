#!/usr/bin/env bash
# Renews tokens in the last third of their life, on the running sessions too, and nothing else.
set -euo pipefail
cd "$(dirname "$0")/../program"
code=0
managed-agents rotate --detailed-exit-code || code=$?
if [ "$code" -eq 3 ]; then
  echo "Tokens of ${PULUMI_STACK:?} were renewed." >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
  exit 0
fi
exit "$code"
