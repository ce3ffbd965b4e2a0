"""`managed-agents policy STATE.json`: the rules of the policy pack on an exported state, without an engine."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ManagedAgentsError
from ..policy.configuration import PolicyConfigError, chosen
from ..policy.report import as_json, findings, summary
from ..policy.rules import RULES
from ..policy.state import exported_stack
from .output import say, show, show_json

if TYPE_CHECKING:
    import argparse

    from ..policy.view import JSON

BROKEN, UNUSABLE = 1, 2


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    policy = commands.add_parser(
        "policy",
        help="look at an exported state with the rules of the policy pack",
        description="Looks at what `pulumi stack export` wrote. Exit code 0: nothing mandatory is broken; 1: something "
        "is; 2: the state or the configuration cannot be used.",
    )
    policy.add_argument("state", help="the file that `pulumi stack export` wrote, or - for standard input")
    policy.add_argument("--config", type=Path, help="levels and parameters, as for `pulumi --policy-pack-config`")
    policy.add_argument("--json", action="store_true", help="write what is found as JSON")
    policy.set_defaults(command=_look)


def _look(options: argparse.Namespace) -> int:
    try:
        text = sys.stdin.read() if options.state == "-" else Path(options.state).read_text()
        found = findings(exported_stack(text), chosen(RULES, _config(options.config)))
    except (ManagedAgentsError, OSError, UnicodeError) as error:
        say(f"managed-agents policy: {error}")
        return UNUSABLE
    if options.json:
        show_json(as_json(found))
    else:
        show(*(item.line() for item in found), summary(found))
    return BROKEN if any(item.stops for item in found) else 0


def _config(path: Path | None) -> JSON:
    if path is None:
        return {}
    try:
        return json.loads(path.read_text())
    except ValueError as error:
        raise PolicyConfigError(f"{path} is no JSON: {error}.") from None
