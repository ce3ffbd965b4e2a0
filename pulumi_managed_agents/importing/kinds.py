"""Which kinds are taken over, and whether that has to be asked for."""

from __future__ import annotations

from typing import Final

CONFIGURATION: Final = (
    "Skill",
    "File",
    "Environment",
    "MemoryStore",
    "Memory",
    "Vault",
    "Credential",
    "Agent",
    "Deployment",
)
"""The kinds that are taken over unless others are asked for."""

WORK: Final = ("Session", "RepositoryResource")
"""Work in progress: taken over only where that is asked for."""

USERS: Final = ("UserProfile",)
"""Whom applications serve: perhaps very many, and of the organization; taken over where just they are asked for."""

TUNNELS: Final = ("Tunnel", "TunnelCertificate")
"""What another credential opens than the rest: taken over where just they are asked for."""
