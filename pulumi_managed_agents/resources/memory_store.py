"""MemoryStore: what agents remember from session to session."""

from __future__ import annotations

from typing import Annotated

from ..declaration.marks import AutoNamed, Clears, Lines
from ..declaration.model import Inputs, Outputs, described
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle
from .parts.metadata import Metadata
from .parts.moments import CreatedAt
from .parts.removal import ArchivedUnlessSaid
from .parts.source import Source


class MemoryStoreInputs(Inputs):
    """What the store is."""

    source: Source = None
    name: Annotated[
        str | None,
        AutoNamed(),
        described(
            "Shown to people, and the folder's name in sessions (default: the resource's name).",
            min_length=1,
            max_length=255,
        ),
    ] = None
    description: Annotated[
        str | None, Clears(to=""), Lines(), described("What the store is for; agents read it.", max_length=1024)
    ] = None
    metadata: Metadata = None
    on_delete: ArchivedUnlessSaid = "archive"


class MemoryStoreOutputs(Outputs):
    """What the platform adds."""

    created_at: CreatedAt
    updated_at: Annotated[str, described("When its name, description or metadata last changed (RFC 3339).")]


MEMORY_STORE = Kind(
    name="MemoryStore",
    doc=(
        "A store of memories that sessions mount, to read or to write. Removing it archives the store: its memories "
        "stay readable, and no session can mount it any more. `onDelete: delete` removes them with all their versions."
    ),
    inputs=MemoryStoreInputs,
    outputs=MemoryStoreOutputs,
    lifecycle=Lifecycle("memory_stores", "memory_store_id"),
    prose=lambda text: {"description": text},
)
