"""Calls that may have had their effect: looked for before they are repeated, and never mistaken for what was there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from core.platform import HELLO, Platform, bent, mounted

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.errors import CallFailed, Conflict, LostAnswer, NotReady
from pulumi_managed_agents.lifecycle.steps import Call, Operation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.steps import State

BEFORE, AFTER = {"drop": "before"}, {"drop": "after"}
BROKEN: dict[str, Any] = {"status": 500}


@pytest.fixture(params=["claude", "qoder"])
def each(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Platform]:
    """One emulated world of each platform, whose requests are not repeated by themselves."""
    with mounted(tmp_path / "world", retries=0, platform=request.param) as platform:
        platform.draws = True
        yield platform


def fault(platform: Platform, operation: str, *effects: Bag) -> None:
    """Strikes the first requests of the operation, each in its own way."""
    platform.control.clear_faults()
    platform.control.faults(
        [{"operation": operation, "nth": n, **effect} for n, effect in enumerate(effects, 1) if effect]
    )


def anew(platform: Platform) -> None:
    """What another process would know: nothing."""
    old = platform.context
    platform.context = apply.Context(old.backend, platform.warnings.append, old.sleep, old.files)


def said(platform: Platform, session: str) -> list[str]:
    """The ids of what was said to a session, oldest first."""
    listed = platform.context.backend.send(
        Call(Operation("sessions.events", "list"), {"session_id": session}, query={"limit": 100})
    )
    return [event["id"] for event in listed["data"] if event["type"] == "user.message"]


def words(session: State, **more: Any) -> Bag:
    """What declares the one message."""
    return {"sessionId": session.id, "events": [HELLO], **more}


# Events


@pytest.mark.parametrize("effect", [BEFORE, AFTER], ids=["before", "after"])
def test_the_same_words_for_another_trigger_arrive_once_more(effect: Bag, each: Platform) -> None:
    session = each.session()
    state = each.create("SessionEvents", words(session, trigger="one"))
    fault(each, "sessions.events.send", effect)

    again = each.update("SessionEvents", state, words(session, trigger="two"))

    assert said(each, session.id) == [*state.outputs["eventIds"], *again.outputs["eventIds"]]


@pytest.mark.parametrize("another", ["the same process", "another process"])
@pytest.mark.parametrize("effect", [BEFORE, AFTER], ids=["before", "after"])
def test_equal_words_of_two_resources_are_two_events(effect: Bag, another: str, each: Platform) -> None:
    session = each.session()
    first = each.create("SessionEvents", words(session))
    if another == "another process":
        anew(each)
    fault(each, "sessions.events.send", effect)

    second = each.create("SessionEvents", words(session))

    assert said(each, session.id) == [*first.outputs["eventIds"], *second.outputs["eventIds"]]


def test_words_to_a_session_of_this_process_take_one_request(each: Platform) -> None:
    session = each.session()
    each.traffic()

    state = each.create("SessionEvents", words(session, trigger="one"))
    anew(each)
    each.update("SessionEvents", state, words(session, trigger="two"))

    assert each.traffic() == ["sessions.events.send"] * 2


def test_events_that_cannot_be_looked_for_may_have_been_sent(each: Platform) -> None:
    session = each.session()
    each.control.faults(
        [{"operation": "sessions.events.send", **AFTER}, {"operation": "sessions.events.list", **BROKEN}]
    )

    with pytest.raises(LostAnswer) as caught:
        each.create("SessionEvents", words(session))

    assert "may" in str(caught.value)
    assert "safe" not in str(caught.value)


def test_events_that_never_arrive_are_told_as_such(each: Platform) -> None:
    session = each.session()
    each.control.faults([{"operation": "sessions.events.send", **BEFORE}])

    with pytest.raises(LostAnswer, match="safe to run `pulumi up` again") as caught:
        each.create("SessionEvents", words(session))

    assert not caught.value.may_exist
    assert said(each, session.id) == []


# Guarded updates


@pytest.mark.parametrize("effect", [BEFORE, AFTER], ids=["before", "after"])
def test_an_agents_own_lost_update_is_nobody_elses(effect: Bag, each: Platform) -> None:
    bag = {"name": "worker", "model": each.model, "system": "a"}
    state = each.create("Agent", bag)
    fault(each, "agents.update", effect)
    try:
        state = each.update("Agent", state, {**bag, "system": "b"})
    except LostAnswer:
        state = each.update("Agent", state, {**bag, "system": "b"})

    assert each.stored("agents", state.id)["system"] == "b"
    assert each.stored("agents", state.id)["version"] == 2 == state.outputs["version"]


def test_the_second_guarded_update_is_nobody_elses_either(each: Platform) -> None:
    bag = {"name": "worker", "model": each.model, "system": "a"}
    state = each.create("Agent", bag)
    each.context.backend.send(
        Call(Operation("agents", "update"), {"agent_id": state.id}, {"version": 1, "description": "theirs"})
    )
    fault(each, "agents.update", {}, AFTER)

    updated = each.update("Agent", state, {**bag, "system": "b"})

    stored = each.stored("agents", state.id)
    assert (stored["system"], stored["description"], stored["version"]) == ("b", "theirs", 3)
    assert updated.outputs["version"] == 3


def test_somebody_elses_change_of_an_agent_is_still_a_conflict(each: Platform) -> None:
    bag = {"name": "worker", "model": each.model, "system": "a"}
    state = each.create("Agent", bag)
    each.context.backend.send(
        Call(Operation("agents", "update"), {"agent_id": state.id}, {"version": 1, "system": "theirs"})
    )

    with pytest.raises(Conflict, match="Somebody else"):
        each.update("Agent", state, {**bag, "system": "b"})


@pytest.mark.parametrize("effect", [BEFORE, AFTER], ids=["before", "after"])
def test_a_memorys_own_lost_update_is_nobody_elses(effect: Bag, each: Platform) -> None:
    store = each.create("MemoryStore", {"name": "store"})
    bag = {"memoryStoreId": store.id, "path": "/a.md", "content": "one"}
    state = each.create("Memory", bag)
    fault(each, "memory_stores.memories.update", effect)

    try:
        updated = each.update("Memory", state, {**bag, "content": "two"})
    except LostAnswer:
        updated = each.update("Memory", state, {**bag, "content": "two"})

    again = each.update("Memory", updated, {**bag, "content": "three"})
    assert again.outputs["content"] == "three"
    assert updated.outputs["contentSha256"] != state.outputs["contentSha256"]


def test_somebody_elses_text_is_still_a_conflict(each: Platform) -> None:
    store = each.create("MemoryStore", {"name": "store"})
    bag = {"memoryStoreId": store.id, "path": "/a.md", "content": "one"}
    state = each.create("Memory", bag)
    each.update("Memory", state, {**bag, "content": "theirs"})

    with pytest.raises(Conflict, match="changed meanwhile"):
        each.update("Memory", state, {**bag, "content": "two"})


def test_a_memory_that_cannot_be_looked_for_may_exist(each: Platform) -> None:
    store = each.create("MemoryStore", {"name": "store"})
    each.control.faults(
        [
            {"operation": "memory_stores.memories.create", **AFTER},
            {"operation": "memory_stores.memories.list", **BROKEN},
        ]
    )

    with pytest.raises(CallFailed, match="may exist") as caught:
        each.create("Memory", {"memoryStoreId": store.id, "path": "/a.md", "content": "one"})

    assert caught.value.may_exist


# Skills


@pytest.mark.parametrize("effect", [BEFORE, AFTER], ids=["before", "after"])
def test_new_content_of_a_skill_is_one_new_version(effect: Bag, each: Platform) -> None:
    state = each.create("Skill", {"path": "one"})
    fault(each, "skills.versions.create", effect)

    updated = each.update("Skill", state, {"path": "two"})

    versions = each.context.backend.send(Call(Operation("skills.versions", "list"), {"skill_id": state.id}))["data"]
    assert [version["id"] for version in versions] == [
        updated.outputs["latestVersionId"],
        state.outputs["latestVersionId"],
    ]


# Runs


@pytest.mark.parametrize("moment", ["with the create", "with an update"])
@pytest.mark.parametrize("effect", [BEFORE, AFTER], ids=["before", "after"])
def test_a_trigger_runs_a_deployment_once(effect: Bag, moment: str, each: Platform) -> None:
    bag = {**each.session_bag(), "initialEvents": [HELLO]}
    trigger = {"runTrigger": "one"}
    if moment == "with the create":
        fault(each, "deployments.run", effect)
        state = each.create("Deployment", {**bag, **trigger})
    else:
        made = each.create("Deployment", bag)
        each.context.backend.send(Call(Operation("deployments", "run"), {"deployment_id": made.id}, {}))
        anew(each)
        fault(each, "deployments.run", effect)
        state = each.update("Deployment", made, {**bag, **trigger})

    listed = each.context.backend.send(Call(Operation("deployment_runs", "list"), query={"deployment_id": state.id}))
    assert listed["data"][0]["id"] == state.outputs["triggeredRunId"]
    assert len(listed["data"]) == (1 if moment == "with the create" else 2)


def test_a_trigger_whose_run_does_not_exist_counts_as_none(each: Platform) -> None:
    bag = {**each.session_bag(), "initialEvents": [HELLO], "runTrigger": "one"}
    each.control.faults([{"operation": "deployments.run", **BEFORE}])

    with pytest.raises(NotReady) as caught:
        each.create("Deployment", bag)

    assert "runTrigger" not in caught.value.state
    each.control.clear_faults()
    state = each.update("Deployment", caught.value.state, bag, caught.value.id)
    listed = each.context.backend.send(Call(Operation("deployment_runs", "list"), query={"deployment_id": state.id}))
    assert [run["id"] for run in listed["data"]] == [state.outputs["triggeredRunId"]]


# An id is never lost


def test_a_sessions_id_is_kept_when_what_it_mounts_cannot_be_listed(each: Platform) -> None:
    bag = each.session_bag(
        resources=[
            {
                "type": "github_repository",
                "url": "https://github.com/org/app",
                "authorizationToken": "token-of-last-week",
            }
        ]
    )
    if each.context.backend.capabilities.key == "qoder":
        each.control.settings(qoder_resource_ids_in_create=False)
    else:
        pytest.skip("answers hold the ids there")
    each.control.faults([{"operation": "sessions.resources.list", **BROKEN}])

    with pytest.raises(NotReady) as caught:
        each.create("Session", bag)

    (made,) = each.control.objects("sessions")
    assert caught.value.id == made["id"]
    each.control.clear_faults()
    rotated = {**bag, "resources": [{**bag["resources"][0], "authorizationToken": "token-of-this-week"}]}
    state = each.update("Session", caught.value.state, rotated, made["id"])
    assert [entry["id"] for entry in state.outputs["mountedResources"]] == [made["resources"][0]["id"]]


# Keys that tell a repetition


def test_a_create_with_a_key_is_still_one_whose_answer_may_be_lost(tmp_path: Path) -> None:
    with mounted(tmp_path / "world", retries=1, platform="qoder") as platform:
        platform.control.faults([{"operation": "agents.create", "status": 503, "after_commit": True}])

        state = platform.create("Agent", {"name": "worker", "model": platform.model})

        assert [agent["id"] for agent in platform.control.objects("agents")] == [state.id]


def test_what_was_refused_for_certain_does_not_exist(each: Platform) -> None:
    each.control.faults([{"operation": "agents.create", "status": 400}])

    with pytest.raises(CallFailed) as caught:
        each.create("Agent", {"name": "worker", "model": each.model})

    assert not caught.value.may_exist
    assert "may exist" not in str(caught.value)


def test_an_emulator_whose_file_breaks_in_between_loses_no_id(tmp_path: Path) -> None:
    path = tmp_path / "world"
    with mounted(path) as platform, closing(sqlite3.connect(path)) as database:
        bag = platform.session_bag(waitForReady=True)

        with (
            bent(platform, "POST /v1/sessions", lambda answer: _broken(database, answer)),
            pytest.raises(NotReady, match="cannot use") as caught,
        ):
            platform.create("Session", bag)

        assert caught.value.id.startswith("sesn_")


def _broken(database: sqlite3.Connection, answer: Bag) -> Bag:
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")]
    for name in tables:
        database.execute(f"DROP TABLE IF EXISTS {name}")
    database.commit()
    return answer


# What nobody knows of an object that exists is remembered by its state


@pytest.mark.parametrize("effect", [BEFORE, AFTER], ids=["before", "after"])
def test_events_that_may_have_arrived_are_looked_for_by_the_next_update(effect: Bag, each: Platform) -> None:
    session = each.session()
    state = each.create("SessionEvents", words(session, trigger="one"))
    state = each.update("SessionEvents", state, words(session, trigger="two"))
    each.control.faults(
        [{"operation": "sessions.events.send", **effect}, {"operation": "sessions.events.list", **BROKEN}]
    )
    with pytest.raises(NotReady, match="may") as caught:
        each.update("SessionEvents", state, words(session, trigger="three"))
    each.control.clear_faults()
    anew(each)

    again = each.update("SessionEvents", caught.value.state, words(session, trigger="three"), state.id)

    assert said(each, session.id)[-1:] == again.outputs["eventIds"]
    assert len(said(each, session.id)) == 3
    assert "doubt" not in again.outputs


def test_what_may_have_arrived_is_not_taken_for_something_else(each: Platform) -> None:
    session = each.session()
    state = each.create("SessionEvents", words(session, trigger="one"))
    each.control.faults(
        [{"operation": "sessions.events.send", **AFTER}, {"operation": "sessions.events.list", **BROKEN}]
    )
    with pytest.raises(NotReady) as caught:
        each.update("SessionEvents", state, words(session, trigger="two"))
    anew(each)
    fault(each, "sessions.events.send", BEFORE)

    again = each.update("SessionEvents", caught.value.state, words(session, trigger="three"), state.id)

    assert said(each, session.id)[-1:] == again.outputs["eventIds"]
    assert len(said(each, session.id)) == 3


def test_a_version_older_than_the_one_that_is_known_is_no_new_one(each: Platform) -> None:
    state = each.create("Skill", {"path": "one"})
    state = each.update("Skill", state, {"path": "two"})
    fault(each, "skills.versions.create", BEFORE)
    anew(each)

    updated = each.update("Skill", state, {"path": "three"})

    versions = each.context.backend.send(Call(Operation("skills.versions", "list"), {"skill_id": state.id}))["data"]
    assert len(versions) == 3
    assert versions[0]["id"] == updated.outputs["latestVersionId"]


def test_nothing_is_in_doubt_where_nothing_was_sent(each: Platform) -> None:
    made = each.create("Deployment", {**each.session_bag(), "initialEvents": [HELLO]})
    anew(each)
    each.control.faults([{"operation": "deployment_runs.list", "drop": "before"}])

    with pytest.raises(NotReady) as caught:
        each.update("Deployment", made, {**_declared(made), "runTrigger": "one"})

    assert "doubt" not in caught.value.state


def _declared(state: State) -> Bag:
    return {wire: state.outputs[wire] for wire in ("agent", "environmentId", "initialEvents")}


def test_a_run_that_was_not_made_is_not_made_by_being_read(each: Platform) -> None:
    bag = {**each.session_bag(), "initialEvents": [HELLO], "runTrigger": "one"}
    each.control.faults([{"operation": "deployments.run", **BEFORE}])
    with pytest.raises(NotReady) as caught:
        each.create("Deployment", bag)
    each.control.clear_faults()
    kind, inputs = each.kind("Deployment"), each.checked("Deployment", bag, caught.value.state)

    read = each.read("Deployment", caught.value.id, plan.managed(kind, caught.value.state, inputs))

    assert read is not None
    assert "runTrigger" not in read.outputs
    state = each.update("Deployment", read, bag)
    assert state.outputs["triggeredRunId"]


@pytest.mark.parametrize(
    "words", [{"trigger": "again"}, {"events": [HELLO, HELLO]}], ids=lambda words: next(iter(words))
)
def test_events_that_were_sent_are_not_sent_again_because_of_a_read(words: Bag, each: Platform) -> None:
    bag = {"sessionId": each.session().id, "events": [HELLO], "trigger": "first", "waitForIdle": True}
    made = each.create("SessionEvents", bag)
    kind, inputs = each.kind("SessionEvents"), each.checked("SessionEvents", bag, made.outputs)
    each.control.faults([{"operation": "sessions.retrieve", "status": 403}])
    with pytest.raises(NotReady) as caught:
        each.update("SessionEvents", made, {**bag, **words})
    each.control.clear_faults()

    # The engine has the inputs of before, since the update did not come to its end.
    read = each.read("SessionEvents", made.id, plan.managed(kind, caught.value.state, inputs))

    assert read is not None
    sent = each.update("SessionEvents", read, {**bag, **words}).outputs["eventIds"]
    assert sent == caught.value.state["eventIds"]


def test_whether_a_memory_was_changed_by_somebody_else_is_not_said_where_nobody_could_look(each: Platform) -> None:
    store = each.create("MemoryStore", {"name": "store"})
    bag = {"memoryStoreId": store.id, "path": "/a.md", "content": "one"}
    state = each.create("Memory", bag)
    each.control.faults(
        [
            {"operation": "memory_stores.memories.update", "nth": 1, "status": 409},
            {"operation": "memory_stores.memories.retrieve", **BROKEN},
        ]
    )

    with pytest.raises(CallFailed) as caught:
        each.update("Memory", state, {**bag, "content": "two"})

    assert not isinstance(caught.value, Conflict)
    assert "changed meanwhile" not in str(caught.value)


def test_a_file_that_was_just_taken_off_is_not_the_one_that_was_not_attached(each: Platform) -> None:
    files = [each.create("File", {"text": text, "filename": "a"}) for text in ("one", "two")]
    entries = [{"type": "file", "fileId": file.id, "mountPath": "/data/notes.txt"} for file in files]
    session = each.session_bag(resources=[entries[0]])
    state = each.create("Session", session)
    each.control.faults(
        [
            {"operation": "sessions.resources.add", "nth": 1, **BEFORE},
            {"operation": "sessions.retrieve", "nth": 1, "stale": True},
        ]
    )

    updated = each.update("Session", state, {**session, "resources": [entries[1]]})

    (mount,) = updated.outputs["mountedResources"]
    (stored,) = each.stored("sessions", state.id)["resources"]
    assert mount["id"] == stored["id"] != state.outputs["mountedResources"][0]["id"]


def test_a_deployment_whose_agent_is_gone_is_read_all_the_same(each: Platform) -> None:
    made = each.create("Deployment", {**each.session_bag(), "initialEvents": [HELLO]})
    each.control.faults([{"operation": "agents.retrieve", "status": 404}])

    assert each.read("Deployment", made.id, made.outputs) is not None
