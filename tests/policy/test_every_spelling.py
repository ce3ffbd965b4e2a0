"""Every spelling of what a rule forbids is found, and none of what it allows, however the rule comes to see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from policy import spellings as written
from policy.seen_as import FAMILIES, VIEWS, Row, Seen
from policy.views import MODEL, MOUNT, PATH, TOOLSET, URL

from pulumi_managed_agents.policy.rules import RULES

Rows = Callable[[Any], list[Row]]


@dataclass(frozen=True)
class Case:
    """What a rule looks at: rows with a value in them that it forbids, or allows."""

    rows: Rows
    forbidden: written.Strategy
    allowed: written.Strategy
    given: dict[str, Any] = field(default_factory=dict)


def it(kind: str, *path: str, **beside: Any) -> Rows:
    """Rows of one resource, which has the value at the path, and other properties."""

    def rows(value: Any) -> list[Row]:
        for name in reversed(path[1:]):
            value = {name: value}
        return [Row(kind, "it", {**beside, path[0]: value})]

    return rows


def in_an_address(token: Any) -> list[Row]:
    address = f"https://{str(token).strip()}@git.example.com/a/b"
    return [Row("Session", "it", {"resources": [{"type": "git_repository", "url": address}]})]


def mounted(url: Any) -> list[Row]:
    return [Row("Deployment", "it", {"resources": [{"type": "github_repository", "url": url}]})]


def shared(urls: Any) -> list[Row]:
    tokens = ("github_pat_made-up", " github_pat_made-up\n")
    return [
        Row("RepositoryResource", name, {"url": url, "authorizationToken": token})
        for name, url, token in zip(("first", "it"), urls, tokens, strict=True)
    ]


def placed(environments: Any) -> list[Row]:
    mount = {"type": "github_repository", "url": URL, "authorizationToken": "github_pat_made-up"}
    return [
        Row("Session", name, {"agent": "agent_1", "environmentId": environment, "resources": [mount]})
        for name, environment in zip(("first", "it"), environments, strict=True)
    ]


def reaching(hosts: Any) -> list[Row]:
    networking = {"type": "limited", "allowedHosts": hosts}
    return [Row("Environment", "it", {"config": {"type": "cloud", "networking": networking}})]


def sent_to(hosts: Any) -> list[Row]:
    networking = {"type": "limited", "allowedHosts": hosts}
    return [Row("Credential", "it", {"auth": {"type": "environment_variable", "networking": networking}})]


def serving(url: Any) -> list[Row]:
    return [Row("Agent", "it", {"mcpServers": [{"type": "url", "name": "a", "url": url}]})]


def rearmed(tools: Any) -> list[Row]:
    return [Row("Session", "it", {"agent": {"id": "agent_1", "version": 1, "tools": tools}})]


def at_work(tools: Any) -> list[Row]:
    """An agent of a roster, at work on a repository."""
    roster = {"type": "coordinator", "agents": [{"type": "agent", "id": "id-of-it"}]}
    return [
        Row("Agent", "it", {"tools": tools}),
        Row("Agent", "leader", {"tools": [TOOLSET], "multiagent": roster}, {"multiagent": "it"}),
        Row("Session", "review", {"agent": {"id": "id-of-leader"}, "resources": [MOUNT]}, {"agent": "leader"}),
    ]


def costing(amount: Any) -> list[Row]:
    return [Row("Session", "it", {"budget": {"type": "limit", "maxListCost": {"amount": amount, "currency": "USD"}}})]


def nightly(expression: Any) -> list[Row]:
    return [Row("Deployment", "it", {"schedule": {"type": "cron", "expression": expression, "timezone": "UTC"}})]


def of_a_team(version: Any) -> list[Row]:
    member = {"type": "agent", "id": "agent_2", **({} if version is None else {"version": version})}
    return [Row("Agent", "it", {"multiagent": {"type": "coordinator", "agents": [member]}})]


def of_a_session(version: Any) -> list[Row]:
    return [Row("Session", "it", {"agent": {"id": "agent_1", **({} if version is None else {"version": version})}})]


def left_behind(version: Any) -> list[Row]:
    session = Row("Session", "it", {"agent": {"id": "agent_1", "version": version}}, {"agent": "worker"})
    return [Row("Agent", "worker", {"model": MODEL, "version": 12}), session]


ENDING = st.sampled_from(("2026-06-20T00:00:00Z", "2026-07-01T01:00:00+02:00", "2020-01-01T00:00:00Z", "soon", 7, {}))
ENDING_LATER = st.sampled_from(("2026-07-02T00:00:00Z", "2026-07-01T00:00:00-02:00", "2036-01-01T00:00:00Z"))


def advised(model: Any) -> list[Row]:
    advisor = {"type": "advisor", "model": model}
    return [Row("Agent", "it", {"model": MODEL, "multiagent": {"type": "coordinator", "agents": [advisor]}})]


def told_of(prompt: Any) -> list[Row]:
    mount = {**MOUNT, "mountPath": f"/{PATH}/"}
    return [
        Row("Agent", "it", {"system": prompt}),
        Row("Session", "review", {"agent": "id-of-it", "resources": [mount]}, {"agent": "it"}),
    ]


NAMING = ("Work in {}.", "cd {}/src", "`{}`", "({})", "in={}", "file://{}")
NOT_NAMING = (
    "Work.",
    "",
    None,
    "in {}s",
    "in {}-2",
    "in {}.d",
    "in /x{}",
    "in ~{}",
    "in ..{}",
    7,
    [PATH],
    {"text": PATH},
)


def naming(form: Any) -> Any:
    return form.format(PATH) if isinstance(form, str) else form


def said(text: str) -> list[Row]:
    content = [{"type": "text", "text": text}]
    return [Row("SessionEvents", "it", {"events": [{"type": "user.message", "content": content}]})]


PLAIN: list[Rows] = [
    it("Agent", "system", model=MODEL),
    it("Vault", "metadata", "note"),
    it("Session", "environmentVariables", "A"),
    it("Memory", "content"),
    said,
    serving,
]

CASES: dict[str, list[Case]] = {
    "classic-token": [
        Case(rows, written.BROAD.flatmap(written.blank), written.NARROW.flatmap(written.blank))
        for rows in (
            it("RepositoryResource", "authorizationToken", url=URL),
            lambda token: it("Credential", "auth")({"type": "environment_variable", "secretValue": token}),
            it("Session", "environmentVariables", "GH_TOKEN"),
            in_an_address,
        )
    ],
    "token-of-several-owners": [
        Case(
            shared,
            st.tuples(written.repository("org"), written.repository("evil")),
            st.tuples(written.repository("org"), written.repository("org")),
        )
    ],
    "token-of-several-environments": [
        Case(
            placed,
            st.tuples(st.just("env_1"), st.sampled_from(("env_2", None, 3, ["env_1"], {"id": "env_1"}))),
            st.just(("env_1", "env_1")),
        )
    ],
    "verified-access": [
        Case(
            it("RepositoryResource", "verifyAccess", url=URL),
            st.sampled_from((None, False, 0, 1, "true", "yes", [True], {})),
            st.just(True),
        )
    ],
    "allowed-owners": [
        Case(rows, written.STRANGE, written.repository("org"), {"allowedOwners": [owner]})
        for rows in (it("RepositoryResource", "url"), mounted)
        for owner in ("ORG", "GitHub.com/org")
    ],
    "session-budget": [Case(costing, written.DEAR, st.just("500"), {"maxBudgetCents": 500})],
    "stack-budget": [Case(costing, written.DEAR, st.just("500"), {"maxStackBudgetCents": 500})],
    "restricted-network": [
        Case(rows, written.with_a_broad_one(), st.lists(written.NARROW_HOSTS)) for rows in (reaching, sent_to)
    ],
    "allowed-mcp-hosts": [
        Case(
            serving,
            written.server("evil.example") | written.confusing("mcp.example.com", "/sse") | written.NO_ADDRESS,
            written.server("mcp.example.com") | written.server("a.b.example.org"),
            {"allowedHosts": ["MCP.example.com", "*.example.org"]},
        )
    ],
    "asked-before-writing": [
        Case(rows, written.with_an_open_one(), st.lists(written.closed_toolset(), max_size=3))
        for rows in (it("Agent", "tools"), rearmed)
    ],
    "tools-for-repositories": [Case(at_work, written.PARTIAL, written.WHOLE)],
    "mount-path-in-prompt": [
        Case(told_of, st.sampled_from(NOT_NAMING).map(naming), st.sampled_from(NAMING).map(naming))
    ],
    "pinned-agent": [Case(rows, written.NO_VERSION, st.integers(1, 99)) for rows in (of_a_team, of_a_session)],
    "pinned-model": [
        Case(rows, written.MOVING, st.just(MODEL).flatmap(written.blank))
        for rows in (it("Agent", "model"), it("Agent", "model", "id"), advised)
    ],
    "living-model": [
        Case(
            rows,
            st.just("claude-old").flatmap(written.blank) | st.sampled_from((7, {}, "")).filter(lambda each: each != ""),
            st.just("claude-new").flatmap(written.blank),
            {"models": [{"id": "claude-old", "lifecycle": "deprecated"}, {"id": "claude-new", "lifecycle": "active"}]},
        )
        for rows in (it("Agent", "model"), it("Agent", "model", "id"), advised)
    ],
    "recent-agent": [Case(left_behind, st.integers(1, 6), st.integers(7, 12), {"maxBehind": 5})],
    "lasting-credential": [
        Case(rows, ENDING, ENDING_LATER, {"now": "2026-06-01T00:00:00Z", "withinDays": 30})
        for rows in (it("TunnelCertificate", "expiresAt"), it("Credential", "auth", "expiresAt"))
    ],
    "accepted-token": [
        Case(
            it("Credential", "tokenStatus"), st.sampled_from(("invalid", 7, {})), st.sampled_from(("valid", "unknown"))
        )
    ],
    "schedule-interval": [
        Case(nightly, written.OFTEN | written.NO_SCHEDULE, written.every(60) | written.NEVER),
    ],
    "protected-kinds": [Case(lambda protect: [Row("Vault", "it", {}, protect=protect)], st.just(False), st.just(True))],
    "known-type": [Case(lambda token: [Row("Agent", "it", {}, type=token)], written.ODD_TYPES, st.just(""))],
    "plain-secret": [Case(rows, written.IN_PLAIN, written.HARMLESS) for rows in PLAIN],
}


def test_every_rule_has_its_spellings() -> None:
    assert list(CASES) == [rule.name for rule in RULES]


def examples(rule: str, values: Callable[[Case], written.Strategy]) -> written.Strategy:
    """A case of the rule with a value, and how the rule sees it."""
    seen = st.builds(Seen, st.sampled_from(VIEWS), st.sampled_from(FAMILIES))
    return st.one_of([st.tuples(st.just(case), values(case), seen) for case in CASES[rule]])


@pytest.mark.parametrize("rule", CASES)
def test_every_spelling_of_what_is_forbidden_is_found(rule: str) -> None:
    @settings(max_examples=120)
    @given(examples(rule, lambda case: case.forbidden))
    def holds(example: tuple[Case, Any, Seen]) -> None:
        case, value, seen = example
        assert "it" in seen.breaking(rule, case.rows(value), case.given)

    holds()


@pytest.mark.parametrize("rule", CASES)
def test_no_spelling_of_what_is_allowed_is_found(rule: str) -> None:
    @settings(max_examples=80)
    @given(examples(rule, lambda case: case.allowed))
    def holds(example: tuple[Case, Any, Seen]) -> None:
        case, value, seen = example
        assert seen.breaking(rule, case.rows(value), case.given) == []

    holds()
