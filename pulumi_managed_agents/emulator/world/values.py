"""The words in which the tables are read and written, and the loose values that stand beside them."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, Literal

JSON = dict[str, Any]
Order = Literal["asc", "desc"]
Position = tuple[str, int]
"""Where a row stands in a list: its time, and its number among rows of the same time."""


class Values:
    """Loose values by their keys: settings, clock, seed."""

    chosen: Mapping[str, str] = {}
    """Settings that whoever opened the file chose for itself; they are not kept."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def state(self, key: str, default: Any = None) -> Any:
        """A loose value."""
        row = self._db.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row[0])

    def set_state(self, key: str, value: Any) -> None:
        """Keeps a loose value."""
        self._db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, json.dumps(value)))

    def remove_states(self, beginning: str) -> None:
        """Forgets the values whose keys begin so."""
        self._db.execute("DELETE FROM state WHERE substr(key, 1, ?) = ?", (len(beginning), beginning))


def beyond(order: Order, after: Position | None, time: str) -> tuple[str, str, JSON]:
    """A list from a position on, in SQL: the condition, the order, and their values; `time` is the column's name."""
    sign, word = (">", "ASC") if order == "asc" else ("<", "DESC")
    condition = f"AND ({time}, seq) {sign} (:time, :seq)" if after else ""
    moment, seq = after or ("", 0)
    return condition, f"ORDER BY {time} {word}, seq {word}", {"time": moment, "seq": seq}
