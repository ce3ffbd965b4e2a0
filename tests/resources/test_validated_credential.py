"""An OAuth token that the platform tries when it is given one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.bags import failures_of

from pulumi_managed_agents.errors import NotReady
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from core.platform import Platform

SERVER = "https://mcp.example.com/"
OAUTH = {"type": "mcp_oauth", "mcpServerUrl": SERVER, "accessToken": "token-of-last-week"}
BEARER = {"type": "static_bearer", "mcpServerUrl": SERVER, "token": "token-of-last-week"}


def declared(platform: Platform, **auth: Any) -> dict[str, Any]:
    vault = platform.create("Vault", {"displayName": "keys"})
    platform.traffic()
    return {"vaultId": vault.id, "auth": {**OAUTH, **auth}, "validateToken": True}


def test_a_good_token_costs_a_request_and_no_word(platform: Platform) -> None:
    platform.control.settings(credential_validation="valid")

    platform.create("Credential", declared(platform))

    assert platform.traffic() == ["vaults.credentials.create", "vaults.credentials.mcp_oauth_validate"]
    assert platform.warnings == []


def test_a_refused_token_is_an_error_that_keeps_the_credential_and_ends_with_another_token(platform: Platform) -> None:
    """The next run tries again, without a change in the program."""
    platform.control.settings(credential_validation="invalid")
    bag = declared(platform)
    with pytest.raises(NotReady, match="refuses the token at `initialize`") as refused:
        platform.create("Credential", bag)
    with pytest.raises(NotReady):
        platform.update("Credential", refused.value.state, bag, refused.value.id)

    platform.control.settings(credential_validation="valid")
    platform.update(
        "Credential", refused.value.state, {**bag, "auth": {**OAUTH, "accessToken": "new"}}, refused.value.id
    )

    assert len(platform.control.objects("credentials")) == 1


def test_a_server_that_does_not_answer_is_a_warning(platform: Platform) -> None:
    platform.control.settings(credential_validation="unknown")

    platform.create("Credential", declared(platform))

    (warning,) = platform.warnings
    assert "could not be told" in warning


def test_only_oauth_can_be_tried() -> None:
    wrong = failures_of(KINDS["Credential"], {"vaultId": "vlt_1", "auth": BEARER, "validateToken": True})

    assert wrong == {"validateToken": "is for `mcp_oauth` alone: the platform does not try a `static_bearer`"}
