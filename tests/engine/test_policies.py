"""The policy pack on the real engine: what breaks a rule is told once, what is fixed passes, what is remedied works."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import agent, environment, ref, repository, row, session

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.policy.rules import RULES

if TYPE_CHECKING:
    from engine.declare import Row
    from engine.stack import Run, Stack

PACK = Path(__file__).resolve().parents[2] / "examples" / "policy-pack"
CLASSIC, SHARED, OWN = "ghp_of-last-week", "github_pat_of-several-owners", "github_pat_of-last-week"
LEAKED = "gh" + "s_leaked0last0week0"
BUDGET = {"type": "limit", "max_list_cost": {"amount": "500", "currency": "USD"}}
TOOLSET = "agent_toolset_20260401"
TASK = [{"type": "user.message", "content": [{"type": "text", "text": "Review what is new."}]}]
ASKED: dict[str, Any] = {
    "allowed-owners": {"allowedOwners": ["org"]},
    "stack-budget": {"maxStackBudgetCents": 600},
    "allowed-mcp-hosts": {"allowedHosts": ["*.example.com"]},
}

vault, deployment = row("Vault"), row("Deployment")


def pinned(name: str) -> Row:
    return {"id": ref(f"{name}.id"), "version": 1}


def server(host: str) -> Row:
    return {"type": "url", "name": "tracker", "url": f"https://{host}/mcp"}


def schedule(expression: str) -> Row:
    return {"type": "cron", "expression": expression, "timezone": "UTC"}


def without_one_tool() -> list[Row]:
    return [
        {"type": TOOLSET, "configs": [{"name": "grep", "enabled": False}]},
        {"type": "mcp_toolset", "mcp_server_name": "tracker"},
    ]


def asking() -> list[Row]:
    asked = {"permission_policy": {"type": "always_ask"}}
    return [{"type": TOOLSET, "default_config": asked}, {"type": "mcp_toolset", "mcp_server_name": "tracker"}]


BROKEN = [
    vault("secrets"),
    environment(),
    environment("twin", config={"type": "cloud", "networking": {"type": "limited", "allowed_hosts": ["github.com"]}}),
    agent(system="You review.", tools=without_one_tool(), mcp_servers=[server("tracker.elsewhere.example")]),
    repository("app", authorization_token=CLASSIC),
    repository("docs", authorization_token=SHARED, verify_access=True),
    repository("lib", url="https://github.com/stranger/lib", authorization_token=SHARED, verify_access=True),
    session("review", agent=pinned("reviewer"), resources=[ref("app")]),
    session("pair", agent={"id": ref("reviewer.id")}, budget=BUDGET, metadata={"note": f"use {LEAKED}"}),
    deployment(
        "nightly",
        agent=pinned("reviewer"),
        environment_id=ref("twin.id"),
        resources=[ref("app")],
        initial_events=TASK,
        schedule=schedule("*/10 * * * *"),
        budget=BUDGET,
    ),
]
BREAKING = {
    "classic-token": "app",
    "token-of-several-owners": "lib",
    "token-of-several-environments": "review",
    "verified-access": "app",
    "allowed-owners": "lib",
    "session-budget": "review",
    "stack-budget": "pair",
    "restricted-network": "sandbox",
    "allowed-mcp-hosts": "reviewer",
    "asked-before-writing": "reviewer",
    "tools-for-repositories": "reviewer",
    "mount-path-in-prompt": "reviewer",
    "pinned-agent": "pair",
    "pinned-model": "reviewer",
    "schedule-interval": "nightly",
    "protected-kinds": "secrets",
    "plain-secret": "pair",
}
"""By rule, the resource that breaks it."""

FIXED = [
    vault("secrets", options={"protect": True}),
    environment(config={"type": "cloud", "networking": {"type": "limited", "allowed_hosts": ["github.com"]}}),
    agent(
        model="claude-sonnet-4-5-20250929",
        system="Your working directory is /workspace/app.",
        tools=asking(),
        mcp_servers=[server("tracker.example.com")],
    ),
    repository("app", authorization_token=OWN, verify_access=True),
    repository("docs", authorization_token=SHARED, verify_access=True),
    repository("lib", authorization_token=SHARED, verify_access=True),
    session("review", agent=pinned("reviewer"), resources=[ref("app")], budget=BUDGET),
    deployment(
        "nightly",
        agent=pinned("reviewer"),
        environment_id=ref("sandbox.id"),
        initial_events=TASK,
        schedule=schedule("0 6 * * *"),
        budget={**BUDGET, "max_list_cost": {"amount": "100", "currency": "USD"}},
    ),
]

REMEDIED = [agent(), environment(), repository("app", authorization_token=OWN), session(resources=[ref("app")])]


OF_WHAT_EXISTS = {"accepted-token", "lasting-credential", "living-model", "recent-agent"}
"""What time or the platform breaks, and no first preview: `tests/policy/test_lifecycles.py` has a state for each."""


class Policies:
    """The example's pack beside a stack under test."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.folder = stack.folder.parent / "policy-pack"
        shutil.copytree(PACK, self.folder, ignore=shutil.ignore_patterns("venv"))
        # What a user makes with `python -m venv venv` and pip; the environment that runs the tests has it all.
        (self.folder / "venv").symlink_to(sys.prefix)
        stack.secrets |= {CLASSIC, SHARED, OWN}
        with stack.emulator() as emulator:
            urls = [f"https://github.com/{name}" for name in ("org/app", "org/docs", "org/lib", "stranger/lib")]
            emulator.control.repositories([{"url": url, "tokens": [OWN, SHARED]} for url in urls])

    def under(self, config: dict[str, Any]) -> tuple[str, ...]:
        """The options with which a command runs the pack under a configuration."""
        self.config = self.folder / "given.json"
        self.config.write_text(json.dumps(config))
        return ("--policy-pack", str(self.folder), "--policy-pack-config", str(self.config))

    def offline(self) -> int:
        """The exit code of the same rules and configuration on the state of the stack."""
        exported = self.folder / "state.json"
        self.stack.succeed("stack", "export", "--file", str(exported))
        return main(["policy", str(exported), "--config", str(self.config), "--json"])


@pytest.fixture
def pack(stack: Stack) -> Policies:
    return Policies(stack)


def told(run: Run) -> list[tuple[str, str, str]]:
    """Level, rule and resource of what the pack told."""
    events = (event.get("policyEvent") for event in run.events)
    return sorted(
        (event["enforcementLevel"], event["policyName"], event["resourceUrn"].rpartition("::")[2])
        for event in events
        if event
    )


def test_a_stack_that_breaks_each_rule_is_told_each_once_and_a_fixed_one_is_let_through(
    stack: Stack, pack: Policies, capsys: pytest.CaptureFixture[str]
) -> None:
    stack.declare(*BROKEN)

    broken = stack.preview(*pack.under({"all": "advisory", **ASKED}))

    assert told(broken) == sorted(("advisory", rule, name) for rule, name in BREAKING.items())
    assert {*BREAKING, *OF_WHAT_EXISTS, "known-type"} == {rule.name for rule in RULES}

    stopped = stack.fail("preview", *pack.under({"protected-kinds": "mandatory"}))
    assert ("mandatory", "protected-kinds", "secrets") in told(stopped)

    stack.declare(*FIXED)
    fixed = stack.succeed("up", "--yes", "--skip-preview", *pack.under({"all": "mandatory", **ASKED}))
    assert told(fixed) == []
    assert pack.offline() == 0
    found = json.loads(capsys.readouterr().out)
    assert found["broken"] == []
    # Tokens are encrypted in an export, and nobody has said which models there are.
    unseen = {"classic-token", "token-of-several-owners", "living-model"}
    assert {item["rule"] for item in found["notChecked"]} == unseen


def test_a_stack_that_is_remedied_deploys_and_then_nothing_is_left_to_do(
    stack: Stack, pack: Policies, capsys: pytest.CaptureFixture[str]
) -> None:
    remedy = {
        "session-budget": {"enforcementLevel": "remediate", "budgetCents": 200},
        "restricted-network": "remediate",
    }
    stack.declare(*REMEDIED)

    done = stack.succeed("up", "--yes", "--skip-preview", *pack.under(remedy))

    remedied = sorted(
        (
            event["policyRemediationEvent"]["policyName"],
            event["policyRemediationEvent"]["resourceUrn"].rpartition("::")[2],
        )
        for event in done.events
        if "policyRemediationEvent" in event
    )
    assert remedied == [("restricted-network", "sandbox"), ("session-budget", "review")]
    (sandbox,), (review,) = stack.objects("environments"), stack.objects("sessions")
    assert sandbox["config"]["networking"] == {
        "type": "limited",
        "allowed_hosts": ["github.com", "api.github.com"],
        "allow_mcp_servers": True,
        "allow_package_managers": False,
    }
    assert review["budget"] == {"type": "limit", "max_list_cost": {"amount": "200", "currency": "USD"}}

    again = stack.preview(*pack.under(remedy), "--expect-no-changes")
    assert [level for level, _, _ in told(again) if level != "advisory"] == []

    assert pack.offline() == 0
    left = [(item["rule"], item["name"]) for item in json.loads(capsys.readouterr().out)["broken"]]
    assert left == [("tools-for-repositories", "reviewer"), ("mount-path-in-prompt", "reviewer")]
    stack.destroy()


def test_a_wrong_configuration_is_an_error_that_names_the_rule_and_the_parameter(stack: Stack, pack: Policies) -> None:
    stack.declare(agent())

    wrong_type = stack.fail("preview", *pack.under({"session-budget": {"budgetCents": "many"}}))
    missing = stack.fail("preview", *pack.under({"allowed-owners": "mandatory"}))

    assert "session-budget: budgetCents" in wrong_type.output
    assert "allowed-owners: `allowedOwners` is not set, and the rule needs it." in missing.output
