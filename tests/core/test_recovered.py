"""An object that a cut-off create made is found again by what the engine noted: its inputs, and nothing else."""

import pytest
from core.platform import HELLO, MODEL, Platform

from pulumi_managed_agents import apply
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.resources.registry import KINDS

BEARER = {"type": "static_bearer", "mcpServerUrl": "https://mcp.example.com/", "token": "made-up"}


def declared(platform: Platform, kind: str) -> Bag:
    """What declares one of the kind."""
    match kind:
        case "Credential":
            return {"vaultId": platform.create("Vault", {"displayName": "v"}).id, "auth": BEARER}
        case "Memory":
            return {"memoryStoreId": platform.create("MemoryStore", {"name": "s"}).id, "path": "/a.md", "content": "a"}
        case "Deployment":
            return platform.session_bag(initialEvents=[HELLO])
        case "Session":
            return platform.session_bag()
        case "Agent":
            return {"name": "a", "model": MODEL}
    return {}


FOUND = ("Agent", "Environment", "Session", "Vault", "Credential", "MemoryStore", "Memory", "Deployment")


@pytest.mark.parametrize("kind", FOUND)
def test_what_a_create_made_is_found_by_its_inputs(platform: Platform, kind: str) -> None:
    bag = declared(platform, kind)
    made = platform.create(kind, bag)

    found = apply.find_made(KINDS[kind], platform.checked(kind, bag), platform.context)

    assert found is not None
    assert found.id == made.id


@pytest.mark.parametrize("kind", FOUND)
def test_where_nothing_was_made_nothing_is_found(platform: Platform, kind: str) -> None:
    inputs = platform.checked(kind, declared(platform, kind))

    assert apply.find_made(KINDS[kind], inputs, platform.context) is None


def test_a_file_cannot_be_told_from_others_like_it(platform: Platform) -> None:
    bag = {"text": "one", "filename": "a"}
    platform.create("File", bag)

    assert apply.find_made(KINDS["File"], platform.checked("File", bag), platform.context) is None
