"""What others did to our objects: found by a refresh, repaired by an update, and left alone where it is not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import outside
from engine.declare import agent, environment, session

from pulumi_managed_agents.declaration.stamp import STAMP

if TYPE_CHECKING:
    from engine.stack import Stack


def test_what_was_changed_behind_our_back_is_found_by_a_refresh_and_repaired_by_an_up(stack: Stack) -> None:
    limited = {"type": "limited", "allowed_hosts": ["example.com"]}
    stack.declare(
        agent(system="ours", tools=[{"type": "agent_toolset_20260401"}]),
        environment(config={"type": "cloud", "networking": limited}),
        session(title="ours", metadata={"owner": "us"}),
    )
    stack.up()
    names = {"reviewer": "agents", "sandbox": "environments", "review": "sessions"}
    changed = {
        "reviewer": {"system": "theirs", "tools": []},
        "sandbox": {"config": {"type": "cloud", "networking": {**limited, "allowed_hosts": ["example.org"]}}},
        "review": {"title": "theirs", "metadata": {"owner": "them"}},
    }
    with stack.emulator() as emulator:
        for name, fields in changed.items():
            emulator.control.change(names[name], stack.id(name), **fields)
    stack.quiet()

    assert stack.refresh().refreshed == dict.fromkeys(names, "update")
    assert stack.preview().operations == stack.up().operations == dict.fromkeys(names, ["update"])

    with stack.emulator() as emulator:
        found = {name: emulator.control.objects(kind)[0] for name, kind in names.items()}
    assert (found["reviewer"]["system"], len(found["reviewer"]["tools"])) == ("ours", 1)
    assert found["sandbox"]["config"]["networking"]["allowed_hosts"] == ["example.com"]
    assert (found["review"]["title"], found["review"]["metadata"]["owner"]) == ("ours", "us")
    stack.refresh("--expect-no-changes")
    stack.quiet()


def test_what_others_fill_in_beside_our_fields_is_no_change_and_stays(stack: Stack) -> None:
    stack.declare(
        agent(metadata={"owner": "us", "old": "1"}),
        environment(metadata={"owner": "us", "old": "1"}),
        session(metadata={"owner": "us", "old": "1"}),
    )
    stack.up()
    names = {"reviewer": "agents", "sandbox": "environments", "review": "sessions"}
    with stack.emulator() as emulator:
        for name, kind in names.items():
            (before,) = emulator.control.objects(kind)
            metadata = {**before["metadata"], "theirs": "yes"}
            theirs = {"title": "theirs"} if kind == "sessions" else {"description": "theirs"}
            emulator.control.change(kind, stack.id(name), metadata=metadata, **theirs)

    stack.refresh("--expect-no-changes")
    stack.quiet()
    stack.declare(
        agent(metadata={"owner": "me"}), environment(metadata={"owner": "me"}), session(metadata={"owner": "me"})
    )
    assert stack.up().operations == dict.fromkeys(names, ["update"])

    with stack.emulator() as emulator:
        found = [emulator.control.objects(kind)[0] for kind in names.values()]
    for item in found:
        assert {key: item["metadata"][key] for key in item["metadata"] if key != STAMP} == {
            "owner": "me",
            "theirs": "yes",
        }
        assert "theirs" in (item.get("title"), item.get("description"))
    stack.quiet()


def test_objects_that_are_gone_or_archived_are_dropped_by_a_refresh_and_the_preview_shows_them_anew(
    stack: Stack,
) -> None:
    gone, archived = ("gone-agent", "gone-sandbox", "gone-session"), ("archived-agent", "archived-session")
    stack.declare(
        agent(),
        environment(),
        agent("gone-agent"),
        agent("archived-agent"),
        environment("gone-sandbox"),
        session("gone-session"),
        session("archived-session"),
    )
    stack.up()
    ids = {name: row["id"] for name, row in stack.state().items()}
    with stack.emulator() as emulator:
        for name, kind in zip(gone, ("agents", "environments", "sessions"), strict=True):
            emulator.control.remove(kind, ids[name])
        for name, kind in zip(archived, ("agents", "sessions"), strict=True):
            outside.post(emulator, f"/v1/{kind}/{ids[name]}/archive")

    assert stack.refresh().refreshed == dict.fromkeys((*gone, *archived), "delete")

    assert set(stack.state()) == {"reviewer", "sandbox"}
    assert stack.preview().operations == dict.fromkeys((*gone, *archived), ["create"])


def test_a_change_that_meets_another_version_is_rebased_unless_the_same_field_was_touched(stack: Stack) -> None:
    stack.declare(agent("rebased", system="one"), agent("contested", system="one"))
    stack.up()
    ids = {name: stack.id(name) for name in ("rebased", "contested")}
    with stack.emulator() as emulator:
        emulator.control.change("agents", ids["rebased"], description="theirs")
        emulator.control.change("agents", ids["contested"], system="theirs")
    mark = stack.mark()
    stack.declare(agent("rebased", system="two"), agent("contested", system="two"))

    refused = stack.fail("up", "--yes", "--skip-preview")

    assert (
        "Somebody else changed `system` of this Agent meanwhile (version 1 is known here, 2 is on the platform). "
        "Run `pulumi refresh` to see their values, then decide whose to keep."
    ) in refused.output
    attempts = [(row["operation"], row["status"]) for row in stack.log(mark) if ids["rebased"] in row["path"]]
    assert attempts == [("agents.update", 409), ("agents.retrieve", 200), ("agents.update", 200)]
    with stack.emulator() as emulator:
        found = {item["name"]: item for item in emulator.control.objects("agents")}
    assert (found["rebased"]["system"], found["rebased"]["description"]) == ("two", "theirs")
    assert found["contested"]["system"] == "theirs"
    stack.refresh()
    assert stack.up().operations == {"contested": ["update"]}
    stack.quiet()


def test_what_moves_by_itself_is_read_and_is_no_change(stack: Stack) -> None:
    money = {"amount": "500", "currency": "USD"}
    stack.declare(agent(), environment(), session(budget={"type": "limit", "max_list_cost": money}))
    stack.up()
    with stack.emulator() as emulator:
        (before,) = emulator.control.objects("sessions")
        cost = {"amount": "499", "currency": "USD"}
        usage = {**before["usage"], "list_cost": cost, "input_tokens": 7}
        emulator.control.change("sessions", before["id"], usage=usage)
        use = {"type": "agent.tool_use", "name": "bash", "input": {}, "evaluated_permission": "ask"}
        asked = emulator.control.emit(before["id"], use)["id"]
        waits = {"type": "requires_action", "event_ids": [asked]}
        emulator.control.emit(before["id"], {"type": "session.status_idle", "stop_reason": waits})

    stack.refresh("--expect-no-changes")
    stack.quiet()

    outputs = stack.state()["review"]["outputs"]
    assert outputs["stopReason"] == {"type": "requires_action", "eventIds": [asked]}
    assert outputs["budgetUsage"] == {"spent": "499", "limit": "500", "unit": "USD cents", "reached": False}
    stack.refresh("--expect-no-changes")
