"""What one platform has and the other has not: refused before anything is asked, with the place and a way out."""

from dataclasses import replace
from typing import Any

import pytest
from core.bags import CONTEXT, EVERY_KIND

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.marks import Only
from pulumi_managed_agents.declaration.model import Failure
from pulumi_managed_agents.declaration.platform import PLATFORMS
from pulumi_managed_agents.declaration.shape import Object, Shape, objects_below, shape_of
from pulumi_managed_agents.declaration.values import Bag, render
from pulumi_managed_agents.lifecycle.kind import Kind
from pulumi_managed_agents.platforms.qoder import Qoder
from pulumi_managed_agents.resources.registry import KINDS

CONTEXTS = {"claude": CONTEXT, "qoder": replace(CONTEXT, capabilities=Qoder.capabilities)}
HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
BUDGET = {"type": "limit", "maxListCost": {"amount": "100", "currency": "USD"}}
TOOLSET = {"type": "agent_toolset_20260401"}


def told(**words: Any) -> Bag:
    """An agent with one tool that departs from the others."""
    return {"model": "m", "tools": [{**TOOLSET, "configs": [words]}]}


def ask(policy: str) -> Bag:
    return {"permissionPolicy": {"type": policy}}


SESSION = {"agent": "a", "environmentId": "e"}
DEPLOYMENT = {**SESSION, "initialEvents": [HELLO]}
FOUND = {
    "type": "search_result",
    "source": "https://example.com/",
    "title": "t",
    "content": [{"type": "text", "text": "found"}],
    "citations": {"enabled": True},
}
GIT = {"type": "git_repository", "url": "https://me@git.example.com/org/app"}

ON_QODER: dict[tuple[str, str], Bag] = {
    ("Agent", "executionIdentity"): {"model": "m", "executionIdentity": {"type": "service_account"}},
    ("Agent", "model.speed"): {"model": {"id": "m", "speed": "fast"}},
    ("Agent", "model.inferenceGeo"): {"model": {"id": "m", "inferenceGeo": "us"}},
    ("Agent", "tools[0].configs[0].permissionPolicy.type"): told(name="bash", **ask("auto")),
    ("Agent", "skills[0].type"): {"model": "m", "skills": [{"type": "anthropic", "skillId": "xlsx"}]},
    ("Agent", "multiagent.type"): {"model": "m", "multiagent": {"type": "multiagent_20261001"}},
    ("Environment", "scope"): {"scope": "organization"},
    ("Environment", "config.packages.cargo"): {"config": {"type": "cloud", "packages": {"cargo": ["ripgrep"]}}},
    ("Session", "budget.maxListCost"): {**SESSION, "budget": BUDGET},
    ("Session", "initialEvents"): {**SESSION, "initialEvents": [HELLO]},
    ("Session", "agent.system"): {**SESSION, "agent": {"id": "a", "system": "s"}},
    ("Deployment", "budget.maxListCost"): {**DEPLOYMENT, "budget": BUDGET},
    ("SessionEvents", "events[0].type"): {"sessionId": "s", "events": [{"type": "user.tool_result", "toolUseId": "t"}]},
    ("SessionEvents", "events[0].content[0].type"): {
        "sessionId": "s",
        "events": [{"type": "user.custom_tool_result", "customToolUseId": "t", "content": [FOUND]}],
    },
}

ON_CLAUDE: dict[tuple[str, str], Bag] = {
    ("Agent", "model.contextWindow"): {"model": {"id": "m", "contextWindow": 1000}},
    ("Agent", "tools[0].configs[0].permissionPolicy.type"): told(name="bash", **ask("always_deny")),
    ("Agent", "tools[0].configs[0].name"): told(name="ImageGen"),
    ("Agent", "tools[0].enabledTools"): {"model": "m", "tools": [{**TOOLSET, "enabledTools": ["Bash"]}]},
    ("Agent", "tools[0].disallowedTools"): {"model": "m", "tools": [{**TOOLSET, "disallowedTools": ["Bash"]}]},
    ("Agent", "tools[0].type"): {"model": "m", "tools": [{"type": "browser_toolset_20260714"}]},
    ("Agent", "skills[0].type"): {"model": "m", "skills": [{"type": "qoder", "skillId": "x"}]},
    ("Environment", "config.setupScript"): {"config": {"type": "cloud", "setupScript": "echo"}},
    ("Session", "environmentVariables"): {**SESSION, "environmentVariables": {"A": "1"}},
    ("Session", "resources[0].type"): {**SESSION, "resources": [GIT]},
    ("Session", "budget.maxCreditCost"): {**SESSION, "budget": {"type": "limit", "maxCreditCost": "5"}},
    ("Memory", "metadata"): {"memoryStoreId": "m", "path": "/a", "metadata": {"a": "1"}},
    ("File", "metadata"): {"text": "t", "filename": "f", "metadata": {"a": "1"}},
    ("Skill", "metadata"): {"path": "a-skill", "metadata": {"a": "1"}},
}

CASES = [
    *(("qoder", "claude", *where, bag) for where, bag in ON_QODER.items()),
    *(("claude", "qoder", *where, bag) for where, bag in ON_CLAUDE.items()),
]


@pytest.mark.parametrize(("here", "there", "kind", "place", "bag"), CASES)
def test_what_is_missing_here_is_a_failure_that_names_both_platforms_and_a_way_out(
    here: str, there: str, kind: str, place: str, bag: Bag
) -> None:
    told = {render(found.path): found.reason for found in failures(here, KINDS[kind], bag)}

    assert list(told) == [place]
    assert f"does not exist on {PLATFORMS[here]} (it is {PLATFORMS[there]}'s): " in told[place]  # type: ignore[index]
    assert failures(there, KINDS[kind], bag) == []


def test_every_way_out_has_been_shown() -> None:
    shown = {
        found.reason.rpartition("): ")[2]
        for here, _, kind, _, bag in CASES
        for found in failures(here, KINDS[kind], bag)
    }

    assert {mark.instead for kind in EVERY_KIND for mark in only_marks(shape_of(kind.inputs))} - shown == set()


def only_marks(shape: Shape) -> list[Only]:
    """Every mark of the kind, anywhere in a declaration."""
    props = [
        prop.shape for inner in objects_below(shape) if isinstance(inner, Object) for prop in inner.properties.values()
    ]
    items = [getattr(prop, "item", prop) for prop in props]
    return [mark for place in (*props, *items) for mark in place.marks if isinstance(mark, Only)]


def failures(platform: str, kind: Kind, bag: Bag) -> list[Failure]:
    return plan.check(kind.on(platform), {}, bag, CONTEXTS[platform])[1]  # type: ignore[arg-type]
