#!/usr/bin/env bash
# Installs what the program needs into the Python that is first on PATH.
set -euo pipefail
cd "$(dirname "$0")/../program"
python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
