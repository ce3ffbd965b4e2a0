"""What a session has mounted, and which request brings a declared change about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...comparison.change import Change
from ...comparison.meaning import instant
from ...comparison.pairs import keyed
from ...declaration.names import to_api
from ...declaration.shape import shape_of
from ...declaration.values import Secret, without_nulls
from ...errors import NotFound, Refusal
from ...lifecycle.steps import Call, Operation
from ..parts.mount import CLONE_TOKENS, address_key, same_address
from .index import Index
from .inputs import MOUNT_IDENTITY, FileEntry

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from ...declaration.values import JSON, Bag


class Mounts:
    """The entries of `mountedResources`: declared words with the ids that the session gave."""

    def __init__(self, entries: list[Bag]) -> None:
        self._index = Index(_names, entries)

    @classmethod
    def match(cls, declared: list[Bag], known: list[Bag], echoed: list[Bag]) -> Mounts:
        """Finds the declared entries among those that the session shows; `known` ones are recognised by id."""
        left, before = Index(_shown, echoed), Mounts(known)
        entries = []
        for entry in declared:
            found = _closest(left.named(*_wanted(entry, before.ids(entry))))
            if found is not None:
                entries.append(_entry(left.remove(found), entry))
        return cls([*entries, *(_entry(item, {}) for item in left.entries)])

    @property
    def entries(self) -> list[Bag]:
        """All of them, in the user's order as far as they are declared."""
        return self._index.entries

    def find(self, declared: Bag) -> Bag | None:
        """The mounted entry of a declared one."""
        return next(iter(self._index.named(_declared(declared)).values()), None)

    def ids(self, declared: Bag) -> list[JSON]:
        """The ids of all that a declared entry may stand for."""
        return [entry["id"] for entry in self._index.named(_declared(declared)).values() if entry.get("id")]

    def present(self, declared: list[Bag]) -> list[Bag]:
        """The declared entries that are mounted, in the user's words and order."""
        return [entry for entry in declared if self.find(entry)]

    def repositories(self) -> list[Bag]:
        """The mounted repositories."""
        return [entry for entry in self.entries if entry["type"] in CLONE_TOKENS]

    def still_holds(self, error: Bag | None, status: str) -> Bag | None:
        """The error, unless what it is about is over.

        One about a repository lasts until that got another token. Any other one is the turn's own: it lasts while the
        platform tries again, and is over once the session is idle; a session that terminated of it stays so.
        """
        if error is None:
            return None
        about = _about(self.repositories(), error)
        if about is None:
            return error if status != "idle" else None
        renewed = [mount.get("updatedAt") for mount in about]
        if not all(renewed) or not error.get("occurredAt"):
            return error
        return error if any(instant(error["occurredAt"]) >= instant(moment) for moment in renewed) else None

    def request(self, session: str, change: Change, new: list[Bag]) -> Call:
        """The request that brings one change of `resources` about."""
        if change.action == "add" and len(change.path) == _ELEMENT:
            if change.replaces:
                raise _not_mounted(session, change.new)
            return Call(
                Operation("sessions.resources", "add"), {"session_id": session}, to_api(shape_of(FileEntry), change.new)
            )
        if change.action == "delete" and len(change.path) == _ELEMENT:
            return Call(Operation("sessions.resources", "delete"), self._ids(session, change.old))
        entry = new[int(change.path[1])]
        token = CLONE_TOKENS[entry["type"]]
        body = {token.name: Secret(entry[token.wire])}
        return Call(Operation("sessions.resources", "update"), self._ids(session, entry), body)

    def change(self, change: Change, answer: Bag, declared: list[Bag], new: list[Bag]) -> list[Bag]:
        """Makes these what is mounted now that the request for the change was answered; gives what is declared so."""
        if change.action == "delete" and len(change.path) == _ELEMENT:
            for number in self._index.named(_declared(change.old)):
                self._index.remove(number)
            return [entry for entry in declared if entry != change.old]
        if change.action == "add" and len(change.path) == _ELEMENT:
            for number in self._index.named(_named("id", answer["id"])):
                self._index.remove(number)
            self._index.add(_entry(answer, change.new))
            return [*declared, change.new]
        rotated = new[int(change.path[1])]
        for number in self._index.named(_declared(rotated)):
            self._index.replace(number, _entry(answer, rotated))
        return [rotated if _identity(entry) == _identity(rotated) else entry for entry in declared]

    def unclaimed(self, wanted: Bag, declared: list[Bag], echoed: list[Bag] | None = None) -> Bag | None:
        """Of what is mounted (or `echoed`), the wanted entry where it stands for none of the declared ones."""
        shown = self._index if echoed is None else Index(_shown, echoed)
        found = shown.named(*_wanted(wanted, []))
        if not found:
            return None
        claimed = [entry.get("id") for entry in map(self.find, declared) if entry]
        free = {number: entry for number, entry in found.items() if entry.get("id") not in claimed}
        closest = _closest(free)
        return None if closest is None else _echo(free[closest])

    def unknown(self, echoed: list[Bag]) -> list[Bag]:
        """Of what the session shows, what is not among these."""
        known = {entry.get("id") for entry in self.entries}
        return [item for item in echoed if item.get("id") not in known]

    def _ids(self, session: str, declared: Bag) -> dict[str, str]:
        entry = self.find(declared) or {}
        if entry.get("id") is None:
            raise _not_mounted(session, declared)
        return {"session_id": session, "resource_id": str(entry["id"])}


def _about(repositories: list[Bag], error: Bag) -> list[Bag] | None:
    """The mounts that an error is about; any of them where it names none, and None for an error of another kind."""
    if not str(error.get("type")).startswith("repository_"):
        return None
    named = error.get("repositoryUrl")
    if named is None:
        return repositories
    return [mount for mount in repositories if same_address(mount.get("url"), named)] or None


_ELEMENT = len(("resources", 0))


def of_entries(changed: Iterable[Change], old: list[Bag], new: list[Bag]) -> Iterator[Change]:
    """The changes, in words of whole entries where a part cannot change: a file that gets a path goes and comes."""
    pathless = {_declared(item): item for item in reversed(old) if item.get("mountPath") is None}
    for change in changed:
        path, entry = change.path[:_ELEMENT], new[int(change.path[1])] if len(change.path) > _ELEMENT else None
        if entry is None or entry["type"] in CLONE_TOKENS:
            yield change
            continue
        former = pathless.get(_declared({**entry, "mountPath": None}))
        yield from [Change(path, "delete", former, None)] if former else []
        yield Change(path, "add", None, entry)


def _not_mounted(session: str, declared: Bag) -> NotFound:
    place = next((str(declared[key]) for key in MOUNT_IDENTITY[1:] if declared.get(key)), "it")
    refusal = Refusal(404, "not_found_error", f"session {session} does not mount {place} any more")
    return NotFound("Changing what is mounted", refusal, "Run `pulumi refresh` to see what it mounts.")


def _identity(declared: Bag) -> tuple[JSON, ...]:
    return tuple(declared.get(key) for key in MOUNT_IDENTITY)


def _declared(entry: Bag) -> Hashable:
    """The name of a declared entry; a mounted one has it too. A path that was left out fits any."""
    return _thing(entry), keyed(entry.get("mountPath"))


def _thing(entry: Bag) -> Hashable:
    """What is mounted, wherever."""
    return _named(
        *(_address(entry) if key == "url" else entry.get(key) for key in MOUNT_IDENTITY if key != "mountPath")
    )


def _names(entry: Bag) -> set[Hashable]:
    """The names of a mounted entry: as it may be declared, and as the session shows it."""
    thing, paths = _thing(entry), (None, entry.get("mountPath"), entry.get("declaredPath"))
    return {_named("id", entry.get("id")), *((thing, keyed(path)) for path in paths), *_shown(_echo(entry))}


def _shown(echoed: Bag) -> set[Hashable]:
    """The names of what a session shows. A file's path lies below a folder of the platform's own."""
    kind, place = echoed.get("type"), echoed.get("mount_path")
    if kind == "memory_store":
        return {_named(kind, echoed.get("memory_store_id"))}
    if kind in CLONE_TOKENS:
        return {_named(kind, _address(echoed), path) for path in (None, place)}
    ends = (place[at:] for at, sign in enumerate(place) if sign == "/") if isinstance(place, str) else ()
    named = {"id": echoed.get("id"), "file": echoed.get("file_id")}
    return {*(_named(kind, *item) for item in named.items()), *(_named(kind, "place", end) for end in ends)}


def _wanted(declared: Bag, ids: list[JSON]) -> list[Hashable]:
    """The names under which the session may show a declared entry; one that is known, by its id.

    Of a file that was just attached, the platform may show a copy's id.
    """
    kind, place, file = declared["type"], declared.get("mountPath"), declared.get("fileId")
    if kind == "memory_store":
        return [_named(kind, declared["memoryStoreId"])]
    if kind in CLONE_TOKENS:
        return [_named(kind, _address(declared), place)]
    if ids:
        return [_named(kind, "id", known) for known in ids]
    if place:
        return [_named(kind, "place", f"/{place.lstrip('/')}")]
    return [_named(kind, "file", file), _named(kind, "place", f"/{file}")]


def _named(*parts: JSON) -> Hashable:
    return keyed(parts)


def _address(entry: Bag) -> JSON:
    url = entry.get("url")
    return address_key(url) if isinstance(url, str) else url


def _closest(shown: dict[int, Bag]) -> int | None:
    """The number of the one that is meant: of files of one name, the one in no further folder."""
    return min(shown, key=lambda number: len(_place(shown[number])), default=None)


def _place(entry: Bag) -> str:
    return str(entry.get("mount_path") or entry.get("mountPath") or "")


def _echo(entry: Bag) -> Bag:
    """A mounted entry in the platform's words."""
    names = {
        "mountPath": "mount_path",
        "fileId": "file_id",
        "memoryStoreId": "memory_store_id",
        "updatedAt": "updated_at",
    }
    return {names.get(wire, wire): value for wire, value in entry.items() if wire != "declaredPath"}


def _entry(echoed: Bag, declared: Bag) -> Bag:
    return without_nulls(
        {
            "id": echoed.get("id"),
            "type": echoed["type"],
            "url": echoed.get("url"),
            "mountPath": echoed.get("mount_path"),
            "declaredPath": declared.get("mountPath") if echoed["type"] == "file" else None,
            "fileId": declared.get("fileId", echoed.get("file_id")),
            "memoryStoreId": echoed.get("memory_store_id"),
            "updatedAt": echoed.get("updated_at"),
        }
    )
