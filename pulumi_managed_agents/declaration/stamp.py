"""The stamp of a creation: a random text in an object's metadata, by which it is found after an answer was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .values import Bag

STAMP = "pulumi_creation_id"
"""The metadata key that carries it."""

METADATA_LIMIT = 16
"""Entries that a platform accepts in `metadata`; the stamp is one of them where there is room."""


def stamped(body: Bag, stamp: str | None) -> tuple[Bag, str | None]:
    """The body with the stamp among its metadata, and the stamp if it found room there."""
    metadata = body.get("metadata") or {}
    if stamp is None or len(metadata) >= METADATA_LIMIT:
        return body, None
    return {**body, "metadata": {**metadata, STAMP: stamp}}, stamp
