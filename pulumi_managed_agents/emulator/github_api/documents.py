"""How repositories, branches, commits and accounts read in GitHub's answers: the members that clients use.

Numbers and hashes that the world does not have are drawn from the names, so that they are the same every time.
"""

import hashlib

from .. import github
from ..github import Look, Repository
from ..platform import Call
from ..world import JSON

_SHA = 40
_DAY = "2026-01-01T00:00:00Z"
_PERSON = {"name": "Emulator", "email": "emulator@example.com", "date": _DAY}


def base(call: Call) -> str:
    """The address under which the client reached the API: what answers point to lies under it."""
    return f"http://{call.headers.get('host', 'localhost')}/github"


def number(name: str) -> int:
    """The id of something by its name, which is not case sensitive."""
    return int.from_bytes(hashlib.sha256(name.lower().encode()).digest()[:4], "big")


def account(call: Call, login: str, kind: str = "Organization") -> JSON:
    """The owner of repositories."""
    return {
        "login": login,
        "id": number(login),
        "node_id": f"O_{number(login)}",
        "type": kind,
        "url": f"{base(call)}/users/{login}",
        "html_url": f"https://github.com/{login}",
        "site_admin": False,
    }


def repository(call: Call, described: Repository) -> JSON:
    """A repository, without what depends on who looks at it."""
    owner, name = github.names(described.url)
    full, url = f"{owner}/{name}", f"{base(call)}/repos/{owner}/{name}"
    return {
        "id": number(full),
        "node_id": f"R_{number(full)}",
        "name": name,
        "full_name": full,
        "private": described.private,
        "visibility": "private" if described.private else "public",
        "owner": account(call, owner),
        "html_url": f"https://github.com/{full}",
        "clone_url": f"https://github.com/{full}.git",
        "description": None,
        "fork": False,
        "url": url,
        "branches_url": f"{url}/branches{{/branch}}",
        "commits_url": f"{url}/commits{{/sha}}",
        "default_branch": described.main,
        "has_issues": described.has_issues,
        "archived": described.archived,
        "disabled": False,
    }


def permissions(seen: Look) -> JSON:
    """What the bearer of the token may do with a repository; a role follows from the permissions (inferred)."""
    grant = seen.bearer.grant if seen.bearer else None
    # To a repository that nobody described, any token has access.
    write = grant.role == "write" and grant.allows("contents", "write") if grant else not seen.listed
    admin = grant is not None and grant.allows("administration", "write")
    return {"admin": admin, "maintain": admin, "push": write, "triage": write, "pull": True}


def branch(call: Call, described: Repository, name: str) -> JSON:
    """A branch with the commit at its head."""
    shown = repository(call, described)
    url = f"{shown['url']}/branches/{name}"
    return {
        "name": name,
        "commit": commit(call, described, head(described, name)),
        "_links": {"self": url, "html": f"{shown['html_url']}/tree/{name}"},
        "protected": False,
        "protection": {"enabled": False, "required_status_checks": {"enforcement_level": "off", "contexts": []}},
        "protection_url": f"{url}/protection",
    }


def commit(call: Call, described: Repository, sha: str) -> JSON:
    """A commit."""
    shown = repository(call, described)
    url = shown["url"]
    tree = _drawn(f"tree {sha}")
    return {
        "sha": sha,
        "node_id": f"C_{sha}",
        "url": f"{url}/commits/{sha}",
        "html_url": f"{shown['html_url']}/commit/{sha}",
        "commit": {
            "message": "A commit of the emulated world",
            "author": _PERSON,
            "committer": _PERSON,
            "tree": {"sha": tree, "url": f"{url}/git/trees/{tree}"},
            "url": f"{url}/git/commits/{sha}",
            "comment_count": 0,
        },
        "author": None,
        "committer": None,
        "parents": [],
    }


def head(described: Repository, name: str) -> str:
    """The commit at the head of a branch: the first that is described."""
    return described.commits[0] if described.commits else _drawn(f"{described.url.lower()} {name}")


def complete(sha: str) -> str:
    """A commit by its first digits, where the world knows no more of it."""
    return (sha + _drawn(sha)[len(sha) :])[:_SHA]


def _drawn(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_SHA]
