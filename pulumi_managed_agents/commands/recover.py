"""`managed-agents recover`: settle the creates that a crash left pending."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from .. import apply
from ..apply.recover import recovered
from .target import add_target, provider, say

if TYPE_CHECKING:
    import argparse

    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    recover = commands.add_parser(
        "recover",
        help="settle the creates that a crash left pending",
        description="Reads `pulumi stack export` from standard input and writes the state for `pulumi stack import`; "
        "run `pulumi refresh` afterwards. The platform is the one of the environment, or the emulator's.",
    )
    add_target(recover)
    recover.set_defaults(command=_recover)


def _recover(options: argparse.Namespace) -> int:
    exported: dict[str, Any] = json.load(sys.stdin)
    platform = provider(options).context

    def find(kind: Kind, inputs: Bag) -> str | None:
        made = apply.find_made(kind, inputs, platform)
        return made.id if made else None

    state, findings = recovered(exported, find)
    for finding in findings:
        say(f"{finding.urn}: {f'found as {finding.id}' if finding.id else 'nothing was created'}")
    json.dump(state, sys.stdout, indent=2)
    return 0
