"""`managed-agents rotate`: renew what is about to expire, and what hangs on it, and nothing else. For cron."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..resources.registry import kind_in
from .output import say, show_json

if TYPE_CHECKING:
    import argparse

RENEWED = 3


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    exported = json.loads(_pulumi(options, "stack", "export", captured=True))
    resources: list[dict[str, Any]] = exported["deployment"].get("resources", [])
    overdue = due(resources, time.time())
    for words in [f"Due: {urn}" for urn in overdue] or ["Nothing is due."]:
        say(words)
    renews = bool(overdue) and not options.dry_run
    if renews:
        _renew(options, resources, overdue)
    if options.json:
        show_json({"due": overdue, "renewed": renews})
    return RENEWED if renews and options.detailed_exit_code else 0


def _renew(options: argparse.Namespace, resources: list[dict[str, Any]], overdue: list[str]) -> None:
    targets = [argument for urn in [*overdue, *dependents(resources, overdue)] for argument in ("--target", urn)]
    _pulumi(options, "up", "--yes", "--skip-preview", "--non-interactive", *targets)


def due(resources: list[dict[str, Any]], now: float) -> list[str]:
    """The URNs of what has to be renewed."""
    found = []
    for resource in resources:
        kind = kind_in(resource)
        if kind and kind.due and kind.due(resource.get("outputs", {}), now):
            found.append(str(resource["urn"]))
    return found


def dependents(resources: list[dict[str, Any]], urns: list[str]) -> list[str]:
    """What depends on the resources, directly or through others, in the order of the state."""
    reached, found = set(urns), list[str]()
    for resource in resources:
        if resource["urn"] not in reached and reached.intersection(resource.get("dependencies") or ()):
            reached.add(resource["urn"])
            found.append(str(resource["urn"]))
    return found


def _pulumi(options: argparse.Namespace, *arguments: str, captured: bool = False) -> str:
    if not Path(options.cwd).is_dir():
        raise ValueError(f"there is no folder {options.cwd!r}")
    stack = ["--stack", options.stack] if options.stack else []
    try:
        done = subprocess.run(  # noqa: S603 - the words are ours and the state's own names
            ["pulumi", *arguments, *stack],  # noqa: S607 - the user's own engine is meant
            cwd=options.cwd,
            check=False,
            # With --json the engine's own words stand beside what is printed.
            stdout=subprocess.PIPE if captured else sys.stderr if options.json else None,
            text=True,
        )
    except FileNotFoundError:
        raise ValueError("there is no `pulumi` on PATH") from None
    if done.returncode:
        raise ValueError(f"`pulumi {' '.join(arguments[:2])}` ended with {done.returncode}")
    return done.stdout or ""
