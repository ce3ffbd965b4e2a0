"""What GitHub's webhook says about a pull request, and whether GitHub says it."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from typing import Any, Literal

OPENING = ("opened", "reopened", "synchronize")
REPOSITORY = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")


class Unsigned(Exception):
    """The signature is missing or wrong."""


@dataclass(frozen=True)
class PullRequest:
    """What is to be done for a pull request, and when its state was that."""

    wanted: Literal["open", "closed"]
    repository: str
    number: int
    branch: str
    commit: str
    updated_at: str

    @property
    def stack(self) -> str:
        """The stack's name: one for each pull request."""
        return f"{self.repository.replace('/', '.')}.{self.number}"


def verify(secret: str, body: bytes, signature: str | None) -> None:
    """Checks `X-Hub-Signature-256`, in a time that tells nothing.

    Raises:
        Unsigned: whoever sent this does not know the secret.
    """
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), (signature or "").encode()):
        raise Unsigned


def pull_request(event: str | None, body: bytes) -> PullRequest | None:
    """What an event asks for; None where it asks for nothing.

    A fork's pull request is left alone: the session would clone a stranger's code beside a token.

    Raises:
        ValueError: the body is not what GitHub sends.
    """
    if event != "pull_request":
        return None
    try:
        return _read(json.loads(body))
    except (KeyError, TypeError) as error:
        raise ValueError(f"no event of a pull request: {error}") from None


def _read(payload: dict[str, Any]) -> PullRequest | None:
    action, about = payload["action"], payload["pull_request"]
    repository, head = str(payload["repository"]["full_name"]), about["head"]
    if action not in (*OPENING, "closed") or (head["repo"] or {}).get("full_name") != repository:
        return None
    if not REPOSITORY.fullmatch(repository):
        raise ValueError("no name of a repository")
    return PullRequest(
        wanted="closed" if action == "closed" else "open",
        repository=repository,
        number=int(about["number"]),
        branch=str(head["ref"]),
        commit=str(head["sha"]),
        updated_at=str(about["updated_at"]),
    )
