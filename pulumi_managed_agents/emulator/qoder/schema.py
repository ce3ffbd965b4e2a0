"""The bodies of requests, what null means in them, and the metadata that every kind carries."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import StringConstraints

from .. import settings
from ..platform import metadata
from ..platform.bodies import Bodies, Closed
from ..platform.choices import Id, Version
from ..platform.metadata import Metadata, MetadataPatch
from ..world import JSON, Transaction
from .dialect import DIALECT
from .errors import invalid

__all__ = [
    "Id",
    "Metadata",
    "MetadataPatch",
    "Name",
    "Version",
    "body",
    "changes",
    "check",
    "check_metadata",
    "clears",
    "document",
    "patched",
    "unconfirmed",
]

Name = Annotated[str, StringConstraints(min_length=1, max_length=256)]

_BODIES = Bodies(DIALECT)
body, document, check = _BODIES.read, _BODIES.document, _BODIES.check


def changes(tx: Transaction, sent: Closed, cleared: Mapping[str, Any]) -> JSON:
    """The fields of an update that replace what is stored; `cleared` names them and what null makes of each."""
    fields: JSON = {}
    for name, empty in cleared.items():
        if name not in sent.model_fields_set:
            continue
        value = sent.sent()[name]
        if value is not None:
            fields[name] = value
        elif clears(tx, name):
            fields[name] = empty
    return fields


def clears(tx: Transaction, name: str) -> bool:
    """Whether null clears a field: documented for few, a setting for the others."""
    meaning = settings.value(tx, "qoder_null_fields")
    if meaning == "refuse":
        raise invalid(f"{name}: may be left out, but not be null", name)
    return bool(meaning == "clear")


def unconfirmed(tx: Transaction, sent: Closed, names: set[str], setting: str, path: str = "") -> None:
    """Refuses fields that the SDK types and no document mentions, when the setting says so."""
    for name in sorted(names & sent.model_fields_set):
        if settings.value(tx, setting) == "refuse":
            raise invalid(f"{path}{name}: unknown field", f"{path}{name}")


def patched(stored: Metadata, patch: Mapping[str, str | None] | None) -> Metadata:
    """Metadata after a patch, which null for the whole leaves as it is."""
    merged = metadata.merged(stored, patch)
    check_metadata(merged)
    return merged


def check_metadata(sent: Metadata) -> None:
    """The limits of every metadata map (section 1.5)."""
    broken = metadata.broken_limit(sent, pairs="keys")
    if broken is not None:
        raise DIALECT.invalid(*broken)
