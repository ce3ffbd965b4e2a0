"""An address that holds a token is refused by the check, wherever an address is declared, and is not shown."""

from __future__ import annotations

from typing import Any

import pytest
from core.test_elsewhere import CONTEXTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.values import Bag, render
from pulumi_managed_agents.resources.registry import KINDS

TOKENS = [
    "gho_" + "x" * 36,
    "ghp_" + "x" * 36,
    "github_pat_" + "x" * 60,
    "glpat-" + "x" * 20,
    "0123456789abcdef" * 2,
    "0123456789abcdef0123456789abcdef01234567",
    "ATBB" + "x1" * 16,
    "sk-ant-" + "x" * 40,
    "%67ho_" + "x" * 36,
    "abcdefghij0123456789abcdefghij0123456789abcdefghij012345678901234567890abcdefgh9012",
]
NAMES = ["git", "me", "robot", "oauth2", "x-access-token", "gitlab-ci-token", "reader.of-things_2", "me%40example.com",
         "deploy-user-at-123456789012"]  # fmt: skip


def git(url: str) -> Bag:
    return {"agent": "a", "environmentId": "e", "resources": [{"type": "git_repository", "url": url}]}


def mount(url: str) -> Bag:
    return {"agent": "a", "environmentId": "e", "resources": [{"type": "github_repository", "url": url}]}


def server(url: str) -> Bag:
    tools = [{"type": "mcp_toolset", "mcpServerName": "a"}]
    return {"model": "m", "mcpServers": [{"type": "url", "name": "a", "url": url}], "tools": tools}


def bearer(url: str) -> Bag:
    return {"vaultId": "v", "auth": {"type": "static_bearer", "mcpServerUrl": url, "token": "token-of-last-week"}}


def refreshed(**more: str) -> Bag:
    refresh = {"tokenEndpoint": "https://login.example.com", "clientId": "us", "refreshToken": "token-of-last-week",
               "tokenEndpointAuth": {"type": "none"}, **more}  # fmt: skip
    auth = {"type": "mcp_oauth", "mcpServerUrl": "https://m.example.com", "accessToken": "token-of-last-week"}
    return {"vaultId": "v", "auth": {**auth, "refresh": refresh}}


def picture(url: str) -> Bag:
    block = {"type": "image", "source": {"type": "url", "url": url}}
    return {"sessionId": "s", "events": [{"type": "user.message", "content": [block]}]}


def document(url: str) -> Bag:
    block = {"type": "document", "source": {"type": "url", "url": url}}
    return {"sessionId": "s", "events": [{"type": "user.message", "content": [block]}]}


FIELDS: dict[str, tuple[str, Any, str]] = {
    "repository": ("RepositoryResource", lambda url: {"url": url}, "url"),
    "mount": ("Session", mount, "resources[0].url"),
    "git repository": ("Session", git, "resources[0].url"),
    "server of an agent": ("Agent", server, "mcpServers[0].url"),
    "server of a credential": ("Credential", bearer, "auth.mcpServerUrl"),
    "token endpoint": ("Credential", lambda url: refreshed(tokenEndpoint=url), "auth.refresh.tokenEndpoint"),
    "resource": ("Credential", lambda url: refreshed(resource=url), "auth.refresh.resource"),
    "picture": ("SessionEvents", picture, "events[0].content[0].source.url"),
    "document": ("SessionEvents", document, "events[0].content[0].source.url"),
    "tree of a skill": ("Skill", lambda url: {"path": f"{url}/tree/{'0' * 40}/folder"}, "path"),
}


def told(kind: str, bag: Bag) -> list[tuple[str, str]]:
    found = plan.check(KINDS[kind], {}, bag, CONTEXTS["qoder" if kind != "Credential" else "claude"])[1]
    return [(render(each.path), each.reason) for each in found]


@pytest.mark.parametrize("field", FIELDS)
def test_a_token_in_an_address_is_refused_and_not_shown(field: str) -> None:
    kind, bag, path = FIELDS[field]
    users = [*TOKENS, "me:pa55word", f"x-access-token:{TOKENS[0]}", ":pa55word"]

    failures = {user: told(kind, bag(f"https://{user}@example.com/org/app")) for user in users}

    assert [user for user, found in failures.items() if path not in dict(found)] == []
    shown = [user for user, found in failures.items() if any(user[-12:] in reason for _, reason in found)]
    assert shown == []


def test_a_git_repository_takes_a_user_s_name() -> None:
    assert [user for user in NAMES if told("Session", git(f"https://{user}@git.example.com/org/app"))] == []


@pytest.mark.parametrize("field", sorted(FIELDS.keys() - {"git repository"}))
def test_other_addresses_take_no_user_at_all(field: str) -> None:
    kind, bag, path = FIELDS[field]

    assert [user for user in NAMES if path not in dict(told(kind, bag(f"https://{user}@example.com/org/app")))] == []


ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@given(
    field=st.sampled_from(sorted(FIELDS)),
    prefix=st.sampled_from(["ghp_", "gho_", "ghs_", "ghu_", "github_pat_", "glpat-", "sk-ant-", ""]),
    body=st.text(ALPHABET, min_size=36, max_size=80).filter(lambda text: not text.isalpha() and not text.isdigit()),
    after=st.sampled_from(["", ":x", ":"]),
)  # fmt: skip
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_token_passes_as_a_user(field: str, prefix: str, body: str, after: str) -> None:
    kind, bag, path = FIELDS[field]

    failures = told(kind, bag(f"https://{prefix}{body}{after}@example.com/org/app"))

    assert path in [each for each, _ in failures]
    assert not [reason for _, reason in failures if body in reason]
