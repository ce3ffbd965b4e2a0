"""Rules about what agents may do, can do, and are told."""

from __future__ import annotations

from typing import Any

import pytest
from policy.views import MOUNT, PATH, TOOLSET, agent, broken, found, not_checked, repository, session

from pulumi_managed_agents.policy.rules import ASKED_BEFORE_WRITING, MOUNT_PATH_IN_PROMPT, TOOLS_FOR_REPOSITORIES
from pulumi_managed_agents.policy.view import Withheld

ASK, ALLOW = {"permissionPolicy": {"type": "always_ask"}}, {"permissionPolicy": {"type": "always_allow"}}

OFF = {"defaultConfig": {"enabled": False}}


def configured(*configs: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    return [{**TOOLSET, "configs": list(configs), **more}]


@pytest.mark.parametrize(
    ("tools", "free"),
    [
        ([TOOLSET], "bash, write, edit"),
        (configured({"name": "bash", **ASK}, {"name": "edit", **ASK}), "write"),
        (configured({"name": "bash", **ALLOW}, defaultConfig=ASK), "bash"),
        (configured({"name": "bash", **ALLOW}, {"name": "write", "enabled": True}, **OFF), "write"),
        ([{**TOOLSET, "enabledTools": ["Read", "Bash"]}], "bash"),
        ([{**TOOLSET, "disallowedTools": ["bash", "edit"]}], "write"),
    ],
)
def test_tools_that_write_without_asking_are_named(tools: list[Any], free: str) -> None:
    assert found(ASKED_BEFORE_WRITING, agent(tools=tools)) == [
        ("reviewer", f"may use these tools without asking anybody: {free}")
    ]


@pytest.mark.parametrize(
    "tools",
    [
        None,
        [],
        configured(defaultConfig=ASK),
        configured(defaultConfig={"enabled": False}),
        configured(defaultConfig={"permissionPolicy": {"type": "auto"}}),
        configured(defaultConfig={"enabled": Withheld.UNKNOWN}),
        configured(defaultConfig={"permissionPolicy": Withheld.UNKNOWN}),
        [{**TOOLSET, "configs": Withheld.UNKNOWN}],
        configured({"name": Withheld.UNKNOWN, "enabled": False}),
        [{**TOOLSET, "disallowedTools": [Withheld.UNKNOWN]}],
        [{**TOOLSET, "enabledTools": [Withheld.UNKNOWN, "read"]}],
        [Withheld.UNKNOWN],
        Withheld.UNKNOWN,
        [{"type": "custom", "name": "bash"}],
    ],
)
def test_tools_that_are_not_known_to_write_without_asking_are_fine(tools: Any) -> None:
    assert broken(ASKED_BEFORE_WRITING, agent(tools=tools)) == []


@pytest.mark.parametrize(
    ("toolset", "expected"),
    [
        ({}, []),
        ({"defaultConfig": ALLOW}, ["reviewer"]),
        ({"defaultConfig": {**ALLOW, "enabled": False}}, []),
        ({"configs": [{"name": "search", **ALLOW}]}, []),
    ],
)
def test_an_mcp_toolset_counts_when_all_its_tools_are_allowed(toolset: dict[str, Any], expected: list[str]) -> None:
    tools = [{"type": "mcp_toolset", "mcpServerName": "tracker", **toolset}]

    assert broken(ASKED_BEFORE_WRITING, agent(tools=tools)) == expected


def test_the_tools_with_which_a_session_overrides_its_agent_count_too() -> None:
    assert broken(ASKED_BEFORE_WRITING, session(agent={"id": "agent_1", "tools": [TOOLSET]})) == ["review"]
    assert broken(ASKED_BEFORE_WRITING, session()) == []


def test_other_tools_can_be_the_ones_that_write() -> None:
    asking = agent(tools=configured({"name": "web_fetch", **ALLOW}, defaultConfig=ASK))

    assert broken(ASKED_BEFORE_WRITING, asking) == []
    assert broken(ASKED_BEFORE_WRITING, asking, writeTools=["web_fetch"]) == ["reviewer"]


@pytest.mark.parametrize(
    ("tools", "missing"),
    [
        (None, "bash, read, write, edit, glob, grep"),
        ([{"type": "custom", "name": "bash"}], "bash, read, write, edit, glob, grep"),
        (configured({"name": "grep", "enabled": False}), "grep"),
        (configured({"name": "grep", "permissionPolicy": {"type": "always_deny"}}), "grep"),
        (
            configured({"name": "bash", "enabled": True}, defaultConfig={"enabled": False}),
            "read, write, edit, glob, grep",
        ),
        ([{**TOOLSET, "enabledTools": ["Bash", "Read", "Write", "Edit"]}], "glob, grep"),
    ],
)
@pytest.mark.parametrize("kind", ["Session", "Deployment"])
def test_an_agent_without_the_tools_to_work_on_a_repository_is_found(kind: str, tools: Any, missing: str) -> None:
    assert found(TOOLS_FOR_REPOSITORIES, agent(tools=tools), session(kind=kind, resources=[MOUNT])) == [
        ("reviewer", f"works on repositories without these tools: {missing}")
    ]


@pytest.mark.parametrize("tools", [[TOOLSET], configured(defaultConfig=ASK), Withheld.UNKNOWN, [Withheld.UNKNOWN]])
def test_an_agent_with_the_tools_is_fine(tools: Any) -> None:
    assert broken(TOOLS_FOR_REPOSITORIES, agent(tools=tools), session(resources=[MOUNT])) == []


def test_an_agent_that_mounts_no_repository_needs_no_tools() -> None:
    files = [{"type": "file", "fileId": "file_1"}]

    assert broken(TOOLS_FOR_REPOSITORIES, agent(tools=None), session(), session("b", resources=files)) == []


def test_fewer_tools_can_be_asked_for() -> None:
    reader = agent(tools=[{**TOOLSET, "enabledTools": ["read", "glob"]}])

    assert broken(TOOLS_FOR_REPOSITORIES, reader, session(resources=[MOUNT]), requiredTools=["read"]) == []


def test_a_session_that_takes_tools_away_is_the_one_that_is_named() -> None:
    override = {"id": "agent_1", "tools": []}

    assert broken(TOOLS_FOR_REPOSITORIES, agent(), session(agent=override, resources=[MOUNT])) == ["review"]


def test_an_agent_of_several_sessions_is_named_once() -> None:
    sessions = [session(name, resources=[MOUNT]) for name in ("a", "b")]

    assert broken(TOOLS_FOR_REPOSITORIES, agent(tools=None), *sessions) == ["reviewer"]
    assert broken(MOUNT_PATH_IN_PROMPT, agent(system=None), repository(), *sessions) == ["reviewer"]


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        (f"Work in {PATH}.", []),
        (f"Work in `{PATH}/src`", []),
        (f"Work in {PATH}", []),
        (f"Work in {PATH}-2.", ["reviewer"]),
        (f"Work in {PATH}lication.", ["reviewer"]),
        (f"Read {PATH}.md", ["reviewer"]),
        ("Work.", ["reviewer"]),
        ("", ["reviewer"]),
        (None, ["reviewer"]),
        (Withheld.UNKNOWN, []),
    ],
)
def test_a_system_prompt_names_the_mount_path(system: Any, expected: list[str]) -> None:
    assert broken(MOUNT_PATH_IN_PROMPT, agent(system=system), session(resources=[MOUNT])) == expected


def test_each_repository_that_the_prompt_leaves_out_is_named() -> None:
    inline = {**MOUNT, "url": "https://github.com/org/docs", "mountPath": "/workspace/docs"}
    resources = [MOUNT, inline, {"type": "file", "fileId": "file_1", "mountPath": "/notes"}]

    assert found(MOUNT_PATH_IN_PROMPT, agent(system="Work."), repository(), session(resources=resources)) == [
        ("reviewer", "is not told by its system prompt where this is mounted: `app`, resources[1] of `review`")
    ]


def test_a_mount_path_that_the_platform_chooses_is_not_asked_for() -> None:
    somewhere = {"type": "github_repository", "url": MOUNT["url"]}

    assert broken(MOUNT_PATH_IN_PROMPT, agent(system=None), session(resources=[somewhere])) == []


def test_a_prompt_with_which_a_session_overrides_its_agents_is_looked_at_instead() -> None:
    override = {"id": "agent_1", "system": "Work."}

    assert broken(MOUNT_PATH_IN_PROMPT, agent(), session(agent=override, resources=[MOUNT])) == ["review"]


@pytest.mark.parametrize("resources", [Withheld.UNKNOWN, [Withheld.UNKNOWN], Withheld.SECRET])
def test_mounts_that_cannot_be_seen_are_known_by_the_repositories_that_they_came_from(resources: Any) -> None:
    review = session(resources=resources, mounts="app")

    assert broken(TOOLS_FOR_REPOSITORIES, agent(tools=None), repository(), review) == ["reviewer"]
    assert broken(MOUNT_PATH_IN_PROMPT, agent(system=None), repository(), review) == ["reviewer"]


def test_an_agent_of_another_stack_is_left_alone() -> None:
    elsewhere = session(runs="somebody-else", resources=[MOUNT])

    assert broken(TOOLS_FOR_REPOSITORIES, agent(tools=None), elsewhere) == []


def test_what_is_encrypted_is_not_guessed_at() -> None:
    reviewer = agent(tools=Withheld.SECRET, system=Withheld.SECRET)
    review = session(resources=[MOUNT])

    for rule in (TOOLS_FOR_REPOSITORIES, MOUNT_PATH_IN_PROMPT, ASKED_BEFORE_WRITING):
        assert not_checked(rule, reviewer, review) == ["reviewer"]
        assert broken(rule, reviewer, review) == []
