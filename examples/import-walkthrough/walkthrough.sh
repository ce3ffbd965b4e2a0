#!/usr/bin/env bash
# README.md from its first step to its last, for the stack that is selected.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

exec 3< <(exec managed-agents emulator import.emulator)
emulator=$!
trap 'kill "$emulator"' EXIT
read -r address <&3

set -x
python outside.py "$address" >import.json
pulumi import --file import.json --out imported.py --protect=false --yes --non-interactive
pulumi preview --expect-no-changes --non-interactive

printf %s a-made-up-token | pulumi config set --secret githubToken --non-interactive
pulumi up --yes --non-interactive
managed-agents requests import.emulator
