"""`managed-agents events`: what has happened in a session, and what happens."""

from __future__ import annotations

import json
import re
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from ..observation.events import event_of
from ..observation.following import Following
from ..page.overview import moment
from ..provider.configured import ConfiguredProvider
from .output import say, show
from .stack import NoStack, project_folder, read_stack
from .target import settings_of

if TYPE_CHECKING:
    import argparse

    from .. import apply
    from ..declaration.values import Bag

_WHILE: Final = re.compile(r"([0-9]{1,6})([smhd])")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    since = _since(options.since)
    with closing(_provider(options)) as provider:
        context = provider.context
        following = Following(options.session, context, provider.platform.service, options.types, since)
        events = following.events(_tell_gap) if options.follow else following.past()
        for event in events:
            _show(event, context, as_json=options.json)
    return 0


def _provider(options: argparse.Namespace) -> ConfiguredProvider:
    folder = project_folder(options.cwd)
    stack = None
    if folder is not None or options.stack:
        try:
            stack = read_stack(folder or options.cwd, options.stack)
        except NoStack as problem:
            if options.stack:
                raise ValueError(f"the stack {options.stack}: {problem}") from None
    settings, start = settings_of(options, stack)
    return ConfiguredProvider(settings, say, directory=start)


def _tell_gap(problem: str) -> None:
    say(f"The stream broke off and is asked for again: {problem}")


def _show(event: Bag, context: apply.Context, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(context.secrets.words(event)) + "\n")
        sys.stdout.flush()
        return
    told = event_of(event, context)
    show(f"{told.at:27}  {told.type:30}  {told.text}".rstrip())


def _since(text: str | None) -> str:
    if not text:
        return ""
    found = _WHILE.fullmatch(text)
    if found:
        ago = timedelta(**{_UNITS[found[2]]: int(found[1])})
        return (datetime.now(UTC) - ago).isoformat().replace("+00:00", "Z")
    if moment(text) is None:
        raise ValueError("`--since` must be a time as in 2026-11-27T12:00:00Z, or a while ago as in 30m, 2h or 3d")
    return text
