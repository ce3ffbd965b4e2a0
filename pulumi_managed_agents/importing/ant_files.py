"""What the declarations of a checkout of `ant apply` name by relative path: other files, and what they became."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from .checkout import place_in, read_data
from .problem import ImportProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..declaration.values import JSON, Bag
    from .ant_lock import Entry, Lock


class Resolver:
    """Puts ids in place of paths, in the declaration that stands in the file `place`."""

    def __init__(self, lock: Lock, place: str) -> None:
        self._lock = lock
        self._place = place

    def resolved(self, kind: str, body: Bag) -> Bag:
        """The body with the ids of all that it names by path."""
        done = dict(body)
        for name, resolve in _PLACES.get(kind, {}).items():
            if name in body:
                done[name] = resolve(self, body[name])
        return done

    def entries(self, text: str) -> list[Entry]:
        """What a text means; nothing for a literal id.

        Raises:
            ImportProblem: it is a path, and the lock file has nothing there.
        """
        found = self._lock.named(self._place, text)
        if not found and (text.startswith(".") or "/" in text or "*" in text):
            raise ImportProblem(
                f"{self._place} names {text!r}, which {self._lock.path} does not know: apply it with `ant`"
            )
        return found

    def an_id(self, value: JSON) -> JSON:
        """A single reference."""
        return next((entry.id for entry in self.entries(value)), value) if isinstance(value, str) else value

    def an_agent(self, value: JSON) -> JSON:
        """An agent: its id, or an object with what else is said of it."""
        if isinstance(value, dict) and "path" in value:
            rest = {key: part for key, part in value.items() if key != "path"}
            return {"type": "agent", "id": self.an_id(value["path"]), **rest}
        return self.an_id(value)

    def a_roster(self, value: JSON) -> JSON:
        """The agents of a coordinator."""
        if not isinstance(value, dict) or not isinstance(value.get("agents"), list):
            return value
        return {**value, "agents": list(self._spread(value["agents"], _member))}

    def skills(self, value: JSON) -> JSON:
        """Skills by path, at the version that was applied."""
        return list(self._spread(value, _skill)) if isinstance(value, list) else value

    def mounts(self, value: JSON) -> JSON:
        """Memory stores by path among what a deployment mounts."""
        return list(self._spread(value, _store)) if isinstance(value, list) else value

    def spliced(self, value: JSON) -> JSON:
        """A list with the lists of other files in place of their paths."""
        return [part for item in value for part in self._data(item)] if isinstance(value, list) else value

    def _data(self, item: JSON) -> list[JSON]:
        if not isinstance(item, str):
            return [item]
        try:
            place = place_in(self._lock.folder, posixpath.join(posixpath.dirname(self._place), item))
        except ImportProblem as problem:
            raise ImportProblem(f"{self._place}: {problem}") from None
        data = read_data(place)
        return data if isinstance(data, list) else [data]

    def _spread(self, items: list[JSON], made: Callable[[Entry, Bag], JSON]) -> Iterator[JSON]:
        for item in items:
            path = item.get("path") if isinstance(item, dict) else item
            entries = self.entries(path) if isinstance(path, str) else []
            rest = {key: part for key, part in item.items() if key != "path"} if isinstance(item, dict) else {}
            if entries:
                yield from (made(entry, rest) for entry in entries)
            else:
                yield item


def _member(entry: Entry, rest: Bag) -> JSON:
    return {"type": "agent", "id": entry.id, **_pinned(entry, rest)}


def _skill(entry: Entry, rest: Bag) -> JSON:
    pinned = {key: str(version) for key, version in _pinned(entry, rest).items()}
    return {"type": "custom", "skill_id": entry.id, **pinned}


def _pinned(entry: Entry, rest: Bag) -> Bag:
    """The version that was applied, unless another one or none is asked for."""
    version = rest.get("version", entry.version)
    return {} if version in (None, "latest") else {"version": version}


def _store(entry: Entry, rest: Bag) -> JSON:
    return {"type": "memory_store", "memory_store_id": entry.id, **rest}


_PLACES: dict[str, dict[str, Callable[[Resolver, JSON], JSON]]] = {
    "Agent": {
        "skills": Resolver.skills,
        "multiagent": Resolver.a_roster,
        "tools": Resolver.spliced,
        "mcp_servers": Resolver.spliced,
    },
    "Deployment": {
        "agent": Resolver.an_agent,
        "environment_id": Resolver.an_id,
        "resources": Resolver.mounts,
    },
}
