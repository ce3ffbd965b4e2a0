"""`python -m pulumi_managed_agents`, and the command `pulumi-resource-managed-agents`: the plugin for the engine."""

from __future__ import annotations

import sys

from . import stubs


def main() -> int:
    """Starts the plugin; the arguments are the engine's and need no reading."""
    stubs.load()
    from .serve import main as serve  # noqa: PLC0415 - the stubs have to be in place first

    return serve()


if __name__ == "__main__":
    sys.exit(main())
