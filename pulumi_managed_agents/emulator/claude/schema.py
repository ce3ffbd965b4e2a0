"""Closed request schemas: what is not declared is refused, and the refusal names the path."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, TypeVar

from pydantic import StringConstraints, ValidationError

from .. import clock, settings
from ..closed import Closed, NotAnObject, json_object, path_of
from ..errors import EmulatorError
from ..platform import Call, Refusal
from ..world import JSON, Transaction
from .errors import invalid

Id = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Metadata = dict[str, str]
MetadataPatch = dict[str, str | None]

_SHOWN = 5
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


def check(model: type[Model], value: Any, *prefix: str | int) -> Model:
    """A value as its model, or a refusal that names every wrong path. Values are never quoted: one may be a token."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise invalid(_sentence(error, value, prefix)) from None


def _sentence(error: ValidationError, value: Any, prefix: tuple[str | int, ...]) -> str:
    lines: list[str] = []
    for each in error.errors(include_url=False, include_input=False, include_context=False):
        path = ".".join(map(str, (*prefix, *path_of(each["loc"], value, each["type"]))))
        line = f"{path}: {each['msg']}" if path else each["msg"]
        if line not in lines:
            lines.append(line)
    return "; ".join(lines[:_SHOWN])


def moment(text: str, path: str) -> datetime:
    """A sent time, or a refusal."""
    try:
        return clock.parse(text)
    except (EmulatorError, OverflowError):
        raise invalid(f"{path}: must be an RFC 3339 time") from None


def patch(
    tx: Transaction, stored: Metadata, changes: Mapping[str, str | None] | None, *, empty_deletes: bool = False
) -> Metadata:
    """Metadata after a key patch: null deletes a key; for environments an empty string does too."""
    merged = dict(stored)
    for key, value in (changes or {}).items():
        if value is None or (empty_deletes and not value):
            merged.pop(key, None)
        else:
            merged[key] = value
    check_metadata(tx, merged)
    return merged


def check_metadata(tx: Transaction, metadata: Metadata) -> None:
    """The limits of every metadata map; for environments they are inferred from the error code."""
    refusal = _metadata_refusal(metadata, set(settings.value(tx, "reserved_metadata_keys")))
    if refusal is not None:
        raise refusal


def _metadata_refusal(metadata: Metadata, reserved: set[str]) -> Refusal | None:
    if len(metadata) > _MAX_PAIRS:
        return invalid(f"metadata: at most {_MAX_PAIRS} pairs", "invalid_metadata")
    for key, value in metadata.items():
        if not 1 <= len(key) <= _MAX_KEY:
            return invalid(f"metadata: a key has 1 to {_MAX_KEY} characters", "invalid_metadata")
        if len(value) > _MAX_VALUE:
            return invalid(f"metadata.{key}: a value has at most {_MAX_VALUE} characters", "invalid_metadata")
        if key in reserved:
            return invalid(f"metadata.{key}: the key is reserved", "invalid_metadata")
    return None
