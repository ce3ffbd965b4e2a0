"""The main job: a token is rotated on the running session, and nothing else is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine import outside
from engine.declare import agent, environment, ref, repository, session

if TYPE_CHECKING:
    from engine.stack import Stack

OLD, NEW = "token-of-last-week", "token-of-this-week"


def rows(token: str) -> list[dict[str, Any]]:
    app = repository("app", authorization_token=token)
    return [agent(), environment(), app, *(session(name, resources=[ref("app")]) for name in ("review", "nightly"))]


def test_a_rotated_token_is_sent_once_to_each_session_and_nothing_is_replaced(stack: Stack) -> None:
    stack.secrets |= {OLD, NEW}
    stack.declare(*rows(OLD))
    stack.up()
    sessions = {name: stack.id(name) for name in ("review", "nightly")}
    stack.declare(*rows(NEW))

    previewed = stack.preview()
    mark = stack.mark()
    stack.up()

    assert previewed.operations == {"app": ["update"], "review": ["update"], "nightly": ["update"]}
    assert {name: stack.id(name) for name in sessions} == sessions
    sent = stack.log(mark)
    assert [row["operation"] for row in sent] == ["sessions.resources.update"] * 2
    assert {row["path"].split("/")[3] for row in sent} == set(sessions.values())
    stack.quiet()
    stack.search_files()


def test_a_second_up_makes_no_request(stack: Stack) -> None:
    stack.declare(*rows(OLD))
    stack.up()
    mark = stack.mark()

    second = stack.up()

    assert second.operations == {}
    assert stack.log(mark) == []


def test_a_rotation_that_fails_halfway_goes_on_with_what_is_missing(stack: Stack) -> None:
    def declare(token: str) -> None:
        both = [repository(name, authorization_token=token) for name in ("app", "docs")]
        stack.declare(agent(), environment(), *both, session(resources=[ref("app"), ref("docs")]))

    declare(OLD)
    stack.up()
    kept = stack.id("review")
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": "sessions.resources.update", "nth": 2, "status": 400, "message": "No."}])
    declare(NEW)

    failed = stack.fail("up", "--yes", "--skip-preview")

    assert f"POST /v1/sessions/{kept}/resources/" in failed.output
    assert "400 invalid_request_error: No. (request id req_" in failed.output
    mark = stack.mark()
    assert stack.up().operations == {"review": ["update"]}
    assert [row["operation"] for row in stack.log(mark)] == ["sessions.resources.update"]
    with stack.emulator() as emulator:
        wanted = emulator.control.fingerprint(NEW)
        assert [item["fingerprint"] for item in emulator.control.mounts(kept)] == [wanted, wanted]
    stack.quiet()


def test_a_rotation_on_a_session_that_is_over_says_so_and_what_to_do(stack: Stack) -> None:
    stack.declare(*rows(OLD))
    stack.up()
    ids = {name: stack.id(name) for name in ("review", "nightly")}
    with stack.emulator() as emulator:
        emulator.control.remove("sessions", ids["review"])
        outside.post(emulator, f"/v1/sessions/{ids['nightly']}/archive")
    stack.declare(*rows(NEW))

    failed = stack.fail("up", "--yes", "--skip-preview")

    way_out = "Run `pulumi refresh` to drop it; the next `pulumi up` shows a new one."
    assert f"Session {ids['review']} is no longer there. {way_out}" in failed.output
    assert f"Session {ids['nightly']} is archived or terminated. {way_out}" in failed.output
    stack.refresh()
    assert stack.preview().operations == {"review": ["create"], "nightly": ["create"]}
