"""What the generic parts ask of an emulated platform, and the values that pass between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from werkzeug.datastructures import Headers, MultiDict

from ..world import JSON, Transaction, World
from .multipart import Part


@dataclass(frozen=True)
class Call:
    """One request to a platform, read to its end."""

    method: str
    path: str
    operation: str | None
    ids: dict[str, str]
    query: MultiDict[str, str]
    headers: Headers
    body: bytes
    """All of it; of an upload, its beginning."""
    request_id: str
    world: World
    """For what goes on behind the call's transaction, as a stream does."""
    parts: list[Part] | None = None
    """The parts of an upload; None where the body cannot be taken apart into any."""


@dataclass(frozen=True)
class Answer:
    """What goes back: a JSON document, server-sent events, or the bytes of a file (with their type in `headers`)."""

    status: int = 200
    document: JSON | None = None
    headers: dict[str, str] = field(default_factory=dict)
    events: Iterator[JSON] | None = None
    content: bytes | None = None


class Refusal(Exception):
    """A request that the platform answers with an error."""

    def __init__(
        self, status: int, message: str, kind: str | None = None, code: str | None = None, **headers: str
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.kind = kind
        self.code = code
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


CLAUDE_PATH, QODER_PATH, GITHUB_PATH = "/v1/", "/api/v1/cloud/", "/github/"
"""Where the services answer."""


class Service(Protocol):
    """What answers requests: paths and rules."""

    def match(self, method: str, path: str) -> tuple[str | None, dict[str, str]]:
        """The operation that a request asks for, and the ids in its path."""

    def perform(self, tx: Transaction, call: Call) -> Answer:
        """Carries a call out, or raises a Refusal."""

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """The error document of a Refusal."""

    def identify(self, tx: Transaction, call: Call) -> dict[str, str]:
        """Headers that every answer carries."""

    def classify(self, operation: str | None) -> str:
        """Which rate limit an operation counts against: create, read or write."""
