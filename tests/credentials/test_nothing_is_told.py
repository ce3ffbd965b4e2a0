"""Identity, access and request tokens, repeated by a server in every form and place: told to nobody."""

from __future__ import annotations

import json
import logging
import random
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from credentials.identities import ORGANIZATION, REQUEST_TOKEN, RULE, github_actions, trust
from plugin.client import Client
from plugin.echoing import FORMS, WAYS, echoing
from plugin.front_ends import classes, close

from pulumi_managed_agents.declaration.signatures import SECRET, SIGNATURE
from pulumi_managed_agents.declaration.values import Secret
from pulumi_managed_agents.dynamic.errors import Error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plugin.echoing import Echo

    from pulumi_managed_agents.emulator import Emulator

AGENT = {"model": "claude-opus-4-8", "name": "worker"}


@pytest.fixture
def place(
    world: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Client, Echo, dict[str, str], set[str]]]:
    """A server that repeats, the settings of a federation there, and all of its secrets."""
    given: list[str] = []
    trust(world)
    with github_actions(given) as variables, echoing(world) as (echo, address), Client() as plugin:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        settings = {"baseUrl": address, "federationRuleId": RULE, "organizationId": ORGANIZATION, "maxRetries": "0"}
        settings["identityTokenSource"] = "github-actions"
        plugin.configure(**settings)
        plugin.make("Agent", AGENT)
        kept = next((tmp_path / "cache").rglob("tokens/*.json"))
        access = json.loads(kept.read_text())["access_token"]
        yield plugin, echo, settings, {access, given[0], REQUEST_TOKEN}
        close(settings)
        assert len(given) == 1


def readable(value: Any) -> Any:
    """What of a value anybody may read."""
    if isinstance(value, Secret) or (isinstance(value, dict) and value.get(SIGNATURE) == SECRET):
        return "[secret]"
    if isinstance(value, dict):
        return {key: readable(item) for key, item in value.items()}
    return [readable(item) for item in value] if isinstance(value, list) else value


def test_what_a_server_repeats_of_a_credential_is_told_to_nobody(
    place: tuple[Client, Echo, dict[str, str], set[str]],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    plugin, echo, settings, secrets = place
    written = {form(secret) for secret in secrets for form in FORMS.values()}
    draw = random.Random(1)
    told: list[str] = []
    ways = set()
    python = classes("Agent", **settings)
    for _ in range(40):
        echo.speak(draw, secrets)
        ways.add(echo.way)
        try:
            told.append(json.dumps(readable(plugin.make("Agent", AGENT)[1])))
        except grpc.RpcError as error:
            told.append(f"{error.details()} {error.trailing_metadata()}")
        # What another process exchanged is known to it by its form alone, and only words are looked at for forms.
        echo.speak(draw, {secret for secret in secrets if not secret.startswith("eyJ")})
        try:
            told.append(json.dumps(readable(python.create(readable(plugin.check("Agent", AGENT))).outs)))
        except Error as error:
            told.append(str(error))

    assert ways == set(WAYS)
    own = [record.getMessage() for record in caplog.records if record.name.startswith("pulumi_managed_agents")]
    everything = "\n".join([*told, *own, *capfd.readouterr()])
    assert not [form for form in written if form in everything]
