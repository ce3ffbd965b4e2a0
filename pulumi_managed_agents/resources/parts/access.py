"""Whether a repository can be cloned as declared: asked of GitHub before a session finds out too late.

A definite no is an error that names the missing permission; no answer is a warning, since GitHub may be out of reach
from here and in reach of the platform.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final

from ...declaration.model import Failure, Outputs, described
from ...declaration.values import Secret
from ...errors import CallFailed, NotFound, Refused
from ...lifecycle.steps import Call, Now, Operation, Warned
from .denial import FORBIDDEN, TOKEN, Denied, is_limited
from .rights import Asked, granted

if TYPE_CHECKING:
    from ...declaration.values import Bag, Path
    from ...lifecycle.steps import Steps

NEAR_DAYS: Final = 7
"""Days before its end from which on a token's expiry is worth a warning."""

_DAY: Final = 86_400.0
_UNAUTHORIZED: Final = 401
_MISSING: Final = (404, 422)
_CHECKOUT: Path = ("checkout",)

CLONE: Final = "Contents: Read"
"""What a fine-grained token needs to clone; Metadata: Read comes with it."""


class GitHubRepository(Outputs):
    """A repository, as GitHub shows it."""

    default_branch: Annotated[str, described("What is checked out where nothing is said.")]
    private: Annotated[bool | None, described("Whether only some may see it.")] = None
    archived: Annotated[bool | None, described("Whether nobody may write to it any more.")] = None
    has_issues: Annotated[bool | None, described("Whether it has issues.")] = None
    permissions: Annotated[
        dict[str, bool] | None, described("What whoever the token belongs to may do, whatever the token may.")
    ] = None
    token_scopes: Annotated[str | None, described("Those of a classic token; no other has any.")] = None


def verified(inputs: Bag, *, in_preview: bool = False) -> Steps[str | None]:
    """When the token expires (RFC 3339), if GitHub says so; what GitHub cannot say is told in a preview alone.

    Raises:
        Denied: GitHub refuses the token, the repository, what is to be checked out, or what the work needs.
    """
    credential = Secret(inputs["authorizationToken"]) if inputs.get("authorizationToken") else None
    place = _place(str(inputs["url"]))
    try:
        repository = yield Call(Operation("github.repositories", "retrieve"), place, credential=credential)
    except CallFailed as failure:
        _judge(failure, _repository_missing(place, has_token=credential is not None))
        yield Warned(_unanswered(place, failure))
        return None
    try:
        yield _content(place, inputs.get("checkout"), repository, credential)
    except CallFailed as failure:
        _judge(failure, _content_missing(inputs.get("checkout"), has_token=credential is not None))
        yield Warned(_unanswered(place, failure))
    needs = inputs.get("needs") or ()
    yield from granted(Asked(place, repository, credential, needs), in_preview=in_preview)
    return (yield from _expiry(place, repository.get("token_expires_at")))


def _place(url: str) -> dict[str, str]:
    _, _, host, owner, repository = url.split("/")
    return {"host": host, "owner": owner, "repository": repository}


def _content(place: dict[str, str], checkout: Bag | None, repository: Bag, credential: Secret | None) -> Call:
    """A request that needs the right to read content, and finds what is to be checked out."""
    if checkout and checkout["type"] == "commit":
        return Call(
            Operation("github.commits", "retrieve"), {**place, "commit": checkout["sha"]}, credential=credential
        )
    branch = checkout["name"] if checkout else repository["default_branch"]
    return Call(Operation("github.branches", "retrieve"), {**place, "branch": branch}, credential=credential)


def _judge(failure: CallFailed, missing: Failure) -> None:
    """Raises what GitHub says definitely; returns for what is no answer."""
    if not isinstance(failure, Refused):
        return
    refusal = failure.refusal
    if refusal.status == _UNAUTHORIZED:
        raise Denied(Failure(TOKEN, "is refused by GitHub: it is wrong, expired or revoked")) from None
    if isinstance(failure, NotFound) or refusal.status in _MISSING:
        raise Denied(missing) from None
    if refusal.status == FORBIDDEN and not is_limited(failure):
        raise Denied(Failure(TOKEN, _forbidden(refusal.details.get("x-github-sso", "")))) from None


def _forbidden(sso: str) -> str:
    if sso:
        address = re.search(r"url=(\S+)", sso)
        where = f" at {address[1]}" if address else ""
        return f"is not authorised for the organisation's single sign-on: authorise it{where}"
    return f"may not read the repository's content: a fine-grained token needs {CLONE} on it"


def _repository_missing(place: dict[str, str], *, has_token: bool) -> Failure:
    name = f"{place['owner']}/{place['repository']}"
    if has_token:
        return Failure(TOKEN, f"cannot see {name}: give it {CLONE} on this repository, or check the `url`")
    return Failure(("url",), f"names no public repository: if {name} is private, give an `authorizationToken`")


def _content_missing(checkout: Bag | None, *, has_token: bool) -> Failure:
    if checkout and checkout["type"] == "commit":
        return Failure((*_CHECKOUT, "sha"), "is no commit of the repository")
    if checkout:
        return Failure((*_CHECKOUT, "name"), "is no branch of the repository")
    if has_token:
        return Failure(TOKEN, f"may not read the repository's content: a fine-grained token needs {CLONE} on it")
    return Failure(("url",), "names a repository without content that can be read")


def _unanswered(place: dict[str, str], failure: CallFailed) -> str:
    name = f"{place['owner']}/{place['repository']}"
    return f"Access to {name} could not be verified: {failure.problem}. The clone may fail when a session starts."


def _expiry(place: dict[str, str], header: str | None) -> Steps[str | None]:
    """The moment in RFC 3339; a warning when it is near."""
    moment = _moment(header)
    if moment is None:
        return None
    left = moment.timestamp() - (yield Now())
    if left < NEAR_DAYS * _DAY:
        name = f"{place['owner']}/{place['repository']}"
        yield Warned(f"The token for {name} expires on {moment:%Y-%m-%d}: rotate it in time.")
    return moment.isoformat().replace("+00:00", "Z")


def _moment(header: str | None) -> datetime | None:
    """GitHub writes `2026-12-01 00:00:00 UTC`, or with a numeric zone."""
    try:
        return datetime.strptime((header or "").replace("UTC", "+0000"), "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        return None
