"""A token that GitHub refuses: reported where it is seen, waited for where that is wanted, repaired by a rotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import URL, agent, environment, ref, repository, session

if TYPE_CHECKING:
    from engine.stack import Run, Stack

BAD, GOOD = "token-of-last-week", "token-of-this-week"
REFUSED = "repository_authentication_error"


@pytest.fixture
def private(stack: Stack) -> Stack:
    """A stack in whose world the repository is private, and one token reads it."""
    stack.secrets |= {BAD, GOOD}
    with stack.emulator() as emulator:
        emulator.control.repositories([{"url": URL, "private": True, "tokens": [GOOD]}])
    return stack


def declare(stack: Stack, token: str, **more: Any) -> None:
    app = repository("app", authorization_token=token)
    stack.declare(agent(), environment(), app, session(resources=[ref("app")], **more))


def test_a_refresh_tells_of_a_refused_token_and_a_rotation_makes_it_quiet_again(private: Stack) -> None:
    declare(private, BAD)
    private.up()
    created = private.state()["review"]

    refreshed = private.refresh()

    error = private.state()["review"]["outputs"]["lastError"]
    assert (error["type"], error["repositoryUrl"]) == (REFUSED, URL)
    assert any(REFUSED in text and URL in text for text in warnings(refreshed))
    declare(private, GOOD)
    assert private.up().operations == {"app": ["update"], "review": ["update"]}
    repaired = private.state()["review"]
    assert repaired["id"] == created["id"]
    assert "lastError" not in repaired["outputs"]
    assert not any(REFUSED in text for text in warnings(private.refresh("--expect-no-changes")))
    assert "lastError" not in private.state()["review"]["outputs"]
    private.quiet()


def test_a_session_that_is_waited_for_keeps_its_id_when_its_clone_fails_and_a_rotation_repairs_it(
    private: Stack,
) -> None:
    declare(private, BAD, wait_for_ready=True, ready_timeout_seconds=5)

    failed = private.fail("up", "--yes", "--skip-preview")

    unready = private.state()["review"]
    assert f"Session {unready['id']} reports {REFUSED}" in failed.output
    assert REFUSED in private.pending("review")
    assert unready["outputs"]["lastError"]["type"] == REFUSED
    declare(private, GOOD, wait_for_ready=True, ready_timeout_seconds=5)
    private.up()
    ready = private.state()["review"]
    assert ready["id"] == unready["id"]
    assert private.pending("review") == ""
    assert "lastError" not in ready["outputs"]
    assert private.up().operations == {}
    private.quiet()
    private.search_files()


def test_the_next_up_goes_on_waiting_for_a_session_that_was_not_idle_in_time(stack: Stack) -> None:
    hello = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
    with stack.emulator() as emulator:
        emulator.control.settings(run_ends="never")
    stack.declare(agent(), environment(), session(initial_events=[hello], wait_for_ready=True, ready_timeout_seconds=1))

    failed = stack.fail("up", "--yes", "--skip-preview")

    assert "is running, not idle (after 1 seconds)" in failed.output
    kept = stack.id("review")
    with stack.emulator() as emulator:
        emulator.control.set_status(kept, "idle")
    assert stack.up().operations == {"review": ["update"]}
    state = stack.state()["review"]
    assert (state["id"], state["outputs"]["status"], stack.pending("review")) == (kept, "idle", "")
    stack.quiet()


def test_a_rotation_to_a_refused_token_fails_and_the_next_one_repairs_it(private: Stack) -> None:
    declare(private, GOOD, wait_for_ready=True, ready_timeout_seconds=5)
    private.up()
    kept = private.id("review")
    declare(private, BAD, wait_for_ready=True, ready_timeout_seconds=5)

    failed = private.fail("up", "--yes", "--skip-preview")

    assert REFUSED in failed.output
    declare(private, GOOD, wait_for_ready=True, ready_timeout_seconds=5)
    private.up()
    state = private.state()["review"]
    assert (state["id"], private.pending("review")) == (kept, "")


def warnings(run: Run) -> list[str]:
    """What the run warned of."""
    return [text for severity, text in run.diagnostics if severity == "warning"]
