"""`python -m pulumi_managed_agents`, and the command `pulumi-resource-managed-agents`: the plugin for the engine."""

from __future__ import annotations

import gc
import os
import sys

from .plugin import stubs

OBJECTS_BETWEEN_LOOKS = 50_000


def main() -> int:
    """Starts the plugin; the arguments are the engine's and need no reading."""
    # What is loaded never becomes garbage: looking for some as often as Python does would take a fifth of the start.
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    # A plugin of pydantic, which any package may bring, would see every secret; and to look for some takes a while.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    stubs.load()
    from .plugin.serve import main as serve  # noqa: PLC0415 - the stubs have to be in place first

    return serve()


if __name__ == "__main__":
    sys.exit(main())
