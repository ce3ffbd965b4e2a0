"""Resources as rules see them, and what a rule finds among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_managed_agents.policy.configuration import parameters_of
from pulumi_managed_agents.policy.rule import Broken, Unchecked, once
from pulumi_managed_agents.policy.view import Declared, Stack

if TYPE_CHECKING:
    from pulumi_managed_agents.policy.rule import AnyRule

URL = "https://github.com/org/app"
PATH = "/workspace/app"
MODEL = "claude-sonnet-4-5-20250929"
TOOLSET = {"type": "agent_toolset_20260401"}
BUDGET = {"type": "limit", "maxListCost": {"amount": "500", "currency": "USD"}}
MOUNT = {"type": "github_repository", "url": URL, "mountPath": PATH}


def urn(kind: str, name: str) -> str:
    return f"urn:pulumi:dev::under-test::managed-agents:index:{kind}::{name}"


def declared(kind: str, name: str, /, **properties: Any) -> Declared:
    return Declared(kind, name, urn(kind, name), properties)


def agent(name: str = "reviewer", /, **properties: Any) -> Declared:
    """An agent that no rule finds anything about."""
    base = {"model": MODEL, "tools": [TOOLSET], "system": f"Your working directory is {PATH}."}
    return declared("Agent", name, **{**base, **properties})


def repository(name: str = "app", /, **properties: Any) -> Declared:
    return declared("RepositoryResource", name, **{"url": URL, "mountPath": PATH, **properties})


def session(
    name: str = "review", /, runs: str = "reviewer", mounts: str = "", kind: str = "Session", **properties: Any
) -> Declared:
    """A session of an agent by name; `mounts` names a repository whose mount it takes."""
    references = {"agent": (urn("Agent", runs),)}
    if mounts:
        references["resources"] = (urn("RepositoryResource", mounts),)
    base = {"agent": {"id": "agent_1", "version": 1}, "budget": BUDGET}
    return Declared(kind, name, urn(kind, name), {**base, **properties}, references=references)


def found(rule: AnyRule, *resources: Declared, **given: Any) -> list[tuple[str, str]]:
    """What the rule finds broken: names of resources with what is said about them."""
    outcomes = rule.judge(Stack.of(iter(resources)), parameters_of(rule, given))
    return [(item.subject.name, item.sentence) for item in once(outcomes) if isinstance(item, Broken)]


def broken(rule: AnyRule, *resources: Declared, **given: Any) -> list[str]:
    """The names of the resources that break the rule."""
    return [name for name, _ in found(rule, *resources, **given)]


def not_checked(rule: AnyRule, *resources: Declared, **given: Any) -> list[str]:
    """The names of the resources of which the rule says that it could not look."""
    outcomes = rule.judge(Stack.of(iter(resources)), parameters_of(rule, given))
    return [item.subject.name for item in once(outcomes) if isinstance(item, Unchecked)]
