"""What the bearer of an installation token may ask for itself: its repositories, and to be revoked."""

from .. import clock, github_access
from ..github import names
from ..github_access import Installation
from ..platform import Answer, Call, Refusal
from ..world import JSON, Record, Transaction
from . import documents, errors, headers, minting

_PAGE, _MAX_PAGE = 30, 100


def revoke(tx: Transaction, call: Call) -> Answer:
    """DELETE /installation/token."""
    record, _ = _authenticated(tx, call, "revoke it")
    record.body["revoked_at"] = clock.stamp(tx)
    tx.save(record)
    return Answer(204, content=b"")


def list_repositories(tx: Transaction, call: Call) -> Answer:
    """GET /installation/repositories, in pages."""
    record, installation = _authenticated(tx, call, "list repositories for an installation")
    chosen: list[str] | None = record.body["repositories"]
    wanted = None if chosen is None else set(map(str.lower, chosen))
    there = [
        each for each in minting.reached(tx, installation) if wanted is None or names(each.url)[1].lower() in wanted
    ]
    size = min(_number(call, "per_page", _PAGE), _MAX_PAGE)
    page = _number(call, "page", 1)
    part = there[(page - 1) * size : page * size]
    shown = [documents.repository(call, each) for each in part]
    reach = minting.selection(installation, chosen)
    answer = {"total_count": len(there), "repository_selection": reach, "repositories": shown}
    following = f"{documents.base(call)}/installation/repositories?per_page={size}&page={page + 1}"
    return Answer(document=answer, headers={"link": f'<{following}>; rel="next"'} if page * size < len(there) else {})


def shown(tx: Transaction) -> list[JSON]:
    """Every token that was minted, oldest first, by its fingerprint."""
    return [{"fingerprint": record.id} | _shown(record.body) for record in tx.scan(github_access.MINTED)]


def _shown(body: JSON) -> JSON:
    revoked = {"revoked": body["revoked_at"] is not None}
    return body | revoked | {"repositories": "all" if body["repositories"] is None else body["repositories"]}


def _authenticated(tx: Transaction, call: Call, purpose: str) -> tuple[Record, Installation]:
    """The record of the token that a request carries, and its installation."""
    mark, who = headers.mark(tx, call), headers.bearer(tx, call)
    if mark is None or who is None:
        raise errors.Refused(401, "Requires authentication")
    if who.state in ("unknown", "dead"):
        raise errors.bad_credentials()
    if who.state == "suspended":
        raise errors.suspended()
    record = tx.get(github_access.MINTED, mark)
    place = github_access.installation(tx, who.installation_id or 0)
    if record is None or place is None:
        raise Refusal(403, f"You must authenticate with an installation access token in order to {purpose}.")
    return record, place[1]


def _number(call: Call, name: str, default: int) -> int:
    text = call.query.get(name, "")
    return max(1, int(text)) if text.isdecimal() else default
