"""The rule about what must not be removed by accident."""

from __future__ import annotations

from dataclasses import replace

from policy.views import agent, broken, declared

from pulumi_managed_agents.policy.rules import PROTECTED_KINDS


def test_vaults_and_memory_stores_are_protected_unless_told_otherwise() -> None:
    resources = [agent(), declared("MemoryStore", "notes"), declared("Vault", "secrets")]

    assert broken(PROTECTED_KINDS, *resources) == ["notes", "secrets"]
    assert broken(PROTECTED_KINDS, *resources, protectedKinds=["Agent"]) == ["reviewer"]
    assert broken(PROTECTED_KINDS, *resources, protectedKinds=[]) == []


def test_what_is_protected_is_fine() -> None:
    assert broken(PROTECTED_KINDS, replace(declared("Vault", "secrets"), protect=True)) == []
