"""How somebody may follow requests on their way, such as a trace; nobody does unless asked to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .exchange import Request

Told: TypeAlias = Callable[[int], None]
"""Is told the status of the answer."""

Follow: TypeAlias = "Callable[[Request, str], AbstractContextManager[Told]]"
"""A context in which one request is on its way to a host."""


@contextmanager
def unfollowed(request: Request, host: str) -> Iterator[Told]:
    """Nobody follows."""
    del request, host
    yield lambda status: None  # noqa: ARG005 - nobody is told
