"""What a check fills in and keeps, and what a preview promises."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from core.bags import CONTEXT, EVERY_KIND, checked
from core.platform import MODEL, repository

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.shape import shape_of
from pulumi_managed_agents.declaration.values import UNKNOWN, Bag, Secret, has_unknown
from pulumi_managed_agents.lifecycle.kind import Kind
from pulumi_managed_agents.resources.registry import KINDS

AGENT, ENVIRONMENT, REPOSITORY, SESSION = (
    KINDS[name] for name in ("Agent", "Environment", "RepositoryResource", "Session")
)
every_kind = pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.name)


def dice() -> plan.CheckContext:
    """A context whose random digits differ each time."""
    numbers = count(1)
    return replace(CONTEXT, random_hex=lambda digits: f"{next(numbers):0{digits}x}")


def test_an_agent_is_named_after_its_resource() -> None:
    assert checked(AGENT, {"model": MODEL})["name"] == "reviewer"


def test_an_environment_is_named_after_its_resource_and_random_digits() -> None:
    first, second = (plan.check(ENVIRONMENT, {}, {}, replace(dice(), logical_name=name))[0] for name in "ab")

    assert first["name"].startswith("a-")
    assert second["name"].startswith("b-")
    assert len(first["name"]) == len("a-") + 7


@every_kind
def test_a_new_object_gets_a_stamp_of_its_own(kind: Kind) -> None:
    context = dice()

    stamps = [plan.check(kind, {}, {}, context)[0]["creationId"] for _ in range(5)]

    assert len(set(stamps)) == 5
    assert {len(stamp) for stamp in stamps} == {plan.STAMP_DIGITS}


def test_a_program_cannot_choose_the_stamp() -> None:
    old = checked(AGENT, {"model": MODEL})

    new, _ = plan.check(AGENT, old, {"model": MODEL, "creationId": "chosen"}, CONTEXT)

    assert new["creationId"] == old["creationId"]


def test_a_name_that_is_not_known_yet_is_left_alone() -> None:
    assert checked(AGENT, {"model": MODEL, "name": UNKNOWN})["name"] is UNKNOWN


def test_the_name_that_the_engine_proposes_goes_before_ours_and_after_the_users() -> None:
    context = replace(CONTEXT, proposed_name="dev-reviewer")

    assert plan.check(AGENT, {}, {"model": MODEL}, context)[0]["name"] == "dev-reviewer"
    assert plan.check(AGENT, {}, {"model": MODEL, "name": "mine"}, context)[0]["name"] == "mine"
    assert plan.check(AGENT, {"name": "kept"}, {"model": MODEL}, context)[0]["name"] == "kept"


def test_a_name_has_to_be_written_where_none_may_be_made_up() -> None:
    context = replace(CONTEXT, names=False)

    inputs, failures = plan.check(AGENT, {}, {"model": MODEL}, context)

    assert "name" not in inputs
    assert [failure.path for failure in failures] == [("name",)]
    assert plan.check(AGENT, {}, {"model": MODEL, "name": "mine"}, context)[1] == []


def test_secrets_in_a_bag_are_checked_bare() -> None:
    bag = {"url": Secret("https://github.com/org/app/"), "authorizationToken": Secret("token-of-last-week")}

    inputs, failures = plan.check(REPOSITORY, {}, bag, CONTEXT)

    assert failures == []
    assert (inputs["url"], inputs["authorizationToken"]) == ("https://github.com/org/app", "token-of-last-week")


TYPES: dict[str, tuple[Any, str]] = {
    "an agent by reference": ({"id": "agent_1"}, "agent"),
    "an agent with a version": ({"id": "agent_1", "version": 2}, "agent"),
    "an agent with an override": ({"id": "agent_1", "tools": []}, "agent_with_overrides"),
    "an agent with an override that is not known yet": ({"id": "agent_1", "system": UNKNOWN}, "agent_with_overrides"),
    "an agent whose override is null": ({"id": "agent_1", "system": None}, "agent"),
}


@pytest.mark.parametrize("case", TYPES)
def test_the_type_that_the_platform_wants_follows_from_the_rest(case: str) -> None:
    reference, expected = TYPES[case]

    assert checked(SESSION, {"agent": reference, "environmentId": "env_1"})["agent"]["type"] == expected


# Preview


def preview(kind: Kind, old: Bag, new: Bag) -> Bag:
    return plan.preview(kind, plan.diff(kind, old, new), old, new)


STATE: Bag = {
    "agent": "agent_1",
    "environmentId": "env_1",
    "title": "a",
    "resources": [repository(authorizationToken="token-of-last-week")],
    "status": "idle",
    "resolvedAgent": {"id": "agent_1", "version": 3},
    "mountedResources": [{"id": "sesrsc_1", "type": "github_repository"}],
    "createdAt": "2026-11-01T12:00:00Z",
    "updatedAt": "2026-11-01T12:00:00Z",
}
INPUTS = {wire: STATE[wire] for wire in ("agent", "environmentId", "title", "resources")}


def test_an_update_keeps_what_it_cannot_change() -> None:
    shown = preview(SESSION, STATE, {**INPUTS, "title": "b"})

    assert shown["title"] == "b"
    assert (shown["createdAt"], shown["resolvedAgent"]) == (STATE["createdAt"], STATE["resolvedAgent"])
    assert {shown["status"], shown["updatedAt"]} == {UNKNOWN}


def test_a_rotation_keeps_what_other_resources_take_from_the_session() -> None:
    rotated = {**INPUTS, "resources": [repository(authorizationToken=UNKNOWN)]}

    shown = preview(SESSION, STATE, rotated)

    assert shown["resolvedAgent"] == STATE["resolvedAgent"]
    assert shown["environmentId"] == "env_1"


def test_a_replacement_keeps_nothing() -> None:
    shown = preview(SESSION, STATE, {**INPUTS, "agent": "agent_2"})

    assert {wire for wire, value in shown.items() if value is UNKNOWN} == set(shape_of(SESSION.outputs).properties)


def test_the_mount_of_a_repository_is_known_before_anything_exists() -> None:
    (derived,) = REPOSITORY.derived
    inputs = checked(REPOSITORY, {"url": "https://github.com/org/app/", "authorizationToken": "token-of-last-week"})

    mount = derived.of(inputs)

    assert not has_unknown(mount)
    assert mount == repository(authorizationToken="token-of-last-week")


# Words

ATTACHED = "a repository is attached when the session is created, for its life"


def test_the_words_tell_what_changes_and_why_that_needs_a_new_object() -> None:
    new = {**INPUTS, "agent": "agent_2", "title": "b", "resources": []}

    changed = plan.diff(SESSION, STATE, new)
    told = plan.explained(changed).split("; ")

    assert plan.replaced(changed) == ["agent", "resources"]
    assert told == [
        "`agent.id` changed (needs a new object: a session keeps the agent that it was created with)",
        "`title` changed (in place)",
        f"`resources[0]` removed (needs a new object: {ATTACHED})",
    ]


def test_many_changes_are_counted_and_not_told_one_by_one() -> None:
    old, new = ({"model": MODEL, "metadata": {f"k{n}": text for n in range(10)}} for text in ("a", "b"))

    told = plan.explained(plan.diff(AGENT, old, new), most=4)

    assert told.count("changed (in place)") == 4
    assert told.endswith("; and 6 more")


def test_what_changes_in_place_replaces_nothing() -> None:
    assert plan.replaced(plan.diff(SESSION, STATE, {**INPUTS, "title": "b"})) == []
    assert plan.explained(()) == ""
