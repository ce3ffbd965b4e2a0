"""The world as an overview: the objects of each platform, their rotations and runs, and the last requests.

Looking changes nothing: no session moves on, not even one that is due, and nothing enters the request log. Objects are
read as the file keeps them, so every kind of every platform shows, and so does what was deleted.
"""

import re
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from ...page.concerns import concerns
from ...page.overview import (
    DEPLOYMENT,
    SESSION,
    Asked,
    Event,
    Mount,
    Overview,
    Problem,
    Rotated,
    Rotation,
    Run,
    Spend,
    Thing,
    Waiting,
)
from .. import clock, faults
from ..platform import Platform
from ..world import JSON, Transaction, World
from ..world.views import Stored
from . import summary
from .rotations import Rotations
from .snapshot import number_of

OBJECTS, REQUESTS, EVENTS, RUNS, MOUNTS = 10_000, 100, 50, 200, 50
"""How many of each there are at most: objects of a kind, requests, events of an object, runs, mounts of a session.

The newest are taken; what is live goes before what is archived or deleted.
"""

_CHANGES = ("created_at", "updated_at", "archived_at")
_RUNS = "deployment_runs"
_MOMENTS = re.compile(r"_at$")


class WorldSource:
    """What the page shows of a world."""

    title = "Managed Agents emulator"

    def __init__(self, world: World, platforms: Mapping[str, Platform]) -> None:
        self._world = world
        self._platforms = platforms
        self._lock = threading.Lock()
        self._known: tuple[str, Overview] | None = None

    def now(self) -> str:
        """The time of the world."""
        with self._world.transaction(writes=False) as tx:
            return clock.write(clock.now(tx))

    def number(self) -> str:
        """Another text after every write, by this process or by another one that has the file."""
        with self._world.transaction(writes=False) as tx:
            return number_of(tx)

    def overview(self) -> Overview:
        """The world; made once for as long as nothing is written."""
        with self._lock, self._world.transaction(writes=False) as tx:
            number = number_of(tx)
            if self._known is None or self._known[0] != number:
                self._known = (number, _Look(tx, self._platforms).overview(number))
            return self._known[1]

    def events(self, thing: Thing) -> tuple[Event, ...]:
        """The newest events of an object."""
        with self._world.transaction(writes=False) as tx:
            return tuple(_event(event) for event in tx.newest_events(thing.id, EVENTS))

    def document(self, thing: Thing) -> str:
        """An object as the file keeps it."""
        with self._world.transaction(writes=False) as tx:
            stored = (tx.stored(name, thing.id) for name in tx.kinds())
            return next((summary.document(each.body) for each in stored if each is not None), "")


class _Look:
    """One look at the world."""

    def __init__(self, tx: Transaction, platforms: Mapping[str, Platform]) -> None:
        self._tx = tx
        self._platforms = platforms
        self._rotations = Rotations(tx)
        self._errors = tx.newest_of_each("session.error")
        self._waits = tx.newest_of_each("session.status_idle")

    def overview(self, number: str) -> Overview:
        """All that there is."""
        now = clock.write(clock.now(self._tx))
        things, runs = [], []
        for name in self._tx.kinds():
            platform, kind = self._platform_and_kind(name)
            for stored in self._tx.newest(name, OBJECTS):
                # What a platform keeps for itself has no id in its body: no client ever sees it.
                if "id" not in stored.body:
                    break
                if kind == _RUNS:
                    runs.append(_run(stored.body))
                else:
                    things.append(self._thing(stored, platform, kind))
        known = tuple(runs[:RUNS])
        return Overview(
            now=now,
            things=tuple(things),
            concerns=concerns(things, known, (), now),
            runs=known,
            rotations=tuple(self._rotated(things)),
            requests=tuple(_asked(request) for request in self._requests()),
            stacks=tuple(dict.fromkeys(thing.stack for thing in things)),
            notes=tuple(self._notes()),
            number=number,
            group="platform",
        )

    def _requests(self) -> list[JSON]:
        return self._tx.requests(self._tx.last_request() - REQUESTS)[::-1]

    def _notes(self) -> Iterator[str]:
        """What is odd about this world: a clock that was set, faults that strike."""
        told = self._tx.state("clock", {})
        if told.get("still"):
            yield f"The clock stands still at {str(told['still'])[:19]}Z."
        if told.get("offset"):
            yield f"The clock is {told['offset']} s off."
        rules = len(faults.rules(self._tx))
        if rules:
            yield f"Fault rules in force: {rules}."

    def _rotated(self, things: list[Thing]) -> Iterator[Rotated]:
        what = {mount.id: mount.url or mount.path for thing in things for mount in thing.mounts}
        for each in self._rotations.all[:REQUESTS]:
            place = str(each["place"] or "")
            yield Rotated(each["time"], each["owner"], what.get(place, place), each["fingerprint"])

    def _platform_and_kind(self, name: str) -> tuple[str, str]:
        """In the file, the kinds of the first platform stand alone; others follow the name of theirs."""
        platform, _, kind = name.partition(".")
        if platform not in self._platforms or not kind:
            return next(iter(self._platforms)), name
        return platform, kind

    def _thing(self, stored: Stored, platform: str, kind: str) -> Thing:
        body, rotated = stored.body, self._rotations.last(stored.id)
        named = one_of(kind)
        changes = [str(body.get(name) or "") for name in _CHANGES] + [rotated["time"] if rotated else ""]
        planned: Any = body.get("schedule")
        schedule = planned if isinstance(planned, dict) else {}
        return Thing(
            key=stored.id,
            kind=named,
            id=stored.id,
            name=summary.name(body) or _by_agent(body) or stored.id,
            stack=platform.capitalize(),
            status=summary.line(body.get("status") or ""),
            state="deleted" if stored.removed else "archived" if body.get("archived_at") else "",
            remark="goes on when a request reads it" if stored.pending else "",
            error=self._error(stored.id, rotated) if named == SESSION else None,
            waiting=self._waiting(stored) if named == SESSION else None,
            spend=_spend(body),
            mounts=tuple(
                self._mounts(stored, platform) if named in (SESSION, DEPLOYMENT) else self._secrets(stored, platform)
            ),
            uses=tuple(_ids_in(body)),
            facts=tuple((label, text) for label, text in summary.facts(body)),
            next_run=next(iter(schedule.get("upcoming_runs_at") or []), "") or "",
            last_run=schedule.get("last_run_at") or "",
            created_at=str(body.get("created_at") or ""),
            changed_at=max(changes),
        )

    def _error(self, session: str, rotated: JSON | None) -> Problem | None:
        event = self._errors.get(session)
        if event is None:
            return None
        told = summary.error(event)
        time = told["time"] or ""
        return Problem(told["type"], told["message"], time, is_past=rotated is not None and rotated["time"] > time)

    def _waiting(self, stored: Stored) -> Waiting | None:
        event = self._waits.get(stored.id) if stored.body.get("status") == "idle" else None
        reason = (event or {}).get("stop_reason")
        if not isinstance(reason, dict) or reason.get("type") != "requires_action":
            return None
        ids = tuple(str(each) for each in reason.get("event_ids") or [])
        return Waiting("somebody's answer", ids, str((event or {}).get("processed_at") or ""))

    def _mounts(self, stored: Stored, platform: str) -> Iterator[Mount]:
        repositories = [each for each in stored.body.get("resources") or [] if each.get("url")][:MOUNTS]
        if not repositories:
            return
        known = [] if stored.removed else self._platforms[platform].outside.mounts(self._tx, stored.id)
        tokens = {mount["resource_id"]: mount["fingerprint"] for mount in known}
        for each in repositories:
            rotations = self._rotations.at(stored.id, each.get("id"))
            token = tokens.get(each.get("id"))
            yield Mount(
                summary.line(each["url"]),
                summary.line(each.get("mount_path") or ""),
                summary.checkout(each),
                id=str(each.get("id") or ""),
                rotated_at=rotations[0]["time"] if rotations else "",
                mark=summary.mark(token) if token else "",
                rotations=_rotations(rotations),
            )

    def _secrets(self, stored: Stored, platform: str) -> Iterator[Mount]:
        if self._platform_and_kind(stored.kind)[1] != "credentials" or stored.removed:
            return
        fingerprints = self._platforms[platform].outside.credential_secrets(self._tx, stored.id)
        for path, token in fingerprints.items():
            rotations = self._rotations.at(stored.id, path)
            yield Mount("", path, id=path, mark=summary.mark(token), rotations=_rotations(rotations))


def one_of(kind: str) -> str:
    """A collection's name as the name of one of its objects: `memory_stores` is `MemoryStore`."""
    *front, last = kind.split("_")
    last = f"{last[:-3]}y" if last.endswith("ies") else last.removesuffix("s")
    return "".join(word.capitalize() for word in [*front, last])


def _by_agent(body: JSON) -> str:
    """What to call a session without a title."""
    agent = body.get("agent")
    name = agent.get("name") if isinstance(agent, dict) else None
    return f"{summary.line(name)} at work" if name and "environment_id" in body else ""


def _rotations(found: list[JSON]) -> tuple[Rotation, ...]:
    return tuple(Rotation(each["time"], each["fingerprint"]) for each in found[:EVENTS])


def _event(body: JSON) -> Event:
    told = summary.event(body)
    return Event(told["time"] or "", told["type"], told["text"], told["id"] or "", told["document"])


def _asked(row: JSON) -> Asked:
    return Asked(
        row["n"], row["time"], row["method"], row["path"], row["operation"] or "", row["status"], row["fault"] or ""
    )


def _run(body: JSON) -> Run:
    error = body.get("error")
    told = " ".join(str(error[key]) for key in ("type", "message") if error.get(key)) if isinstance(error, dict) else ""
    return Run(
        str(body.get("created_at") or ""),
        str(body.get("deployment_id") or ""),
        str(body.get("session_id") or ""),
        summary.line(told),
        str(body["id"]),
    )


def _spend(body: JSON) -> Spend | None:
    usage, budget = (value if isinstance(value, dict) else {} for value in (body.get("usage"), body.get("budget")))
    cost, limit = usage.get("list_cost"), budget.get("max_list_cost")
    if isinstance(cost, dict):
        most = _number(limit.get("amount")) if isinstance(limit, dict) else None
        return Spend((_number(cost.get("amount")) or 0) / 100, None if most is None else most / 100, "USD")
    used, most = _number(usage.get("total_credits")), _number(budget.get("max_credit_cost"))
    return None if used is None and most is None else Spend(used or 0, most, "credits")


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _ids_in(body: JSON) -> Iterator[str]:
    """The ids of what an object is made of."""
    for label, value in body.items():
        if label.endswith("_id") and isinstance(value, str):
            yield value
        elif label.endswith("_ids") and isinstance(value, list):
            yield from (each for each in value if isinstance(each, str))
        elif label == "agent":
            yield str(value.get("id") or "") if isinstance(value, dict) else str(value)
