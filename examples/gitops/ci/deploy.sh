#!/usr/bin/env bash
# Makes the platform what the program says: deploy.sh [--refresh]. A second run finds nothing to do.
# With --refresh the platform is read first, so that what somebody changed by hand is changed back.
set -euo pipefail
cd "$(dirname "$0")/../program"
pulumi up --yes --non-interactive "$@"
