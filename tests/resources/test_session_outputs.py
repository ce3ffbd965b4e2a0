"""What a session shows of its work: what it waits for, what is reached, what it costs; no change, and few requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.platform import APP, HELLO, mounted, repository

from pulumi_managed_agents import plan
from pulumi_managed_agents.resources.session.spending import budget_usage

if TYPE_CHECKING:
    from pathlib import Path

    from core.platform import Platform

    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.steps import State

BUDGET = {"type": "limit", "maxListCost": {"amount": "500", "currency": "USD"}}


def worked(platform: Platform, session_id: str, amount: str = "0") -> None:
    """As if the session had worked, and cost that much."""
    (usage,) = [each["usage"] for each in platform.control.objects("sessions") if each["id"] == session_id]
    cost = {"amount": amount, "currency": "USD"}
    platform.control.change("sessions", session_id, usage={**usage, "list_cost": cost, "input_tokens": 7})


def asks(platform: Platform, session_id: str) -> str:
    """As if the agent asked whether it may use a tool."""
    use = {"type": "agent.tool_use", "name": "bash", "input": {}, "evaluated_permission": "ask"}
    asked: str = platform.control.emit(session_id, use)["id"]
    rests(platform, session_id, {"type": "requires_action", "event_ids": [asked]})
    return asked


def rests(platform: Platform, session_id: str, reason: Bag) -> None:
    platform.control.emit(session_id, {"type": "session.status_idle", "stop_reason": reason, "stop_details": None})


def read(platform: Platform, state: State) -> Bag:
    """The outputs after a refresh, which finds no change."""
    platform.traffic()
    found = platform.read("Session", state.id, state.outputs)
    assert found is not None
    assert plan.diff(platform.kind("Session"), found.outputs, state.outputs) == ()
    return found.outputs


def test_what_a_session_waits_for_is_read_with_the_events_that_ask(platform: Platform) -> None:
    session = platform.session(initialEvents=[HELLO])
    worked(platform, session.id)
    asked = asks(platform, session.id)

    outputs = read(platform, session)

    assert outputs["stopReason"] == {"type": "requires_action", "eventIds": [asked]}
    assert platform.traffic() == ["sessions.retrieve", "sessions.events.list"]


def test_a_session_that_never_worked_costs_no_request_more(platform: Platform) -> None:
    outputs = read(platform, platform.session())

    assert "stopReason" not in outputs
    assert platform.traffic() == ["sessions.retrieve"]


def test_a_session_at_work_waits_for_nothing(platform: Platform) -> None:
    session = platform.session()
    asks(platform, session.id)
    worked(platform, session.id)
    platform.control.set_status(session.id, "running")

    assert "stopReason" not in read(platform, session)


def test_errors_and_what_is_waited_for_come_with_one_request(platform: Platform) -> None:
    platform.control.repositories([{"url": APP, "private": True, "tokens": []}])
    session = platform.session(resources=[repository(authorizationToken="token-of-last-week")])
    worked(platform, session.id)
    rests(platform, session.id, {"type": "end_turn"})

    outputs = read(platform, session)

    assert outputs["lastError"]["type"].startswith("repository_")
    assert outputs["stopReason"] == {"type": "end_turn"}
    assert platform.traffic() == ["sessions.retrieve", "sessions.events.list"]


def test_an_error_that_holds_is_found_behind_a_hundred_rests(platform: Platform) -> None:
    platform.control.repositories([{"url": APP, "private": True, "tokens": []}])
    session = platform.session(resources=[repository(authorizationToken="token-of-last-week")])
    worked(platform, session.id)
    for _ in range(100):
        rests(platform, session.id, {"type": "end_turn"})

    assert read(platform, session)["lastError"]["type"].startswith("repository_")
    assert platform.traffic() == ["sessions.retrieve", "sessions.events.list", "sessions.events.list"]


def test_what_is_to_be_reached_and_what_it_costs_are_outputs(platform: Platform) -> None:
    rubric = {"type": "text", "content": "all of it"}
    outcome = {"type": "user.define_outcome", "description": "done", "rubric": rubric}
    session = platform.session(budget=BUDGET, initialEvents=[outcome])
    assert session.outputs["budgetUsage"] == {"spent": "0", "limit": "500", "unit": "USD cents", "reached": False}
    worked(platform, session.id, "500")

    outputs = read(platform, session)

    (found,) = outputs["outcomeEvaluations"]
    assert (found["description"], found["iteration"], found["result"]) == ("done", 0, "satisfied")
    assert outputs["budgetUsage"] == {"spent": "500", "limit": "500", "unit": "USD cents", "reached": True}


def test_what_moves_by_itself_is_no_change_and_an_update_keeps_what_was_read(platform: Platform) -> None:
    session = platform.session(title="one")
    asks(platform, session.id)
    worked(platform, session.id, "7")
    before = read(platform, session)

    after = platform.update("Session", before, {**session_inputs(session), "title": "two"}, session.id).outputs

    assert after["stopReason"] == before["stopReason"]
    assert after["title"] == "two"


def session_inputs(state: State) -> Bag:
    return {wire: state.outputs[wire] for wire in ("agent", "environmentId", "title")}


def test_a_session_of_qoder_shows_its_credits(tmp_path: Path) -> None:
    with mounted(tmp_path / "world", platform="qoder") as qoder:
        session = qoder.session()

        assert "stopReason" not in read(qoder, session)

    bought: Any = {"budget": {"type": "limit", "max_credit_cost": "12.50"}, "usage": {"total_credits": 3.25}}
    assert budget_usage(bought) == {"spent": "3.25", "limit": "12.50", "unit": "credits", "reached": False}


@pytest.mark.parametrize(
    "session",
    [
        {},
        {"budget": None, "usage": {"list_cost": {"amount": "1", "currency": "USD"}}},
        {"budget": {"max_list_cost": {"amount": "many", "currency": "USD"}}, "usage": {"list_cost": {"amount": "1"}}},
        {"budget": {"max_list_cost": "NaN"}, "usage": {"list_cost": "1"}},
        {"budget": [], "usage": "none"},
        {"budget": {"max_list_cost": {"amount": "5"}}, "usage": {"list_cost": True}},
    ],
)
def test_numbers_that_nobody_tells_are_none(session: Bag) -> None:
    assert budget_usage(session) is None
