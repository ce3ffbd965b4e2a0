"""Twice as much costs about twice as much: lists that are matched, and what a session mounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.bags import CONTEXT
from core.work import Text, counted

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.secrecy import secrets_of
from pulumi_managed_agents.lifecycle.steps import Call
from pulumi_managed_agents.resources.registry import KINDS
from pulumi_managed_agents.resources.session.mounts import Mounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_managed_agents.declaration.values import Bag

SMALL, LARGE = 40, 160
LINEAR = 1.3
"""How much more than in proportion is still that; a square would be 4."""


def tools(number: int, named: str) -> Bag:
    schema = {"type": "object", "properties": {}}
    words = [
        {"type": "custom", "name": Text(f"{named}{n}"), "description": "d", "inputSchema": schema}
        for n in range(number)
    ]
    return {"name": "a", "model": "claude-opus-5-5", "tools": words}


def configs(number: int, named: str) -> Bag:
    words = [{"name": Text(f"{named}{n}"), "enabled": True} for n in range(number)]
    toolset = {"type": "mcp_toolset", "mcpServerName": "github", "configs": words}
    servers = [{"type": "url", "name": "github", "url": "https://mcp.example.com/"}]
    return {"name": "a", "model": "claude-opus-5-5", "tools": [toolset], "mcpServers": servers}


def skills(number: int, named: str) -> Bag:
    words = [{"type": "custom", "skillId": Text(f"skill_{named}{n}")} for n in range(number)]
    return {"name": "a", "model": "claude-opus-5-5", "skills": words}


def packages(number: int, named: str) -> Bag:
    return {"name": "e", "config": {"type": "cloud", "packages": {"pip": [Text(f"{named}{n}") for n in range(number)]}}}


def hosts(number: int, named: str) -> Bag:
    network = {"type": "limited", "allowedHosts": [Text(f"{named}{n}.example.com") for n in range(number)]}
    return {"name": "e", "config": {"type": "cloud", "networking": network}}


def files(number: int, named: str) -> Bag:
    words = [{"type": "file", "fileId": Text(f"file_{named}{n}")} for n in range(number)]
    return {"agent": "agent_1", "environmentId": "env_1", "resources": words}


def paths(number: int, named: str) -> Bag:
    words = [{"type": "file", "fileId": "file_1", "mountPath": Text(f"/{named}/{n}.csv")} for n in range(number)]
    return {"agent": "agent_1", "environmentId": "env_1", "resources": words}


LISTS: dict[str, tuple[str, Callable[[int, str], Bag]]] = {
    "custom tools": ("Agent", tools),
    "tools of a server": ("Agent", configs),
    "skills": ("Agent", skills),
    "packages": ("Environment", packages),
    "hosts": ("Environment", hosts),
    "files": ("Session", files),
    "paths of one file": ("Session", paths),
}


def cost(act: Callable[[], Any]) -> tuple[int, int]:
    act()
    Text.compared = 0
    with counted() as work:
        act()
    return work.instructions, Text.compared


def assert_linear(act: Callable[[int], Callable[[], Any]]) -> None:
    small, large = cost(act(SMALL)), cost(act(LARGE))
    times = LARGE / SMALL * LINEAR
    assert large[0] <= small[0] * times
    assert large[1] <= max(small[1], SMALL) * times


@pytest.mark.parametrize("case", LISTS)
def test_a_list_of_other_names_is_compared_in_proportion_to_its_length(case: str) -> None:
    kind, bag = LISTS[case]

    assert_linear(lambda number: lambda: plan.diff(KINDS[kind], bag(number, "old"), bag(number, "new")))


@pytest.mark.parametrize("case", LISTS)
def test_a_list_in_another_order_is_compared_in_proportion_to_its_length(case: str) -> None:
    kind, bag = LISTS[case]

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(item) for key, item in value.items()}
        return [turned(item) for item in value[::-1]] if isinstance(value, list) else value

    assert_linear(lambda number: lambda: plan.diff(KINDS[kind], bag(number, "old"), turned(bag(number, "old"))))


@pytest.mark.parametrize("case", LISTS)
def test_a_list_is_checked_in_proportion_to_its_length(case: str) -> None:
    kind, bag = LISTS[case]

    assert_linear(lambda number: lambda: plan.check(KINDS[kind], {}, bag(number, "new"), CONTEXT))


def wide(number: int, named: str) -> Bag:
    words = {f"{named}{n}": {"type": "object", "properties": {}} for n in range(number)}
    schema = {"type": "object", "properties": words}
    tool = {"type": "custom", "name": "t", "description": "d", "inputSchema": schema}
    return {"name": "a", "model": "claude-opus-5-5", "tools": [tool]}


@pytest.mark.parametrize("case", [*LISTS, "properties of a schema"])
def test_secrets_are_looked_for_in_proportion_to_what_there_is(case: str) -> None:
    kind, bag = {**LISTS, "properties of a schema": ("Agent", wide)}[case]

    def looked(number: int) -> Callable[[], Any]:
        words = bag(number, "new")
        return lambda: list(secrets_of(KINDS[kind].shape, words))

    assert_linear(looked)


def shown(number: int) -> list[Bag]:
    """What a session shows of its files: copies, below a folder of the platform's own."""
    folder = "/mnt/session/uploads/old"
    return [
        {"id": f"sesrsc_{n}", "type": "file", "file_id": f"copy_{n}", "mount_path": f"{folder}/{n}.csv"}
        for n in range(number)
    ]


def test_what_a_session_shows_is_recognised_in_proportion_to_its_files() -> None:
    def refreshed(number: int) -> Callable[[], Any]:
        declared, echoed = paths(number, "old")["resources"], shown(number)
        known = Mounts.match(declared, [], echoed).entries
        return lambda: Mounts.match(declared, known, echoed).present(declared)

    assert_linear(refreshed)
    assert_linear(lambda number: lambda: Mounts.match(paths(number, "old")["resources"], [], shown(number)))


def updated(old: Bag, new: Bag) -> int:
    """Goes through an update of a session, answering each request; gives how many there were."""
    session = KINDS["Session"]
    steps = session.lifecycle.update(session, "sesn_1", plan.diff(session, old, new), old, new)
    asked, answer = 0, None
    while True:
        try:
            step = steps.send(answer)
        except StopIteration:
            return asked
        asked += isinstance(step, Call)
        answer = {"id": f"sesrsc_new_{asked}", "type": "file", "file_id": "copy", "mount_path": f"/u/{asked}"}


@pytest.mark.parametrize(("before", "after"), [(0, 1), (1, 1)], ids=["added", "exchanged"])
def test_files_of_a_living_session_change_in_proportion_to_their_number(before: int, after: int) -> None:
    def changed(number: int) -> Callable[[], Any]:
        declared = paths(before * number, "old")
        old = {**declared, "mountedResources": Mounts.match(declared["resources"], [], shown(before * number)).entries}
        new = paths(after * number, "new")
        assert updated(old, new) == (before + after) * number
        return lambda: updated(old, new)

    small, large = cost(changed(SMALL)), cost(changed(LARGE))
    assert large[0] <= small[0] * LARGE / SMALL * LINEAR
