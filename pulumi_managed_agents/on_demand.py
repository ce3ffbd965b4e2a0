"""What modules define, by name: a module is loaded when something that it defines is first asked for.

A process that starts has to answer soon, and needs few of the things that there are.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

T = TypeVar("T")


def loaded(module: str, package: str | None) -> ModuleType:
    """The module, loaded if it is not.

    What is loaded does not become garbage: to look for some meanwhile takes a third of the time.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        return import_module(module, package)
    except KeyError as error:
        # To those who look something up, it would say that there is no such thing.
        raise ImportError(f"{module} cannot be loaded: {error!r}") from error
    finally:
        if looks:
            gc.enable()


def defined(place: str, package: str | None) -> Any:
    """What a place names: `.agent:AGENT` is what the module `agent` of the package calls `AGENT`."""
    module, _, name = place.partition(":")
    return getattr(loaded(module, package), name)


class OnDemand(Mapping[str, T]):
    """Things by their names, each made when it is first asked for. Safe to share between threads."""

    def __init__(self, names: Callable[[], Iterable[str]], make: Callable[[str], T]) -> None:
        """`names` are all that there are; `make` raises KeyError for what is none of them."""
        self._names = names
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._made:
            # Of two threads that come here at once, both get what the first of them has made.
            self._made.setdefault(name, self._make(name))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return sum(1 for _ in self)
