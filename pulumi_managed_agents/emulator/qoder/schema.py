"""Closed request schemas, what null means in them, and the metadata that every kind carries."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from .. import settings
from ..closed import Closed, NotAnObject, json_object, path_of
from ..platform import Call
from ..world import JSON, Transaction
from .errors import Refused, invalid

Id = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=256)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Metadata = dict[str, str]
MetadataPatch = dict[str, str | None]

_MAX_PAIRS, _MAX_KEY, _MAX_VALUE = 16, 64, 512


Model = TypeVar("Model", bound=Closed)


def body(model: type[Model], call: Call) -> Model:
    """The request's body, or a refusal."""
    return check(model, document(call))


def document(call: Call) -> JSON:
    """The request's JSON object; an empty body is an empty object."""
    try:
        return json_object(call.body)
    except NotAnObject as error:
        raise invalid(str(error)) from None


def check(model: type[Model], value: Any) -> Model:
    """A value as its model, or a refusal about its first wrong field. Values are never quoted: one may be a token."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        path = ".".join(map(str, path_of(first["loc"], value, first["type"])))
        reason = "unknown field" if first["type"] == "extra_forbidden" else first["msg"]
        raise invalid(f"{path}: {reason}" if path else reason, path) from None


def changes(tx: Transaction, sent: Closed, cleared: Mapping[str, Any]) -> JSON:
    """The fields of an update that replace what is stored; `cleared` names them and what null makes of each."""
    found: JSON = {}
    for name, empty in cleared.items():
        if name not in sent.model_fields_set:
            continue
        value = sent.sent()[name]
        if value is not None:
            found[name] = value
        elif clears(tx, name):
            found[name] = empty
    return found


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
    """Metadata after a patch: a text sets a key, null deletes it, and null for the whole changes nothing."""
    merged = dict(stored)
    for key, value in (patch or {}).items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = value
    check_metadata(merged)
    return merged


def check_metadata(metadata: Metadata) -> None:
    """The limits of every metadata map (section 1.5)."""
    refusal = _metadata_refusal(metadata)
    if refusal is not None:
        raise refusal


def _metadata_refusal(metadata: Metadata) -> Refused | None:
    if len(metadata) > _MAX_PAIRS:
        return invalid(f"metadata: at most {_MAX_PAIRS} keys", "metadata")
    for key, value in metadata.items():
        if not 1 <= len(key) <= _MAX_KEY:
            return invalid(f"metadata: a key has 1 to {_MAX_KEY} characters", "metadata")
        if len(value) > _MAX_VALUE:
            return invalid(f"metadata.{key}: a value has at most {_MAX_VALUE} characters", f"metadata.{key}")
    return None
