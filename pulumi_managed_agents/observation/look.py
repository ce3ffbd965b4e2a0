"""One look at what runs: the objects of the states as they are now, their runs, and what needs somebody."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from ..apply.turning import turned
from ..errors import ManagedAgentsError
from ..lifecycle.steps import Call, Operation
from ..page.concerns import concerns
from ..page.overview import DEPLOYMENT, Overview, Rotated, Run, seconds_between
from .console import console
from .expiry import Expiries
from .kept import kept_by, stacks_in
from .reading import LOOKED_INTO, Bounded, looking, read
from .relations import Relations
from .things import Things

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .. import apply
    from ..apply.exported import Exported
    from ..declaration.values import Bag
    from ..page.overview import Thing
    from ..provider.configured import ConfiguredProvider
    from .kept import Kept
    from .reading import Reading

RUN_PAGES: Final = 2
"""Pages of runs, the newest first."""

_RUNS: Final = Operation("deployment_runs", "list")


def look(states: Sequence[Exported], provider: ConfiguredProvider, most: int = LOOKED_INTO) -> Overview:
    """What the objects of the states are now. Nothing is changed, and no secret comes out.

    `most` is of how many sessions the events are looked at.
    """
    context = looking(provider.context.knowing(*(exported.secrets() for exported in states)), most)
    objects = kept_by(states, provider.capabilities.key)
    readings = read(objects, context)
    now = datetime.fromtimestamp(context.clock(), UTC).isoformat(timespec="seconds")
    things = _things(objects, readings, provider, context)
    runs, trouble = _runs(things, context)
    unread = (*_unread(things), *trouble)
    shown = Overview(
        now=now,
        things=tuple(things),
        concerns=concerns(things, runs, unread, now),
        runs=runs,
        rotations=_rotations(things),
        stacks=stacks_in(states),
        unread=unread,
        notes=_notes(context),
    )
    return _scrubbed(shown, context)


def _things(
    objects: Sequence[Kept], readings: Iterable[Reading], provider: ConfiguredProvider, context: apply.Context
) -> list[Thing]:
    settings = provider.configuration.settings
    account = context.backend.account if isinstance(context.backend, Bounded) else None

    def doubt(kept: Kept) -> str:
        if kept.where is None:
            return ""
        return kept.where.is_elsewhere(settings) or kept.where.doubt(settings, account) or ""

    by_urn = {kept.urn: kept for kept in objects}
    relations = Relations(objects)
    maker = Things(console(settings, account), Expiries(by_urn), doubt, relations.called)
    return [maker.thing(reading, relations.of(reading.kept)) for reading in readings]


def _rotations(things: Iterable[Thing]) -> tuple[Rotated, ...]:
    """The last rotation of each mount, the newest first; one at its session's birth is none."""
    found = [
        Rotated(mount.rotated_at, thing.key, mount.url)
        for thing in things
        for mount in thing.mounts
        if (seconds_between(thing.created_at, mount.rotated_at) or 0) > _BIRTH_SECONDS
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:ROTATIONS])


ROTATIONS: Final = 100
_BIRTH_SECONDS: Final = 5.0


def _unread(things: Iterable[Thing]) -> tuple[str, ...]:
    """Why objects could not be looked at, each reason once."""
    found: dict[str, list[str]] = {}
    for thing in things:
        if thing.unread:
            found.setdefault(thing.unread, []).append(thing.name)
    return tuple(f"{_some(names)}: {why}" for why, names in found.items())


def _some(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _notes(context: apply.Context) -> tuple[str, ...]:
    left = len(context.backend.left_out) if isinstance(context.backend, Bounded) else 0
    if not left:
        return ()
    return (f"The events of {left} sessions were not looked at: of these, errors are those that the state knows.",)


def _runs(things: Sequence[Thing], context: apply.Context) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """The newest runs of the deployments, and why they could not be listed."""
    deployments = {thing.id: thing for thing in things if thing.kind == DEPLOYMENT}
    if not deployments or not context.backend.has(_RUNS):
        return (), ()
    sessions = {thing.id: thing.key for thing in things}
    try:
        pages = islice(turned(Call(_RUNS), context), RUN_PAGES)
        listed = [run for page in pages for run in page if run.get("deployment_id") in deployments]
    except ManagedAgentsError as problem:
        return (), (f"the runs of deployments: {problem}",)
    return tuple(_run(run, deployments[run["deployment_id"]].key, sessions) for run in listed), ()


def _run(run: Bag, deployment: str, sessions: dict[str, str]) -> Run:
    error, session = run.get("error"), run.get("session_id")
    return Run(
        at=str(run.get("created_at") or ""),
        deployment=deployment,
        session=sessions.get(str(session), str(session or "")),
        error=" ".join(str(error[key]) for key in ("type", "message") if error.get(key)) if error else "",
        id=str(run.get("id") or ""),
    )


def _scrubbed(shown: Overview, context: apply.Context) -> Overview:
    """The overview without a secret, whoever repeated it."""
    # The same words stand in many objects.
    found: Overview = _clean(shown, cache(context.secrets.text))
    return replace(found, by_key={}, ids={})


_KEYS: Final = ("key", "urn", "uses", "by_key", "ids")
"""The names that programs gave, by which parts of an overview find each other."""


def _clean(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value) if value else value
    if isinstance(value, tuple):
        return tuple(_clean(item, clean) for item in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    told = {each.name: getattr(value, each.name) for each in dataclasses.fields(value) if each.name not in _KEYS}
    return replace(value, **{name: _clean(item, clean) for name, item in told.items()})
