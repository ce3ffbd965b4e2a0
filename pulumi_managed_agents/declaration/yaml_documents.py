"""What people write as YAML, read as plain JSON values within bounds, with each name once.

YAML can say far more than that, and far more than it looks: a few hundred bytes of aliases stand for thousands of
millions of values. Its library is slow to load, and few declarations hold any.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from .documents import DEEPEST, MOST_DIGITS, TOO_DEEP, Unreadable, constant, fraction, short, text_of, twice
from .values import JSON, Bag

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 262_144
"""Characters of a YAML document: YAML is read slowly."""

MOST_VALUES: Final = 20_000
"""Values that a YAML document has at most, those behind aliases counted each time."""

_YAML: Final = "tag:yaml.org,2002:"
_NO_YAML: Final = "is no YAML"


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
                raise self._refusal(twice(name), key)
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
        return text_of(text)
    plain = text.replace("_", "").lower()
    digits = plain.lstrip("+-")
    if digits[:2] in _BASES:
        return int(short(plain), _BASES[digits[:2]])
    return int(short(plain), 8 if re.fullmatch("0[0-7]+", digits) else 10)


def _yaml_fraction(text: str) -> JSON:
    if ":" in text:
        return text_of(text)
    plain = text.replace("_", "").lower()
    return constant(plain) if plain.lstrip("+-") in (".inf", ".nan") else fraction(plain)


_SCALARS: Final[dict[str, Callable[[str], JSON]]] = {
    f"{_YAML}str": text_of,
    f"{_YAML}int": _yaml_integer,
    f"{_YAML}float": _yaml_fraction,
    f"{_YAML}bool": lambda text: yaml.SafeLoader.bool_values[text.lower()],
    f"{_YAML}null": lambda _: None,
}
