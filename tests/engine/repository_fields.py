"""Every property of a repository, changed. By itself it asks nothing of the platform."""

from __future__ import annotations

from typing import Any

from engine.declare import URL, agent, environment, ref, repository, session
from engine.fields import Change, Table

MAIN = {"type": "branch", "name": "main"}
COMMIT = {"type": "commit", "sha": "0123456789abcdef0123456789abcdef01234567"}
OLD, NEW = "token-of-last-week", "token-of-this-week"
ASKED = {"verify_access": True, "authorization_token": OLD}


def repo(name: str, /, **args: Any) -> dict[str, Any]:
    """A repository whose address does not follow from its name."""
    return repository(name, **{"url": URL, **args})


CHANGES = (
    Change("verified", {}, {"verify_access": True}, sends=()),
    Change("needs-added", ASKED, {**ASKED, "needs": ["push"]}, sends=()),
    Change("url-changed", {}, {"url": "https://github.com/org/other"}, "replace"),
    Change("url-in-another-spelling", {}, {"url": "https://GitHub.com/org/app.git/"}, "same"),
    Change("path-changed", {"mount_path": "/workspace/one"}, {"mount_path": "/workspace/two"}, "replace"),
    Change("path-written-down", {}, {"mount_path": "/workspace/app"}, "same"),
    Change("path-in-another-spelling", {}, {"mount_path": "/workspace//app/"}, "same"),
    Change("checkout-added", {}, {"checkout": MAIN}, "replace"),
    Change("checkout-removed", {"checkout": MAIN}, {}, "replace"),
    Change("branch-changed", {"checkout": MAIN}, {"checkout": {**MAIN, "name": "next"}}, "replace"),
    Change("commit-instead-of-branch", {"checkout": MAIN}, {"checkout": COMMIT}, "replace"),
    Change("commit-changed", {"checkout": COMMIT}, {"checkout": {**COMMIT, "sha": "f" * 40}}, "replace"),
    Change("token-changed", {"authorization_token": OLD}, {"authorization_token": NEW}),
    Change("token-added", {}, {"authorization_token": NEW}),
    Change("token-removed", {"authorization_token": OLD}, {}, "replace"),
    Change("bound-to-a-session", {}, {"session_id": ref("review.id")}, "replace"),
    Change("no-longer-bound", {"session_id": ref("nightly.id")}, {}, "replace"),
    Change(
        "bound-token-changed",
        {"session_id": ref("weekly.id"), "authorization_token": OLD},
        {"session_id": ref("weekly.id"), "authorization_token": NEW},
        sends=("sessions.resources.update",),
    ),
)

MOUNT = {"type": "github_repository", "url": URL}

TABLE = Table(
    kind="RepositoryResource",
    collection="sessions",
    declare=repo,
    changes=CHANGES,
    around=(agent(), environment(), *(session(name, resources=[MOUNT]) for name in ("review", "nightly", "weekly"))),
)
