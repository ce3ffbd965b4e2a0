"""What is read to be shown: the newest of each, whatever kind and platform, also what was removed."""

import json
from dataclasses import dataclass

from .values import JSON, Values

_COLUMNS = "SELECT kind, id, coalesce(body, previous), body IS NULL, pending FROM objects WHERE kind = ?1"
_ORDER = "ORDER BY body IS NULL OR archived, created_at DESC, seq DESC"
# Chosen by their numbers first: sorting whole bodies takes twice as long.
_NEWEST = f"{_COLUMNS} AND seq IN (SELECT seq FROM objects WHERE kind = ?1 {_ORDER} LIMIT ?2) {_ORDER}"  # noqa: S608 - constants
_EVENTS = "SELECT body FROM events WHERE owner = ?1 AND (?2 IS NULL OR type = ?2) ORDER BY time DESC, seq DESC LIMIT ?3"

_NEWEST_OF_EACH = (
    "SELECT owner, body FROM events WHERE seq IN (SELECT max(seq) FROM events WHERE type = ? GROUP BY owner)"
)


@dataclass(frozen=True)
class Stored:
    """An object as the file has it; one that is removed as it was."""

    kind: str
    id: str
    body: JSON
    removed: bool
    pending: bool


class Views(Values):
    """Reads that move nothing on."""

    def number(self) -> str:
        """Another text after every write, by this process or by another one that has the file."""
        others = self._db.execute("PRAGMA data_version").fetchone()[0]
        return f"{others}-{self._db.total_changes}"

    def kinds(self) -> list[str]:
        """The kinds of which there ever was an object, by name."""
        return [row[0] for row in self._db.execute("SELECT DISTINCT kind FROM objects ORDER BY kind")]

    def count_live(self, kind: str) -> int:
        """How many objects of a kind are neither removed nor archived."""
        live = "SELECT count(*) FROM objects WHERE kind = ? AND body IS NOT NULL AND NOT archived"
        return int(self._db.execute(live, (kind,)).fetchone()[0])

    def newest(self, kind: str, most: int) -> list[Stored]:
        """The newest objects of a kind; what is live goes before what is archived or removed."""
        return [_stored(row) for row in self._db.execute(_NEWEST, (kind, most))]

    def stored(self, kind: str, object_id: str) -> Stored | None:
        """One object, removed or not."""
        row = self._db.execute(f"{_COLUMNS} AND id = ?2", (kind, object_id)).fetchone()
        return None if row is None else _stored(row)

    def newest_events(self, owner: str, most: int, type: str | None = None) -> list[JSON]:
        """The newest events of an owner, of one type or of all, the newest first."""
        return [json.loads(row[0]) for row in self._db.execute(_EVENTS, (owner, type, most))]

    def newest_of_each(self, type: str) -> dict[str, JSON]:
        """The newest event of a type of each owner that has one."""
        return {row[0]: json.loads(row[1]) for row in self._db.execute(_NEWEST_OF_EACH, (type,))}


def _stored(row: tuple[str, str, str, int, int]) -> Stored:
    kind, object_id, body, removed, pending = row
    return Stored(kind, object_id, json.loads(body), bool(removed), bool(pending))
