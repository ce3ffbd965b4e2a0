"""Property bags between the SDK's form and the core's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi.output import Unknown as PulumiUnknown
from pulumi.runtime import rpc

from ..declaration.secrecy import is_secret, marked_at, marks_in, shape_at
from ..declaration.shape import Shape
from ..declaration.values import JSON, UNKNOWN, Bag, Path, Secret, whole_numbers, without_nulls
from ..plan.state import NOTES, REPLACED_ON, SECRET_INPUTS, TIMEOUTS

PROVIDER = "__provider"
"""Where the SDK keeps the pickled provider, in every bag."""


def decode(bag: Mapping[str, Any]) -> Bag:
    """A bag from the engine, without the provider; nulls are left out.

    What the class, or we, noted as secret is marked: the engine takes the marks off for a dynamic provider.
    """
    plain = {key: _decoded(value) for key, value in bag.items() if key not in _OURS and value is not None}
    marked: Bag = marked_at(plain, _paths(_decoded(bag.get(SECRET_INPUTS))))
    return marked


_OURS = (PROVIDER, *NOTES)


def notes_in(bag: Mapping[str, Any]) -> Bag:
    """What the class noted of the program's options."""
    return {key: _decoded(bag[key]) for key in (TIMEOUTS, REPLACED_ON) if bag.get(key) is not None}


def _paths(noted: JSON) -> list[Path]:
    """The places that are noted; a state may hold anything."""
    lists = noted if isinstance(noted, list) else []
    return [tuple(path) for path in lists if isinstance(path, list) and path and _is_path(path)]


def _is_path(parts: list[JSON]) -> bool:
    return all(isinstance(part, str | int) for part in parts)


def noting(shape: Shape, bag: Bag, inputs: Bag) -> Bag:
    """The bag, with a note of where the inputs are marked beyond what is declared."""
    marks = marks_in(inputs)
    paths = [list(path) for path in marks if not is_secret(shape_at(shape, inputs, path))]
    return {**bag, SECRET_INPUTS: paths} if paths else bag


def _decoded(value: Any) -> JSON:
    if isinstance(value, PulumiUnknown):
        return UNKNOWN
    if isinstance(value, Mapping):
        return {key: _decoded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    return whole_numbers(value)


def encode(bag: Bag) -> Bag:
    """A bag for the engine; nulls are left out."""
    return {key: _encoded(value) for key, value in without_nulls(bag).items()}


def _encoded(value: JSON) -> Any:
    if value is UNKNOWN:
        return rpc.UNKNOWN
    if isinstance(value, Secret):
        return rpc.wrap_rpc_secret(_encoded(value.value))
    if isinstance(value, dict):
        return {key: _encoded(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_encoded(item) for item in value]
    return value
