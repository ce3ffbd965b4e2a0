"""`managed-agents status`: what runs, and what of it needs somebody."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Final

from ..errors import ConfigError, NoState
from ..observation.look import look
from ..page.overview import ago
from .colour import clear, show_in
from .output import say, show_json
from .states import States
from .table import lines_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from ..page.overview import Concern, Overview, Thing
    from .colour import Tone

WELL, INCOMPLETE, UNUSABLE, ATTENTION = 0, 1, 2, 3

SHOWN: Final = 20
"""Rows of a table where not all are asked for."""


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    try:
        states = States(options)
    except (NoState, ConfigError) as problem:
        say(f"managed-agents status: {problem}")
        return UNUSABLE
    with closing(states.provider):
        return _watched(options, states) if options.watch else _once(options, states)


def _once(options: argparse.Namespace, states: States) -> int:
    overview = look(states.states(), states.provider)
    _show(overview, options)
    return code_of(overview)


def _watched(options: argparse.Namespace, states: States) -> int:
    while True:
        try:
            overview = look(states.states(), states.provider)
        except NoState as problem:
            say(f"managed-agents status: {problem}")
        else:
            if not options.json:
                clear()
            _show(overview, options)
        sys.stdout.flush()
        time.sleep(options.watch)


def code_of(overview: Overview) -> int:
    """How cron hears of it."""
    if overview.unread:
        return INCOMPLETE
    return ATTENTION if any(concern.severity != "note" for concern in overview.concerns) else WELL


def _show(overview: Overview, options: argparse.Namespace) -> None:
    if options.json:
        show_json(overview.told())
        return
    show_in("strong", _headline(overview))
    for concern in overview.concerns if options.all else overview.concerns[:SHOWN]:
        show_in(_TONES[concern.severity], _line(concern, overview))
    _more(len(overview.concerns), options)
    if not overview.concerns:
        show_in("good", "All is well.")
    for title, rows in _tables(overview):
        _table(title, rows, options)
    for note in overview.notes:
        show_in("dim", note)


_TONES: Final[dict[str, Tone]] = {"bad": "bad", "warn": "warn", "note": "dim"}
_SIGNS: Final = {"bad": "x", "warn": "!", "note": "-"}


def _headline(overview: Overview) -> str:
    count = f"{len(overview.things)} object{'' if len(overview.things) == 1 else 's'}"
    stacks = overview.stacks[0] if len(overview.stacks) == 1 else f"{len(overview.stacks)} stacks"
    statuses = ", ".join(f"{number} {status}" for status, number in overview.statuses().items())
    sessions = f", sessions: {statuses}" if statuses else ""
    return f"{stacks}: {count}{sessions}  ({overview.now})"


def _line(concern: Concern, overview: Overview) -> str:
    when = f" ({ago(concern.at, overview.now)})" if concern.at and concern.what not in ("expires", "expired") else ""
    thing = overview.by_key.get(concern.key)
    where = f"  [{thing.stack}]" if thing and len(overview.stacks) > 1 else ""
    return f"{_SIGNS[concern.severity]} {concern.what:9}  {concern.text}{when}{where}"


def _table(title: str, rows: list[tuple[str, ...]], options: argparse.Namespace) -> None:
    head, *body = rows
    if not body:
        return
    show_in(None, "")
    shown = body if options.all else body[:SHOWN]
    first, *rest = lines_of([(title.upper(), *head[1:]), *shown])
    show_in("dim", first)
    for line in rest:
        show_in(None, line)
    _more(len(body), options)


def _more(number: int, options: argparse.Namespace) -> None:
    if number > SHOWN and not options.all:
        show_in("dim", f"  and {number - SHOWN} more: `--all` shows them")


def _tables(overview: Overview) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    many = len(overview.stacks) > 1
    ordered = sorted(overview.things, key=lambda thing: thing.stack)

    def named(thing: Thing) -> tuple[str, ...]:
        return (thing.name, *((thing.stack,) if many else ()))

    stack = ("STACK",) if many else ()
    sessions = [
        (*named(thing), _status(thing), thing.spend.words() if thing.spend else "", _agent(thing), thing.id)
        for thing in ordered
        if thing.kind == "Session"
    ]
    yield "session", [("", *stack, "STATUS", "SPENT", "AGENT", "ID"), *sessions]
    mounts = [
        (mount.url, *named(thing), mount.path, ago(mount.rotated_at, overview.now), ago(mount.expires_at, overview.now))
        for thing in ordered
        for mount in thing.mounts
    ]
    yield "mount", [("", "SESSION", *stack, "PATH", "ROTATED", "EXPIRES"), *mounts]
    deployments = [
        (*named(thing), _status(thing), _last(thing, overview), ago(thing.next_run, overview.now), thing.id)
        for thing in ordered
        if thing.kind == "Deployment"
    ]
    yield "deployment", [("", *stack, "STATUS", "LAST RUN", "NEXT RUN", "ID"), *deployments]
    others = [
        (thing.kind, *named(thing), _status(thing), thing.id)
        for thing in ordered
        if thing.kind not in ("Session", "Deployment")
    ]
    yield "kind", [("", "NAME", *stack, "STATUS", "ID"), *others]


def _status(thing: Thing) -> str:
    if thing.state or thing.unread:
        return thing.state or "not looked at"
    return " ".join(filter(None, [thing.status, "drifted" if thing.drift else ""]))


def _agent(thing: Thing) -> str:
    return next((text for label, text in thing.facts if label == "agent"), "")


def _last(thing: Thing, overview: Overview) -> str:
    runs = [run for run in overview.runs if run.deployment == thing.key]
    newest = max(runs, key=lambda run: run.at, default=None)
    if newest is None:
        return ago(thing.last_run, overview.now)
    return f"{ago(newest.at, overview.now)}{' (failed)' if newest.error else ''}"
