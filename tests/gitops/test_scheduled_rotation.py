"""The scheduled rotation: a GitHub App's token is renewed in time, on the running session."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from gitops.repository import Team

    from pulumi_managed_agents.emulator import Control, Emulator, Server

pytestmark = pytest.mark.engine

APP, INSTALLATION = 4711, 12


def an_app(control: Control) -> str:
    """Tells the emulated GitHub of an app, and returns its private key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    installed = {"id": INSTALLATION, "account": "org"}
    control.github_apps([{"app_id": APP, "public_key": public.decode(), "installations": [installed]}])
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode()


def ages(team: Team, minutes: int) -> None:
    """Time passes: in the state, the token was minted earlier."""
    exported = json.loads(team.pulumi("stack", "export"))
    for resource in exported["deployment"]["resources"]:
        for name in {"mintedAt", "expiresAt"} & set(resource.get("outputs", {})):
            moment = datetime.fromisoformat(resource["outputs"][name]) - timedelta(minutes=minutes)
            resource["outputs"][name] = moment.isoformat()
    team.pulumi("stack", "import", given=json.dumps(exported))


def test_a_token_in_the_last_third_of_its_life_is_renewed_on_the_session(
    team: Team, platform: tuple[Emulator, Server]
) -> None:
    emulator, server = platform
    team.pulumi("config", "set", "managed-agents:githubUrl", f"{server.url}/github")
    team.pulumi("config", "set", "appId", str(APP))
    team.pulumi("config", "set", "installationId", str(INSTALLATION))
    team.keep_secret("privateKey", an_app(emulator.control))
    team.commit("A reviewer with an app's token")
    team.deploy()
    (session,) = emulator.control.objects("sessions")
    team.sent()

    early = team.workflow("rotate")
    assert (early.code, early.summary) == (0, ""), early.output
    assert "Nothing is due." in early.output
    assert team.sent() == []

    ages(team, minutes=45)
    due = team.workflow("rotate")

    assert (due.code, due.summary) == (0, "Tokens of prod were renewed.\n"), due.output
    assert team.sent() == [
        "github.apps.create_installation_access_token",
        "sessions.resources.update",
        "github.apps.revoke_installation_access_token",
    ]
    old, new = emulator.control.github_tokens()
    (rotation,) = emulator.control.rotations(session["id"])
    assert (old["revoked"], new["revoked"]) == (True, False)
    assert rotation["fingerprint"] == new["fingerprint"]
