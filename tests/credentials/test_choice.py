"""Which credential wins, and why: the official SDK's order, where the stack comes before the environment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_managed_agents.errors import ConfigError
from pulumi_managed_agents.platforms import address_of
from pulumi_managed_agents.platforms.credentials.choice import choose
from pulumi_managed_agents.platforms.settings import configure

if TYPE_CHECKING:
    from pathlib import Path

FEDERATION = {
    "ANTHROPIC_FEDERATION_RULE_ID": "fdrl_01deploys",
    "ANTHROPIC_ORGANIZATION_ID": "00000000-0000-4000-8000-000000000000",
    "ANTHROPIC_IDENTITY_TOKEN_FILE": "/run/identity",
}
OF_STACK = {"federationRuleId": "fdrl_01stack", "organizationId": "one", "identityTokenFile": "/run/identity"}
NAMED = {"ANTHROPIC_PROFILE": "work"}

ORDER: dict[str, tuple[dict[str, str | None], dict[str, str], str, tuple[str, ...]]] = {
    "a key over a federation": ({}, {"ANTHROPIC_API_KEY": "env", **FEDERATION}, "key", ("federation", "profile")),
    "a bearer over a profile": ({}, {"ANTHROPIC_AUTH_TOKEN": "env", **NAMED}, "bearer", ("profile", "profile")),
    "a named profile over a federation": ({}, {**NAMED, **FEDERATION}, "profile", ("federation", "profile")),
    "a federation over a profile that lies there": ({}, FEDERATION, "federation", ("profile",)),
    "a profile that lies there": ({}, {}, "profile", ()),
    "the stack's federation over a key of the environment": (
        OF_STACK,
        {"ANTHROPIC_API_KEY": "env"},
        "federation",
        ("profile",),
    ),
    "the stack's federation over a profile of the environment": (OF_STACK, NAMED, "federation", ("profile", "profile")),
    "the stack's profile over all of the environment": (
        {"profile": "work"},
        {"ANTHROPIC_API_KEY": "env", **FEDERATION},
        "profile",
        ("federation", "profile"),
    ),
    "the stack's key over the stack's federation": (
        {**OF_STACK, "apiKey": "stack"},
        {},
        "key",
        ("federation", "profile"),
    ),
    "a credential among the headers over a federation": (
        {},
        {"ANTHROPIC_CUSTOM_HEADERS": "X-Api-Key: of-the-gateway", **FEDERATION},
        "headers",
        ("federation", "profile"),
    ),
    "the stack's federation over such a credential": (
        OF_STACK,
        {"ANTHROPIC_CUSTOM_HEADERS": "X-Api-Key: of-the-gateway"},
        "federation",
        ("profile",),
    ),
    "an empty key is none": ({}, {"ANTHROPIC_API_KEY": "", **FEDERATION}, "federation", ("profile",)),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of the SDK with a profile that is active."""
    return profile(tmp_path, "default", {"type": "user_oauth"})


def profile(folder: Path, name: str, authentication: dict[str, Any], **said: Any) -> Path:
    """Writes a profile."""
    (folder / "configs").mkdir(exist_ok=True)
    config = folder / "configs" / f"{name}.json"
    config.write_text(json.dumps({"version": "1.0", "authentication": authentication, **said}))
    config.chmod(0o644)
    return folder


@pytest.mark.parametrize("case", ORDER)
def test_the_order_is_the_sdk_s(case: str, folder: Path) -> None:
    given, environment, kind, hidden = ORDER[case]

    found = choose(configure(given, {"ANTHROPIC_CONFIG_DIR": str(folder), **environment}))

    assert found.kind == kind
    assert [named.split()[1] for named in found.hidden] == list(hidden)
    assert bool(found.warning) == (kind in ("key", "bearer", "headers"))


def test_qoder_takes_a_token_over_a_service_account() -> None:
    qoder = {"platform": "qoder"}

    assert choose(configure(qoder, {"QODER_PAT": "env", "QODER_SA_KEY": "sa"})).hidden
    assert choose(configure(qoder, {"QODER_SA_KEY": "sa"})).kind == "service account"
    assert choose(configure({**qoder, "saKey": "sa"}, {"QODER_PAT": "env"})).kind == "service account"


def test_nothing_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No API key"):
        choose(configure({}, {"ANTHROPIC_CONFIG_DIR": str(tmp_path)}))


def test_a_profile_s_address_tells_the_platform(folder: Path) -> None:
    profile(folder, "default", {"type": "user_oauth"}, base_url="https://claude.example.com")

    configured = configure({}, {"ANTHROPIC_CONFIG_DIR": str(folder)})

    assert address_of(configured, folder) == "https://claude.example.com"
    assert address_of(configure({"apiKey": "key"}, {"ANTHROPIC_CONFIG_DIR": str(folder)}), folder) != (
        "https://claude.example.com"
    )


@pytest.mark.parametrize("name", ["../work", ".work", " work", "a/b", "a\\b"])
def test_a_name_leads_nowhere_else(folder: Path, name: str) -> None:
    from pulumi_managed_agents.platforms.credentials.profiles import read_profile  # noqa: PLC0415 - one test's

    with pytest.raises(ConfigError, match="cannot be the name"):
        read_profile(name, "a test", {"ANTHROPIC_CONFIG_DIR": str(folder)})
