"""The official SDK gets its access token from the emulator: by its variables, and by a profile that it keeps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import anthropic
import pytest
from credentials.identities import ORGANIZATION, RULE, identity, trust

from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.service import WHO_ASKS
from pulumi_managed_agents.platforms.settings import configure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def trusting(tmp_path: Path) -> Iterator[tuple[Emulator, str]]:
    """An emulator whose organization has a rule, and its address."""
    with Emulator(tmp_path / "world.emulator") as world, world.serve() as server:
        trust(world)
        yield world, server.url


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ANTHROPIC_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_its_variables(trusting: tuple[Emulator, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world, address = trusting
    (tmp_path / "identity").write_text(identity())
    monkeypatch.setenv("ANTHROPIC_FEDERATION_RULE_ID", RULE)
    monkeypatch.setenv("ANTHROPIC_ORGANIZATION_ID", ORGANIZATION)
    monkeypatch.setenv("ANTHROPIC_SERVICE_ACCOUNT_ID", "svac_01emulator")
    monkeypatch.setenv("ANTHROPIC_IDENTITY_TOKEN_FILE", str(tmp_path / "identity"))

    with anthropic.Anthropic(base_url=address) as client:
        assert list(client.beta.agents.list()) == []
        (tmp_path / "identity").write_text(identity())
        world.control.revoke_access_tokens()
        assert list(client.beta.agents.list()) == []

    assert [row["result"] for row in world.control.authentication_history()] == ["success", "success"]


def test_a_denial_is_the_sdk_s_error(
    trusting: tuple[Emulator, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, address = trusting
    (tmp_path / "identity").write_text(identity(sub="repo:org/other:ref:refs/heads/main"))
    monkeypatch.setenv("ANTHROPIC_FEDERATION_RULE_ID", RULE)
    monkeypatch.setenv("ANTHROPIC_ORGANIZATION_ID", ORGANIZATION)
    monkeypatch.setenv("ANTHROPIC_IDENTITY_TOKEN_FILE", str(tmp_path / "identity"))

    with anthropic.Anthropic(base_url=address) as client, pytest.raises(anthropic.AnthropicError):
        list(client.beta.agents.list())

    assert {row["result"] for row in world.control.authentication_history()} == {"match_subject_prefix"}


def test_the_sdk_and_the_provider_share_a_profile_s_token(trusting: tuple[Emulator, str], tmp_path: Path) -> None:
    """What one of them has exchanged, the other finds: the identity token is good once."""
    world, address = trusting
    (tmp_path / "identity").write_text(identity())
    source = {"source": "file", "path": str(tmp_path / "identity")}
    said = {"type": "oidc_federation", "federation_rule_id": RULE, "identity_token": source}
    config = tmp_path / "configs" / "default.json"
    config.parent.mkdir()
    config.write_text(json.dumps({"version": "1.0", "organization_id": ORGANIZATION, "authentication": said}))
    config.chmod(0o644)

    platform = connect(configure({"baseUrl": address}, {"ANTHROPIC_CONFIG_DIR": str(tmp_path)}))
    platform.send(WHO_ASKS)
    platform.close()
    with anthropic.Anthropic(base_url=address) as client:
        assert list(client.beta.agents.list()) == []

    assert world.control.counters() == {"oauth.token": 1, "agents.list": 2}
