"""Profiles of the official SDK and CLI: what they say is done, their cache is theirs too, and others cannot read it."""

from __future__ import annotations

import json
import os
import stat
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from credentials.identities import ORGANIZATION, RULE, identity, trust
from credentials.test_choice import profile

from pulumi_managed_agents.errors import ConfigError, Unsigned
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.service import WHO_ASKS
from pulumi_managed_agents.platforms.settings import configure

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.emulator import Emulator
    from pulumi_managed_agents.platforms.rest import RestBackend

OLD, CLIENT = "refresh-token-of-last-week", "client-of-the-cli"


def backend(folder: Path, address: str) -> RestBackend:
    """The platform by its active profile."""
    return connect(configure({"baseUrl": address, "maxRetries": "1"}, {"ANTHROPIC_CONFIG_DIR": str(folder)}))


def kept(folder: Path, token: str, seconds: int, **more: str) -> Path:
    """What a login has left."""
    (folder / "credentials").mkdir(exist_ok=True)
    file = folder / "credentials" / "default.json"
    document: dict[str, Any] = {"version": "1.0", "type": "oauth_token", "access_token": token, **more}
    file.write_text(json.dumps({**document, "expires_at": int(time.time()) + seconds}))
    file.chmod(0o600)
    return file


def ask(folder: Path, address: str) -> None:
    platform = backend(folder, address)
    try:
        platform.send(WHO_ASKS)
    finally:
        platform.close()


def test_a_federation_s_profile_is_exchanged_and_kept_where_the_sdk_finds_it(
    world: Emulator, address: str, tmp_path: Path
) -> None:
    trust(world)
    token = tmp_path / "identity"
    token.write_text(identity())
    said = {"type": "oidc_federation", "federation_rule_id": RULE}
    source = {"identity_token": {"source": "file", "path": str(token)}}
    profile(tmp_path, "default", said | source, organization_id=ORGANIZATION)

    ask(tmp_path, address)
    ask(tmp_path, address)

    assert world.control.counters()["oauth.token"] == 1
    file = tmp_path / "credentials" / "default.json"
    document = json.loads(file.read_text())
    assert (document["version"], document["type"], type(document["expires_at"])) == ("1.0", "oauth_token", int)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_login_is_renewed_and_its_refresh_token_rotates(world: Emulator, address: str, tmp_path: Path) -> None:
    world.control.federation(logins=[{"client_id": CLIENT, "refresh_token": OLD}])
    profile(tmp_path, "default", {"type": "user_oauth", "client_id": CLIENT})
    file = kept(tmp_path, "token-of-last-week", -10, refresh_token=OLD)

    ask(tmp_path, address)
    first = json.loads(file.read_text())["refresh_token"]
    world.control.revoke_access_tokens()
    ask(tmp_path, address)

    again = json.loads(file.read_text())["refresh_token"]
    assert len({OLD, first, again}) == 3
    assert world.control.counters()["oauth.token"] == 2


def test_a_login_that_ended_says_how_to_log_in(world: Emulator, address: str, tmp_path: Path) -> None:
    profile(tmp_path, "default", {"type": "user_oauth", "client_id": CLIENT})
    kept(tmp_path, "token-of-last-week", -10, refresh_token=OLD)

    with pytest.raises(Unsigned, match="ant auth login --profile default") as told:
        ask(tmp_path, address)

    assert OLD not in str(told.value)
    assert world.control.counters() == {"oauth.token": 1}


def test_what_somebody_else_renews_is_read_at_every_use(world: Emulator, address: str, tmp_path: Path) -> None:
    trust(world)
    profile(tmp_path, "default", {"type": "user_oauth"})
    platform = backend(tmp_path, address)
    for _ in range(2):
        body = {
            "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "assertion": identity(),
            "federation_rule_id": RULE,
            "organization_id": ORGANIZATION,
        }
        world.control.revoke_access_tokens()
        kept(tmp_path, httpx.post(f"{address}/v1/oauth/token", json=body).json()["access_token"], 600)
        platform.send(WHO_ASKS)
    platform.close()

    assert world.control.counters()["agents.list"] == 2


def test_a_token_that_others_can_read_is_not_used(world: Emulator, address: str, tmp_path: Path) -> None:
    profile(tmp_path, "default", {"type": "user_oauth"})
    kept(tmp_path, "token-of-last-week", 600).chmod(0o640)

    with pytest.raises(ConfigError, match="chmod 600") as told:
        ask(tmp_path, address)

    assert "token-of-last-week" not in str(told.value)
    assert world.control.counters() == {}


def test_a_link_is_not_followed_to_a_token(address: str, tmp_path: Path) -> None:
    profile(tmp_path, "default", {"type": "user_oauth"})
    file = kept(tmp_path, "token-of-last-week", 600)
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(ConfigError, match="no regular file"):
        ask(tmp_path, address)


def test_a_profile_that_others_may_write_is_not_believed(address: str, tmp_path: Path) -> None:
    profile(tmp_path, "default", {"type": "user_oauth"})
    (tmp_path / "configs" / "default.json").chmod(0o666)

    with pytest.raises(ConfigError, match="others may write"):
        ask(tmp_path, address)


BROKEN: dict[str, bytes | str] = {
    "nothing": b"",
    "depth": b"[" * 100_000,
    "no text": b"\xff\xfe",
    "a list": b"[]",
    "a name": b'{"authentication": {"type": "other"}}',
    "a line break for a header": '{"authentication": {"type": "user_oauth"}, "workspace_id": "a\\r\\nx-api-key: b"}',
    "half of a character": '{"authentication": {"type": "user_oauth"}, "workspace_id": "\\ud800"}',
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_profile_is_named(address: str, tmp_path: Path, case: str) -> None:
    profile(tmp_path, "default", {})
    config = tmp_path / "configs" / "default.json"
    content = BROKEN[case]
    config.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(ConfigError, match=r"configs/default\.json"):
        ask(tmp_path, address)


@pytest.mark.parametrize("name", ["configs/default.json", "active_config"])
def test_a_pipe_in_the_place_of_a_profile_is_waited_for_by_nobody(address: str, tmp_path: Path, name: str) -> None:
    profile(tmp_path, "default", {"type": "user_oauth"})
    (tmp_path / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / name, 0o600)

    with pytest.raises((ConfigError, Unsigned)):
        ask(tmp_path, address)


@pytest.mark.parametrize("path", ["a\0b", "~nobody-of-that-name/x", "x" * 5_000, "."])
@pytest.mark.parametrize("field", ["credentials_path", "identity_token"])
def test_a_path_that_leads_nowhere_is_a_failure_and_no_defect(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str, path: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    said = {"type": "oidc_federation", "federation_rule_id": RULE}
    value = {"source": "file", "path": path} if field == "identity_token" else path
    if field == "credentials_path":
        (tmp_path / "identity").write_text(identity())
        said["identity_token"] = {"source": "file", "path": str(tmp_path / "identity")}  # type: ignore[assignment]
    profile(tmp_path, "default", {**said, field: value}, organization_id=ORGANIZATION)

    with pytest.raises((ConfigError, Unsigned)):
        ask(tmp_path, address)

    assert list((tmp_path / "here").iterdir()) == []


def test_what_other_tools_wrote_beside_a_token_is_kept(world: Emulator, address: str, tmp_path: Path) -> None:
    world.control.federation(logins=[{"client_id": CLIENT, "refresh_token": OLD}])
    profile(tmp_path, "default", {"type": "user_oauth", "client_id": CLIENT})
    file = kept(tmp_path, "token-of-last-week", -10, refresh_token=OLD, account="somebody@example.com")

    ask(tmp_path, address)

    document = json.loads(file.read_text())
    assert document["account"] == "somebody@example.com"
    assert document["refresh_token"] != OLD


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file to somebody else"
)
def test_a_token_of_somebody_else_is_not_used(address: str, tmp_path: Path) -> None:
    profile(tmp_path, "default", {"type": "user_oauth"})
    file = kept(tmp_path, "token-of-last-week", 600)
    os.chown(file, 4711, -1)

    with pytest.raises(ConfigError, match="somebody else's") as told:
        ask(tmp_path, address)

    assert "token-of-last-week" not in str(told.value)
