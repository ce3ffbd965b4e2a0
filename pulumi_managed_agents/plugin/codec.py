"""Property bags between the engine's protobuf form and the core's values.

The wire has no words for what is secret, unknown or an output: it encodes them as objects with a signature, and unknown
values as one of seven reserved strings. Every number is a double.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from google.protobuf import struct_pb2

from ..declaration.signatures import OUTPUT, SECRET, SIGNATURE, UNKNOWN_STRING, UNKNOWNS
from ..declaration.values import JSON, UNKNOWN, Bag, Secret, whole_numbers, without_nulls

if TYPE_CHECKING:
    from collections.abc import Mapping


def decode(struct: struct_pb2.Struct) -> Bag:
    """A bag from the engine; nulls are left out. Assets stay the signed objects that they are on the wire."""
    return {key: value for key, item in struct.fields.items() if (value := _decoded(item)) is not None}


def decode_alike(*structs: struct_pb2.Struct) -> list[Bag]:
    """The bags of one request: what several of them have under one name is taken apart once, and is one value."""
    taken: dict[str, list[tuple[struct_pb2.Value, JSON]]] = {}

    def value_of(key: str, item: struct_pb2.Value) -> JSON:
        known = taken.setdefault(key, [])
        found = next((value for other, value in known if other == item), None)
        if found is None:
            found = _decoded(item)
            known.append((item, found))
        return found

    read = [{key: value_of(key, item) for key, item in struct.fields.items()} for struct in structs]
    return [without_nulls(bag) for bag in read]


def _decoded(value: struct_pb2.Value) -> JSON:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        text = value.string_value
        return UNKNOWN if text in UNKNOWNS else text
    if kind == "struct_value":
        bag = decode(value.struct_value)
        return _special(bag) if SIGNATURE in bag else bag
    if kind == "list_value":
        return [_decoded(item) for item in value.list_value.values]
    if kind == "number_value":
        return whole_numbers(value.number_value)
    return value.bool_value if kind == "bool_value" else None


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
    struct = struct_pb2.Struct()
    _fill(struct, bag)
    return struct


def _fill(struct: struct_pb2.Struct, bag: Mapping[str, JSON]) -> None:
    """Writes a bag where it is to stand: a message that is put into another one is copied at each depth."""
    fields = struct.fields
    for key, value in bag.items():
        if value is not None:
            _write(fields[key], value)


def _write(place: struct_pb2.Value, value: JSON) -> None:
    if isinstance(value, str):
        place.string_value = value
    elif isinstance(value, bool):
        place.bool_value = value
    elif isinstance(value, int | float):
        place.number_value = value
    elif isinstance(value, dict):
        place.struct_value.SetInParent()
        _fill(place.struct_value, value)
    elif isinstance(value, list | tuple):
        place.list_value.SetInParent()
        for item in value:
            _write(place.list_value.values.add(), item)
    elif isinstance(value, Secret):
        _fill(place.struct_value, {SIGNATURE: SECRET, "value": value.value})
    elif value is UNKNOWN:
        place.string_value = UNKNOWN_STRING
    else:
        place.null_value = struct_pb2.NULL_VALUE
