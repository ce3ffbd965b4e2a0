"""What holds for every rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy.everything import CONFIG, EXPECTED, VALUES, everything, stack
from policy.views import urn

from pulumi_managed_agents.policy.configuration import chosen
from pulumi_managed_agents.policy.kinds import NAMELESS, NAMES
from pulumi_managed_agents.policy.report import findings
from pulumi_managed_agents.policy.rule import Broken, ResourceRule, Unchecked
from pulumi_managed_agents.policy.rules import RULES
from pulumi_managed_agents.policy.view import Declared, Withheld

if TYPE_CHECKING:
    from pulumi_managed_agents.policy.report import Finding


def found(resources: list[Declared], config: Any = CONFIG) -> list[Finding]:
    return findings(stack(resources), chosen(RULES, config))


def broken(resources: list[Declared], config: Any = CONFIG) -> list[tuple[str, str]]:
    return [(item.rule.name, item.outcome.subject.name) for item in found(resources, config) if is_broken(item)]


def is_broken(item: Finding) -> bool:
    return isinstance(item.outcome, Broken)


def test_a_stack_that_breaks_each_rule_once_is_told_each_once_and_nothing_else() -> None:
    assert broken(everything()) == EXPECTED
    assert [name for name, _ in EXPECTED] == [rule.name for rule in RULES]


def test_what_is_told_holds_no_value() -> None:
    shown = "\n".join(f"{item.line()}\n{item.json()}" for item in found(everything()))

    assert shown.count("See docs/guides/policies.md#") == len(RULES)
    assert [name for name, value in VALUES.items() if value in shown] == []


def test_only_what_needs_no_asking_for_is_told_where_nothing_is_configured() -> None:
    by_default = {rule.name for rule in RULES if rule.level == "advisory"}

    assert broken(everything(), {}) == [row for row in EXPECTED if row[0] in by_default]


def test_the_quick_start_is_told_two_things() -> None:
    sandbox, reviewer, app, review = quick_start()

    assert broken([sandbox, reviewer, app, review], {}) == [
        ("session-budget", "review"),
        ("restricted-network", "sandbox"),
    ]


def quick_start() -> list[Declared]:
    mount = {"url": "https://github.com/org/app", "mountPath": "/workspace/app", "authorizationToken": "made-up"}
    rows: list[tuple[str, str, dict[str, Any], dict[str, tuple[str, ...]]]] = [
        ("Environment", "sandbox", {"config": {"type": "cloud", "networking": {"type": "unrestricted"}}}, {}),
        (
            "Agent",
            "code-reviewer",
            {
                "model": "claude-sonnet-4-6",
                "system": "Your working directory is /workspace/app.",
                "tools": [{"type": "agent_toolset_20260401"}, {"type": "mcp_toolset", "mcpServerName": "github"}],
                "mcpServers": [{"type": "url", "name": "github", "url": "https://mcp.example.com/mcp/"}],
            },
            {},
        ),
        ("RepositoryResource", "app", mount, {}),
        (
            "Session",
            "review",
            {"agent": "agent_1", "resources": [{"type": "github_repository", **mount}]},
            {"agent": (urn("Agent", "code-reviewer"),), "resources": (urn("RepositoryResource", "app"),)},
        ),
    ]
    return [Declared(kind, name, urn(kind, name), bag, references=refs) for kind, name, bag, refs in rows]


def withheld(value: Any, why: Withheld) -> Any:
    """The value with every text in it withheld."""
    if isinstance(value, dict):
        return {key: item if key == "type" else withheld(item, why) for key, item in value.items()}
    if isinstance(value, list):
        return [withheld(item, why) for item in value]
    return why if isinstance(value, str) else value


ABSENT = {
    "verified-access": "app",
    "session-budget": "review",
    "restricted-network": "sandbox",
    "protected-kinds": "secrets",
    "known-type": "odd",
}
"""What is broken because something is not declared is broken whatever the rest turns out to be."""

NUMBERS = {"recent-agent"}
"""Rules that read numbers, and need no text for what they find."""


@pytest.mark.parametrize("why", [Withheld.UNKNOWN, Withheld.SECRET])
def test_what_nobody_can_see_is_told_and_breaks_no_rule(why: Withheld) -> None:
    resources = [replace(item, properties=withheld(item.properties, why)) for item in everything()]

    told = [name for name, _ in broken(resources)]

    assert [name for name in told if name not in {*ABSENT, *NUMBERS}] == []
    assert unchecked_by(resources) - NUMBERS == SEEING


def unchecked_by(resources: list[Declared]) -> set[str]:
    return {item.rule.name for item in found(resources) if isinstance(item.outcome, Unchecked)}


SEEING = (
    {rule.name for rule in RULES} - {"verified-access", "restricted-network", "protected-kinds", "known-type"} - NUMBERS
)
"""The rules that need to see a text of the stack."""


@pytest.mark.parametrize("form", [7, [[]], {"a": {}}, True])
def test_what_has_another_form_breaks_each_rule_that_reads_it(form: Any) -> None:
    resources = [replace(item, properties=replaced(item.properties, form)) for item in everything()]

    told = {name for name, _ in broken(resources)}

    assert {rule.name for rule in RULES} - told <= {"plain-secret"}


def replaced(value: Any, form: Any) -> Any:
    """The value with every text in it in another form."""
    if isinstance(value, dict):
        return {key: item if key == "type" else replaced(item, form) for key, item in value.items()}
    if isinstance(value, list):
        return [replaced(item, form) for item in value]
    return form if isinstance(value, str) else value


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(Withheld),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(data=st.data())
def test_no_rule_fails_whatever_the_properties_are(data: st.DataObject) -> None:
    resources = []
    for item in everything():
        properties = dict(item.properties)
        name = data.draw(st.sampled_from(sorted(properties)))
        part = properties[name]
        if isinstance(part, list) and part and isinstance(part[0], dict) and data.draw(st.booleans()):
            properties[name] = [{**part[0], data.draw(st.sampled_from(sorted(part[0]))): data.draw(VALUE)}]
        elif isinstance(part, dict) and data.draw(st.booleans()):
            properties[name] = {**part, data.draw(st.sampled_from(sorted(part))): data.draw(VALUE)}
        else:
            properties[name] = data.draw(VALUE)
        resources.append(replace(item, properties=properties))

    found(resources)
    for rule in RULES:
        if isinstance(rule, ResourceRule) and rule.remedy:
            for item in stack(resources).of_kind(*rule.kinds):
                rule.remedy(item, rule.parameters())


def test_after_its_remedy_a_rule_holds() -> None:
    remedied = []
    for rule in RULES:
        if isinstance(rule, ResourceRule) and rule.remedy:
            for item in stack(everything()).of_kind(*rule.kinds):
                change = rule.remedy(item, rule.parameters())
                if change is not None:
                    assert len(change.path) == 1
                    after = replace(item, properties={**item.properties, change.path[0]: change.value})
                    assert list(rule.check(after, rule.parameters())) == []
                    remedied.append((rule.name, item.name))

    assert remedied == [("session-budget", "review"), ("restricted-network", "sandbox")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_says_what_should_hold_and_what_to_do(rule: Any) -> None:
    assert rule.sentence.endswith(".")
    assert rule.fix.endswith(".")
    assert rule.severity in ("low", "medium", "high", "critical")
    assert rule.level in ("advisory", "disabled")
    if isinstance(rule, ResourceRule):
        assert set(rule.kinds) <= {*NAMES, NAMELESS}


def test_names_of_rules_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
