"""What `managed-agents policy` takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add(policy: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    policy.description = (
        "Looks at what `pulumi stack export` wrote; several stacks are compared with each other too. Exit code 0: "
        "nothing mandatory is broken; 1: something is; 2: a state or the configuration cannot be used."
    )
    policy.add_argument(
        "states", nargs="+", metavar="state", help="a file that `pulumi stack export` wrote, or - for standard input"
    )
    policy.add_argument("--config", type=Path, help="levels and parameters, as for `pulumi --policy-pack-config`")
    policy.add_argument(
        "--models", type=Path, help="what `listModels` gave, as JSON: for the rule `living-model`, which it turns on"
    )
    policy.add_argument("--json", action="store_true", help="write what is found as JSON")
