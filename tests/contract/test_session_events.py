import threading
from collections.abc import Callable
from typing import Any

import anthropic
import pytest

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
SYSTEM = {"type": "system.message", "content": [{"type": "text", "text": "context"}]}
INTERRUPT = {"type": "user.interrupt"}


def refused(call: Callable[[], Any], *words: str) -> Any:
    with pytest.raises(anthropic.BadRequestError) as caught:
        call()
    for word in words:
        assert word in str(caught.value)


def test_a_message_makes_the_session_run(world: Any) -> None:
    world.control.settings(run_ends="never")
    session = world.session()

    sent = world.sessions.events.send(session.id, events=[HELLO, SYSTEM]).data

    assert [event.type for event in sent] == ["user.message", "system.message"]
    assert sent[0].id.startswith("sevt_")
    assert sent[0].content[0].text == "hello"
    assert world.sessions.retrieve(session.id).status == "running"


def test_an_interrupt_makes_a_running_session_idle(world: Any) -> None:
    session = world.running_session()

    world.sessions.events.send(session.id, events=[INTERRUPT])

    assert world.sessions.retrieve(session.id).status == "idle"
    assert world.event_types(session.id)[-3:] == ["user.interrupt", "session.usage", "session.status_idle"]
    assert world.sessions.delete(session.id).type == "session_deleted"


def test_an_interrupt_of_an_idle_session_changes_nothing(world: Any) -> None:
    session = world.session()

    world.sessions.events.send(session.id, events=[INTERRUPT])

    assert world.event_types(session.id) == ["user.interrupt"]


def test_tool_answers_refer_to_events_of_the_session(world: Any) -> None:
    session = world.session()
    asked = world.control.emit(
        session.id, {"type": "agent.custom_tool_use", "name": "weather", "input": {"city": "Bern"}}
    )
    answer = {"type": "user.custom_tool_result", "custom_tool_use_id": asked["id"], "content": []}

    assert world.sessions.events.send(session.id, events=[answer]).data[0].custom_tool_use_id == asked["id"]
    refused(
        lambda: world.sessions.events.send(session.id, events=[answer | {"custom_tool_use_id": "sevt_none"}]),
        "sevt_none",
    )


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ([], "events"),
        ([{"type": "user.shout"}], "events.0"),
        ([HELLO | {"colour": "red"}], "events.0.colour"),
        ([{"type": "user.message", "content": [{"type": "text", "text": ""}]}], "events.0.content.0.text"),
        ([{"type": "user.message", "content": [{"type": "video"}]}], "events.0.content.0"),
        ([SYSTEM], "events.0"),
        ([HELLO, SYSTEM, HELLO], "events.1"),
        ([INTERRUPT, SYSTEM], "events.1"),
        ([{"type": "user.tool_confirmation", "tool_use_id": "sevt_1", "result": "maybe"}], "events.0.result"),
        (
            [{"type": "user.tool_confirmation", "tool_use_id": "t", "result": "deny", "deny_message": "x" * 10_001}],
            "deny_message",
        ),
        (
            [
                {
                    "type": "user.define_outcome",
                    "description": "d",
                    "rubric": {"type": "text", "content": "c"},
                    "max_iterations": 21,
                }
            ],
            "max_iterations",
        ),
    ],
)
def test_events_that_break_a_rule_are_refused_all_together(world: Any, sent: list[dict[str, Any]], named: str) -> None:
    session = world.session()

    refused(lambda: world.sessions.events.send(session.id, events=sent), named)
    assert world.event_types(session.id) == []


def test_a_deny_message_needs_a_denial_and_tool_results_a_self_hosted_environment(world: Any) -> None:
    session = world.session()
    used = world.control.emit(session.id, {"type": "agent.tool_use", "name": "bash", "input": {}})["id"]
    allow = {"type": "user.tool_confirmation", "tool_use_id": used, "result": "allow", "deny_message": "no"}

    refused(lambda: world.sessions.events.send(session.id, events=[allow]), "deny_message")
    refused(
        lambda: world.sessions.events.send(session.id, events=[{"type": "user.tool_result", "tool_use_id": used}]),
        "self-hosted",
    )


def test_events_are_listed_in_both_orders_by_type_and_by_time(world: Any) -> None:
    session = world.session(initial_events=[HELLO])
    world.sessions.retrieve(session.id)

    forward = world.events(session.id)
    assert [event.id for event in world.events(session.id, order="desc")] == [event.id for event in forward[::-1]]
    assert [event.id for event in world.events(session.id, limit=1)] == [event.id for event in forward]
    assert world.event_types(session.id, types=["user.message"]) == ["user.message"]
    assert len(world.events(session.id, created_at_gt=forward[0].processed_at)) == len(forward) - 1


def test_the_stream_tells_what_happened_and_what_happens(world: Any) -> None:
    session = world.session(initial_events=[HELLO])
    seen = []

    with world.sessions.events.stream(session.id) as stream:
        for event in stream:
            seen.append(event.type)
            if event.type == "session.status_idle" and "session.error" not in seen:
                error = {"type": "unknown_error", "message": "m", "retry_status": {"type": "retrying"}}
                world.control.emit(session.id, {"type": "session.error", "error": error})

    assert seen == ["user.message", "session.status_running", "session.usage", "session.status_idle", "session.error"]


def test_a_stream_ends_when_its_session_is_deleted(world: Any) -> None:
    world.control.settings(stream_seconds=20)
    session = world.session(initial_events=[HELLO])
    seen = []

    with world.sessions.events.stream(session.id) as stream:
        seen.append(next(stream).type)
        deleter = threading.Thread(target=world.control.remove, args=("sessions", session.id))
        deleter.start()
        seen += [event.type for event in stream]
        deleter.join(timeout=60)

    assert seen[-1] == "session.deleted"


def test_a_session_that_asks_is_told_as_the_sdk_types_it(world: Any) -> None:
    session = world.session()
    use = {"type": "agent.tool_use", "name": "bash", "input": {"cmd": "ls"}, "evaluated_permission": "ask"}
    asked = world.control.emit(session.id, use)["id"]
    waits = {"type": "requires_action", "event_ids": [asked]}
    world.control.emit(session.id, {"type": "session.status_idle", "stop_reason": waits, "stop_details": None})

    idle, used = world.sessions.events.list(session.id, order="desc", types=["agent.tool_use", "session.status_idle"])

    assert (idle.stop_reason.type, idle.stop_reason.event_ids) == ("requires_action", [asked])
    assert (used.name, used.input, used.evaluated_permission) == ("bash", {"cmd": "ls"}, "ask")
