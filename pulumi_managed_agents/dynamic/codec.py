"""Property bags between the SDK's form and the core's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi.output import Unknown as PulumiUnknown
from pulumi.runtime import rpc

from ..declaration.values import JSON, UNKNOWN, Bag, Secret, whole_numbers, without_nulls

PROVIDER = "__provider"
"""Where the SDK keeps the pickled provider, in every bag."""


def decode(bag: Mapping[str, Any]) -> Bag:
    """A bag from the engine, without the provider; nulls are left out."""
    return {key: _decoded(value) for key, value in bag.items() if key != PROVIDER and value is not None}


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
        # The Python classes say which properties are secrets.
        return _encoded(value.value)
    if isinstance(value, dict):
        return {key: _encoded(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_encoded(item) for item in value]
    return value
