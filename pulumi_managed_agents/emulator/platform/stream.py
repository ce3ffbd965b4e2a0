"""The events of a session as they happen, until for a while none does."""

import time
from collections.abc import Iterator

from .. import clock
from ..world import JSON, Position, World
from .lifecycle import Lifecycle

_POLL_SECONDS = 0.02


def follow(
    world: World, lifecycle: Lifecycle, session_id: str, after: Position | None, patience: float
) -> Iterator[JSON]:
    """The events behind a position; ends when the session is deleted, or when `patience` seconds bring none."""
    deadline = time.monotonic() + patience
    while True:
        events, farewell = _since(world, lifecycle, session_id, after)
        yield from (event for _, event in events)
        if farewell is not None:
            yield farewell
            return
        if events:
            after = events[-1][0]
            deadline = time.monotonic() + patience
        if time.monotonic() > deadline:
            return
        time.sleep(_POLL_SECONDS)


def _since(
    world: World, lifecycle: Lifecycle, session_id: str, after: Position | None
) -> tuple[list[tuple[Position, JSON]], JSON | None]:
    """Events behind a position, and the farewell when the session is deleted meanwhile."""
    with world.transaction(writes=False) as tx:
        record = tx.get(lifecycle.sessions.table, session_id)
        if record is None:
            return [], lifecycle.event(tx, "session.deleted", clock.stamp(tx))
        lifecycle.settle(tx, record, read=False)
        return list(tx.events(session_id, "asc", after)), None
