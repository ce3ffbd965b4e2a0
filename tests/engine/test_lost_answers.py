"""An answer that never arrives: each object is there exactly once all the same, and `up` succeeds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import agent, environment, ref, repository, session

if TYPE_CHECKING:
    from engine.stack import Stack

KINDS = ("agents", "environments", "sessions")
FAULTS: dict[str, tuple[dict[str, Any], ...]] = {
    "reset connections": ({"drop": "after"}, {"drop": "before"}, {"drop": "after"}),
    "server errors": ({"status": 502, "after_commit": True}, {"status": 500, "after_commit": True}, {"status": 502}),
    "useless answers": ({"body": "truncated"}, {"body": "garbage"}, {"status": 408, "after_commit": True}),
}
"""What happens to the first create of an agent, an environment and a session."""


def declare(stack: Stack) -> None:
    app = repository("app", authorization_token="token-of-last-week")
    stack.declare(agent(), environment(), app, session(resources=[ref("app")]))


def fault(stack: Stack, *operations: str, **effect: Any) -> None:
    """Strikes the first request of each operation."""
    strike(stack, dict.fromkeys(operations, effect))


def strike(stack: Stack, effects: dict[str, dict[str, Any]]) -> None:
    """Strikes the first request of each operation in its own way."""
    with stack.emulator() as emulator:
        rules = [{"operation": operation, "times": 1, **effect} for operation, effect in effects.items()]
        emulator.control.faults(rules)


def strikes(stack: Stack) -> list[int]:
    """How often each fault struck."""
    with stack.emulator() as emulator:
        return [rule["fired"] for rule in emulator.control.fault_rules()]


def counted(stack: Stack) -> dict[str, int]:
    """How many objects there are."""
    with stack.emulator() as emulator:
        return {kind: len(emulator.control.objects(kind)) for kind in KINDS}


@pytest.mark.parametrize("effects", FAULTS.values(), ids=list(FAULTS))
def test_a_create_whose_answer_is_lost_leaves_exactly_one_object(stack: Stack, effects: tuple[dict[str, Any]]) -> None:
    strike(stack, {f"{kind}.create": effect for kind, effect in zip(KINDS, effects, strict=True)})
    declare(stack)

    stack.up()

    assert strikes(stack) == [1, 1, 1]
    assert counted(stack) == dict.fromkeys(KINDS, 1)
    stack.quiet()


def test_a_create_that_takes_longer_than_the_timeout_leaves_exactly_one_object(stack: Stack) -> None:
    fault(stack, *(f"{kind}.create" for kind in KINDS), latency_seconds=3)
    stack.configure("managed-agents:timeoutSeconds", "1")
    declare(stack)

    with stack.served():
        stack.up()

    assert strikes(stack) == [1, 1, 1]
    assert counted(stack) == dict.fromkeys(KINDS, 1)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_what_changes_on_a_living_session_arrives_once_when_its_answer_is_lost(stack: Stack, moment: str) -> None:
    plan, data = ({"type": "file", "file_id": f"file_{name}"} for name in ("plan", "data"))
    old, new = (repository("app", authorization_token=f"token-of-{week}-week") for week in ("last", "this"))
    stack.declare(agent(), environment(), old, session(resources=[ref("app"), plan]))
    stack.up()
    changes = tuple(f"sessions.resources.{verb}" for verb in ("update", "add", "delete"))
    fault(stack, *changes, drop=moment)
    stack.declare(agent(), environment(), new, session(resources=[ref("app"), data]))

    stack.up()

    assert strikes(stack) == [1, 1, 1]
    with stack.emulator() as emulator:
        (found,) = emulator.control.objects("sessions")
        assert [item.get("file_id") for item in found["resources"]] == [None, "file_data"]
        tokens = {row["fingerprint"] for row in emulator.control.rotations(found["id"])}
        assert tokens == {emulator.control.fingerprint("token-of-this-week")}
    stack.quiet()


def test_a_429_is_waited_out_for_as_long_as_the_platform_asks(stack: Stack) -> None:
    fault(stack, "agents.create", status=429, retry_after=2)
    stack.declare(agent())

    stack.up()

    refused, made = (row for row in stack.log() if row["operation"] == "agents.create")
    assert (refused["status"], made["status"]) == (429, 200)
    assert (moment(made) - moment(refused)).total_seconds() >= 2
    assert counted(stack)["agents"] == 1


def test_without_retries_a_429_is_an_error_that_names_status_and_request(stack: Stack) -> None:
    stack.configure("managed-agents:maxRetries", "0")
    fault(stack, "agents.create", status=429, error_type="rate_limit_error", message="Slow down.", retry_after=1)
    stack.declare(agent())

    failed = stack.fail("up", "--yes", "--skip-preview")

    assert "POST /v1/agents: 429 rate_limit_error: Slow down. (request id req_" in failed.output
    assert counted(stack)["agents"] == 0


def test_an_update_that_meets_an_overloaded_platform_is_repeated(stack: Stack) -> None:
    declare(stack)
    stack.up()
    fault(stack, "agents.update", "environments.update", "sessions.update", status=529, error_type="overloaded_error")
    stack.declare(
        agent(system="one"),
        environment(description="one"),
        repository("app", authorization_token="token-of-last-week"),
        session(title="one", resources=[ref("app")]),
    )

    assert stack.up().operations == dict.fromkeys(("reviewer", "sandbox", "review"), ["update"])

    assert strikes(stack) == [1, 1, 1]


def moment(row: dict[str, Any]) -> datetime:
    """When a request came."""
    return datetime.fromisoformat(row["time"])
