"""Vaults, credentials and stores are archived or deleted, as their owner chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from core.platform import Platform

    from pulumi_managed_agents.lifecycle.steps import State

AUTH = {"type": "static_bearer", "mcpServerUrl": "https://mcp.example.com/", "token": "token-of-last-week"}
NAMED: dict[str, dict[str, Any]] = {"Vault": {"displayName": "keys"}, "MemoryStore": {"name": "knowledge"}}
COLLECTIONS = {"Vault": "vaults", "MemoryStore": "memory_stores", "Credential": "credentials"}


def made(platform: Platform, kind: str, **words: Any) -> State:
    if kind == "Credential":
        vault = platform.create("Vault", {"displayName": "keys"})
        words |= {"vaultId": vault.id, "auth": AUTH}
    return platform.create(kind, {**NAMED.get(kind, {}), **words})


def left(platform: Platform, kind: str) -> list[bool]:
    """Of what is still stored, whether it is archived."""
    stored = platform.control.objects(COLLECTIONS[kind])
    return [item["archived_at"] is not None for item in stored]


@pytest.mark.parametrize(
    ("kind", "chosen", "expected"),
    [
        ("Vault", None, [True]),
        ("Vault", "archive", [True]),
        ("Vault", "delete", []),
        ("MemoryStore", None, [True]),
        ("MemoryStore", "delete", []),
        ("Credential", None, []),
        ("Credential", "archive", [True]),
    ],
)
def test_removing_a_resource_does_what_was_chosen(
    platform: Platform, kind: str, chosen: str | None, expected: list[bool]
) -> None:
    state = made(platform, kind, **({"onDelete": chosen} if chosen else {}))

    platform.delete(kind, state)

    assert left(platform, kind) == expected
    # Once more is fine: it may have been removed before an answer was lost.
    platform.delete(kind, state)


@pytest.mark.parametrize("kind", COLLECTIONS)
def test_choosing_asks_nothing_of_the_platform(platform: Platform, kind: str) -> None:
    """Another way of removal is the state's affair, until the resource is removed."""
    state = made(platform, kind)
    words = NAMED.get(kind) or {"vaultId": state.outputs["vaultId"], "auth": AUTH}
    platform.traffic()
    chosen = platform.update(kind, state, {**words, "onDelete": "delete"})

    assert platform.traffic() == []
    assert chosen.outputs["onDelete"] == "delete"
