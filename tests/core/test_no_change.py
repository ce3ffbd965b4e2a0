"""What means the same is no change, however it is written: nothing is sent for it, and nothing is replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.bags import checked, failures_of
from core.platform import APP, HELLO, mounted, repository

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.prose import read_prose
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.platform import Platform

    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.steps import State

SHA = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(params=["claude", "qoder"])
def platform(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Platform]:
    with mounted(tmp_path / "world.emulator", platform=request.param) as platform:
        platform.control.settings(clone_errors="never")
        platform.draws = True
        yield platform


def at(platform: Platform, **words: Any) -> Bag:
    """A repository where the platform clones to."""
    root = platform.context.backend.capabilities.mount_root or "/data/workspace"
    return {"type": "github_repository", "url": APP, "authorizationToken": "token", "mountPath": f"{root}/app", **words}


def changed(platform: Platform, kind: str, state: State, bag: Bag) -> dict[str, bool]:
    """What would change, and whether it replaces."""
    found = plan.diff(platform.kind(kind), state.outputs, platform.checked(kind, bag, state.outputs))
    return {str(change.name): change.replaces for change in found}


ADDRESSES = {
    "an owner in capitals": {"url": "https://github.com/ORG/app"},
    "a host in capitals": {"url": "https://GitHub.com/org/app"},
    "the ending of git": {"url": f"{APP}.git"},
    "a commit in capitals": {"checkout": {"type": "commit", "sha": SHA.upper()}},
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_another_spelling_of_a_repository_is_no_change(platform: Platform, case: str) -> None:
    platform.control.repositories([{"url": APP, "commits": [SHA]}])
    checkout = {"checkout": {"type": "commit", "sha": SHA}}
    state = platform.session(resources=[at(platform, **checkout)])
    declared = {**state.outputs, "resources": [at(platform, **{**checkout, **ADDRESSES[case]})]}
    declared = {wire: declared[wire] for wire in ("agent", "environmentId", "resources")}

    assert changed(platform, "Session", state, declared) == {}


def test_an_address_that_comes_back_in_another_case_is_the_one_that_was_declared(tmp_path: Path) -> None:
    with mounted(tmp_path / "world.emulator") as platform:
        bag = platform.session_bag(resources=[repository(authorizationToken="token")])
        state = platform.create("Session", bag)
        platform.wire.bends = lambda request: request.startswith("GET")
        platform.wire.bend = lambda body: {
            **body,
            **{
                key: [{**item, "url": "https://github.com/Org/App"} if "url" in item else item for item in body[key]]
                for key in ("resources",)
                if key in body
            },
        }

        found = platform.read("Session", state.id, state.outputs)

        assert found is not None
        assert found.outputs["resources"] == state.outputs["resources"]


def test_to_write_down_what_the_platform_chose_is_no_change(platform: Platform) -> None:
    bag = platform.session_bag(resources=[at(platform, mountPath=None)])
    state = platform.create("Session", bag)
    version, place = state.outputs["resolvedAgent"]["version"], state.outputs["mountedResources"][0]["mountPath"]
    pinned = {**bag, "agent": {"id": bag["agent"], "version": version}, "resources": [at(platform, mountPath=place)]}

    assert changed(platform, "Session", state, pinned) == {}
    assert changed(platform, "Session", platform.create("Session", pinned), bag) == {}
    other = {**pinned, "agent": {"id": bag["agent"], "version": version + 1}}
    assert changed(platform, "Session", state, other) == {"agent": True}


EMPTY: dict[str, tuple[str, Bag, Bag]] = {
    "labels": ("Agent", {"model": "MODEL"}, {"metadata": {}}),
    "tools": ("Agent", {"model": "MODEL"}, {"tools": [], "mcpServers": [], "skills": []}),
    "labels of an environment": ("Environment", {}, {"metadata": {}}),
}


@pytest.mark.parametrize("case", EMPTY)
def test_to_write_down_that_there_is_nothing_is_no_change(platform: Platform, case: str) -> None:
    kind, bag, empty = EMPTY[case]
    bag = {wire: platform.model if value == "MODEL" else value for wire, value in bag.items()}
    state = platform.create(kind, bag)

    assert changed(platform, kind, state, {**bag, **empty}) == {}
    assert changed(platform, kind, platform.create(kind, {**bag, **empty}), bag) == {}


def test_empty_instructions_and_variables_replace_no_session(platform: Platform) -> None:
    store = platform.create("MemoryStore", {"name": "notes"}).id
    mount = {"type": "memory_store", "memoryStoreId": store}
    bag = platform.session_bag(resources=[mount])
    state = platform.create("Session", bag)
    variables = {"environmentVariables": {}} if platform.context.backend.capabilities.key == "qoder" else {}
    empty = {**bag, **variables, "resources": [{**mount, "instructions": ""}]}

    assert changed(platform, "Session", state, empty) == {}
    assert changed(platform, "Session", platform.create("Session", empty), bag) == {}
    said = {**bag, "resources": [{**mount, "instructions": "Read first."}]}
    assert list(changed(platform, "Session", state, said).values()) == [True]


def test_a_pause_is_compared_with_what_was_read(platform: Platform) -> None:
    schedule = {"type": "cron", "expression": "0 8 * * 1", "timezone": "UTC"}
    bag = {**platform.session_bag(), "initialEvents": [HELLO], "schedule": schedule}
    state = platform.create("Deployment", bag)

    assert changed(platform, "Deployment", state, {**bag, "paused": False}) == {}
    platform.control.change("deployments", state.id, status="paused", paused_reason={"type": "manual"})
    resting = platform.read("Deployment", state.id, state.outputs)
    assert resting is not None
    assert changed(platform, "Deployment", resting, {**bag, "paused": False}) == {"paused": False}
    platform.traffic()
    woken = platform.update("Deployment", resting, {**bag, "paused": False})

    assert platform.traffic() == ["deployments.unpause"]
    assert woken.outputs["status"] == "active"


def test_how_lines_end_in_a_file_is_no_change() -> None:
    text = "---\nname: reviewer\n---\nYou review.\n\nBe brief.\n"

    assert read_prose(text.replace("\n", "\r\n").encode()) == read_prose(text.encode())


# What a host made of a text


@pytest.mark.parametrize(("arrived", "text"), [(2, "2"), (True, "true"), (False, "false"), (2**53, str(2**53))])
def test_a_text_that_arrives_as_a_number_is_that_text(arrived: Any, text: str) -> None:
    assert checked(KINDS["Agent"], {"model": "a-model", "metadata": {"run": arrived}})["metadata"] == {"run": text}


@pytest.mark.parametrize("arrived", [1.1, 2**53 + 2])
def test_a_number_that_does_not_tell_how_it_was_written_is_refused_with_the_way_to_quote_it(arrived: Any) -> None:
    found = failures_of(KINDS["Agent"], {"model": "a-model", "metadata": {"run": arrived}})

    assert list(found) == ["metadata.run"]
    assert "quotes" in found["metadata.run"]


def test_a_label_that_is_the_providers_own_is_refused() -> None:
    found = failures_of(KINDS["Agent"], {"model": "a-model", "metadata": {"pulumi_creation_id": "mine"}})

    assert "finds the object again" in found["metadata.pulumi_creation_id"]


def test_an_owner_with_an_underscore_is_one() -> None:
    assert failures_of(KINDS["RepositoryResource"], {"url": "https://github.com/ada_corp/app"}) == {}


# What an answer may leave out


def test_events_whose_answer_says_nothing_are_found_in_the_sessions_history(tmp_path: Path) -> None:
    with mounted(tmp_path / "world.emulator") as platform:
        session = platform.session()
        platform.wire.bends = lambda request: request == f"POST /v1/sessions/{session.id}/events"
        platform.wire.bend = lambda _: {}

        sent = platform.create("SessionEvents", {"sessionId": session.id, "events": [HELLO]})
        again = platform.update(
            "SessionEvents", sent, {"sessionId": session.id, "events": [HELLO], "trigger": "2"}, sent.id
        )

        assert sent.id == f"{session.id}/{sent.outputs['eventIds'][0]}"
        assert len({*sent.outputs["eventIds"], *again.outputs["eventIds"]}) == 2


def test_a_list_without_objects_may_leave_them_out(tmp_path: Path) -> None:
    with mounted(tmp_path / "world.emulator") as platform:
        state = platform.session(resources=[repository(authorizationToken="token")])
        platform.wire.bends = lambda request: request.endswith("/events")
        platform.wire.bend = lambda _: {}

        assert platform.read("Session", state.id, state.outputs) is not None
