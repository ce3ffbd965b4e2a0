"""What a token's bearer may read of a repository: itself, a branch, a commit.

A private repository that a token does not reach is not there (404); one that it reaches without the permission is
forbidden (403), and the answer names the permission.
"""

import re
from typing import NoReturn

from .. import github
from ..github import Look, Repository
from ..platform import Answer, Call, Refusal
from ..world import Transaction
from . import documents, errors, headers

_NOTHING = Answer(content=b"[]", headers={"content-type": "application/json; charset=utf-8"})
_HEX = re.compile(r"[0-9a-f]{4,40}")
_SSO_PAGE = "https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/"


def get(tx: Transaction, call: Call) -> Answer:
    """GET /repos/{owner}/{repo}."""
    seen = _admitted(tx, call, "metadata")
    shown = documents.repository(call, seen.repository)
    return Answer(document=shown | ({"permissions": documents.permissions(seen)} if seen.bearer else {}))


def get_branch(tx: Transaction, call: Call) -> Answer:
    """GET /repos/{owner}/{repo}/branches/{branch}; the name of a branch may have slashes."""
    repository, name = _admitted(tx, call, "contents").repository, call.ids["branch"]
    if not repository.has_branch(name):
        raise Refusal(404, "Branch not found")
    return Answer(document=documents.branch(call, repository, name))


def get_commit(tx: Transaction, call: Call) -> Answer:
    """GET /repos/{owner}/{repo}/commits/{ref}: a commit by its hash, by the first digits of it, or by a branch."""
    repository, ref = _admitted(tx, call, "contents").repository, call.ids["ref"]
    sha = _resolved(repository, ref)
    if sha is None:
        raise Refusal(422, f"No commit found for SHA: {ref}")
    whole = {"stats": {"total": 0, "additions": 0, "deletions": 0}, "files": []}
    return Answer(document=documents.commit(call, repository, sha) | whole)


def list_pulls(tx: Transaction, call: Call) -> Answer:
    """GET /repos/{owner}/{repo}/pulls: nobody has opened any here."""
    _admitted(tx, call, "pull_requests")
    return _NOTHING


def list_issues(tx: Transaction, call: Call) -> Answer:
    """GET /repos/{owner}/{repo}/issues: nobody has written any here."""
    if not _admitted(tx, call, "issues").repository.has_issues:
        raise Refusal(410, "Issues are disabled for this repo")
    return _NOTHING


def _admitted(tx: Transaction, call: Call, permission: str) -> Look:
    seen = github.look(tx, headers.address(call), headers.mark(tx, call), permission)
    if seen.barrier is not None:
        _refuse(call, seen)
    return seen


def _refuse(call: Call, seen: Look) -> NoReturn:
    match seen.barrier:
        case "bad_credentials":
            raise errors.bad_credentials()
        case "suspended":
            raise errors.suspended()
        case "permission":
            # The header with the permission is part of every answer to such a token.
            kind = "integration" if seen.bearer and seen.bearer.kind == "installation" else "personal access token"
            raise Refusal(403, f"Resource not accessible by {kind}")
        case "sso":
            raise _unauthorized(call)
    raise errors.not_found()


def _unauthorized(call: Call) -> Refusal:
    where = f"https://github.com/orgs/{call.ids['owner']}/sso?authorization_request={call.request_id}"
    return errors.Refused(
        403,
        "Resource protected by organization SAML enforcement. "
        "You must grant your Personal Access token access to this organization.",
        _SSO_PAGE,
        x_github_sso=f"required; url={where}",
    )


def _resolved(repository: Repository, ref: str) -> str | None:
    name = ref.removeprefix("heads/")
    if name in (*repository.branches, repository.main):
        return documents.head(repository, name)
    if _HEX.fullmatch(ref.lower()):
        sha = repository.commit(ref.lower())
        return None if sha is None else documents.complete(sha)
    return documents.head(repository, name) if repository.has_branch(name) else None
