"""Sessions: what changes on the living one, and in which steps."""

from itertools import permutations
from typing import Any

import pytest
from core.bags import checked
from core.platform import APP, HELLO, SERVER, USES_SERVER, Platform, repository

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import LostAnswer, NotReady, Refused
from pulumi_managed_agents.lifecycle.steps import State
from pulumi_managed_agents.resources.registry import KINDS
from pulumi_managed_agents.resources.session.mounts import Mounts

SESSION = KINDS["Session"]
OLD, NEW = "token-of-last-week", "token-of-this-week"
WEB = "https://github.com/org/web"
TOOLSET = {"type": "agent_toolset_20260401"}
FILE = {"type": "file", "fileId": "file_1", "mountPath": "/data.csv"}
BUDGET = {"type": "limit", "maxListCost": {"amount": "500", "currency": "USD"}}


def two(first: str = OLD, second: str = OLD) -> list[Bag]:
    """Two repositories with their tokens."""
    return [
        repository(authorizationToken=first),
        repository(url=WEB, mountPath="/workspace/web", authorizationToken=second),
    ]


def mounted(state: State) -> dict[str, str]:
    """The ids of what is mounted, by path."""
    return {entry["mountPath"]: entry["id"] for entry in state.outputs["mountedResources"]}


def tokens(platform: Platform, state: State) -> dict[str, str]:
    """The fingerprints of the tokens in force, by path."""
    return {mount["mount_path"]: mount["fingerprint"] for mount in platform.control.mounts(state.id)}


# Rotation


def test_a_rotated_token_is_sent_once_to_the_mount_it_belongs_to(platform: Platform) -> None:
    bag = platform.session_bag(resources=two())
    state = platform.create("Session", bag)
    platform.traffic()

    rotated = platform.update("Session", state, {**bag, "resources": two(NEW)})

    assert platform.traffic() == ["sessions.resources.update"]
    (rotation,) = platform.control.rotations(state.id)
    assert rotation["resource_id"] == mounted(state)["/workspace/app"]
    assert tokens(platform, rotated) == {
        "/workspace/app": platform.control.fingerprint(NEW),
        "/workspace/web": platform.control.fingerprint(OLD),
    }
    assert rotated.id == state.id
    assert rotated.outputs["resources"] == two(NEW)


def test_all_tokens_at_once_take_one_request_each_in_any_order(platform: Platform) -> None:
    bag = platform.session_bag(resources=two())
    state = platform.create("Session", bag)
    platform.traffic()

    rotated = platform.update("Session", state, {**bag, "resources": two(NEW, "token-of-next-week")[::-1]})

    assert platform.traffic() == ["sessions.resources.update"] * 2
    assert tokens(platform, rotated) == {
        "/workspace/app": platform.control.fingerprint(NEW),
        "/workspace/web": platform.control.fingerprint("token-of-next-week"),
    }


def test_a_first_token_is_a_rotation_too(platform: Platform) -> None:
    bag = platform.session_bag(resources=[repository()])
    state = platform.create("Session", bag)
    platform.traffic()

    platform.update("Session", state, {**bag, "resources": [repository(authorizationToken=NEW)]})

    assert platform.traffic() == ["sessions.resources.update"]
    assert tokens(platform, state) == {"/workspace/app": platform.control.fingerprint(NEW)}


def test_a_repository_without_a_path_is_found_again(platform: Platform) -> None:
    bag = platform.session_bag(resources=[{"type": "github_repository", "url": APP, "authorizationToken": OLD}])
    state = platform.create("Session", bag)
    platform.traffic()

    platform.update("Session", state, {**bag, "resources": [{**bag["resources"][0], "authorizationToken": NEW}]})

    assert platform.traffic() == ["sessions.resources.update"]


def test_a_title_and_a_token_take_a_request_each(platform: Platform) -> None:
    bag = platform.session_bag(resources=two(), title="a")
    state = platform.create("Session", bag)
    platform.traffic()

    platform.update("Session", state, {**bag, "title": "b", "resources": two(NEW)})

    assert platform.traffic() == ["sessions.update", "sessions.resources.update"]


@pytest.mark.parametrize("status", [400, 403, 409, 412])
def test_a_token_of_an_archived_session_is_not_sent_and_refresh_is_named(status: int, platform: Platform) -> None:
    platform.control.settings(archived_refusal_status=status)
    bag = platform.session_bag(resources=two())
    state = platform.create("Session", bag)
    platform.delete("Session", state)

    with pytest.raises(Refused) as caught:
        platform.update("Session", state, {**bag, "resources": two(NEW)})

    told = str(caught.value)
    assert "`pulumi refresh`" in told
    assert "archived or terminated" in told
    assert NEW not in told
    assert platform.control.rotations(state.id) == []


def test_a_token_of_a_session_that_was_deleted_names_refresh_too(platform: Platform) -> None:
    bag = platform.session_bag(resources=two())
    state = platform.create("Session", bag)
    platform.control.remove("sessions", state.id)

    with pytest.raises(Refused) as caught:
        platform.update("Session", state, {**bag, "resources": two(NEW)})

    assert f"Session {state.id} is no longer there" in str(caught.value)
    assert "`pulumi refresh`" in str(caught.value)


def test_a_token_that_a_living_session_refuses_names_no_refresh(platform: Platform) -> None:
    bag = platform.session_bag(resources=two())
    state = platform.create("Session", bag)
    platform.control.faults([{"operation": "sessions.resources.update", "status": 400, "message": "no such token"}])

    with pytest.raises(Refused, match="no such token") as caught:
        platform.update("Session", state, {**bag, "resources": two(NEW)})

    assert "refresh" not in str(caught.value)


# Steps that fail


def test_what_was_reached_is_kept_when_a_later_step_fails(platform: Platform) -> None:
    bag = platform.session_bag(resources=two(), title="a")
    state = platform.create("Session", bag)
    wanted = {**bag, "title": "b", "resources": two(NEW, NEW)}
    platform.control.faults(
        [{"operation": "sessions.resources.update", "nth": 2, "status": 403, "message": "not this"}]
    )

    with pytest.raises(NotReady) as caught:
        platform.update("Session", state, wanted)

    unready = caught.value
    assert unready.id == state.id
    assert "not this" in unready.reasons[0]
    assert unready.state["title"] == "b"
    assert [entry["authorizationToken"] for entry in unready.state["resources"]] == [NEW, OLD]


def test_the_next_update_goes_on_from_there(platform: Platform) -> None:
    bag = platform.session_bag(resources=two(), title="a")
    state = platform.create("Session", bag)
    wanted = {**bag, "title": "b", "resources": two(NEW, NEW)}
    platform.control.faults([{"operation": "sessions.resources.update", "nth": 2, "status": 403}])
    with pytest.raises(NotReady) as caught:
        platform.update("Session", state, wanted)
    platform.control.clear_faults()
    platform.traffic()

    finished = platform.update("Session", caught.value.state, wanted, state.id)

    assert platform.traffic() == ["sessions.resources.update"]
    assert plan.diff(SESSION, finished.outputs, checked(SESSION, wanted, finished.outputs)) == ()


def test_nothing_was_reached_when_the_first_step_fails(platform: Platform) -> None:
    bag = platform.session_bag(resources=two(), title="a")
    state = platform.create("Session", bag)
    platform.control.faults([{"operation": "sessions.update", "status": 403}])

    with pytest.raises(Refused):
        platform.update("Session", state, {**bag, "title": "b", "resources": two(NEW)})

    assert platform.control.rotations(state.id) == []


# Files


def test_files_come_and_go_on_the_living_session(platform: Platform) -> None:
    bag = platform.session_bag(resources=[*two(), FILE])
    state = platform.create("Session", bag)
    platform.traffic()

    other = {"type": "file", "fileId": "file_2"}
    changed = platform.update("Session", state, {**bag, "resources": [other, *two()]})

    assert platform.traffic() == ["sessions.resources.delete", "sessions.resources.add"]
    found = platform.stored("sessions", state.id)["resources"]
    assert [entry["file_id"] for entry in found if entry["type"] == "file"] == ["file_2"]
    assert changed.outputs["resources"] == [other, *two()]


def test_a_file_is_exchanged_for_another_at_its_path(platform: Platform) -> None:
    bag = platform.session_bag(resources=[FILE])
    state = platform.create("Session", bag)

    changed = platform.update("Session", state, {**bag, "resources": [{**FILE, "fileId": "file_2"}]})

    (entry,) = platform.stored("sessions", state.id)["resources"]
    assert entry["file_id"] == "file_2"
    found = platform.read("Session", state.id, changed.outputs)
    assert found is not None
    assert found.outputs["mountedResources"] == changed.outputs["mountedResources"]


@pytest.mark.parametrize("last", [[], None], ids=["an empty list", "no list"])
def test_the_last_file_goes(last: list[Bag] | None, platform: Platform) -> None:
    bag = platform.session_bag(resources=[FILE])
    state = platform.create("Session", bag)

    platform.update("Session", state, {**bag, "resources": last})

    assert platform.stored("sessions", state.id)["resources"] == []


def test_a_first_file_comes(platform: Platform) -> None:
    bag = platform.session_bag()
    state = platform.create("Session", bag)

    changed = platform.update("Session", state, {**bag, "resources": [FILE]})

    assert len(platform.stored("sessions", state.id)["resources"]) == 1
    assert changed.outputs["resources"] == [FILE]
    assert mounted(changed).keys() == {"/mnt/session/uploads/data.csv"}


@pytest.mark.parametrize(
    "fault", [{"drop": "after"}, {"body": "garbage"}, {"status": 500, "after_commit": True}], ids=repr
)
def test_a_file_whose_answer_was_lost_is_attached_once(fault: Bag, platform: Platform) -> None:
    bag = platform.session_bag()
    state = platform.create("Session", bag)
    platform.control.faults([{"operation": "sessions.resources.add", "nth": 1, **fault}])
    wanted = {**bag, "resources": [{"type": "file", "fileId": "file_1"}]}

    try:
        done = platform.update("Session", state, wanted)
    except NotReady as unready:
        done = platform.update("Session", unready.state, wanted, state.id)

    assert len(platform.stored("sessions", state.id)["resources"]) == 1
    assert plan.diff(SESSION, done.outputs, checked(SESSION, wanted, done.outputs)) == ()


@pytest.mark.parametrize("refreshed", [True, False], ids=["after a refresh", "without a refresh"])
def test_a_file_that_could_not_be_looked_for_is_attached_once_by_the_next_update(
    refreshed: bool, platform: Platform
) -> None:
    bag = platform.session_bag()
    state = platform.create("Session", bag)
    wanted = {**bag, "resources": [{"type": "file", "fileId": "file_1"}]}
    platform.control.faults(
        [{"operation": "sessions.resources.add", "drop": "after"}, {"operation": "sessions.retrieve", "status": 403}]
    )
    with pytest.raises(LostAnswer):
        platform.update("Session", state, wanted)
    platform.control.clear_faults()

    known = platform.read("Session", state.id, state.outputs) if refreshed else state
    assert known is not None
    done = platform.update("Session", known, wanted)

    assert len(platform.stored("sessions", state.id)["resources"]) == 1
    assert done.outputs["resources"] == wanted["resources"]
    assert len(done.outputs["mountedResources"]) == 1
    assert plan.diff(SESSION, done.outputs, checked(SESSION, wanted, done.outputs)) == ()


def test_a_file_that_turns_out_to_be_gone_is_attached_again(platform: Platform) -> None:
    bag = platform.session_bag(resources=[FILE, *two()], title="a")
    state = platform.create("Session", bag)
    left = [entry for entry in platform.stored("sessions", state.id)["resources"] if entry["type"] != "file"]
    platform.control.change("sessions", state.id, resources=left)
    platform.traffic()

    platform.update("Session", state, {**bag, "title": "b"})

    assert platform.traffic() == ["sessions.update", "sessions.resources.add"]
    assert len(platform.stored("sessions", state.id)["resources"]) == 3


def test_a_file_that_gets_a_path_goes_and_comes_back_there(platform: Platform) -> None:
    bare, other = {"type": "file", "fileId": "file_1"}, {"type": "file", "fileId": "file_2"}
    bag = platform.session_bag(resources=[other, bare])
    state = platform.create("Session", bag)
    platform.traffic()

    moved = platform.update("Session", state, {**bag, "resources": [other, FILE]})

    assert platform.traffic() == ["sessions.resources.delete", "sessions.resources.add"]
    assert moved.outputs["resources"] == [other, FILE]
    paths = [entry["mount_path"] for entry in platform.stored("sessions", state.id)["resources"]]
    assert sum(path.endswith("/data.csv") for path in paths) == 1
    assert len(paths) == 2
    read = platform.read("Session", state.id, moved.outputs)
    assert read is not None
    assert [read.outputs[wire] for wire in ("resources", "mountedResources")] == [
        moved.outputs[wire] for wire in ("resources", "mountedResources")
    ]


def test_files_of_one_name_in_different_folders_are_told_apart_in_any_order() -> None:
    folders = ("", "/x", "/y/x")
    declared = [{"type": "file", "fileId": f"file_{folder}", "mountPath": f"{folder}/data.csv"} for folder in folders]
    echoed = [
        {"type": "file", "id": folder, "file_id": "a copy", "mount_path": f"/mnt/session/uploads{folder}/data.csv"}
        for folder in folders
    ]

    for order in permutations(echoed):
        mounts = Mounts.match(declared, [], list(order))
        assert [mounts.find(entry) for entry in declared] == mounts.entries
        assert [entry["id"] for entry in mounts.entries] == list(folders)


def test_a_file_that_is_gone_already_needs_no_request(platform: Platform) -> None:
    bag = platform.session_bag(resources=[FILE, *two()], title="a")
    state = platform.create("Session", bag)
    left = [entry for entry in platform.stored("sessions", state.id)["resources"] if entry["type"] != "file"]
    platform.control.change("sessions", state.id, resources=left)
    platform.traffic()

    done = platform.update("Session", state, {**bag, "title": "b", "resources": two()})

    assert platform.traffic() == ["sessions.update"]
    assert done.outputs["resources"] == two()


def test_a_repository_that_is_gone_cannot_get_a_token(platform: Platform) -> None:
    bag = platform.session_bag(resources=two(), title="a")
    state = platform.create("Session", bag)
    platform.control.change("sessions", state.id, resources=[])

    with pytest.raises(NotReady) as caught:
        platform.update("Session", state, {**bag, "title": "b", "resources": two(NEW)})

    assert "`pulumi refresh`" in caught.value.reasons[0]
    assert caught.value.state["title"] == "b"


def test_what_others_attach_is_left_alone(platform: Platform) -> None:
    bag = platform.session_bag(resources=[FILE])
    state = platform.create("Session", bag)
    mine = platform.stored("sessions", state.id)["resources"]
    theirs = {**mine[0], "id": "sesrsc_theirs", "file_id": "file_9", "mount_path": "/mnt/session/uploads/theirs"}
    platform.control.change("sessions", state.id, resources=[*mine, theirs])

    found = platform.read("Session", state.id, state.outputs)

    assert found is not None
    assert plan.diff(SESSION, found.outputs, checked(SESSION, bag, found.outputs)) == ()
    assert "sesrsc_theirs" in mounted(found).values()


def test_a_file_that_others_took_away_comes_back(platform: Platform) -> None:
    bag = platform.session_bag(resources=[FILE, *two()])
    state = platform.create("Session", bag)
    left = [entry for entry in platform.stored("sessions", state.id)["resources"] if entry["type"] != "file"]
    platform.control.change("sessions", state.id, resources=left)

    found = platform.read("Session", state.id, state.outputs)
    assert found is not None
    platform.traffic()
    platform.update("Session", found, bag)

    assert platform.traffic() == ["sessions.resources.add"]


# Overrides and budget


def test_overridden_tools_change_on_the_living_session(platform: Platform) -> None:
    bag = platform.session_bag()
    agent = bag["agent"]
    state = platform.create("Session", {**bag, "agent": {"id": agent, "tools": [TOOLSET], "system": "a"}})
    platform.traffic()
    wanted = {"id": agent, "system": "a", "tools": [TOOLSET, USES_SERVER], "mcpServers": [SERVER]}

    changed = platform.update("Session", state, {**bag, "agent": wanted})

    assert platform.traffic() == ["sessions.update"]
    kept = platform.stored("sessions", state.id)["agent"]
    assert ([tool["type"] for tool in kept["tools"]], kept["system"]) == (
        ["agent_toolset_20260401", "mcp_toolset"],
        "a",
    )
    assert plan.diff(SESSION, changed.outputs, checked(SESSION, {**bag, "agent": wanted}, changed.outputs)) == ()


def test_an_agent_is_overridden_for_the_first_time_on_the_living_session(platform: Platform) -> None:
    bag = platform.session_bag()
    state = platform.create("Session", bag)
    wanted = {**bag, "agent": {"id": bag["agent"], "tools": [TOOLSET]}}
    changed = plan.diff(SESSION, state.outputs, checked(SESSION, wanted, state.outputs))

    done = platform.update("Session", state, wanted)

    assert plan.replaced(changed) == []
    assert len(platform.stored("sessions", state.id)["agent"]["tools"]) == 1
    assert plan.diff(SESSION, done.outputs, checked(SESSION, wanted, done.outputs)) == ()


def test_a_budget_is_raised_and_taken_back(platform: Platform) -> None:
    bag = platform.session_bag(budget=BUDGET)
    state = platform.create("Session", bag)
    more = {"type": "limit", "maxListCost": {"amount": "900", "currency": "USD"}}

    raised = platform.update("Session", state, {**bag, "budget": more})
    free = platform.update("Session", raised, {**bag, "budget": None})

    assert raised.outputs["budget"] == more
    assert "budget" not in free.outputs
    assert platform.stored("sessions", state.id)["budget"] is None


# Reading


def test_a_session_keeps_the_version_of_its_agent(platform: Platform) -> None:
    bag = platform.session_bag()
    state = platform.create("Session", bag)
    platform.control.change("agents", bag["agent"], system="b")

    found = platform.read("Session", state.id, state.outputs)

    assert found is not None
    assert found.outputs["resolvedAgent"] == {"id": bag["agent"], "version": 1, "name": "worker"}
    assert plan.diff(SESSION, found.outputs, checked(SESSION, bag, found.outputs)) == ()


@pytest.mark.parametrize("agent", ["by id", "by version"])
def test_a_pinned_version_stays_what_the_user_wrote(agent: str, platform: Platform) -> None:
    bag = platform.session_bag()
    platform.control.change("agents", bag["agent"], system="b")
    wanted: Any = {"id": bag["agent"], "version": 1} if agent == "by version" else bag["agent"]

    state = platform.create("Session", {**bag, "agent": wanted})

    assert state.outputs["resolvedAgent"]["version"] == (1 if agent == "by version" else 2)
    assert plan.diff(SESSION, state.outputs, checked(SESSION, {**bag, "agent": wanted}, state.outputs)) == ()


def test_reading_looks_for_errors_only_where_repositories_are_mounted(platform: Platform) -> None:
    plain, cloning = platform.session(), platform.session(resources=two())
    platform.traffic()

    platform.read("Session", plain.id, plain.outputs)
    assert platform.traffic() == ["sessions.retrieve"]
    platform.read("Session", cloning.id, cloning.outputs)
    assert platform.traffic() == ["sessions.retrieve", "sessions.events.list"]


def test_a_clone_error_is_told_until_a_rotation_mends_it(platform: Platform) -> None:
    platform.control.repositories([{"url": APP, "private": True, "tokens": [NEW]}])
    bag = platform.session_bag(resources=[repository(authorizationToken=OLD)])
    state = platform.create("Session", bag)

    broken = platform.read("Session", state.id, state.outputs)
    assert broken is not None
    assert broken.outputs["lastError"]["type"] == "repository_authentication_error"
    assert broken.outputs["lastError"]["repositoryUrl"] == APP
    assert "repository_authentication_error" in platform.warnings[0]
    mended = platform.update("Session", broken, {**bag, "resources": [repository(authorizationToken=NEW)]})
    found = platform.read("Session", state.id, mended.outputs)

    assert "lastError" not in mended.outputs
    assert found is not None
    assert "lastError" not in found.outputs
    assert len(platform.warnings) == 1


OVERLOADED = {"type": "model_overloaded_error", "message": "busy", "retry_status": {"type": "retrying"}}
ENDED = {"type": "model_request_failed_error", "message": "no", "retry_status": {"type": "exhausted"}}
CLONE = {"type": "repository_clone_error", "message": "no", "retry_status": {"type": "retrying"}}
ERRORS: dict[str, tuple[Any, str, bool]] = {
    "of a turn that is tried again": (OVERLOADED, "running", True),
    "of a turn that went well after all": (OVERLOADED, "idle", False),
    "of a turn that is over": (ENDED, "idle", False),
    "of a session that terminated of it": (ENDED, "terminated", True),
    "of a repository": ({**CLONE, "repository_url": APP}, "idle", True),
    "of a repository in other letters' case": ({**CLONE, "repository_url": APP.upper()}, "idle", True),
    "of a repository that is not said": ({**CLONE, "repository_url": None}, "idle", True),
    "of a repository that is not mounted": ({**CLONE, "repository_url": f"{APP}-2"}, "idle", False),
}


@pytest.mark.parametrize("case", ERRORS)
def test_an_error_holds_as_long_as_what_it_is_about(platform: Platform, case: str) -> None:
    error, status, holds = ERRORS[case]
    state = platform.session(resources=[repository(authorizationToken=OLD)])
    platform.control.emit(state.id, {"type": "session.error", "error": error})
    platform.control.set_status(state.id, status)

    found = platform.read("Session", state.id, state.outputs)

    assert found is not None
    assert ("lastError" in found.outputs) is holds


def test_a_session_is_ready_although_a_turn_before_ended_in_an_error(platform: Platform) -> None:
    bag = platform.session_bag(resources=[repository(authorizationToken=OLD)])
    state = platform.create("Session", bag)
    platform.control.emit(state.id, {"type": "session.error", "error": ENDED})

    ready = platform.update("Session", state, {**bag, "title": "again", "waitForReady": True})

    assert "lastError" not in ready.outputs


def test_a_session_that_ended_in_an_error_is_shown_with_a_warning(platform: Platform) -> None:
    state = platform.session()
    platform.control.set_status(state.id, "terminated")

    found = platform.read("Session", state.id, state.outputs)

    assert found is not None
    assert found.outputs["status"] == "terminated"
    assert "terminated" in platform.warnings[0]


# Waiting until ready


def test_a_session_is_waited_for_until_it_is_idle(platform: Platform) -> None:
    platform.control.settings(run_ends="after 2 reads")
    bag = platform.session_bag(initialEvents=[HELLO], waitForReady=True)

    state = platform.create("Session", bag)

    assert state.outputs["status"] == "idle"
    assert platform.traffic() == ["sessions.create", *["sessions.retrieve"] * 3]
    assert platform.slept == [1.0, 2.0]


def test_a_session_that_does_not_become_ready_is_kept_with_its_id(platform: Platform) -> None:
    platform.control.settings(run_ends="never")
    bag = platform.session_bag(initialEvents=[HELLO], waitForReady=True, readyTimeoutSeconds=20)

    with pytest.raises(NotReady) as caught:
        platform.create("Session", bag)

    assert platform.stored("sessions", caught.value.id)["status"] == "running"
    assert "running" in caught.value.reasons[0]
    assert "20 seconds" in caught.value.reasons[0]
    assert 20 <= sum(platform.slept) < 40


def test_waiting_for_what_cannot_mend_itself_ends_at_once(platform: Platform) -> None:
    platform.control.repositories([{"url": APP, "private": True, "tokens": [NEW]}])
    bag = platform.session_bag(resources=[repository(authorizationToken=OLD)], waitForReady=True)

    with pytest.raises(NotReady) as caught:
        platform.create("Session", bag)
    rotated = {**bag, "resources": [repository(authorizationToken=NEW)]}
    ready = platform.update("Session", caught.value.state, rotated, caught.value.id)

    assert platform.slept == []
    assert "repository_authentication_error" in caught.value.reasons[0]
    assert "lastError" not in ready.outputs
    assert len(platform.control.objects("sessions")) == 1


def test_a_look_that_fails_while_waiting_loses_no_id(platform: Platform) -> None:
    bag = platform.session_bag(waitForReady=True)
    platform.control.faults([{"operation": "sessions.retrieve", "status": 403, "message": "not any more"}])

    with pytest.raises(NotReady) as caught:
        platform.create("Session", bag)

    assert [item["id"] for item in platform.control.objects("sessions")] == [caught.value.id]
    assert "not any more" in caught.value.reasons[0]
    assert caught.value.state["agent"] == bag["agent"]


def test_a_missing_agent_makes_no_session(platform: Platform) -> None:
    bag = platform.session_bag(agent="agent_nobody")

    with pytest.raises(Refused, match="agent_nobody"):
        platform.create("Session", bag)

    assert platform.control.objects("sessions") == []
