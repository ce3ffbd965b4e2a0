"""Ids that a platform gives: they become parts of addresses, and of the ids that the engine keeps and shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .platform import PlatformKey
from .signatures import UNKNOWNS

LONGEST_ID: Final = 512


def is_id(value: Any) -> bool:
    """Whether it can be one: a text that is no path, and has nothing in it that is not to be seen."""
    if not isinstance(value, str) or not value.strip(".") or len(value) > LONGEST_ID or value in UNKNOWNS:
        return False
    return value.isprintable() and "/" not in value and value == value.strip()


PREFIXES: Final[Mapping[PlatformKey, Mapping[str, str]]] = {
    "claude": {
        "Agent": "agent_",
        "Environment": "env_",
        "Session": "sesn_",
        "Vault": "vlt_",
        "Credential": "vcrd_",
        "MemoryStore": "memstore_",
        "Memory": "mem_",
        "File": "file_",
        "Skill": "skill_",
        "Deployment": "depl_",
        "UserProfile": "uprof_",
        "Dream": "drm_",
        "Tunnel": "tnl_",
        "TunnelCertificate": "tcrt_",
    },
    "qoder": {
        "Agent": "agent_",
        "Environment": "env_",
        "Session": "sess_",
        "Vault": "vault_",
        "Credential": "vcred_",
        "MemoryStore": "memstore_",
        "Memory": "mem_",
        "File": "file_",
        "Skill": "skill_",
        "Deployment": "dep_",
        "Dream": "drm_",
    },
}
"""How the ids of each kind begin, as the platforms document it."""


def kind_by_id(id: str, platform: PlatformKey) -> str | None:
    """The kind of an object that surely has such an id; None for one that begins otherwise: ids are the platform's."""
    return next((kind for kind, prefix in PREFIXES.get(platform, {}).items() if id.startswith(prefix)), None)
