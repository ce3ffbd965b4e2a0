"""The repositories of the emulated world, and which token reads what. Tokens are hashed on arrival and never kept."""

import hashlib
import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pulumi_managed_agents.emulator import settings
from pulumi_managed_agents.emulator.errors import EmulatorError
from pulumi_managed_agents.emulator.transaction import JSON, Transaction

Trouble = Literal["authentication", "forbidden", "not_found", "checkout"]


class Repository(BaseModel):
    """One repository as a test describes it. Without branches or commits, every branch or commit exists."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    url: str
    private: bool = False
    branches: list[str] = Field(default_factory=list)
    commits: list[str] = Field(default_factory=list)
    tokens: list[str] = Field(default_factory=list)
    expired_tokens: list[str] = Field(default_factory=list)


def fingerprint(tx: Transaction, token: str) -> str:
    """A salted SHA-256 of a token: tells two tokens apart and does not lead back to either."""
    return hashlib.sha256(f"{tx.state('salt')}/{token}".encode(errors="surrogatepass")).hexdigest()


def describe(tx: Transaction, repositories: list[JSON]) -> None:
    """Adds repositories to the world; one with the same address is replaced."""
    for entry in repositories:
        try:
            repository = Repository.model_validate(entry)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            raise EmulatorError(f"Repository {first['loc']}: {first['msg']}.") from None
        body = repository.model_dump(include={"url", "private", "branches", "commits"}) | {
            "readers": [fingerprint(tx, token) for token in repository.tokens],
            "expired": [fingerprint(tx, token) for token in repository.expired_tokens],
        }
        tx.db.execute("INSERT OR REPLACE INTO repositories VALUES (?, ?)", (_key(repository.url), json.dumps(body)))


def described(tx: Transaction) -> list[JSON]:
    """The repositories of the world, with fingerprints where the description had tokens."""
    return [json.loads(row[0]) for row in tx.db.execute("SELECT body FROM repositories ORDER BY url")]


def trouble(tx: Transaction, url: str, token: str | None, checkout: JSON | None) -> Trouble | None:
    """What keeps a clone from happening; `token` is a fingerprint. The cases follow the session.error types."""
    row = tx.db.execute("SELECT body FROM repositories WHERE url = ?", (_key(url),)).fetchone()
    if row is None:
        return None if settings.value(tx, "unknown_repositories") == "accept" else "not_found"
    repository: dict[str, Any] = json.loads(row[0])
    refused = _access(tx, repository, token)
    if refused:
        return refused
    return None if _has(repository, checkout) else "checkout"


def _access(tx: Transaction, repository: dict[str, Any], token: str | None) -> Trouble | None:
    if token is not None and _known(tx, token, "expired"):
        return "authentication"  # GitHub refuses a dead credential even where none is needed
    if not repository["private"] or token in repository["readers"]:
        return None
    # A credential that is good elsewhere lacks the right; one that nobody knows is no credential.
    return "forbidden" if token is not None and _known(tx, token, "readers") else "authentication"


def _known(tx: Transaction, token: str, role: str) -> bool:
    return any(token in repository[role] for repository in described(tx))


def _has(repository: dict[str, Any], checkout: JSON | None) -> bool:
    if checkout is None:
        return True
    if checkout["type"] == "branch":
        return not repository["branches"] or checkout["name"] in repository["branches"]
    return not repository["commits"] or any(commit.startswith(checkout["sha"]) for commit in repository["commits"])


def _key(url: str) -> str:
    return url.lower().removesuffix("/").removesuffix(".git")
