"""Bags that the emulated platform can carry out: its models, and ids of objects that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.bags import SPECIAL, inputs_of
from hypothesis import strategies as st

from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import SearchStrategy

    from pulumi_managed_agents.declaration.values import Bag

MODELS = st.sampled_from(("claude-opus-5-5", "claude-sonnet-5"))
DOMAINS = st.lists(st.sampled_from(("example.com", "docs.example.org")), min_size=1, unique=True)


def agent_bags(members: Sequence[str]) -> SearchStrategy[Bag]:
    """Agents that may lead the members."""
    ids = st.sampled_from(members)
    special: dict[str, SearchStrategy[Any]] = {
        **SPECIAL,
        "ModelConfig.id": MODELS,
        "ModelConfig.inferenceGeo": st.none(),
        "AdvisorMember.model": MODELS,
        "Advisor.model": MODELS,
        "AgentMember.id": ids,
        "AgentMember.version": st.just(1),
        "Predefined.id": ids,
        "Predefined.version": st.just(1),
    }
    return inputs_of(KINDS["Agent"], special)


def session_bags(agent: str, environment: str) -> SearchStrategy[Bag]:
    """Sessions of the agent in the environment, with mounts and events that the platform can take."""
    file = st.sampled_from(("file_a", "file_b", "file_c"))
    special: dict[str, SearchStrategy[Any]] = {
        **SPECIAL,
        "AgentReference.id": st.just(agent),
        "AgentReference.version": st.just(1),
        "ModelConfig.id": MODELS,
        "SessionInputs.environmentId": st.just(environment),
        "SessionInputs.vaultIds": st.lists(st.sampled_from(("vlt_1", "vlt_2")), unique=True),
        "FileEntry.fileId": file,
        "FileEntry.mountPath": st.sampled_from(("/data.csv", "deep/er.txt")),
        "MemoryStoreEntry.memoryStoreId": st.sampled_from(("memstore_1", "memstore_2")),
        "FileSource.fileId": file,
        "FileRubric.fileId": file,
        "SessionInputs.waitForReady": st.just(value=False),
    }
    return inputs_of(KINDS["Session"], special)
