"""States that version 0.1.0 wrote, of one of each kind: to every later version they say that nothing has to be done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import ref, repository, row
from engine.installation import APP, INSTALLATION
from engine.test_import_of_every_kind import FILES, MODELS, everything
from engine.vault_fields import bearer

from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from engine.stack import Stack

STATES = Path(__file__).with_name("states")
"""What `pulumi stack export` wrote: `VERSION-FRONT_END-PLATFORM.json`, with the passphrase of the tests.

The minted token's `expiresAt` was set to the far future, since one that is about to expire is renewed.
"""

LATER_KINDS = {"UserProfile", "Tunnel", "TunnelCertificate", "Dream"}
"""Kinds that 0.1.0 did not have."""


def declared(platform: str, key: str = "another key than the one that signed") -> list[dict[str, Any]]:
    """One of each kind, as the program of the recorded states declared them."""
    minted = row("GitHubInstallationToken")(
        "minted",
        {"ignore_changes": ["privateKey"]},
        app_id=APP,
        installation_id=INSTALLATION,
        private_key=key,
        repositories=["app"],
    )
    return [
        *(item for item in everything(platform, before=True) if item["kind"] not in LATER_KINDS),
        row("Credential")("github", vault_id=ref("vault.id"), **bearer("made-up-bearer-1")),
        repository(authorization_token="made-up-token-1", mount_path="/workspace/app"),
        row("Session")(
            "mounting", agent=ref("agent.id"), environment_id=ref("sandbox.id"), resources=[ref("app")], title="mounts"
        ),
        minted,
    ]


@pytest.mark.parametrize("platform", MODELS)
def test_a_state_of_0_1_0_previews_empty(stack: Stack, platform: str) -> None:
    rows = declared(platform)
    assert {item["kind"] for item in rows} == KINDS.keys() - LATER_KINDS
    stack.secrets |= {"made-up-bearer-1", "made-up-token-1"}
    stack.use(platform)
    stack.write(FILES)
    stack.declare(*rows)
    front_end = "dynamic" if "dynamic" in stack.token else "plugin"
    stack.succeed("stack", "import", "--file", str(STATES / f"0.1.0-{front_end}-{platform}.json"))

    run = stack.succeed("preview", "--expect-no-changes")

    assert run.operations == {}
    assert stack.requests() == []
