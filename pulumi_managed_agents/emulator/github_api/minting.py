"""POST /app/installations/{installation_id}/access_tokens: which repositories and permissions a token is minted for.

What a request leaves out is everything that the installation has. Source: GitHub's reference and its page on
installation access tokens; `metadata` belongs to every token.
"""

import json
import secrets
from collections.abc import Collection
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .. import clock, github, github_access, settings
from ..github import Repository
from ..github_access import Installation, Permissions
from ..platform import Answer, Call, Refusal
from ..world import JSON, Record, Transaction
from . import documents, errors, installations

_FORMATS = {"enabled": "stateless", "disabled": "opaque"}
"""The documented override of the token's format: values of X-GitHub-Stateless-S2S-Token."""
_EXPECTED = {
    "repositories": "an array of up to 500 names",
    "repository_ids": "an array of up to 500 integers",
    "permissions": "an object of names with read, write or admin",
}


class _Wanted(BaseModel):
    """The body. Members that GitHub does not know are ignored."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    repositories: Annotated[list[str], Field(max_length=500)] | None = None
    repository_ids: Annotated[list[int], Field(max_length=500)] | None = None
    permissions: Permissions | None = None

    @property
    def chooses(self) -> bool:
        """Whether single repositories are asked for."""
        return self.repositories is not None or self.repository_ids is not None


def create(tx: Transaction, call: Call) -> Answer:
    """Mints a token, which is shown this once."""
    app, installation = installations.of_call(tx, call)
    if installation.suspended:
        raise errors.suspended()
    wanted = _wanted(tx, call)
    permissions, chosen = _permissions(installation, wanted), _chosen(tx, installation, wanted)
    token = _token(tx, call, app.app_id)
    expires = clock.later(tx, settings.value(tx, "github_token_seconds")).partition(".")[0] + "Z"
    body: JSON = {
        "created_at": clock.stamp(tx),
        "app_id": app.app_id,
        "installation_id": installation.id,
        "expires_at": expires,
        "revoked_at": None,
        "permissions": permissions,
        "repositories": None if chosen is None else [github.names(each.url)[1] for each in chosen],
    }
    tx.add(Record(github_access.MINTED, github.fingerprint(tx, token), body, {}))
    answer: JSON = {
        "token": token,
        "expires_at": expires,
        "permissions": permissions,
        "repository_selection": selection(installation, chosen),
    }
    listed = {} if chosen is None else {"repositories": [documents.repository(call, each) for each in chosen]}
    return Answer(201, answer | listed)


def selection(installation: Installation, chosen: Collection[object] | None) -> str:
    """What GitHub calls the reach of an installation or of a token."""
    return "all" if chosen is None and installation.repositories == "all" else "selected"


def _wanted(tx: Transaction, call: Call) -> _Wanted:
    try:
        wanted = _Wanted.model_validate(_document(call))
    except ValidationError as error:
        field = str(error.errors(include_input=False)[0]["loc"][0])
        raise errors.invalid(field, _EXPECTED[field]) from None
    if settings.value(tx, "github_empty_repositories") == "all":
        wanted.repositories = wanted.repositories or None
        wanted.repository_ids = wanted.repository_ids or None
    return wanted


def _document(call: Call) -> Any:
    try:
        document = json.loads(call.body or b"{}")
    except (ValueError, RecursionError):
        raise Refusal(400, "Problems parsing JSON") from None
    if not isinstance(document, dict):
        raise Refusal(400, "Body should be a JSON object")
    return document


def _permissions(installation: Installation, wanted: _Wanted) -> Permissions:
    asked = wanted.permissions
    if not asked:
        return installation.permissions
    if not set(asked) <= set(installation.permissions):
        raise Refusal(422, "The permissions requested are not granted to this installation.")
    if not github_access.covers(installation.permissions, asked):
        raise Refusal(422, "The level of access for permissions requested are not granted to this installation.")
    return github_access.METADATA | asked


def _chosen(tx: Transaction, installation: Installation, wanted: _Wanted) -> list[Repository] | None:
    if not wanted.chooses:
        return None
    there = reached(tx, installation)
    by_id = {documents.number("/".join(github.names(each.url))): each for each in there}
    chosen = [by_id.get(each) for each in wanted.repository_ids or []]
    chosen += [_named(tx, installation, there, name) for name in wanted.repositories or []]
    if not chosen or None in chosen:
        message = (
            "There is at least one repository that does not exist or is not accessible to the parent installation."
        )
        raise Refusal(422, message)
    return list({each.url: each for each in chosen if each is not None}.values())


def _named(tx: Transaction, installation: Installation, there: list[Repository], name: str) -> Repository | None:
    """A repository by its name; one that nobody described exists where the world takes unknown ones."""
    listed = next((each for each in there if github.names(each.url)[1].lower() == name.lower()), None)
    accepted = settings.value(tx, "unknown_repositories") == "accept" and "/" not in name
    if listed is None and accepted and installation.reaches(installation.account, name):
        return Repository(url=f"https://github.com/{installation.account}/{name}")
    return listed


def reached(tx: Transaction, installation: Installation) -> list[Repository]:
    """The repositories of an installation: those that the world lists, and those that its description names."""
    listed = [each for each in github.described(tx) if installation.reaches(*github.names(each.url))]
    known = {github.names(each.url)[1].lower() for each in listed}
    named = [] if installation.repositories == "all" else installation.repositories
    address = f"https://github.com/{installation.account}"
    return listed + [Repository(url=f"{address}/{name}") for name in named if name.lower() not in known]


def _token(tx: Transaction, call: Call, app_id: int) -> str:
    """A token of either format: 40 characters, or the newer one of about 520, of which clients read nothing."""
    override = call.headers.get("x-github-stateless-s2s-token", "")
    if _FORMATS.get(override, settings.value(tx, "github_token_format")) == "opaque":
        return f"ghs_{secrets.token_hex(18)}"
    parts = (secrets.token_urlsafe(size) for size in (36, 284, 64))
    return f"ghs_{app_id}_{'.'.join(parts)}"
