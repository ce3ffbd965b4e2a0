"""`managed-agents policy STATE.json`: the rules of the policy pack on an exported state, without an engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..declaration.documents import Unreadable, json_value
from ..errors import ManagedAgentsError
from ..plan.given import given_text
from ..policy.configuration import PolicyConfigError, chosen
from ..policy.report import as_json, findings, summary
from ..policy.rules import RULES
from ..policy.state import exported_stack
from .output import say, show, show_json
from .standard_state import LARGEST_STATE, standard_text

if TYPE_CHECKING:
    import argparse

    from ..policy.view import JSON

BROKEN, UNUSABLE = 1, 2

LARGEST_CONFIGURATION = 1_000_000


def add(policy: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    policy.description = (
        "Looks at what `pulumi stack export` wrote. Exit code 0: nothing mandatory is broken; 1: something is; 2: the "
        "state or the configuration cannot be used."
    )
    policy.add_argument("state", help="the file that `pulumi stack export` wrote, or - for standard input")
    policy.add_argument("--config", type=Path, help="levels and parameters, as for `pulumi --policy-pack-config`")
    policy.add_argument("--json", action="store_true", help="write what is found as JSON")
    policy.set_defaults(command=_look)


def _look(options: argparse.Namespace) -> int:
    try:
        rules = chosen(RULES, _config(options.config))
        text = standard_text() if options.state == "-" else given_text(Path(options.state), LARGEST_STATE)
        found = findings(exported_stack(text), rules)
    except (ManagedAgentsError, OSError, UnicodeError) as error:
        say(f"managed-agents policy: {error}")
        return UNUSABLE
    except RecursionError:
        say("managed-agents policy: The state is nested too deeply to be read.")
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
        return json_value(given_text(path, LARGEST_CONFIGURATION))
    except Unreadable as problem:
        raise PolicyConfigError(f"{path} {problem}.") from None
