"""Removing a session: a running one is interrupted or waited for, and given up with advice."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from core.bags import failures_of
from core.platform import HELLO, Platform

from pulumi_managed_agents import apply
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import CallFailed, NotFound, Refusal, Refused
from pulumi_managed_agents.lifecycle.steps import Call, State, Wait
from pulumi_managed_agents.resources.registry import KINDS

SESSION = KINDS["Session"]


def running(platform: Platform, ends: str = "never", **words: Any) -> State:
    """A session that runs until its setting ends that."""
    platform.control.settings(run_ends=ends)
    state = platform.create("Session", platform.session_bag(initialEvents=[HELLO], **words))
    platform.traffic()
    return state


def test_an_idle_session_is_archived_and_keeps_its_transcript(platform: Platform) -> None:
    state = platform.session()

    platform.delete("Session", state)

    assert platform.stored("sessions", state.id)["archived_at"] is not None


def test_a_session_is_deleted_where_that_is_wanted(platform: Platform) -> None:
    state = platform.session(onDelete="delete")
    platform.traffic()

    platform.delete("Session", state)

    assert platform.traffic() == ["sessions.delete"]
    assert platform.control.objects("sessions") == []


@pytest.mark.parametrize("status", [400, 403, 409, 412])
@pytest.mark.parametrize("on_delete", ["archive", "delete"])
def test_a_running_session_is_waited_for(on_delete: str, status: int, platform: Platform) -> None:
    platform.control.settings(busy_refusal_status=status)
    state = running(platform, "after 2 reads", onDelete=on_delete)

    platform.delete("Session", state)

    attempt = [f"sessions.{on_delete}", "sessions.retrieve"]
    assert platform.traffic() == [*attempt, *attempt, f"sessions.{on_delete}"]
    assert platform.slept == [1.0, 2.0]


def test_a_session_that_goes_on_running_is_given_up_with_advice(platform: Platform) -> None:
    state = running(platform, deleteTimeoutSeconds=30)

    with pytest.raises(Refused) as caught:
        platform.delete("Session", state)

    assert 30 <= sum(platform.slept) < 50
    for word in ("still running after 30 seconds", "`interruptOnDelete`", "`deleteTimeoutSeconds`"):
        assert word in str(caught.value)
    assert platform.stored("sessions", state.id)["archived_at"] is None


def test_without_patience_a_running_session_is_asked_once(platform: Platform) -> None:
    state = running(platform, deleteTimeoutSeconds=0)

    with pytest.raises(Refused):
        platform.delete("Session", state)

    assert platform.traffic() == ["sessions.archive", "sessions.retrieve"]
    assert platform.slept == []


def test_a_running_session_is_interrupted_once_where_that_is_wanted(platform: Platform) -> None:
    state = running(platform, interruptOnDelete=True)

    platform.delete("Session", state)

    assert platform.traffic() == ["sessions.archive", "sessions.retrieve", "sessions.events.send", "sessions.archive"]
    assert platform.stored("sessions", state.id)["archived_at"] is not None


def test_a_running_session_is_left_to_go_on_where_that_is_wanted(platform: Platform) -> None:
    state = running(platform, leaveRunningOnDelete=True)

    platform.delete("Session", state)

    assert platform.traffic() == ["sessions.archive", "sessions.retrieve"]
    assert platform.stored("sessions", state.id)["status"] == "running"
    assert f"Session {state.id} is running and goes on" in platform.warnings[0]


def test_an_idle_session_is_removed_even_where_a_running_one_would_be_left(platform: Platform) -> None:
    state = platform.session(leaveRunningOnDelete=True)

    platform.delete("Session", state)

    assert platform.stored("sessions", state.id)["archived_at"] is not None
    assert platform.warnings == []


def test_whoever_looks_on_sees_how_long_a_session_is_waited_for(platform: Platform) -> None:
    state, seen = running(platform, "after 2 reads"), list[str]()

    apply.delete(SESSION, state.id, state.outputs, replace(platform.context, note=seen.append))

    assert seen == [f"session {state.id} is running: waited {waited} of 300 seconds" for waited in (0, 1)]


FATES = {
    "this one gets up to 300 seconds": {},
    "this one gets up to 5 seconds": {"deleteTimeoutSeconds": 5},
    "interrupted and removed": {"interruptOnDelete": True},
    "left to go on": {"leaveRunningOnDelete": True},
}


@pytest.mark.parametrize("fate", FATES)
def test_the_preview_of_a_replacement_tells_what_becomes_of_a_session_at_work(fate: str, platform: Platform) -> None:
    state = running(platform, **FATES[fate])

    apply.part(SESSION, state.id, state.outputs, platform.context)

    assert platform.traffic() == ["sessions.retrieve"]
    [told] = platform.warnings
    assert f"Session {state.id} is running" in told
    assert fate in told


def test_of_a_session_at_rest_nothing_is_told(platform: Platform) -> None:
    state = platform.session()

    apply.part(SESSION, state.id, state.outputs, platform.context)
    platform.delete("Session", state)
    apply.part(SESSION, "sesn_unknown", state.outputs, platform.context)

    assert platform.warnings == []


def test_a_session_cannot_both_go_on_and_be_interrupted() -> None:
    bag = {"agent": "agent_1", "environmentId": "env_1", "leaveRunningOnDelete": True, "interruptOnDelete": True}

    assert list(failures_of(SESSION, bag)) == ["leaveRunningOnDelete"]


def test_an_idle_session_is_not_interrupted(platform: Platform) -> None:
    state = platform.session(interruptOnDelete=True)
    platform.traffic()

    platform.delete("Session", state)

    assert platform.traffic() == ["sessions.archive"]


def test_a_refusal_for_another_reason_is_told_at_once(platform: Platform) -> None:
    state = platform.session()
    platform.control.faults([{"operation": "sessions.archive", "status": 403, "message": "not yours"}])

    with pytest.raises(Refused, match="not yours"):
        platform.delete("Session", state)

    assert platform.slept == []


def test_a_session_that_somebody_archived_is_removed_already(platform: Platform) -> None:
    state = platform.session()
    platform.control.change("sessions", state.id, archived_at="2026-11-01T12:00:00Z")
    platform.control.faults([{"operation": "sessions.archive", "status": 400}])

    platform.delete("Session", state)

    assert platform.warnings == []


def test_an_archive_whose_answer_was_lost_is_done(platform: Platform) -> None:
    state = platform.session()
    platform.control.faults([{"operation": "sessions.archive", "nth": 1, "drop": "after"}])

    platform.delete("Session", state)

    assert platform.stored("sessions", state.id)["archived_at"] is not None


# What no emulator can time: the same steps, with the platform's answers written down

BUSY = Refused("POST", Refusal(400, "invalid_request_error", "A running session cannot be archived."))
GONE = NotFound("POST", Refusal(404, "not_found_error", "It was not found."))
IDLE, RUNNING = {"id": "sesn_1", "status": "idle"}, {"id": "sesn_1", "status": "running"}


def played(old: Bag, answers: Iterable[Bag | CallFailed]) -> list[str]:
    """The steps that a removal takes when the platform answers like that."""
    steps = SESSION.lifecycle.delete(SESSION, "sesn_1", old)
    taken: list[str] = []
    left = iter(answers)
    answer: Bag | CallFailed | None = None
    while True:
        try:
            step = steps.throw(answer) if isinstance(answer, CallFailed) else steps.send(answer)
        except StopIteration:
            assert next(left, None) is None
            return taken
        taken.append(
            str(step.operation) if isinstance(step, Call) else f"wait {step.seconds}" if isinstance(step, Wait) else ""
        )
        answer = next(left) if isinstance(step, Call) else None


def test_a_session_that_becomes_idle_between_two_requests_is_asked_again() -> None:
    assert played({}, [BUSY, IDLE, {}]) == ["sessions.archive", "sessions.retrieve", "sessions.archive"]


def test_an_idle_session_that_is_refused_twice_is_refused() -> None:
    with pytest.raises(Refused, match="running session"):
        played({}, [BUSY, IDLE, BUSY, IDLE])


def test_a_session_that_vanishes_between_two_requests_is_gone() -> None:
    assert played({}, [BUSY, GONE]) == ["sessions.archive", "sessions.retrieve"]


def test_a_session_that_vanishes_before_it_is_interrupted_is_gone() -> None:
    steps = played({"interruptOnDelete": True}, [BUSY, RUNNING, GONE])

    assert steps == ["sessions.archive", "sessions.retrieve", "sessions.events.send"]


def test_a_session_that_ended_before_it_is_interrupted_is_asked_again() -> None:
    refused = Refused("POST", Refusal(400, "invalid_request_error", "The session is archived."))

    steps = played({"interruptOnDelete": True}, [BUSY, RUNNING, refused, {}])

    assert [step for step in steps if step.startswith("sessions")] == [
        "sessions.archive",
        "sessions.retrieve",
        "sessions.events.send",
        "sessions.archive",
    ]
