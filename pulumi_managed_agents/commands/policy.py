"""`managed-agents policy STATE.json...`: the rules of the policy pack on exported states, without an engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..declaration.documents import Unreadable, json_value
from ..errors import ManagedAgentsError, NoState
from ..plan.given import given_text
from ..policy.configuration import LEVEL, PolicyConfigError, chosen
from ..policy.report import as_json, findings, summary
from ..policy.rules import RULES
from ..policy.rules.lifecycles import LIVING_MODEL
from ..policy.state import exported_stack
from .output import say, show, show_json
from .standard_state import LARGEST_STATE, standard_text

if TYPE_CHECKING:
    import argparse

    from ..policy.report import Finding
    from ..policy.view import JSON, Stack

BROKEN, UNUSABLE = 1, 2

LARGEST_CONFIGURATION = 1_000_000


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    try:
        rules = chosen(RULES, _with_models(_config(options.config), options.models))
        first, *others = [_stack(state, named=len(options.states) > 1) for state in options.states]
        found = findings(first, rules, *others)
    except (ManagedAgentsError, OSError, UnicodeError) as error:
        say(f"managed-agents policy: {error}")
        return UNUSABLE
    except RecursionError:
        say("managed-agents policy: The state is nested too deeply to be read.")
        return UNUSABLE
    if options.json:
        show_json(as_json(found))
    else:
        show(*(_line(item, named=bool(others)) for item in found), summary(found))
    return BROKEN if any(item.stops for item in found) else 0


def _stack(state: str, *, named: bool) -> Stack:
    text = standard_text() if state == "-" else given_text(Path(state), LARGEST_STATE)
    try:
        return exported_stack(text)
    except NoState as error:
        raise NoState(f"{state}: {error}" if named else str(error)) from None


def _line(item: Finding, *, named: bool) -> str:
    """What is found; with the name of its stack, where there are several."""
    return f"{item.outcome.subject.stack}: {item.line()}" if named else item.line()


def _with_models(config: JSON, path: Path | None) -> JSON:
    """The configuration with what is known of models, and the rule that needs it turned on."""
    if path is None or not isinstance(config, dict):
        return config
    document = _config(path)
    models = document.get("models") if isinstance(document, dict) else document
    own = config.get(LIVING_MODEL.name, {})
    written = {LEVEL: own} if isinstance(own, str) else own
    usual = {} if LEVEL in written or "all" in config else {LEVEL: "advisory"}
    return {**config, LIVING_MODEL.name: {**usual, **written, "models": models}}


def _config(path: Path | None) -> JSON:
    if path is None:
        return {}
    try:
        return json_value(given_text(path, LARGEST_CONFIGURATION))
    except Unreadable as problem:
        raise PolicyConfigError(f"{path} {problem}.") from None
