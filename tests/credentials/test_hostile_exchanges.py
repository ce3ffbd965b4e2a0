"""Exchanges, identity servers and files that mean ill, or are broken: one clear failure, and nothing told or lost."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import grpc
import httpx
import pytest
from credentials.answering import Asked, answering
from credentials.identities import ORGANIZATION, RULE, identity, trust
from credentials.test_choice import profile
from credentials.test_profiles import CLIENT, OLD, kept
from plugin.client import Client

from pulumi_managed_agents.errors import CallFailed, ConfigError, LostAnswer, Unsigned
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.service import WHO_ASKS
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.transport.exchange import Request
from pulumi_managed_agents.transport.transport import Transport

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.emulator import Emulator

FEDERATION = {"ANTHROPIC_FEDERATION_RULE_ID": RULE, "ANTHROPIC_ORGANIZATION_ID": ORGANIZATION}
ACCESS = "token-of-this-minute"
NOBODY: tuple[int, dict[str, str], bytes] = (200, {}, b'{"data": [], "next_page": null}')


def ask(address: str, given: dict[str, str] | None = None, **environment: str) -> None:
    """One request with a federation."""
    settings = {"baseUrl": address, "maxRetries": "0", "timeoutSeconds": "5", **(given or {})}
    platform = connect(configure(settings, FEDERATION | environment))
    try:
        platform.send(WHO_ASKS)
    finally:
        platform.close()


def granting(**said: Any) -> bytes:
    return json.dumps({"access_token": ACCESS, "token_type": "Bearer", "expires_in": 600, **said}).encode()


ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "a lifetime without end": (200, {}, granting().replace(b"600", b"1e999")),
    "a lifetime of many digits": (200, {}, granting().replace(b"600", b"1" + b"0" * 350)),
    "a lifetime of many digits in a text": (200, {}, granting(expires_in="1" + "0" * 350)),
    "a lifetime that is no number": (200, {}, granting().replace(b"600", b"NaN")),
    "a lifetime that is over": (200, {}, granting(expires_in=-1)),
    "no lifetime at all": (200, {}, granting(expires_in="0")),
    "a lifetime in words": (200, {}, granting(expires_in="soon")),
    "a truth": (200, {}, granting(expires_in=True)),
    "no lifetime": (200, {}, b'{"access_token": "token-of-this-minute"}'),
    "another type": (200, {}, granting(token_type="mac")),
    "no token": (200, {}, granting(access_token=None)),
    "a token of lines": (200, {}, granting(access_token="one\r\nx-api-key: two")),
    "a token of a megabyte": (200, {}, granting(access_token="x" * (1 << 20))),
    "a list": (200, {}, b"[]"),
    "a page": (200, {"content-type": "text/html"}, b"<p>Hello"),
    "depth": (200, {}, b"[" * 100_000),
    "a redirect": (307, {"location": "http://127.0.0.1:9/elsewhere"}, b""),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_what_an_exchange_may_not_say_is_one_failure(case: str, tokens: Path) -> None:
    asked: list[Asked] = []

    def answer(request: Asked) -> tuple[int, dict[str, str], bytes]:
        asked.append(request)
        return ANSWERS[case] if request.path == "/v1/oauth/token" else NOBODY

    with answering(answer) as address, pytest.raises(Unsigned) as told:
        ask(address, ANTHROPIC_IDENTITY_TOKEN=identity())

    assert [request.path for request in asked] == ["/v1/oauth/token"]
    assert len(str(told.value)) < 1_000
    assert list(tokens.glob("*.json")) == []


def test_a_lifetime_of_years_is_no_trouble(tokens: Path) -> None:
    with answering(lambda request: (200, {}, granting(expires_in=10**9)) if "oauth" in request.path else NOBODY) as url:
        ask(url, ANTHROPIC_IDENTITY_TOKEN=identity())

    assert len(list(tokens.glob("*.json"))) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 429, 500])
@pytest.mark.parametrize("before", [0, 200, 250])
def test_what_an_exchange_repeats_is_cut_after_secrets_are_out(status: int, before: int) -> None:
    token = identity(jti=None, iss="https://issuer.example/" + "x" * 600)

    def answer(request: Asked) -> tuple[int, dict[str, str], bytes]:
        sent = json.loads(request.body)["assertion"]
        words = {"error": "invalid_grant", "error_description": "." * before + sent, "request_id": sent}
        return status, {}, json.dumps(words).encode()

    with answering(answer) as address, pytest.raises(Unsigned) as told:
        ask(address, ANTHROPIC_IDENTITY_TOKEN=token)

    assert token[:20] not in str(told.value)
    assert "[secret]" in str(told.value) or before


def test_a_redirect_of_an_identity_server_carries_no_request_token_elsewhere() -> None:
    elsewhere: list[Asked] = []

    def other(request: Asked) -> tuple[int, dict[str, str], bytes]:
        elsewhere.append(request)
        return 200, {}, json.dumps({"value": identity()}).encode()

    with (
        answering(other) as away,
        answering(lambda _: (302, {"location": away}, b"")) as job,
        answering(lambda _: NOBODY) as address,
        pytest.raises(Unsigned, match="id-token: write"),
    ):
        ask(address, ACTIONS_ID_TOKEN_REQUEST_URL=f"{job}/token?v=2", ACTIONS_ID_TOKEN_REQUEST_TOKEN="token-of-the-job")

    assert elsewhere == []


@pytest.mark.parametrize("url", ["http://attacker.example/token", "ftp://127.0.0.1/token", "https://a:b@example.com/"])
def test_a_request_token_goes_to_no_other_address_in_the_clear(url: str) -> None:
    with pytest.raises(ConfigError, match="ACTIONS_ID_TOKEN_REQUEST_URL"):
        ask("https://platform.example", ACTIONS_ID_TOKEN_REQUEST_URL=url, ACTIONS_ID_TOKEN_REQUEST_TOKEN="token-of-it")


@pytest.mark.parametrize("value", [None, 1, "", "one", "a.b", "a.b.c d", "a.b.\n", ["a.b.c"], "a.b." + "c" * 20_000])
def test_what_is_no_identity_token_is_not_sent_on(value: Any) -> None:
    asked: list[str] = []

    def answer(request: Asked) -> tuple[int, dict[str, str], bytes]:
        asked.append(request.path)
        return 200, {}, json.dumps({"value": value}).encode()

    with answering(answer) as address, pytest.raises(Unsigned):
        ask(address, ACTIONS_ID_TOKEN_REQUEST_URL=f"{address}/job", ACTIONS_ID_TOKEN_REQUEST_TOKEN="token-of-the-job")

    assert "/v1/oauth/token" not in asked


def test_claims_that_are_nested_without_end_are_none(world: Emulator, address: str) -> None:
    del world
    deep = base64.urlsafe_b64encode(b"[" * 9_000).decode().rstrip("=")

    with pytest.raises(Unsigned, match="401"):
        ask(address, ANTHROPIC_IDENTITY_TOKEN=f"a.{deep}.c")


def test_a_file_that_is_not_there_is_missed_by_the_exchange_alone(address: str, tmp_path: Path) -> None:
    """A preview of what is new asks nothing: whoever runs it need not be able to prove anything."""
    settings = {"baseUrl": address, "federationRuleId": RULE, "organizationId": ORGANIZATION}
    with Client() as client:
        client.configure(**settings, identityTokenFile=str(tmp_path / "nowhere"))
        inputs = client.check("Agent", {"model": "claude-opus-4-8"})
        client.create("Agent", inputs, preview=True)
        with pytest.raises(grpc.RpcError) as told:
            client.create("Agent", inputs)

    assert f"{tmp_path / 'nowhere'}" in str(told.value.details())


def test_a_token_that_has_expired_is_explained(world: Emulator, address: str) -> None:
    trust(world)
    past = int(time.time()) - 7_200

    with pytest.raises(Unsigned, match=r"expired at ....-..-.. ..:..:.. UTC, by the clock of this machine"):
        ask(address, ANTHROPIC_IDENTITY_TOKEN=identity(iat=past, exp=past + 300))


KEPT: dict[str, str] = {
    "nothing": "",
    "no JSON": "{",
    "depth": "[" * 100_000,
    "a list": "[]",
    "another type": '{"access_token": 1}',
    "an end of many digits": '{"access_token": "token-of-last-week", "expires_at": 1' + "0" * 350 + "}",
    "no end": '{"access_token": "token-of-last-week", "expires_at": null}',
    "a token of lines": '{"access_token": "one\\r\\ntwo", "expires_at": 9999999999}',
}


@pytest.mark.parametrize("case", KEPT)
def test_what_is_kept_and_broken_is_made_anew(world: Emulator, address: str, tokens: Path, case: str) -> None:
    trust(world, issuer={"check_jti": False})
    token = identity()
    ask(address, ANTHROPIC_IDENTITY_TOKEN=token)
    (file,) = tokens.glob("*.json")
    file.write_text(KEPT[case])

    ask(address, ANTHROPIC_IDENTITY_TOKEN=token)

    assert world.control.counters()["oauth.token"] == 2
    assert json.loads(file.read_text())["access_token"].startswith("sk-ant-oat01-")


@pytest.mark.parametrize("kind", ["a link", "a folder", "a pipe"])
def test_what_stands_in_the_place_of_the_file_is_not_read(
    world: Emulator, address: str, tokens: Path, tmp_path: Path, kind: str
) -> None:
    trust(world, issuer={"check_jti": False})
    token = identity()
    ask(address, ANTHROPIC_IDENTITY_TOKEN=token)
    (file,) = tokens.glob("*.json")
    aside = tmp_path / "aside"
    file.rename(aside)
    if kind == "a link":
        file.symlink_to(aside)
    elif kind == "a folder":
        file.mkdir()
    else:
        os.mkfifo(file, 0o600)
    before = aside.read_text()

    ask(address, ANTHROPIC_IDENTITY_TOKEN=token)

    assert world.control.counters()["oauth.token"] == 2
    assert aside.read_text() == before


def test_what_was_kept_of_another_credential_is_not_taken(world: Emulator, address: str, tokens: Path) -> None:
    """Somebody has moved the file of one rule to the place of another."""
    trust(world, issuer={"check_jti": False})
    trust(world, issuer={"check_jti": False}, id="fdrl_01other")
    token = identity()
    ask(address, ANTHROPIC_IDENTITY_TOKEN=token)
    (first,) = tokens.glob("*.json")
    ask(address, {"federationRuleId": "fdrl_01other"}, ANTHROPIC_IDENTITY_TOKEN=token)
    (second,) = set(tokens.glob("*.json")) - {first}
    first.replace(second)

    ask(address, {"federationRuleId": "fdrl_01other"}, ANTHROPIC_IDENTITY_TOKEN=token)

    assert world.control.counters()["oauth.token"] == 3


def test_what_nobody_can_use_any_more_is_swept(world: Emulator, address: str, tokens: Path) -> None:
    trust(world)
    ask(address, ANTHROPIC_IDENTITY_TOKEN=identity())
    old = {tokens / "0123.json", tokens / "0123.json.lock", tokens / "tmp0123"}
    for path in old:
        path.write_text("token-of-last-week")
        os.utime(path, (time.time() - 200_000, time.time() - 200_000))
    (tokens / "4567.json").write_text("token-of-this-day")

    ask(address, ANTHROPIC_IDENTITY_TOKEN=identity())

    assert not [path for path in old if path.exists()]
    assert len(list(tokens.glob("*.json"))) == 3


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o775])
def test_nothing_is_kept_in_a_folder_that_others_may_write(
    world: Emulator, address: str, tokens: Path, mode: int
) -> None:
    trust(world)
    tokens.mkdir(parents=True)
    tokens.chmod(mode)

    ask(address, ANTHROPIC_IDENTITY_TOKEN=identity())

    assert list(tokens.iterdir()) == []


PROCESS = """
import os
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.service import WHO_ASKS
from pulumi_managed_agents.platforms.settings import configure
platform = connect(configure({"maxRetries": "0"}, os.environ))
print("ready", flush=True)
input()
platform.send(WHO_ASKS)
platform.close()
"""


@pytest.mark.parametrize("kind", ["federation", "login"])
def test_processes_that_begin_at_once_make_one_exchange(
    world: Emulator, address: str, tmp_path: Path, kind: str
) -> None:
    """An identity token with a `jti` is good once, and so is a refresh token that rotates."""
    trust(world)
    world.control.federation(logins=[{"client_id": CLIENT, "refresh_token": OLD}])
    variables = {**os.environ, "ANTHROPIC_BASE_URL": address, "ANTHROPIC_CONFIG_DIR": str(tmp_path)}
    if kind == "federation":
        variables |= {**FEDERATION, "ANTHROPIC_IDENTITY_TOKEN": identity()}
    else:
        profile(tmp_path, "default", {"type": "user_oauth", "client_id": CLIENT})
        kept(tmp_path, "token-of-last-week", -10, refresh_token=OLD)
    command = [sys.executable, "-c", PROCESS]
    both = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    started = [subprocess.Popen(command, env=variables, text=True, **both) for _ in range(4)]  # type: ignore[call-overload]
    for process in started:
        assert process.stdout.readline() == "ready\n"
    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    told = [process.communicate(timeout=60)[1] for process in started]

    assert [process.returncode for process in started] == [0] * 4, told
    assert world.control.counters() == {"oauth.token": 1, "agents.list": 4}


def test_two_credentials_of_one_program_do_not_meet(world: Emulator, address: str) -> None:
    trust(world, issuer={"check_jti": False})
    trust(world, issuer={"check_jti": False}, id="fdrl_01models", oauth_scope="workspace:inference")
    variables = {**FEDERATION, "ANTHROPIC_IDENTITY_TOKEN": identity()}
    one = connect(configure({"baseUrl": address, "maxRetries": "0"}, variables))
    two = connect(configure({"baseUrl": address, "maxRetries": "0", "federationRuleId": "fdrl_01models"}, variables))

    for _ in range(2):
        one.send(WHO_ASKS)
        with pytest.raises(CallFailed, match="workspace:inference"):
            two.send(WHO_ASKS)
    one.close()
    two.close()


@pytest.mark.parametrize("kind", ["a pipe", "a device", "a folder"])
def test_an_identity_token_is_read_from_a_file_that_can_be_read_again(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "identity"
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")

    with pytest.raises(Unsigned, match="identity") as told:
        ask("https://platform.example", ANTHROPIC_IDENTITY_TOKEN_FILE=str(path))

    assert "no regular file" in str(told.value) or "directory" in str(told.value)


@pytest.mark.parametrize("name", ["FEDERATION_RULE_ID", "ORGANIZATION_ID", "SERVICE_ACCOUNT_ID", "WORKSPACE_ID"])
@pytest.mark.parametrize("blank", ["\n", " ", "\t", "\u00a0"])
def test_an_id_with_blanks_at_its_end_is_found_before_anything_is_sent(name: str, blank: str) -> None:
    variables = {**FEDERATION, "ANTHROPIC_IDENTITY_TOKEN": identity()}
    value = variables.get(f"ANTHROPIC_{name}", "default")

    with pytest.raises(ConfigError, match=f"ANTHROPIC_{name}") as told:
        connect(configure({}, {**variables, f"ANTHROPIC_{name}": value + blank}))

    assert "spaces" in str(told.value)


def test_empty_variables_count_for_nothing(world: Emulator, address: str) -> None:
    trust(world)
    empty = ("API_KEY", "AUTH_TOKEN", "PROFILE", "IDENTITY_TOKEN_FILE", "SERVICE_ACCOUNT_ID", "WORKSPACE_ID", "SCOPE")

    ask(address, ANTHROPIC_IDENTITY_TOKEN=identity(), **{f"ANTHROPIC_{name}": "" for name in empty})

    assert world.control.counters()["oauth.token"] == 1


def test_who_exchanges_waits_less_than_who_asks_the_platform() -> None:
    """Others wait for the end of an exchange, which has a bound of its own beside that of the connections."""

    def answer(_: Asked) -> tuple[int, dict[str, str], bytes]:
        time.sleep(3)
        return NOBODY

    began = time.monotonic()
    with answering(answer) as address, httpx.Client(base_url=address, timeout=60) as client, pytest.raises(LostAnswer):
        Transport(client, retries=0, seconds=0.3).send(Request("GET", "/", "Asking"))

    assert time.monotonic() - began < 3
