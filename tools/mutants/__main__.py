"""Entry of `python tools/mutants`: the table goes to stdout, what is under way to stderr."""

import importlib
import sys
from pathlib import Path

# Python puts this folder itself on the path; the package is found from the folder above it.
sys.path[0] = str(Path(__file__).resolve().parent.parent)
sys.exit(importlib.import_module("mutants.command").main())
