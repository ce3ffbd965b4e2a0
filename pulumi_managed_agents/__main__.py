"""`python -m pulumi_managed_agents`, and the command `pulumi-resource-managed-agents`: the plugin for the engine."""

from __future__ import annotations

import gc
import os
import sys

from .on_demand import defined
from .plugin import stubs

OBJECTS_BETWEEN_LOOKS = 50_000


def main() -> int:
    """Starts the plugin; the arguments are the engine's and need no reading."""
    # A plugin of pydantic, which any package may bring, would see every secret; and to look for some takes a while.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    # Little of what a plugin holds becomes garbage, and looking for some goes through all of it.
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    stubs.load()
    code: int = defined(".plugin.serve:main", __package__)()
    return code


if __name__ == "__main__":
    sys.exit(main())
