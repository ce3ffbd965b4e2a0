"""What people write as YAML or JSON, read as plain JSON values within bounds, with each name once.

YAML can say far more than that, and far more than it looks: a few hundred bytes of aliases stand for thousands of
millions of values, and a name that stands twice counts as its last for some readers and as its first for others.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

import yaml

from .values import JSON, Bag

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 262_144
"""Characters of a YAML document: YAML is read slowly."""

DEEPEST: Final = 64
"""How far values are nested at most."""

MOST_VALUES: Final = 20_000
"""Values that a YAML document has at most, those behind aliases counted each time."""

MOST_DIGITS: Final = 40
"""Characters of a number: one that is longer is meant as a text."""

_YAML: Final = "tag:yaml.org,2002:"


class Unreadable(ValueError):
    """A document that is not taken; the text goes on from what is meant (`is no YAML (line 3)`)."""

    def __init__(self, reason: str, line: int | None = None, more: str = "") -> None:
        super().__init__(f"{reason}{f' (line {line})' if line else ''}{more}")


def yaml_value(text: str, line: int = 1) -> JSON:
    """The value of a YAML document whose first line is the `line` of its file; None where it says nothing.

    Dates and times of day stay the texts that they are.

    Raises:
        Unreadable: it is no YAML, no plain value, or too much of it.
    """
    if len(text) > LONGEST:
        raise Unreadable(f"has more than {LONGEST:,} characters")
    try:
        root = _Composer(text, line).get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        is_second = getattr(error, "context", None) == "expected a single document in the stream"
        reason = "holds more than one document" if is_second else _NO_YAML
        raise Unreadable(reason, mark.line + line if mark else None) from None
    except Unreadable:
        raise
    except (ValueError, OverflowError):  # the library's own, of escapes that are no character
        raise Unreadable(_NO_YAML) from None
    return None if root is None else _Values(line).value(root, 0)


def json_value(content: bytes | str) -> JSON:
    """The value of a JSON document.

    Raises:
        Unreadable: it is no JSON in UTF-8, or not what all readers of it would agree on.
    """
    try:
        value = json.loads(
            content, object_pairs_hook=_pairs, parse_int=_integer, parse_float=_fraction, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        raise Unreadable("is no JSON", error.lineno) from None
    except UnicodeDecodeError:
        raise Unreadable("is no text in UTF-8") from None
    except RecursionError:
        raise Unreadable(TOO_DEEP) from None
    _refuse_odd(value, 0)
    return value


_NO_YAML: Final = "is no YAML"
TOO_DEEP: Final = f"is nested deeper than {DEEPEST} levels"


class _Composer(yaml.SafeLoader):
    """Nodes of YAML, no deeper and no more than is taken."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the loader's own attribute
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in (f"{_YAML}timestamp", f"{_YAML}value")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def __init__(self, text: str, line: int) -> None:
        super().__init__(text)
        self._line = line
        self._depth = 0
        self._count = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise Unreadable(TOO_DEEP, self.peek_event().start_mark.line + self._line)  # type: ignore[no-untyped-call]
        if self._count > 2 * MOST_VALUES:  # names count here too
            raise Unreadable(_TOO_MANY)
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


_TOO_MANY: Final = f"has more than {MOST_VALUES:,} values"


class _Values:
    """Makes plain values of nodes. An alias is its node over again, so that what it stands for is counted here."""

    def __init__(self, line: int) -> None:
        self._line = line
        self._count = 0

    def value(self, node: yaml.Node, depth: int) -> JSON:
        self._count += 1
        if self._count > MOST_VALUES:
            raise Unreadable(_TOO_MANY)
        if depth > DEEPEST:
            raise self._refusal(TOO_DEEP, node)
        if node.tag == f"{_YAML}map" and isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth + 1)
        if node.tag == f"{_YAML}seq" and isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> Bag:
        own: Bag = {}
        merged: Bag = {}
        for key, part in node.value:
            if key.tag == f"{_YAML}merge":
                merged = {**self._merged(part, depth), **merged}
                continue
            name = self._name(key)
            if name in own:
                raise self._refusal(_twice(name), key)
            own[name] = self.value(part, depth)
        return {**merged, **own}

    def _merged(self, node: yaml.Node, depth: int) -> Bag:
        """What `<<` brings: a mapping, or several of which the first wins."""
        merged: Bag = {}
        for part in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            value = self.value(part, depth)
            if not isinstance(value, dict):
                raise self._refusal(_NOT_OF_ITS_TYPE, node)
            merged = {**value, **merged}
        return merged

    def _name(self, node: yaml.Node) -> str:
        name = self._scalar(node) if isinstance(node, yaml.ScalarNode) else None
        if not isinstance(name, str):
            raise self._refusal("has a name that is no text", node, ": put it in quotes")
        return name

    def _scalar(self, node: yaml.Node) -> JSON:
        read = _SCALARS.get(node.tag)
        if read is None or not isinstance(node, yaml.ScalarNode):
            shown = node.tag.replace(_YAML, "!!")[:MOST_DIGITS]
            kind = f": {shown}" if shown.isprintable() else ""
            raise self._refusal("has a value of a type that is not known here", node, kind)
        try:
            return read(node.value)
        except Unreadable as problem:
            raise self._refusal(str(problem), node) from None
        except (ValueError, KeyError, IndexError):
            raise self._refusal(_NOT_OF_ITS_TYPE, node) from None

    def _refusal(self, reason: str, node: yaml.Node, more: str = "") -> Unreadable:
        return Unreadable(reason, node.start_mark.line + self._line, more)


_NOT_OF_ITS_TYPE: Final = "has a value that is not of its type"
_BASES: Final = {"0b": 2, "0x": 16}


def _yaml_integer(text: str) -> JSON:
    """An integer as YAML 1.1 writes it, but for base 60: `12:30` is a time of day."""
    if ":" in text:
        return _text(text)
    plain = text.replace("_", "").lower()
    digits = plain.lstrip("+-")
    if digits[:2] in _BASES:
        return int(_short(plain), _BASES[digits[:2]])
    return int(_short(plain), 8 if re.fullmatch("0[0-7]+", digits) else 10)


def _yaml_fraction(text: str) -> JSON:
    if ":" in text:
        return _text(text)
    plain = text.replace("_", "").lower()
    return _constant(plain) if plain.lstrip("+-") in (".inf", ".nan") else _fraction(plain)


def _text(text: str) -> str:
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Unreadable("has a text that is none in Unicode")
    return text


def _short(text: str) -> str:
    if len(text) > MOST_DIGITS:
        raise Unreadable(f"has a number of more than {MOST_DIGITS} digits")
    return text


def _integer(text: str) -> int:
    return int(_short(text))


def _fraction(text: str) -> float:
    number = float(_short(text))
    return number if math.isfinite(number) else _constant(text)


def _constant(_: str) -> NoReturn:
    raise Unreadable("has a number that JSON does not know")


_SCALARS: Final[dict[str, Callable[[str], JSON]]] = {
    f"{_YAML}str": _text,
    f"{_YAML}int": _yaml_integer,
    f"{_YAML}float": _yaml_fraction,
    f"{_YAML}bool": lambda text: yaml.SafeLoader.bool_values[text.lower()],
    f"{_YAML}null": lambda _: None,
}


def _pairs(pairs: list[tuple[str, JSON]]) -> Bag:
    found: Bag = {}
    for name, value in pairs:
        if name in found:
            raise Unreadable(_twice(name))
        found[name] = value
    return found


def _twice(name: str) -> str:
    return f"has the name {name[:MOST_DIGITS]!r} twice"


def _refuse_odd(value: JSON, depth: int) -> None:
    """Refuses depth that would end further on, and texts that cannot be sent."""
    if depth > DEEPEST:
        raise Unreadable(TOO_DEEP)
    if isinstance(value, str):
        _text(value)
    for part in [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ():
        _refuse_odd(part, depth + 1)
