"""A repository of a session that something else created: its token is looked after, its mount is not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import outside
from engine.declare import URL, repository

if TYPE_CHECKING:
    from engine.stack import Stack

FIRST, OLD, NEW = "token-of-somebody-else", "token-of-last-week", "token-of-this-week"
MOUNT = {"type": "github_repository", "url": URL, "mount_path": "/workspace/app", "authorization_token": FIRST}


def test_a_bound_repository_finds_its_mount_and_rotates_it_until_it_is_let_go(stack: Stack) -> None:
    stack.secrets |= {OLD, NEW}
    with stack.emulator() as emulator:
        found = outside.session(emulator, {**MOUNT, "url": "https://github.com/org/docs", "mount_path": None}, MOUNT)
    mounted = found["resources"][1]["id"]

    def bound(token: str) -> dict[str, object]:
        return repository("app", session_id=found["id"], authorization_token=token)

    stack.declare(bound(OLD))
    stack.up()
    assert stack.id("app") == f"{found['id']}/{mounted}"
    assert stack.state()["app"]["outputs"]["resourceId"] == mounted
    stack.refresh("--expect-no-changes")
    mark = stack.mark()
    stack.declare(bound(NEW))
    assert stack.preview().operations == stack.up().operations == {"app": ["update"]}
    assert stack.requests(mark) == [("POST", f"/v1/sessions/{found['id']}/resources/{mounted}")]
    stack.quiet()
    with stack.emulator() as emulator:
        fingerprints = [emulator.control.fingerprint(token) for token in (OLD, NEW)]
        rotations = emulator.control.rotations(found["id"])
    assert [(row["resource_id"], row["fingerprint"]) for row in rotations] == [(mounted, one) for one in fingerprints]

    mark = stack.mark()
    removed = stack.destroy()

    assert stack.log(mark) == []
    told = [text for severity, text in removed.diagnostics if severity == "warning"]
    assert any(f"The repository stays mounted on session {found['id']}" in text for text in told)
    with stack.emulator() as emulator:
        assert mounted in [row["resource_id"] for row in emulator.control.mounts(found["id"])]
    stack.search_files()


def test_a_repository_that_the_session_does_not_mount_is_refused_with_what_to_do(stack: Stack) -> None:
    with stack.emulator() as emulator:
        found = outside.session(emulator, MOUNT)
    stack.declare(repository("docs", session_id=found["id"]), repository("ghost", session_id="sesn_missing"))

    refused = stack.fail("up", "--yes", "--skip-preview")

    assert (
        f"404 not_found_error: session {found['id']} does not mount https://github.com/org/docs at /workspace/docs. "
        "Only a new session can mount it."
    ) in refused.output
    assert "GET /v1/sessions/sesn_missing/resources: 404 not_found_error" in refused.output
    assert not {"docs", "ghost"} & set(stack.state())


def test_a_bound_repository_whose_session_is_gone_is_dropped_by_a_refresh(stack: Stack) -> None:
    with stack.emulator() as emulator:
        found = outside.session(emulator, MOUNT)
        stack.declare(repository("app", session_id=found["id"]))
        stack.up()
        emulator.control.remove("sessions", found["id"])

    stack.refresh()

    assert "app" not in stack.state()
