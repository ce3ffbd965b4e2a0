"""What a lagging replica does not see yet: the last write of a client, and nothing else."""

import sqlite3

from .values import JSON, Values

_WRITES, _EVENTS = "writes", "events before the last write"


class Lag(Values):
    """Numbers the writes of clients, so that a stale read can leave the last one out."""

    def __init__(self, db: sqlite3.Connection, *, writes: bool) -> None:
        super().__init__(db)
        self.stale = False
        self._writes = writes
        self._number: int | None = None

    def _last_write(self) -> int:
        """The write that a stale read does not see; 0 for a read that sees everything."""
        return int(self.state(_WRITES, 0)) if self.stale else 0

    def _last_event(self) -> JSON:
        """The last event that a read sees, for SQL."""
        return {"seen": self.state(_EVENTS, 2**62) if self.stale else 2**62}

    def _write(self) -> int:
        """The number of the client's write that this transaction carries out; transitions ride on the last one."""
        if self._number is None:
            self._number = int(self.state(_WRITES, 0)) + (1 if self._writes else 0)
            if self._writes:
                self.set_state(_WRITES, self._number)
                self.set_state(_EVENTS, self._db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])
        return self._number
