"""RepositoryResource in bound mode: it looks after a mount on a session that something else created."""

import pytest
from core.bags import checked
from core.platform import APP, Platform, repository

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import NotFound, Refused
from pulumi_managed_agents.lifecycle.steps import State
from pulumi_managed_agents.resources.registry import KINDS

REPOSITORY = KINDS["RepositoryResource"]
OLD, NEW = "token-of-last-week", "token-of-this-week"


@pytest.fixture
def session(platform: Platform) -> State:
    state = platform.session(
        resources=[
            repository(authorizationToken=OLD, checkout={"type": "branch", "name": "main"}),
            repository(mountPath="/workspace/second"),
        ]
    )
    platform.traffic()
    return state


def bound(session: State, **words: str) -> Bag:
    return {"url": APP, "sessionId": session.id, "checkout": {"type": "branch", "name": "main"}, **words}


def rotations(platform: Platform, session: State) -> list[str]:
    return [rotation["fingerprint"] for rotation in platform.control.rotations(session.id)]


def test_binding_finds_the_mount_and_sends_the_token(platform: Platform, session: State) -> None:
    state = platform.create("RepositoryResource", bound(session, authorizationToken=NEW))

    mount = session.outputs["mountedResources"][0]
    assert platform.traffic() == ["sessions.resources.list", "sessions.resources.update"]
    assert rotations(platform, session) == [platform.control.fingerprint(NEW)]
    assert state.id == f"{session.id}/{mount['id']}"
    assert state.outputs["resourceId"] == mount["id"]


def test_binding_without_a_token_sends_none(platform: Platform, session: State) -> None:
    platform.create("RepositoryResource", bound(session))

    assert platform.traffic() == ["sessions.resources.list"]
    assert rotations(platform, session) == []


def test_of_two_mounts_of_a_repository_the_one_at_the_path_is_meant(platform: Platform, session: State) -> None:
    state = platform.create(
        "RepositoryResource", {"url": APP, "mountPath": "/workspace/second", "sessionId": session.id}
    )

    assert state.outputs["resourceId"] == session.outputs["mountedResources"][1]["id"]


@pytest.mark.parametrize("words", [{"url": "https://github.com/org/web"}, {"mountPath": "/workspace/third"}], ids=repr)
def test_what_the_session_does_not_mount_cannot_be_bound(
    words: dict[str, str], platform: Platform, session: State
) -> None:
    with pytest.raises(NotFound) as caught:
        platform.create("RepositoryResource", bound(session, **words, authorizationToken=NEW))

    assert session.id in str(caught.value)
    assert "Only a new session can mount it." in str(caught.value)
    assert rotations(platform, session) == []


def test_a_new_token_is_rotated_on_the_session(platform: Platform, session: State) -> None:
    state = platform.create("RepositoryResource", bound(session, authorizationToken=NEW))
    platform.traffic()

    changed = platform.update("RepositoryResource", state, bound(session, authorizationToken="token-of-next-week"))

    assert platform.traffic() == ["sessions.resources.update"]
    assert rotations(platform, session)[-1] == platform.control.fingerprint("token-of-next-week")
    assert changed.outputs["authorizationToken"] == "token-of-next-week"
    assert changed.outputs["updatedAt"] > state.outputs["updatedAt"]


def test_a_bound_mount_that_nobody_touched_reads_as_it_was(platform: Platform, session: State) -> None:
    bag = bound(session, authorizationToken=NEW)
    state = platform.create("RepositoryResource", bag)

    found = platform.read("RepositoryResource", state.id, state.outputs)

    assert found == state
    assert plan.diff(REPOSITORY, state.outputs, checked(REPOSITORY, bag, state.outputs)) == ()


def test_what_was_not_declared_of_a_bound_mount_is_no_change_when_it_is_read(
    platform: Platform, session: State
) -> None:
    inputs = platform.checked("RepositoryResource", {"url": APP, "sessionId": session.id, "authorizationToken": OLD})
    state = platform.create("RepositoryResource", inputs)

    read = platform.read("RepositoryResource", state.id, state.outputs)

    assert read is not None
    assert plan.diff(REPOSITORY, read.outputs, inputs) == ()


def test_a_bound_mount_is_adopted_by_its_two_ids(platform: Platform, session: State) -> None:
    mount = session.outputs["mountedResources"][0]

    found = platform.read("RepositoryResource", f"{session.id}/{mount['id']}")

    assert found is not None
    assert (
        found.outputs.items()
        >= {
            "url": APP,
            "mountPath": "/workspace/app",
            "sessionId": session.id,
            "resourceId": mount["id"],
        }.items()
    )
    declared = {wire: found.outputs[wire] for wire in ("url", "mountPath", "sessionId", "checkout")}
    assert plan.diff(REPOSITORY, found.outputs, checked(REPOSITORY, declared)) == ()


@pytest.mark.parametrize("gone", ["the mount", "the session"])
def test_a_bound_mount_that_is_gone_reads_as_gone(gone: str, platform: Platform, session: State) -> None:
    state = platform.create("RepositoryResource", bound(session))
    if gone == "the session":
        platform.control.remove("sessions", session.id)
    else:
        platform.control.change("sessions", session.id, resources=[])

    assert platform.read("RepositoryResource", state.id, state.outputs) is None


def test_removing_leaves_the_repository_mounted_and_says_so(platform: Platform, session: State) -> None:
    state = platform.create("RepositoryResource", bound(session))
    platform.traffic()

    platform.delete("RepositoryResource", state)

    assert platform.traffic() == []
    (warning,) = platform.warnings
    assert session.id in warning
    assert "stays mounted" in warning


def test_rotating_on_a_session_that_is_archived_is_refused(platform: Platform, session: State) -> None:
    state = platform.create("RepositoryResource", bound(session, authorizationToken=OLD))
    platform.delete("Session", session)

    with pytest.raises(Refused) as caught:
        platform.update("RepositoryResource", state, bound(session, authorizationToken=NEW))

    assert NEW not in str(caught.value)
    assert "`pulumi refresh`" in str(caught.value)


def test_a_bound_mount_on_an_archived_session_reads_as_gone(platform: Platform, session: State) -> None:
    state = platform.create("RepositoryResource", bound(session, authorizationToken=OLD))
    platform.delete("Session", session)

    assert platform.read("RepositoryResource", state.id, state.outputs) is None
