"""The bodies of requests, and the limits of the metadata that every kind carries."""

from collections.abc import Mapping

from .. import settings
from ..platform import metadata
from ..platform.bodies import Bodies
from ..platform.choices import Id
from ..platform.metadata import Metadata, MetadataPatch
from ..world import Transaction
from .dialect import DIALECT
from .errors import invalid

__all__ = ["Id", "Metadata", "MetadataPatch", "body", "check", "check_metadata", "document", "patched"]

_BODIES = Bodies(DIALECT)
body, document, check = _BODIES.read, _BODIES.document, _BODIES.check


def patched(
    tx: Transaction, stored: Metadata, patch: Mapping[str, str | None] | None, *, empty_deletes: bool = False
) -> Metadata:
    """Metadata after a patch; for environments an empty text deletes a key, as null does."""
    merged = metadata.merged(stored, patch, empty_deletes=empty_deletes)
    check_metadata(tx, merged)
    return merged


def check_metadata(tx: Transaction, sent: Metadata) -> None:
    """The limits of every metadata map; for environments they are inferred from the error code."""
    broken = metadata.broken_limit(sent, pairs="pairs", reserved=settings.value(tx, "reserved_metadata_keys"))
    if broken is not None:
        path, rule = broken
        raise invalid(f"{path}: {rule}", "invalid_metadata")
