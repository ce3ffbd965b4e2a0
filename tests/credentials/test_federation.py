"""Requests without a key: an identity token is exchanged, the access token is renewed, shared, and told to nobody."""

from __future__ import annotations

import json
import logging
import stat
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from credentials.identities import ORGANIZATION, REQUEST_TOKEN, RULE, github_actions, identity, trust

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.declaration.learning import Learned
from pulumi_managed_agents.errors import ConfigError, Refused, Unsigned
from pulumi_managed_agents.plan.files import LocalFiles
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.service import WHO_ASKS
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.emulator import Emulator
    from pulumi_managed_agents.platforms.rest import RestBackend

EXCHANGE = "oauth.token"


def backend(address: str, given: dict[str, str] | None = None, **environment: str) -> RestBackend:
    """The platform at an address, by the SDK's variables."""
    usual = {"ANTHROPIC_FEDERATION_RULE_ID": RULE, "ANTHROPIC_ORGANIZATION_ID": ORGANIZATION}
    return connect(configure({"baseUrl": address, "maxRetries": "1", **(given or {})}, usual | environment))


def asked(world: Emulator) -> Counter[str]:
    return Counter(world.control.counters())


def results(world: Emulator) -> list[str]:
    return [row["result"] for row in world.control.authentication_history()]


def test_an_identity_token_of_a_variable_is_enough(world: Emulator, address: str) -> None:
    trust(world)
    platform = backend(address, ANTHROPIC_IDENTITY_TOKEN=f"{identity()}\n")

    platform.send(WHO_ASKS)
    platform.send(WHO_ASKS)
    platform.close()

    assert asked(world) == {EXCHANGE: 1, "agents.list": 2}


def test_a_file_is_read_again_at_each_exchange(world: Emulator, address: str, tmp_path: Path) -> None:
    trust(world)
    file = tmp_path / "token"
    file.write_text(identity())
    platform = backend(address, {"identityTokenFile": str(file), "federationRuleId": RULE})
    platform.send(WHO_ASKS)
    file.write_text(identity())
    world.control.revoke_access_tokens()

    platform.send(WHO_ASKS)
    platform.close()

    assert results(world) == ["success", "success"]


def test_a_job_of_github_gets_a_fresh_one_for_each_exchange(world: Emulator, address: str) -> None:
    trust(world)
    given: list[str] = []
    with github_actions(given) as variables:
        platform = backend(address, {"identityTokenSource": "github-actions"}, **variables)
        platform.send(WHO_ASKS)
        world.control.clock(advance_seconds=3600)
        platform.send(WHO_ASKS)
        platform.close()

    assert len(set(given)) == 2
    assert results(world) == ["success", "success"]


def test_calls_at_expiry_share_one_exchange(world: Emulator, address: str) -> None:
    trust(world)
    with github_actions() as variables:
        platform = backend(address, {"identityTokenSource": "github-actions"}, **variables)
        platform.send(WHO_ASKS)
        world.control.clock(advance_seconds=3600)

        with ThreadPoolExecutor(64) as threads:
            found = list(threads.map(platform.send, [WHO_ASKS] * 64))
        platform.close()

    assert len(found) == 64
    assert asked(world)[EXCHANGE] == 2


def test_processes_share_one_exchange_where_a_jti_is_good_once(world: Emulator, address: str, tokens: Path) -> None:
    trust(world)
    token = identity()
    for _ in range(3):
        platform = backend(address, ANTHROPIC_IDENTITY_TOKEN=token)
        platform.send(WHO_ASKS)
        platform.close()

    assert asked(world)[EXCHANGE] == 1
    (file,) = tokens.glob("*.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(tokens.stat().st_mode) == 0o700
    assert token not in file.read_text()


OTHERS: dict[str, dict[str, str]] = {
    "another rule": {"federationRuleId": "fdrl_01other"},
    "another workspace": {"workspaceId": "wrkspc_01emulator"},
    "another service account": {"serviceAccountId": "svac_01emulator"},
}


@pytest.mark.parametrize("case", OTHERS)
def test_what_is_made_by_something_else_is_not_shared(world: Emulator, address: str, case: str) -> None:
    trust(world, issuer={"check_jti": False})
    trust(world, issuer={"check_jti": False}, id="fdrl_01other")
    token = identity()
    for given in ({}, OTHERS[case]):
        platform = backend(address, given, ANTHROPIC_IDENTITY_TOKEN=token, ANTHROPIC_FEDERATION_RULE_ID=RULE)
        platform.send(WHO_ASKS)
        platform.close()

    assert asked(world)[EXCHANGE] == 2


def test_a_setting_keeps_tokens_out_of_files(world: Emulator, address: str, tokens: Path) -> None:
    trust(world)
    platform = backend(address, {"tokenCache": "memory"}, ANTHROPIC_IDENTITY_TOKEN=identity())
    platform.send(WHO_ASKS)
    platform.close()

    assert not tokens.exists()


@pytest.mark.parametrize("mode", [0o644, 0o640])
def test_a_file_that_others_read_counts_for_nothing(world: Emulator, address: str, tokens: Path, mode: int) -> None:
    trust(world, issuer={"check_jti": False})
    token = identity()
    for _ in range(2):
        platform = backend(address, ANTHROPIC_IDENTITY_TOKEN=token)
        platform.send(WHO_ASKS)
        platform.close()
        (file,) = tokens.glob("*.json")
        file.chmod(mode)

    assert asked(world)[EXCHANGE] == 2


def test_a_used_jti_is_explained(world: Emulator, address: str) -> None:
    trust(world)
    platform = backend(address, {"tokenCache": "memory"}, ANTHROPIC_IDENTITY_TOKEN=identity())
    platform.send(WHO_ASKS)
    world.control.revoke_access_tokens()

    with pytest.raises(Unsigned) as denied:
        platform.send(WHO_ASKS)
    platform.close()

    assert results(world) == ["success", "jti_used"]
    assert "401 authentication_error: Authentication failed" in str(denied.value)
    assert "was exchanged before, and its `jti` makes it good once" in str(denied.value)
    assert "authentication history" in str(denied.value)


DENIALS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "another subject": ({"sub": "repo:org/other:ref:refs/heads/main"}, {}, "match_subject_prefix"),
    "another audience": ({"aud": "https://example.com"}, {}, "match_audience"),
    "a claim": ({}, {"claims": {"environment": "production"}}, "match_claims"),
    "an issuer": ({"iss": "https://example.com"}, {}, "match_issuer"),
    "expired": ({"iat": 1, "exp": 100}, {}, "expired"),
    "too long": ({"exp": 4_000_000_000}, {}, "jwt_lifetime"),
    "several workspaces": ({}, {"workspaces": ["wrkspc_01a", "wrkspc_01b"]}, "workspace_id_required"),
    "an archived rule": ({}, {"archived": True}, "unknown_rule"),
}


@pytest.mark.parametrize("case", DENIALS)
def test_a_denial_says_where_its_reason_stands(world: Emulator, address: str, case: str) -> None:
    claims, rule, reason = DENIALS[case]
    trust(world, **rule)
    platform = backend(address, ANTHROPIC_IDENTITY_TOKEN=identity(**claims))

    with pytest.raises(Unsigned, match="authentication history") as denied:
        platform.send(WHO_ASKS)
    platform.close()

    assert results(world) == [reason]
    assert RULE in str(denied.value)
    assert asked(world) == {EXCHANGE: 1}


def test_a_scope_that_opens_something_else_is_refused_by_the_request(world: Emulator, address: str) -> None:
    trust(world, oauth_scope="workspace:inference")
    platform = backend(address, ANTHROPIC_IDENTITY_TOKEN=identity())

    with pytest.raises(Refused, match="workspace:inference"):
        platform.send(WHO_ASKS)
    platform.close()


def test_a_refused_token_is_renewed_once_and_the_request_repeated_once(world: Emulator, address: str) -> None:
    trust(world)
    with github_actions() as variables:
        platform = backend(address, {"identityTokenSource": "github-actions"}, **variables)
        world.control.faults([{"operation": "agents.list", "status": 401, "times": 5}])
        with pytest.raises(Refused, match="federation"):
            platform.send(WHO_ASKS)
        platform.close()

    assert asked(world) == {EXCHANGE: 2, "agents.list": 2}


def test_a_static_key_is_refused_once(world: Emulator, address: str) -> None:
    world.control.faults([{"operation": "agents.list", "status": 401, "times": 5}])
    platform = connect(configure({"baseUrl": address, "apiKey": "key-of-the-account"}, {}))
    with pytest.raises(Refused, match="apiKey"):
        platform.send(WHO_ASKS)
    platform.close()

    assert asked(world) == {"agents.list": 1}


def test_no_token_is_told_when_a_server_repeats_it(
    world: Emulator, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    trust(world)
    given: list[str] = []
    learned = Learned()
    with github_actions(given) as variables:
        usual = {"ANTHROPIC_FEDERATION_RULE_ID": RULE, "ANTHROPIC_ORGANIZATION_ID": ORGANIZATION}
        settings = configure({"baseUrl": address, "identityTokenSource": "github-actions"}, usual | variables)
        platform = connect(settings, learned=learned)
        platform.send(WHO_ASKS)
        (access,) = (secret for secret in learned.secrets if secret.startswith("sk-ant-oat01-"))
        message = f"cannot {access} {given[0]} {REQUEST_TOKEN}"
        world.control.faults([{"operation": "agents.list", "status": 400, "message": message}])
        with pytest.raises(Refused) as refused:
            platform.send(WHO_ASKS)
        platform.close()

    told = f"{refused.value!r} {refused.value} {caplog.text} {settings!r} {json.dumps(world.control.requests())}"
    assert "cannot [secret] [secret] [secret]" in str(refused.value)
    assert not any(secret in told for secret in (access, *given, REQUEST_TOKEN))


UNUSABLE: dict[str, tuple[str | None, str]] = {
    "no file": (None, "cannot be read"),
    "an empty file": ("", "is empty"),
    "no token": ("not a token", "three parts"),
    "a large one": ("a" * 20_000, "larger than 16 KiB"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_file_that_holds_no_identity_token_is_named(world: Emulator, address: str, tmp_path: Path, case: str) -> None:
    content, words = UNUSABLE[case]
    file = tmp_path / "identity"
    if content is not None:
        file.write_text(content)
    with pytest.raises(Unsigned, match=words) as told:
        backend(address, ANTHROPIC_IDENTITY_TOKEN_FILE=str(file)).send(WHO_ASKS)

    assert str(file) in str(told.value)
    assert asked(world) == {}


def test_a_federation_in_part_says_what_it_lacks() -> None:
    with pytest.raises(ConfigError, match="lacks `managed-agents:organizationId`"):
        connect(configure({"federationRuleId": RULE, "identityToken": identity()}, {}))


def test_a_job_that_may_not_ask_hears_which_permission_it_lacks() -> None:
    named = {"ANTHROPIC_FEDERATION_RULE_ID": RULE, "ANTHROPIC_ORGANIZATION_ID": ORGANIZATION}
    with pytest.raises(ConfigError, match=r"this job of GitHub Actions may not ask .* `permissions: id-token: write`"):
        connect(configure({}, {**named, "GITHUB_ACTIONS": "true"}))


def test_no_job_of_github_is_no_source(address: str) -> None:
    with pytest.raises(ConfigError, match="id-token: write"):
        backend(address, {"identityTokenSource": "github-actions"})


LOST: dict[str, dict[str, Any]] = {
    "the answer is lost": {"drop": "after"},
    "the connection is": {"drop": "before"},
    "an error of the server, done": {"status": 500, "after_commit": True},
}


@pytest.mark.parametrize("case", LOST)
def test_an_exchange_whose_answer_was_lost_is_made_again_with_another_token(
    world: Emulator, address: str, case: str
) -> None:
    """The first one may have been exchanged: sent again, it would be denied."""
    trust(world)
    given: list[str] = []
    world.control.faults([{"operation": EXCHANGE, "times": 1, **LOST[case]}])
    with github_actions(given) as variables:
        platform = backend(address, **variables)
        platform.send(WHO_ASKS)
        platform.close()

    assert len(set(given)) == 2
    assert "jti_used" not in results(world)


def test_an_upload_is_sent_again_whole(world: Emulator, address: str, tmp_path: Path) -> None:
    trust(world)
    with github_actions() as variables:
        platform = backend(address, **variables)
        platform.send(WHO_ASKS)
        world.control.revoke_access_tokens()
        (tmp_path / "notes.txt").write_text("the notes of last week")
        files, kind = LocalFiles(tmp_path), KINDS["File"].on("claude")
        checking = plan.CheckContext(platform.capabilities, "notes", lambda digits: "0" * digits, files=files)
        inputs, failures = plan.check(kind, {}, {"path": "notes.txt"}, checking)
        made = apply.create(kind, inputs, apply.Context(platform, print, time.sleep, files))
        platform.close()

    assert failures == []
    assert made.outputs["sizeBytes"] == len("the notes of last week")
    assert asked(world)["files.upload"] == 2
