"""What a session has mounted, and which request brings a declared change about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...comparison.change import Change
from ...comparison.meaning import instant
from ...declaration.names import to_api
from ...declaration.shape import shape_of
from ...declaration.values import Secret, without_nulls
from ...errors import NotFound, Refusal
from ...lifecycle.steps import Call, Operation
from ..parts.mount import CLONE_TOKENS, same_address
from .inputs import MOUNT_IDENTITY, FileEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...declaration.values import JSON, Bag


class Mounts:
    """The entries of `mountedResources`: declared words with the ids that the session gave."""

    def __init__(self, entries: list[Bag]) -> None:
        self.entries = list(entries)

    @classmethod
    def match(cls, declared: list[Bag], known: list[Bag], echoed: list[Bag]) -> Mounts:
        """Finds the declared entries among those that the session shows; `known` ones are recognised by id."""
        left = list(echoed)
        entries = []
        for entry in declared:
            found = _closest([item for item in left if _is_same(entry, item, known)])
            if found is not None:
                left.remove(found)
                entries.append(_entry(found, entry))
        return cls([*entries, *(_entry(item, {}) for item in left)])

    def find(self, declared: Bag) -> Bag | None:
        """The mounted entry of a declared one."""
        return next((entry for entry in self.entries if _declares(declared, entry)), None)

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

    def after(self, change: Change, answer: Bag, declared: list[Bag], new: list[Bag]) -> tuple[Mounts, list[Bag]]:
        """What is mounted, and declared as mounted, once the request for the change was answered."""
        if change.action == "delete" and len(change.path) == _ELEMENT:
            left = [entry for entry in self.entries if not _declares(change.old, entry)]
            return Mounts(left), [entry for entry in declared if entry != change.old]
        if change.action == "add" and len(change.path) == _ELEMENT:
            others = [entry for entry in self.entries if entry.get("id") != answer["id"]]
            return Mounts([*others, _entry(answer, change.new)]), [*declared, change.new]
        rotated = new[int(change.path[1])]
        entries = [_entry(answer, rotated) if _declares(rotated, entry) else entry for entry in self.entries]
        return Mounts(entries), [rotated if _identity(entry) == _identity(rotated) else entry for entry in declared]

    def unclaimed(self, wanted: Bag, declared: list[Bag], echoed: list[Bag] | None = None) -> Bag | None:
        """Of what is mounted (or `echoed`), the wanted entry where it stands for none of the declared ones."""
        claimed = [entry.get("id") for entry in map(self.find, declared) if entry]
        shown = [_echo(entry) for entry in self.entries] if echoed is None else echoed
        return _closest([item for item in shown if item.get("id") not in claimed and _is_same(wanted, item, [])])

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
    for change in changed:
        path, entry = change.path[:_ELEMENT], new[int(change.path[1])] if len(change.path) > _ELEMENT else None
        if entry is None or entry["type"] in CLONE_TOKENS:
            yield change
            continue
        keys = [key for key in MOUNT_IDENTITY if key != "mountPath"]
        same = (item for item in old if all(item.get(key) == entry.get(key) for key in keys))
        former = next((item for item in same if item.get("mountPath") is None), None)
        yield from [Change(path, "delete", former, None)] if former else []
        yield Change(path, "add", None, entry)


def _not_mounted(session: str, declared: Bag) -> NotFound:
    place = next((str(declared[key]) for key in MOUNT_IDENTITY[1:] if declared.get(key)), "it")
    refusal = Refusal(404, "not_found_error", f"session {session} does not mount {place} any more")
    return NotFound("Changing what is mounted", refusal, "Run `pulumi refresh` to see what it mounts.")


def _identity(declared: Bag) -> tuple[JSON, ...]:
    return tuple(declared.get(key) for key in MOUNT_IDENTITY)


def _declares(declared: Bag, entry: Bag) -> bool:
    """Whether a declared entry and a mounted one are the same thing; a path that was left out fits any."""
    keys = (key for key in MOUNT_IDENTITY if key not in ("mountPath", "url"))
    fits = declared.get("mountPath") in (None, entry.get("mountPath"), entry.get("declaredPath"))
    same = same_address(declared.get("url"), entry.get("url"))
    return fits and same and all(declared.get(key) == entry.get(key) for key in keys)


def _is_same(declared: Bag, echoed: Bag, known: list[Bag]) -> bool:
    if declared["type"] != echoed["type"]:
        return False
    if declared["type"] == "memory_store":
        return bool(declared["memoryStoreId"] == echoed.get("memory_store_id"))
    if declared["type"] in CLONE_TOKENS:
        is_there = declared.get("mountPath") in (None, echoed.get("mount_path"))
        return is_there and same_address(declared["url"], echoed.get("url"))
    ids = [entry["id"] for entry in known if entry.get("id") and _declares(declared, entry)]
    return echoed.get("id") in ids if ids else _is_same_file(declared, echoed)


def _is_same_file(declared: Bag, echoed: Bag) -> bool:
    """A file that was just attached: the platform may show a copy's id, and roots the path under its own folder."""
    place = str(echoed.get("mount_path"))
    if declared.get("mountPath"):
        return place.endswith(f"/{declared['mountPath'].lstrip('/')}")
    return declared["fileId"] == echoed.get("file_id") or place.endswith(f"/{declared['fileId']}")


def _closest(echoed: list[Bag]) -> Bag | None:
    """The one that is meant: of files of one name, the one in no further folder."""
    return min(echoed, key=lambda item: len(item.get("mount_path") or ""), default=None)


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
