"""`managed-agents redact`: takes what versions of memories say out of a store's history, for ever.

A command and no resource: it cannot be taken back, and no program should do it each time.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..errors import ManagedAgentsError, Refused
from ..lifecycle.steps import Call, Operation
from .output import say, show_json
from .target import provider

if TYPE_CHECKING:
    import argparse

    from ..provider.configured import ConfiguredProvider

DONE, LEFT = 0, 1

_HEAD = (
    "If this is what a memory says now, it cannot be redacted: write something else to the memory, or delete it, and "
    "redact this version then."
)
_NOT_NOW = (400, 409)


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    versions = list(dict.fromkeys(options.versions))
    chosen = provider(options)
    if not (options.yes or _is_agreed(options.store, versions)):
        say("Nothing was redacted.")
        return LEFT
    problems = {version: problem for version in versions if (problem := _redacted(chosen, options.store, version))}
    done = [version for version in versions if version not in problems]
    for version in versions:
        say(f"{version}: {problems.get(version, 'redacted')}")
    if options.json:
        show_json({"store": options.store, "redacted": done, "failed": problems})
    return LEFT if problems else DONE


def _is_agreed(store: str, versions: list[str]) -> bool:
    """Whether somebody at a terminal agrees.

    Raises:
        ValueError: there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise ValueError("nobody can be asked here, and it cannot be taken back: say --yes")
    say(f"What {', '.join(versions)} of {store} said is lost for ever.")
    say("Redact? Type `yes`:")
    return sys.stdin.readline().strip() == "yes"


def _redacted(chosen: ConfiguredProvider, store: str, version: str) -> str | None:
    """Redacts a version; why not, if it could not be."""
    ids = {"memory_store_id": store, "memory_version_id": version}
    try:
        chosen.context.send(Call(Operation("memory_stores.memory_versions", "redact"), ids, {}))
    except Refused as refused:
        head = refused.refusal.own and refused.refusal.status in _NOT_NOW
        return str(refused.advised(_HEAD) if head else refused)
    except ManagedAgentsError as failure:
        return str(failure)
    return None
