"""What is sent and what comes back, in words that need no HTTP client."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.content import Content
    from ..declaration.values import JSON


@dataclass(frozen=True)
class Request:
    """One HTTP request; `attempt` says in words what it tries. With `files`, the body has the fields of a form."""

    method: str
    path: str
    attempt: str
    body: JSON = None
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    repeatable: bool = True
    makes: bool = False
    """Whether it makes something each time, although it may be repeated since a key tells a repetition."""
    group: str = ""
    """Which of the platform's rate limits it counts against, by any name."""
    files: tuple[tuple[str, str, Content], ...] = ()
    """Files of an upload: the part's name, the file's name, its content."""
    array: bool = False
    """Whether the answer may be an array in place of an object."""


@dataclass(frozen=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    body: JSON
    headers: Mapping[str, str]
    doubtful: bool = False
    """For an error: whether an attempt before may have done what was asked."""
