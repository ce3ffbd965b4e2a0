"""The rules as Pulumi's policies, with properties as the engine hands them over."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_policy import (
    EnforcementLevel,
    PolicyCustomTimeouts,
    PolicyProviderResource,
    PolicyResource,
    PolicyResourceOptions,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
    deserialize,
    proxy,
)

from pulumi_managed_agents.policy.configuration import PolicyConfigError
from pulumi_managed_agents.policy.pack import policies
from pulumi_managed_agents.policy.rules import RULES

DYNAMIC, PLUGIN = "pulumi-python:dynamic/managedagents:", "managed-agents:index:"
UNKNOWN = proxy.UNKNOWN_STRING_VALUE
SIGNATURE = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
BY_NAME = {policy.name: policy for policy in policies()}


def options(*, protect: bool = False) -> PolicyResourceOptions:
    return PolicyResourceOptions(protect, [], None, [], PolicyCustomTimeouts(0, 0, 0), [], None)


def provider(settings: dict[str, Any]) -> PolicyProviderResource:
    return PolicyProviderResource("pulumi:providers:x", proxy.unknown_checking_proxy(settings), "urn:provider", "x")


def arguments(
    kind: str,
    props: Any,
    *,
    family: str = PLUGIN,
    protect: bool = False,
    config: dict[str, Any] | None = None,
    settings: dict[str, Any] | None = None,
) -> ResourceValidationArgs:
    seen = proxy.unknown_checking_proxy(props)
    about = provider(settings) if settings else None
    return ResourceValidationArgs(
        f"{family}{kind}", seen, "urn:thing", "thing", options(protect=protect), about, config
    )


def told(name: str, args: ResourceValidationArgs | StackValidationArgs) -> list[str]:
    """What a policy reports, each with its URN."""
    policy: Any = BY_NAME[name]
    reported: list[str] = []
    policy.validate(args, lambda message, urn=None: reported.append(f"{urn}: {message}"))
    return reported


def skipped(name: str, args: ResourceValidationArgs | StackValidationArgs) -> str:
    """Why a policy does not apply; it reports nothing then."""
    reported: list[str] = []
    with pytest.raises(Exception) as raised:  # noqa: PT011 - the library's own way to say that a policy does not apply
        reported += told(name, args)
    assert reported == []
    return str(getattr(raised.value, "reason", ""))


@pytest.mark.parametrize("family", [DYNAMIC, PLUGIN])
def test_resources_of_both_front_ends_are_looked_at(family: str) -> None:
    assert told("session-budget", arguments("Session", {}, family=family)) == [
        "urn:thing: `thing` has no budget. Set `budget` to a limit. See docs/guides/policies.md#session-budget."
    ]


@pytest.mark.parametrize("token", ["random:index:Session", "managed-agents:index:Nothing", "pulumi:pulumi:Stack"])
def test_resources_of_others_are_left_alone(token: str) -> None:
    assert told("session-budget", arguments("", {}, family=token)) == []


def test_unknown_values_break_no_rule() -> None:
    session = arguments("Session", {"budget": UNKNOWN, "agent": UNKNOWN})
    nested = arguments("Agent", {"model": {"id": UNKNOWN}, "tools": [UNKNOWN], "mcpServers": [{"url": UNKNOWN}]})

    assert skipped("session-budget", session) == "`thing`: its budget is not known before the update"
    assert skipped("pinned-agent", session) == "`thing`: its agent is not known before the update"
    assert skipped("pinned-model", nested) == "`thing`: its model is not known before the update"
    assert skipped("asked-before-writing", nested) == "`thing`: its list of tools is not known before the update"


def test_protection_is_the_resources_option() -> None:
    assert told("protected-kinds", arguments("Vault", {}, protect=True)) == []
    assert len(told("protected-kinds", arguments("Vault", {}))) == 1


@pytest.mark.parametrize("setting", ["platform", "managed-agents:platform"])
def test_the_platform_is_the_one_of_the_provider(setting: str) -> None:
    assert told("session-budget", arguments("Session", {}, settings={setting: "qoder"})) == []
    assert told("session-budget", arguments("Session", {}, settings={setting: UNKNOWN})) != []


def test_numbers_arrive_as_the_engine_has_them() -> None:
    budget = {"type": "limit", "maxListCost": {"amount": "500", "currency": "USD"}}

    assert told("session-budget", arguments("Session", {"budget": budget}, config={"maxBudgetCents": 500.0})) == []
    assert told("session-budget", arguments("Session", {"budget": budget}, config={"maxBudgetCents": 499.0})) != []


def test_a_wrong_configuration_is_an_error_whatever_the_resource_is() -> None:
    with pytest.raises(PolicyConfigError, match="pinned-model: `x` is no parameter: there is `pinnedModels`"):
        told("pinned-model", arguments("Stack", {}, family="pulumi:pulumi:", config={"x": 1}))
    with pytest.raises(PolicyConfigError, match="allowed-owners: `allowedOwners` is not set"):
        told("allowed-owners", StackValidationArgs([]))


def resource(kind: str, name: str, props: dict[str, Any], **dependencies: list[PolicyResource]) -> PolicyResource:
    seen = proxy.unknown_checking_proxy(props)
    return PolicyResource(f"{PLUGIN}{kind}", seen, f"urn:{name}", name, options(), None, None, [], dependencies)


def test_a_rule_about_the_stack_follows_what_properties_were_made_of() -> None:
    reviewer = resource("Agent", "reviewer", {"model": "m", "tools": []})
    mount = {"type": "github_repository", "url": "https://github.com/org/app"}
    review = resource("Session", "review", {"agent": UNKNOWN, "resources": [mount]}, agent=[reviewer])

    (message,) = told("tools-for-repositories", StackValidationArgs([review, reviewer]))

    assert message.startswith("urn:reviewer: `reviewer` works on repositories without these tools: bash, ")


def test_what_an_analysis_of_a_state_cannot_decrypt_is_not_guessed_at() -> None:
    app = resource("RepositoryResource", "app", {"url": "https://github.com/org/app", "authorizationToken": "[secret]"})

    assert skipped("classic-token", StackValidationArgs([app])) == "`app`: its token is encrypted in the exported state"


def remedied(name: str, kind: str, props: dict[str, Any]) -> Any:
    """What the remediation makes of properties as they are on the wire; None when it changes nothing."""
    policy: Any = BY_NAME[name]
    read = proxy.unknown_checking_proxy(deserialize.deserialize_properties(props, proxy_secrets=True))
    args = ResourceValidationArgs(f"{DYNAMIC}{kind}", read, "urn:thing", "thing", options(), None, {})
    changed = policy.remediate(args)
    return None if changed is None else deserialize.serialize_properties(changed)


def test_a_remediation_leaves_everything_else_as_it_was() -> None:
    token = {**SIGNATURE, "value": "token-of-last-week"}
    props = {"__provider": "gASV", "agent": UNKNOWN, "resources": [{"url": "u", "authorizationToken": token}]}

    assert remedied("session-budget", "Session", props) == {
        **props,
        "budget": {"type": "limit", "maxListCost": {"amount": "500", "currency": "USD"}},
    }
    assert remedied("session-budget", "Session", {"budget": UNKNOWN}) is None


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_remediation_below_the_top_keeps_its_neighbours_and_their_secrecy(wrapped: bool) -> None:
    script = {**SIGNATURE, "value": "curl"}
    config: dict[str, Any] = {"type": "cloud", "setupScript": script, "packages": {"pip": [UNKNOWN]}}
    given = {**SIGNATURE, "value": config} if wrapped else config

    after = remedied("restricted-network", "Environment", {"config": given})["config"]

    after = after["value"] if wrapped else after
    assert {key: after[key] for key in config} == config
    assert after["networking"]["type"] == "limited"


def test_a_remediation_that_is_not_needed_changes_nothing() -> None:
    assert remedied("restricted-network", "Environment", {"config": UNKNOWN}) is None
    assert remedied("restricted-network", "Environment", {"config": {"type": "self_hosted"}}) is None
    assert remedied("restricted-network", "Agent", {}) is None


def test_every_rule_is_a_policy_with_all_that_pulumi_shows() -> None:
    assert list(BY_NAME) == [rule.name for rule in RULES]
    for rule in RULES:
        policy = BY_NAME[rule.name]
        assert policy.description == rule.sentence
        assert policy.enforcement_level is EnforcementLevel(rule.level)
        assert policy.severity is not None
        assert policy.severity.value == rule.severity
        assert policy.remediation_steps == rule.fix
        assert policy.url == rule.link
        assert isinstance(policy, ResourceValidationPolicy | StackValidationPolicy)


def test_some_of_the_rules_can_be_served_alone() -> None:
    assert [policy.name for policy in policies(RULES[:2])] == [rule.name for rule in RULES[:2]]
