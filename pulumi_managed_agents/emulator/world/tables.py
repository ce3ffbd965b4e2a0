"""The small tables: fault rules, repositories and rotations of tokens."""

from .values import JSON, Values


class Faults(Values):
    """Fault rules as texts, with how many requests each has seen and hit."""

    def add_fault(self, rule: str) -> None:
        """Adds a rule behind those that are there."""
        self._db.execute("INSERT INTO faults (rule, seen, fired) VALUES (?, 0, 0)", (rule,))

    def faults(self) -> list[tuple[int, str, int, int]]:
        """Number, text, requests seen and requests hit of each rule, in their order."""
        return self._db.execute("SELECT n, rule, seen, fired FROM faults ORDER BY n").fetchall()

    def count_fault(self, n: int, *, fired: bool) -> None:
        """Counts one more request that a rule has seen, and hit if it `fired`."""
        self._db.execute("UPDATE faults SET seen = seen + 1, fired = fired + ? WHERE n = ?", (fired, n))

    def remove_faults(self) -> None:
        """Removes every rule; numbers begin anew."""
        self._db.execute("DELETE FROM faults")
        self._db.execute("DELETE FROM sqlite_sequence WHERE name = 'faults'")


class Repositories(Values):
    """Repositories as texts, by their addresses."""

    def put_repository(self, url: str, body: str) -> None:
        """Adds a repository, or replaces the one with this address."""
        self._db.execute("INSERT OR REPLACE INTO repositories VALUES (?, ?)", (url, body))

    def repositories(self) -> list[str]:
        """All of them, by address."""
        return [row[0] for row in self._db.execute("SELECT body FROM repositories ORDER BY url")]


class Rotations(Values):
    """Which token was replaced when.

    `owner` is a session or a credential, `place` the id of a resource or the path of a field.
    """

    def add_rotation(self, owner: str, place: str, time: str, fingerprint: str) -> None:
        """Writes a rotation down."""
        self._db.execute(
            "INSERT INTO rotations (session_id, resource_id, time, fingerprint) VALUES (?, ?, ?, ?)",
            (owner, place, time, fingerprint),
        )

    def rotations(self, owner: str) -> list[JSON]:
        """The rotations of one owner, also of one that is removed, oldest first."""
        rows = self._db.execute(
            "SELECT resource_id, time, fingerprint FROM rotations WHERE session_id = ? ORDER BY n", (owner,)
        )
        return [dict(zip(("resource_id", "time", "fingerprint"), row, strict=True)) for row in rows]

    def newest_rotations(self, most: int) -> list[tuple[str, str, str, str]]:
        """Owner, place, time and fingerprint of the newest, the newest first."""
        return self._db.execute(
            "SELECT session_id, resource_id, time, fingerprint FROM rotations ORDER BY n DESC LIMIT ?", (most,)
        ).fetchall()
