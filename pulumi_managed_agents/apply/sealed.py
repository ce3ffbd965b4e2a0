"""The secrets of an exported state: opened where the export shows them, else carried through as they are.

What is encrypted cannot be read here, and need not be: a declared secret, and what the platform is never told, is only
ever echoed. So it goes through a lifecycle as a text that stands for it, and comes out as the very same ciphertext. Any
other property with something encrypted in it is left out, and put back whole.
"""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from ..declaration.marks import Local
from ..declaration.secrecy import is_secret, shape_below
from ..declaration.shape import ListOf, Object, Scalar, Shape
from ..declaration.signatures import SECRET, SIGNATURE
from ..declaration.values import JSON, Bag, Secret, secrets_in, whole_numbers
from ..errors import Untellable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True)
class Opened:
    """The inputs of a resource in an exported state, as far as they can be read."""

    raw: Bag = field(repr=False)
    values: Bag = field(repr=False)
    stand_ins: Mapping[str, Bag] = field(repr=False)
    """What is encrypted, by the text that stands for it in `values`."""
    sealed: frozenset[str]
    """The properties that are left out of `values`."""

    @property
    def legible(self) -> Bag:
        """The values for somebody who has to know them: what cannot be read is an error, and not absent."""
        return _Legible(self.values, self.sealed)

    def closed(self, outputs: Bag) -> Bag:
        """The outputs in the state's form: what was a secret in the inputs is one here, if it can be the very same."""
        found = {wire: self._again(self.raw.get(wire), value) for wire, value in outputs.items()}
        return {**found, **{wire: item for wire, item in self.raw.items() if wire not in self.values}}

    def _again(self, raw: JSON, value: JSON) -> JSON:
        if isinstance(value, str) and value in self.stand_ins:
            return self.stand_ins[value]
        if is_sealed(raw):
            return raw if "plaintext" not in raw or _plain(raw) == value else _as_secret(value)
        if isinstance(value, dict):
            known = raw if isinstance(raw, dict) else {}
            return {key: self._again(known.get(key), item) for key, item in value.items()}
        if isinstance(value, list):
            alike = isinstance(raw, list) and len(raw) == len(value)
            if not alike and _has_plain_secret(raw):
                return raw
            known_items = raw if alike else [None] * len(value)
            return [self._again(known, item) for known, item in zip(known_items, value, strict=True)]
        return value


class _Legible(Bag):
    """A bag that refuses to be asked for what is sealed."""

    def __init__(self, values: Bag, sealed: frozenset[str]) -> None:
        super().__init__(values)
        self._sealed = sealed

    def __getitem__(self, wire: str) -> JSON:
        self._refuse_sealed(wire)
        return super().__getitem__(wire)

    def get(self, wire: str, default: JSON = None) -> JSON:
        self._refuse_sealed(wire)
        return super().get(wire, default)

    def _refuse_sealed(self, wire: str) -> None:
        if wire in self._sealed:
            raise Untellable(
                f"its `{wire}` is encrypted in this export: use `pulumi stack export --show-secrets`, and keep what it "
                "writes to yourself"
            )


def opened(shape: Object, raw: Bag) -> Opened:
    """The inputs, opened as far as the export allows.

    Raises:
        Untellable: a secret is not in the form that Pulumi writes.
    """
    stand_ins: dict[str, Bag] = {}
    values: Bag = {}
    sealed = set()
    for wire, item in raw.items():
        if wire in shape.properties:
            try:
                values[wire] = whole_numbers(_open(shape.properties[wire].shape, item, stand_ins))
            except _Encrypted:
                sealed.add(wire)
    return Opened(raw, values, stand_ins, frozenset(sealed))


def is_sealed(value: JSON) -> bool:
    """Whether it stands for a secret."""
    return isinstance(value, dict) and value.get(SIGNATURE) == SECRET


def plaintexts(value: JSON) -> Iterator[str]:
    """Every text in the secrets of an export that shows them."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if is_sealed(item):
            with suppress(_Encrypted, Untellable, RecursionError):
                yield from secrets_in(Secret(_plain(item)))
        elif isinstance(item, dict | list):
            waiting += item.values() if isinstance(item, dict) else item


class _Encrypted(Exception):
    """A part cannot be read, and something depends on what it says."""


def _open(shape: Shape, value: JSON, stand_ins: dict[str, Bag]) -> JSON:
    if is_sealed(value):
        if is_secret(shape) or (isinstance(shape, Scalar) and shape.mark(Local)):
            name = secrets.token_hex(16)
            stand_ins[name] = value
            return name
        return _plain(value)
    if isinstance(value, dict):
        return {key: _open(_shape_at(shape, value, key), item, stand_ins) for key, item in value.items()}
    if isinstance(value, list):
        item_shape = shape.item if isinstance(shape, ListOf) else Shape()
        return [_open(item_shape, item, stand_ins) for item in value]
    return value


def _shape_at(shape: Shape, value: Bag, key: str) -> Shape:
    try:
        return shape_below(shape, value, key)
    except TypeError:
        # What tells the variants apart is no text here.
        return Shape()


def _plain(value: Bag) -> JSON:
    if "plaintext" not in value:
        raise _Encrypted
    try:
        return json.loads(value["plaintext"], parse_constant=_refuse_constant)
    except (ValueError, TypeError):
        raise Untellable("a secret in its inputs is not in the form that Pulumi writes") from None


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is no JSON"
    raise ValueError(message)


def _as_secret(value: JSON) -> Bag:
    return {SIGNATURE: SECRET, "plaintext": json.dumps(value)}


def _has_plain_secret(raw: JSON) -> bool:
    if isinstance(raw, dict):
        return "plaintext" in raw if is_sealed(raw) else any(map(_has_plain_secret, raw.values()))
    return isinstance(raw, list) and any(map(_has_plain_secret, raw))
