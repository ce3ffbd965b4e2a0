"""Things found by what names them: a session may mount hundreds of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from ...declaration.values import Bag


class Index:
    """Entries in the order in which they came, each found by any of its names."""

    def __init__(self, names: Callable[[Bag], Iterable[Hashable]], entries: Iterable[Bag]) -> None:
        self._names = names
        self._numbers: dict[Hashable, dict[int, None]] = {}
        self._entries: dict[int, Bag] = {}
        self._next = 0
        for entry in entries:
            self.add(entry)

    @property
    def entries(self) -> list[Bag]:
        """All of them."""
        return list(self._entries.values())

    def add(self, entry: Bag) -> None:
        """One more, behind all others."""
        self._put(self._next, entry)
        self._next += 1

    def named(self, *names: Hashable) -> dict[int, Bag]:
        """Those that have any of the names, by their numbers."""
        numbers = {number for name in names for number in self._numbers.get(name, ())}
        return {number: self._entries[number] for number in sorted(numbers)}

    def replace(self, number: int, entry: Bag) -> None:
        """Puts another entry at the place of one."""
        self._forget_names(number)
        self._put(number, entry)

    def remove(self, number: int) -> Bag:
        """Takes one out."""
        self._forget_names(number)
        return self._entries.pop(number)

    def _put(self, number: int, entry: Bag) -> None:
        self._entries[number] = entry
        for name in self._names(entry):
            self._numbers.setdefault(name, {})[number] = None

    def _forget_names(self, number: int) -> None:
        for name in self._names(self._entries[number]):
            self._numbers[name].pop(number, None)
