"""`python -m pulumi_managed_agents`, and the command `pulumi-resource-managed-agents`: the plugin for the engine."""

from __future__ import annotations

import gc
import sys

from .plugin import stubs


def main() -> int:
    """Starts the plugin; the arguments are the engine's and need no reading."""
    # Nothing that is loaded here ever becomes garbage: looking for some would take a fifth of the start.
    gc.disable()
    stubs.load()
    from .plugin.serve import main as serve  # noqa: PLC0415 - the stubs have to be in place first

    gc.freeze()
    gc.enable()
    return serve()


if __name__ == "__main__":
    sys.exit(main())
