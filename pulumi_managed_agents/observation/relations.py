"""What objects are made of: by the ids that they hold, and by what their program made them depend on."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..declaration.values import JSON
    from .kept import Kept

_DEPTH: Final = 4


class Relations:
    """Who is made of what, within each stack."""

    def __init__(self, objects: Sequence[Kept]) -> None:
        self._urns = {kept.urn for kept in objects}
        self._by_id: dict[str, dict[str, str]] = defaultdict(dict)
        for kept in objects:
            self._by_id[kept.stack][kept.id] = kept.urn

    def of(self, kept: Kept) -> tuple[str, ...]:
        """The URNs of what the object is made of."""
        known = self._by_id[kept.stack]
        named = (known[text] for text in _texts(list(kept.outputs.values()), _DEPTH) if text in known)
        depends = (urn for urn in kept.depends if urn in self._urns)
        return tuple(urn for urn in dict.fromkeys([*named, *depends]) if urn != kept.urn)

    def called(self, stack: str, text: str) -> str:
        """What a stack calls the object with an id; any other text as it is."""
        urn = self._by_id.get(stack, {}).get(text)
        return urn.rpartition("::")[2] if urn else text


def _texts(value: JSON, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item, depth - 1)
