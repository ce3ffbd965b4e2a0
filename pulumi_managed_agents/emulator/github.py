"""The repositories of the emulated world, and which token reads what. Tokens are hashed on arrival and never kept."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from . import github_access, settings
from .github_access import Barrier, Bearer, Described, Token
from .world import JSON, Transaction

Trouble = Literal["authentication", "forbidden", "not_found", "checkout"]
TROUBLE: dict[Trouble, str] = {
    "authentication": "The repository host rejected the credentials, or needs credentials and received none.",
    "forbidden": "The credentials do not give access to the repository.",
    "not_found": "The repository does not exist.",
    "checkout": "The requested branch or commit does not exist in the repository.",
}
"""Why a clone fails, in the words of the event that tells of it."""

_NAMES = re.compile(r"https://github\.com/([^/]+)/([^/]+)", re.IGNORECASE)


def _entry(value: Any) -> Any:
    return {"token": value} if isinstance(value, str) else value


class Repository(Described):
    """One repository as a test describes it. Without branches or commits, every branch or commit exists.

    A token is a text or has properties. In the file, fingerprints stand where the tokens were.
    """

    url: str
    private: bool = False
    archived: bool = False
    has_issues: bool = True
    default_branch: str | None = None
    branches: list[str] = Field(default_factory=list)
    commits: list[str] = Field(default_factory=list)
    tokens: list[Annotated[Token, BeforeValidator(_entry)]] = Field(default_factory=list)
    expired_tokens: list[str] = Field(default_factory=list)

    @property
    def main(self) -> str:
        """The default branch: the one that is named, `main`, or the first that there is."""
        return self.default_branch or ("main" if not self.branches or "main" in self.branches else self.branches[0])

    def has_branch(self, name: str) -> bool:
        """Whether a branch exists."""
        return not self.branches or name in (*self.branches, self.default_branch)

    def commit(self, sha: str) -> str | None:
        """The commit that begins with these digits; where every commit exists, they are all that is known of it."""
        if not self.commits:
            return sha
        return next((commit for commit in self.commits if commit.startswith(sha)), None)


@dataclass(frozen=True)
class Look:
    """A repository as the bearer of a token sees it, and what keeps it from being seen.

    One that the world does not list is public and has every branch.
    """

    repository: Repository
    bearer: Bearer | None
    barrier: Barrier | Literal["missing"] | None
    listed: bool


def fingerprint(tx: Transaction, token: str) -> str:
    """A salted SHA-256 of a token: tells two tokens apart and does not lead back to either."""
    return hashlib.sha256(f"{tx.state('salt')}/{token}".encode(errors="surrogatepass")).hexdigest()


def describe(tx: Transaction, repositories: list[JSON]) -> None:
    """Adds repositories to the world; one with the same address is replaced."""
    for entry in repositories:
        body = github_access.parsed(Repository, entry, "Repository").model_dump()
        for token in body["tokens"]:
            token["token"] = fingerprint(tx, token["token"])
        body["expired_tokens"] = [fingerprint(tx, token) for token in body["expired_tokens"]]
        tx.put_repository(_key(body["url"]), json.dumps(body))


def described(tx: Transaction) -> list[Repository]:
    """The repositories of the world, with fingerprints where the description had tokens."""
    return [Repository.model_validate_json(body) for body in tx.repositories()]


def bearer(tx: Transaction, mark: str, url: str = "") -> Bearer:
    """What is known of a token by its fingerprint, and its grant on a repository."""
    return _bearer(tx, described(tx), mark, url)


def look(tx: Transaction, url: str, mark: str | None, permission: str) -> Look:
    """A repository through the eyes of a token's bearer, who wants to read what a permission guards."""
    world = described(tx)
    who = None if mark is None else _bearer(tx, world, mark, url)
    entry = next((each for each in world if _key(each.url) == _key(url)), None)
    if entry is not None:
        return Look(entry, who, github_access.barrier(who, permission, private=entry.private), listed=True)
    accepted = settings.value(tx, "unknown_repositories") == "accept"
    stranger = who is not None and who.state == "unknown"
    refused = None if accepted and stranger else github_access.barrier(who, permission, private=False)
    return Look(Repository(url=url), who, refused or (None if accepted else "missing"), listed=False)


def trouble(tx: Transaction, url: str, token: str | None, checkout: JSON | None) -> Trouble | None:
    """What keeps a clone from happening; `token` is a fingerprint. The cases follow the session.error types."""
    seen = look(tx, url, token, "contents")
    if seen.barrier == "bad_credentials":
        return "authentication"
    if seen.barrier == "missing":
        return "not_found"
    if seen.barrier == "hidden" and token is None:
        return "authentication"
    if seen.barrier is not None:
        return "forbidden"  # a credential that is good elsewhere lacks the right
    return None if _has(seen.repository, checkout) else "checkout"


def names(url: str) -> tuple[str, str]:
    """Owner and name of a repository on GitHub, in the letters of its address; empty for any other address."""
    match = _NAMES.fullmatch(url.removesuffix("/").removesuffix(".git"))
    return (match[1], match[2]) if match else ("", "")


def _bearer(tx: Transaction, world: list[Repository], mark: str, url: str) -> Bearer:
    minted = github_access.minted(tx, mark, *names(url))
    if minted is not None:
        return minted
    entries = [(repository.url, token) for repository in world for token in repository.tokens if token.token == mark]
    here = next((token for where, token in entries if _key(where) == _key(url)), None)
    expired = any(mark in repository.expired_tokens for repository in world)
    return github_access.personal(tx, [token for _, token in entries], here, expired=expired)


def _has(repository: Repository, checkout: JSON | None) -> bool:
    if checkout is None:
        return True
    if checkout["type"] == "branch":
        return repository.has_branch(checkout["name"])
    return repository.commit(checkout["sha"]) is not None


def _key(url: str) -> str:
    return url.lower().removesuffix("/").removesuffix(".git")
