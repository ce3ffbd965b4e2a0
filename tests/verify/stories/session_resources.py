"""What a session mounts: a repository stays as it was mounted, but for its token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from . import story
from .sessions import make

if TYPE_CHECKING:
    from verify.run import Run

REPOSITORY: Final = "https://github.com/octocat/Hello-World"
"""Public: whether the made-up token opens it is not what is asked."""


@story("session resources: a repository")
def repository(run: Run) -> None:
    """Its address and its path are for ever; its token is changed in place."""
    session = make(run, "a session with it", title="repository", resources=[mounted(run)])
    resources, at = run.at("sessions.resources"), {"session_id": session}
    found = run.see("its resources", resources.list, session)["data"]
    one = found[0]["id"] if found else "sesrsc_none"
    run.see("a read", resources.retrieve, one, **at)
    run.see("another token, in place", resources.update, one, **at, authorization_token=run.secret())
    for name, value in {"url": f"{REPOSITORY}-2", "mount_path": "/workspace/other", "checkout": None}.items():
        more = {"authorization_token": run.secret(), name: value}
        run.see(f"another {name}", resources.update, one, **at, authorization_token="", extra_body=more)
    run.see("a read after that", resources.retrieve, one, **at)
    run.see("a removal of it", resources.delete, one, **at)
    run.see("a removal of the session", run.at("sessions").delete, session)


@story("session resources: a file")
def file(run: Run) -> None:
    """Is added and removed while the session is there."""
    uploaded = (f"{run.label}-mounted.txt", b"some notes", "text/plain")
    file = run.create("a file", "files", run.at("files").upload, file=uploaded).id
    session = make(run, "a session", title="file")
    resources = run.at("sessions.resources")
    one = run.see("it is added", resources.add, session, type="file", file_id=file).id
    run.see("the resources", resources.list, session)
    run.see("it is removed", resources.delete, one, session_id=session)
    run.see("the resources after that", resources.list, session)
    run.see("a removal of the session", run.at("sessions").delete, session)
    run.see("a removal of the file", run.at("files").delete, file)


@story("session resources: refused")
def refused(run: Run) -> None:
    """Nothing is made by any of these."""
    wrong: dict[str, dict[str, Any]] = {
        "an address that is no repository's": {"url": "https://github.com/octocat"},
        "an address of git's own form": {"url": "git@github.com:octocat/Hello-World"},
        "a path that climbs": {"mount_path": "/workspace/../etc"},
        "a checkout of an unknown kind": {"checkout": {"type": "tag", "name": "v1"}},
    }
    for step, fields in wrong.items():
        resources = [mounted(run) | fields]
        given = {"agent": run.agent(), "environment_id": run.environment(), "title": "never"}
        run.create(f"a session with {step}", "sessions", **given, resources=resources)


def mounted(run: Run) -> dict[str, Any]:
    """A repository, as a session mounts it."""
    checkout = {"type": "branch", "name": "master"}
    return {"type": "github_repository", "url": REPOSITORY, "checkout": checkout, "authorization_token": run.secret()}
