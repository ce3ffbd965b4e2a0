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
BRANCH = re.compile(r"[^\s\x00-\x20\x7f~^:?*\[\\-][^\s\x00-\x20\x7f~^:?*\[\\]{0,254}")
COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
"""What is passed on has a form: the rest of what a pull request says is its author's."""


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
    except (AttributeError, KeyError, RecursionError, TypeError, UnicodeError):
        raise ValueError("no event of a pull request") from None


def _read(payload: dict[str, Any]) -> PullRequest | None:
    action, about = payload["action"], payload["pull_request"]
    repository, head = str(payload["repository"]["full_name"]), about["head"]
    if action not in (*OPENING, "closed") or (head["repo"] or {}).get("full_name") != repository:
        return None
    if type(about["number"]) is not int or about["number"] < 1:
        raise ValueError("no number of a pull request")
    return PullRequest(
        wanted="closed" if action == "closed" else "open",
        repository=_formed(repository, REPOSITORY),
        number=about["number"],
        branch=_formed(head["ref"], BRANCH),
        commit=_formed(head["sha"], COMMIT),
        updated_at=_formed(about["updated_at"], MOMENT),
    )


def _formed(text: str, form: re.Pattern[str]) -> str:
    if not form.fullmatch(text) or not text.isprintable():
        raise ValueError(f"something that GitHub does not send: it has not the form {form.pattern}")
    return text
