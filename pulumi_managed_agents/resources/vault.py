"""Vault: where the credentials of an agent's servers are kept. Sessions name vaults, never credentials."""

from __future__ import annotations

from typing import Annotated

from ..declaration.marks import AutoNamed, Longest, Replaces
from ..declaration.model import Inputs, Outputs, described
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle
from .parts.metadata import Metadata
from .parts.moments import CreatedAt, UpdatedAt
from .parts.removal import ArchivedUnlessSaid

_NO_UPDATE = "the platform cannot update a vault"


class VaultInputs(Inputs):
    """What the vault is."""

    display_name: Annotated[
        str | None,
        AutoNamed(),
        Replaces(_NO_UPDATE, on="qoder"),
        Longest(255, on="claude"),
        described("Shown to people (default: the resource's name).", min_length=1),
    ] = None
    metadata: Annotated[Metadata, Replaces(_NO_UPDATE, on="qoder")] = None
    on_delete: ArchivedUnlessSaid = "archive"


class VaultOutputs(Outputs):
    """What the platform adds."""

    created_at: CreatedAt
    updated_at: UpdatedAt


VAULT = Kind(
    name="Vault",
    doc=(
        "A place for the credentials of an agent's MCP servers and tools. Sessions and deployments name it in "
        "`vaultIds`. Removing it archives the vault, or deletes it: either erases the secrets of all its credentials."
    ),
    inputs=VaultInputs,
    outputs=VaultOutputs,
    lifecycle=Lifecycle("vaults", "vault_id"),
)
