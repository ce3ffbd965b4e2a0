"""The guide to keyless runs shows how to try them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from credentials.identities import key
from jwt.algorithms import RSAAlgorithm
from walks.document import ROOT, blocks_of

if TYPE_CHECKING:
    from pulumi_managed_agents.emulator import Emulator

GUIDE = "docs/guides/keyless.md"


def test_its_one_block_describes_whom_an_organization_trusts(world: Emulator) -> None:
    (block,) = blocks_of(ROOT / "docs/guides/keyless.md")
    jwk = {**json.loads(RSAAlgorithm.to_jwk(key().public_key())), "kid": "one"}

    exec(block.text, {"emulator": world, "jwk": jwk})  # noqa: S102 - the guide's own

    assert world.control.authentication_history() == []
