import json
from typing import Any

import pytest

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
INTERRUPT = {"type": "user.interrupt"}
SYSTEM = {"type": "system.message", "content": [{"type": "text", "text": "be brief"}]}


def stream(world: Any, session_id: str, **headers: str) -> list[Any]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with world.http.stream("GET", f"sessions/{session_id}/events/stream", headers=named) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = list(answer.iter_lines())
    found = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
    return [event for event in found if event["type"] != "ping"]


def test_a_message_is_answered_with_its_id_and_time(world: Any) -> None:
    session = world.session()

    (event,) = world.sessions.events.send(session.id, events=[HELLO]).data

    assert event.id.startswith("evt_")
    assert event.type == "user.message"
    assert event.content[0].text == "hello"
    assert event.processed_at is not None


def test_a_message_makes_the_session_run_and_come_to_rest(world: Any) -> None:
    session = world.session()
    world.sessions.events.send(session.id, events=[HELLO])

    found = world.events(session.id)

    assert [event.type for event in found] == ["user.message", "session.status_running", "session.status_idle"]
    assert found[-1].stop_reason.type == "end_turn"
    assert world.sessions.retrieve(session.id).status == "idle"


@pytest.mark.parametrize(
    ("setting", "states"),
    [
        ("at once", ["idle", "idle"]),
        ("after 1 reads", ["running", "idle"]),
        ("never", ["running", "running"]),
    ],
)
def test_when_a_run_ends_is_a_setting(world: Any, setting: str, states: list[str]) -> None:
    world.control.settings(run_ends=setting)
    session = world.session(initial_events=[HELLO])

    assert [world.sessions.retrieve(session.id).status for _ in range(2)] == states


def test_an_interrupt_ends_a_run(world: Any) -> None:
    session = world.running_session()

    world.sessions.events.send(session.id, events=[INTERRUPT])

    assert world.sessions.retrieve(session.id).status == "idle"
    assert world.event_types(session.id)[-2:] == ["user.interrupt", "session.status_idle"]


@pytest.mark.parametrize(
    "event",
    [
        INTERRUPT | {"session_thread_id": "sthr_1"},
        {"type": "user.tool_confirmation", "tool_use_id": "evt_1", "result": "deny", "deny_message": "no"},
        {"type": "user.tool_result", "tool_use_id": "evt_1", "content": [{"type": "text", "text": "done"}]},
        {"type": "user.custom_tool_result", "custom_tool_use_id": "evt_1", "is_error": True},
        {"type": "user.define_outcome", "description": "ship", "rubric": {"type": "text", "content": "it runs"}},
        SYSTEM,
        {
            "type": "user.message",
            "content": [{"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}}],
        },
    ],
)
def test_every_documented_event_is_taken(world: Any, event: Any) -> None:
    session = world.session()

    (answered,) = world.sessions.events.send(session.id, events=[event]).data

    assert event.items() <= answered.to_dict().items()


@pytest.mark.parametrize(
    "body",
    [
        HELLO,
        {"events": []},
        {"events": HELLO},
        {"events": [{"type": "user.message", "content": "hello"}]},
        {"events": [{"type": "user.message", "content": []}]},
        {"events": [{"type": "user.message"}]},
        {"events": [{"type": "agent.message", "content": [{"type": "text", "text": "hi"}]}]},
        {"events": [{"type": "user.message", "content": [{"type": "text", "text": ""}]}]},
        {"events": [SYSTEM, HELLO]},
        {"events": [SYSTEM, SYSTEM]},
        {"events": [{"type": "user.tool_confirmation", "tool_use_id": "x", "result": "maybe"}]},
        {"events": [HELLO], "stream": True},
    ],
)
def test_events_of_another_form_are_refused_together(world: Any, body: Any) -> None:
    session = world.session()

    world.call("POST", f"sessions/{session.id}/events", body, status=400)

    assert world.events(session.id) == []


def test_older_pages_accept_events_with_202(world: Any) -> None:
    session = world.session()
    world.control.settings(qoder_send_events_status=202)

    world.call("POST", f"sessions/{session.id}/events", {"events": [HELLO]}, status=202)


def test_events_are_listed_in_both_orders_page_by_page(world: Any) -> None:
    session = world.session()
    for _ in range(3):
        world.sessions.events.send(session.id, events=[HELLO, HELLO])

    ids = [event.id for event in world.events(session.id)]

    assert [event.id for event in world.events(session.id, limit=2)] == ids
    assert [event.id for event in world.events(session.id, limit=2, order="desc")] == ids[::-1]
    assert [event.id for event in world.sessions.events.list(session.id, after_id=ids[2])] == ids[3:]
    before = world.sessions.events.list(session.id, before_id=ids[2], limit=1)
    assert [event.id for event in before.data] == [ids[1]]


def test_events_are_filtered_by_type_and_time(world: Any) -> None:
    session = world.session()
    world.sessions.events.send(session.id, events=[HELLO])
    first, second, third = world.events(session.id)

    assert world.event_types(session.id, types=["user.message", "session.status_idle"]) == [first.type, third.type]
    assert world.event_types(session.id, created_at_gt=first.processed_at) == [second.type, third.type]
    assert world.event_types(session.id, created_at_lte=first.processed_at) == [first.type]


def test_a_stream_begins_at_the_tail(world: Any) -> None:
    world.control.settings(stream_seconds=0)
    session = world.session(initial_events=[HELLO])

    assert stream(world, session.id) == []
    world.control.settings(qoder_stream_start="history")
    assert [event["type"] for event in stream(world, session.id)][:2] == ["user.message", "session.status_running"]


def test_a_stream_goes_on_behind_the_last_event_that_was_seen(world: Any) -> None:
    world.control.settings(stream_seconds=0)
    session = world.session(initial_events=[HELLO])
    first, second, third = world.events(session.id)

    found = stream(world, session.id, last_event_id=first.id)

    assert [event["id"] for event in found] == [second.id, third.id]
    with world.sessions.events.stream(session.id, last_event_id=second.id) as events:
        assert [event.id for event in events] == [third.id]


def test_a_stream_shows_what_happens_meanwhile(world: Any) -> None:
    world.control.settings(stream_seconds=2)
    session = world.session()
    with world.sessions.events.stream(session.id) as events:
        world.sessions.events.send(session.id, events=[HELLO])
        found = [next(events).type for _ in range(3)]
        world.sessions.delete(session.id)
        found.append(next(events).type)

    assert found == ["user.message", "session.status_running", "session.status_idle", "session.deleted"]


def test_there_are_no_threads(world: Any, refused: Any) -> None:
    session, threads = world.session(), world.sessions.threads

    assert list(threads.list(session.id)) == []
    refused(404, lambda: threads.retrieve("sthr_1", session_id=session.id), "Session thread")
    refused(404, lambda: threads.archive("sthr_1", session_id=session.id))
    refused(404, lambda: list(threads.events.list("sthr_1", session_id=session.id)))
    refused(404, lambda: threads.events.stream("sthr_1", session_id=session.id))
    refused(404, lambda: threads.list("sess_none"))
