"""The events of a session as they happen: nothing twice, and nothing lost where a stream breaks off.

A stream is opened first, and what came before it is listed then: so an event stands in the list, in the stream or in
both, and its id tells. When the stream ends, both are asked again from the newest event on.
"""

from __future__ import annotations

import json
import random
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..apply.turning import turned
from ..errors import CallFailed, LostAnswer, NotFound, Refused, Unreachable
from ..lifecycle.steps import Call, Operation
from .events import LIST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .. import apply
    from ..declaration.values import Bag
    from ..platforms.rest import RestBackend
    from ..transport.server_sent import Sent

STREAM: Final = Operation("sessions.events", "stream")
RETRIEVE: Final = Operation("sessions", "retrieve")

LAST_WORDS: Final = frozenset({"session.status_terminated", "session.deleted", "session.archived"})
"""Types of events behind which there are none."""

KEPT: Final = 10_000
"""Ids of events that are remembered; what is older than all of them was told."""

SHORTEST, LONGEST, QUIET = 0.5, 30.0, 2.0
"""Seconds before a stream is asked for again: at first, after many failures, and where it merely ended."""


@dataclass
class Told:
    """Which events were told, in bounded memory."""

    ids: OrderedDict[str, str] = field(default_factory=OrderedDict)
    floor: str = ""
    newest: str = ""
    last: str = ""
    """The id of the event that was told last."""

    def is_new(self, event: Bag) -> bool:
        """Whether an event was not told yet; from now on it counts as told."""
        id_, at = str(event.get("id") or ""), _time(event)
        if not id_ or id_ in self.ids or (at and at <= self.floor):
            return False
        self.ids[id_] = at
        self.newest, self.last = max(self.newest, at), id_
        if len(self.ids) > KEPT:
            self.floor = max(self.floor, self.ids.popitem(last=False)[1])
        return True


class Following:
    """One session that is followed."""

    def __init__(
        self, session: str, context: apply.Context, backend: RestBackend, types: Iterable[str] = (), since: str = ""
    ) -> None:
        self._session = session
        self._context = context
        self._backend = backend
        self._types = frozenset(types)
        self._since = since
        self._told = Told()

    def past(self) -> Iterator[Bag]:
        """What has happened until now, the oldest first.

        Raises:
            CallFailed: it cannot be listed.
        """
        return filter(self._is_wanted, self._listed())

    def events(self, gap: Callable[[str], None]) -> Iterator[Bag]:
        """What has happened and what happens, until the session has ended; a `gap` is told of in words.

        Raises:
            CallFailed: the session cannot be followed at all.
        """
        failures = 0
        while True:
            before = self._told.last
            try:
                for event in self._turn():
                    if self._is_wanted(event):
                        yield event
                    if event.get("type") in LAST_WORDS:
                        return
                if self._has_ended():
                    return
                problem = ""
            except CallFailed as failure:
                if isinstance(failure, NotFound) and self._told.last:
                    return
                if not _is_passing(failure):
                    raise
                problem = str(failure)
            failures = 0 if self._told.last != before else failures + 1
            if problem:
                gap(problem)
            self._context.sleep(_pause(failures, LONGEST if problem else QUIET))

    def _turn(self) -> Iterator[Bag]:
        """One stream to its end, with what came before it."""
        with self._backend.streaming(Call(STREAM, {"session_id": self._session}), self._told.last) as stream:
            yield from self._listed()
            for sent in stream:
                event = _event(sent)
                if event is not None and (event.get("type") == "session.deleted" or self._told.is_new(event)):
                    yield event

    def _listed(self) -> Iterator[Bag]:
        since = self._told.newest or self._since
        query: Bag = {"order": "asc", **({"created_at[gte]": since} if since else {})}
        for page in turned(Call(LIST, {"session_id": self._session}, query=query), self._context):
            yield from (event for event in page if isinstance(event, dict) and self._told.is_new(event))

    def _has_ended(self) -> bool:
        """Whether nothing can happen any more; asked where a stream merely ended."""
        try:
            answer = self._context.send(Call(RETRIEVE, {"session_id": self._session}))
        except NotFound:
            return True
        return answer.get("status") == "terminated" or bool(answer.get("archived_at"))

    def _is_wanted(self, event: Bag) -> bool:
        at = _time(event)
        return (not self._types or event.get("type") in self._types) and not (at and at < self._since)


def _is_passing(failure: CallFailed) -> bool:
    """Whether it may be over soon."""
    if isinstance(failure, Refused):
        return failure.refusal.status == _TOO_MANY or failure.refusal.status >= _SERVER
    return isinstance(failure, LostAnswer | Unreachable)


_TOO_MANY, _SERVER = 429, 500


def _event(sent: Sent) -> Bag | None:
    """The event of the session that was sent; None for what only keeps the line open."""
    try:
        found = json.loads(sent.data)
    except (ValueError, RecursionError):
        raise CallFailed("Following the session", "an event of the stream is no JSON") from None
    if not isinstance(found, dict):
        return None
    return {"type": sent.name, **found}


def _time(event: Bag) -> str:
    return str(event.get("processed_at") or event.get("created_at") or "")


def _pause(failures: int, longest: float) -> float:
    most = min(SHORTEST * 2.0 ** max(failures - 1, 0), longest)
    return most * random.uniform(0.75, 1.0)  # noqa: S311 - spreads those who come again, guards nothing
