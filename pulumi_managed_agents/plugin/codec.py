"""Property bags between the engine's protobuf form and the core's values.

The wire has no words for what is secret, unknown or an output: it encodes them as objects with a signature, and unknown
values as one of seven reserved strings. Every number is a double.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from google.protobuf import struct_pb2

from ..declaration.signatures import OUTPUT, SECRET, SIGNATURE, UNKNOWN_STRING, UNKNOWNS
from ..declaration.values import JSON, UNKNOWN, Bag, Secret, whole_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping


def decode(struct: struct_pb2.Struct) -> Bag:
    """A bag from the engine; nulls are left out. Assets stay the signed objects that they are on the wire."""
    return {key: value for key, item in struct.fields.items() if (value := _decoded(item)) is not None}


def _decoded(value: struct_pb2.Value) -> JSON:
    match value.WhichOneof("kind"):
        case "struct_value":
            return _special(decode(value.struct_value))
        case "list_value":
            return [_decoded(item) for item in value.list_value.values]
        case "string_value":
            return UNKNOWN if value.string_value in UNKNOWNS else value.string_value
        case "number_value":
            return whole_numbers(value.number_value)
        case "bool_value":
            return value.bool_value
    return None


def _special(bag: Bag) -> JSON:
    """What a signed object stands for."""
    signature = bag.get(SIGNATURE)
    if signature == SECRET:
        return Secret(bag.get("value"))
    if signature == OUTPUT:
        value = bag.get("value", UNKNOWN)
        return Secret(value) if bag.get("secret") else value
    return bag


def encode(bag: Mapping[str, JSON]) -> struct_pb2.Struct:
    """A bag for the engine; nulls are left out."""
    return struct_pb2.Struct(fields={key: _encoded(value) for key, value in bag.items() if value is not None})


def _encoded(value: JSON) -> struct_pb2.Value:
    if value is UNKNOWN:
        return struct_pb2.Value(string_value=UNKNOWN_STRING)
    if isinstance(value, Secret):
        return struct_pb2.Value(struct_value=encode({SIGNATURE: SECRET, "value": value.value}))
    if isinstance(value, bool):
        return struct_pb2.Value(bool_value=value)
    if isinstance(value, str):
        return struct_pb2.Value(string_value=value)
    if isinstance(value, int | float):
        return struct_pb2.Value(number_value=value)
    if isinstance(value, list | tuple):
        return struct_pb2.Value(list_value=struct_pb2.ListValue(values=[_encoded(item) for item in value]))
    if isinstance(value, dict):
        return struct_pb2.Value(struct_value=encode(value))
    return struct_pb2.Value(null_value=struct_pb2.NULL_VALUE)
