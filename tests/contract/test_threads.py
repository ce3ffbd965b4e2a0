from typing import Any

import pytest
from contract.refusals import absent, refused

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}


def thread(world: Any, session: Any) -> Any:
    (found,) = world.sessions.threads.list(session.id)
    return found


def test_a_session_has_one_thread(world: Any) -> None:
    session = world.session()

    found = thread(world, session)

    assert found.id.startswith("sthr_")
    assert found.to_dict(mode="json") == {
        "id": found.id,
        "type": "session_thread",
        "session_id": session.id,
        "parent_thread_id": None,
        "agent": {name: value for name, value in session.agent.to_dict(mode="json").items() if name != "multiagent"},
        "status": "idle",
        "stats": None,
        "usage": None,
        "workflow_run_id": None,
        "created_at": session.to_dict(mode="json")["created_at"],
        "updated_at": session.to_dict(mode="json")["updated_at"],
        "archived_at": None,
    }
    assert world.sessions.threads.retrieve(found.id, session_id=session.id) == found
    assert thread(world, world.session()).id != found.id


def test_the_roster_is_not_repeated(world: Any) -> None:
    agent = world.agent(multiagent={"type": "coordinator", "agents": [world.agent().id]})

    assert "multiagent" not in thread(world, world.session(agent=agent.id)).agent.to_dict()


def test_stats_begin_with_a_run_and_usage_with_its_end(world: Any) -> None:
    session = world.running_session()

    running = thread(world, session)
    assert (running.status, running.usage) == ("running", None)
    assert running.stats.active_seconds == 0
    world.control.set_status(session.id, "idle")
    idle = thread(world, session)

    assert (idle.status, idle.usage.input_tokens) == ("idle", 0)


def test_threads_are_filtered_by_status(world: Any) -> None:
    session = world.running_session()

    assert len(list(world.sessions.threads.list(session.id, statuses=["running", "idle"], limit=1))) == 1
    assert list(world.sessions.threads.list(session.id, statuses=["idle"])) == []
    refused(lambda: world.sessions.threads.list(session.id, statuses=["asleep"]), "statuses")
    refused(lambda: world.sessions.threads.list(session.id, limit=1001), "limit")


def test_the_events_of_the_thread_are_those_of_the_session(world: Any) -> None:
    session = world.session(initial_events=[HELLO])
    events, found = world.events(session.id), thread(world, session)

    assert list(world.sessions.threads.events.list(found.id, session_id=session.id)) == events
    assert list(world.sessions.threads.events.list(found.id, session_id=session.id, limit=1)) == events


def test_an_idle_thread_is_archived(world: Any) -> None:
    session = world.session()
    found = thread(world, session)

    archived = world.sessions.threads.archive(found.id, session_id=session.id)

    assert (archived.status, archived.archived_at is None) == ("terminated", False)
    assert archived.updated_at == archived.archived_at
    assert world.sessions.threads.archive(found.id, session_id=session.id) == archived
    assert world.sessions.retrieve(session.id).archived_at is None


@pytest.mark.parametrize("status", [400, 412])
def test_a_busy_thread_is_not_archived(world: Any, status: int) -> None:
    session = world.running_session()
    world.control.settings(busy_refusal_status=status)

    refused(
        lambda: world.sessions.threads.archive(thread(world, session).id, session_id=session.id), "idle", status=status
    )


def test_the_primary_thread_can_be_told_to_stay(world: Any) -> None:
    session = world.session()
    world.control.settings(primary_thread_archive=400)

    refused(lambda: world.sessions.threads.archive(thread(world, session).id, session_id=session.id), "primary")


def test_the_thread_ends_with_its_session(world: Any) -> None:
    session = world.session()
    archived = world.sessions.archive(session.id)

    assert (thread(world, session).status, thread(world, session).archived_at) == ("terminated", archived.archived_at)
    world.sessions.delete(session.id)
    absent(lambda: world.sessions.threads.list(session.id))


def test_a_thread_is_found_in_its_own_session_only(world: Any) -> None:
    session, other = world.session(), world.session()
    found = thread(world, session).id

    absent(
        lambda: world.sessions.threads.retrieve(found, session_id=other.id),
        lambda: world.sessions.threads.archive(found, session_id=other.id),
        lambda: world.sessions.threads.events.list(found, session_id=other.id),
        lambda: world.sessions.threads.retrieve("sthr_none", session_id=session.id),
    )
