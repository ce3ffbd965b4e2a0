"""What the generic parts ask of an emulated platform, and the values that pass between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from werkzeug.datastructures import Headers, MultiDict

from .world import JSON, Transaction, World


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
    request_id: str


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

    def perform(self, world: World, tx: Transaction, call: Call) -> Answer:
        """Carries a call out, or raises a Refusal."""

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """The error document of a Refusal."""

    def identify(self, tx: Transaction, call: Call) -> dict[str, str]:
        """Headers that every answer carries."""

    def classify(self, operation: str | None) -> str:
        """Which rate limit an operation counts against: create, read or write."""


class Platform(Service, Protocol):
    """A service with sessions, and the changes that happen to it from outside."""

    def objects(self, tx: Transaction, kind: str) -> list[JSON]:
        """Every stored object of a kind as the API shows it, archived ones too."""

    def change(self, tx: Transaction, kind: str, object_id: str, fields: dict[str, Any]) -> JSON:
        """Changes an object behind the client's back."""

    def remove(self, tx: Transaction, kind: str, object_id: str) -> None:
        """Removes an object behind the client's back."""

    def rotations(self, tx: Transaction, session_id: str) -> list[JSON]:
        """The token rotations of a session."""

    def mounts(self, tx: Transaction, session_id: str) -> list[JSON]:
        """The mounted repositories of a session, with the fingerprints of their tokens."""

    def credential_secrets(self, tx: Transaction, credential_id: str) -> dict[str, str]:
        """The fingerprints of a credential's secrets by field path."""

    def set_status(self, tx: Transaction, session_id: str, status: str) -> JSON:
        """Puts a session into a status."""

    def emit(self, tx: Transaction, session_id: str, event: JSON) -> JSON:
        """Appends an event to a session's history."""
