"""The independent reader: looks into the emulator's file, and knows nothing of the provider.

It reads the tables as they are. What a kind's objects are called, where their tokens and contents stand, is written
down here a second time, so that a mistake of the provider cannot hide in its own words.
"""

from __future__ import annotations

import base64
import io
import json
import sqlite3
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

TABLES = {
    "Agent": "agents",
    "Environment": "environments",
    "Session": "sessions",
    "Deployment": "deployments",
    "Vault": "vaults",
    "Credential": "credentials",
    "MemoryStore": "memory_stores",
    "Memory": "memories",
    "File": "files",
    "Skill": "skills",
    "UserProfile": "user_profiles",
}
"""Where the objects of each kind are; the other kinds make none of their own."""

MINTED = "github.tokens"


@dataclass(frozen=True)
class Stored:
    """An object as the file has it."""

    body: dict[str, Any]
    hidden: dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A request as the emulator logged it."""

    n: int
    method: str
    path: str
    operation: str | None
    status: int | None
    fault: str | None

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status or 'no answer'}" + (f" [{self.fault}]" if self.fault else "")


class Reader:
    """Reads one world."""

    def __init__(self, path: Path, platform: str) -> None:
        self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._prefix = "" if platform == "claude" else f"{platform}."
        self._salt = json.loads(self._one("SELECT value FROM state WHERE key = 'salt'")[0])

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def living(self) -> dict[str, str]:
        """The table of each object that is neither removed nor archived, by its id.

        Sessions that a deployment made are left out: nobody declares those. So is what lies in something that is gone:
        nobody comes to it any more.
        """
        rows = self._db.execute(
            "SELECT kind, id, coalesce(json_extract(body, '$.vault_id'), json_extract(body, '$.memory_store_id')) "
            "FROM objects WHERE body IS NOT NULL AND NOT archived "
            "AND (kind != ? OR json_extract(body, '$.deployment_id') IS NULL)",
            (f"{self._prefix}sessions",),
        ).fetchall()
        names = {self._prefix + table: table for table in TABLES.values()}
        ids = {id_ for _, id_, _ in rows}
        return {id_: names[kind] for kind, id_, owner in rows if kind in names and (owner is None or owner in ids)}

    def ever(self, table: str) -> list[str]:
        """The ids of all that a table has or had."""
        rows = self._db.execute("SELECT id FROM objects WHERE kind = ? ORDER BY seq", (self._prefix + table,))
        return [row[0] for row in rows]

    def stored(self, table: str, id_: str) -> Stored | None:
        """One object, archived or not; None when it is removed."""
        return self._stored(self._prefix + table, id_)

    def minted(self, token: str) -> Stored | None:
        """A token that GitHub minted."""
        return self._stored(MINTED, self.fingerprint(token))

    def said(self, session: str) -> list[tuple[str, Any]]:
        """What users said to a session, oldest first: the id of each event, and what it says."""
        rows = self._db.execute("SELECT body FROM events WHERE owner = ? ORDER BY seq", (session,))
        events = (json.loads(row[0]) for row in rows)
        return [(event["id"], event.get("content")) for event in events if event["type"].startswith("user.")]

    def runs(self, deployment: str) -> list[str]:
        """The runs of a deployment that somebody asked for, oldest first."""
        bodies = self._bodies("deployment_runs", "deployment_id", deployment)
        return [body["id"] for body, _ in bodies if body["trigger_context"]["type"] == "manual"]

    def versions(self, skill: str) -> list[tuple[str, str]]:
        """The versions of a skill, oldest first: what names each, and the digest of its `SKILL.md`."""
        found = self._bodies("skill_versions", "skill_id", skill)
        return [(str(body.get("version") or body["id"]), _digest(hidden)) for body, hidden in found]

    def requests(self, since: int) -> list[Asked]:
        """What was asked for after a number."""
        columns = "n, method, path, operation, status, fault"
        return [
            Asked(*row)
            for row in self._db.execute(f"SELECT {columns} FROM requests WHERE n > ? ORDER BY n", (since,))  # noqa: S608
        ]

    def fingerprint(self, token: str) -> str:
        """What stands for a token."""
        return sha256(f"{self._salt}/{token}".encode()).hexdigest()

    def _bodies(self, table: str, owner: str, id_: str) -> list[tuple[Any, Any]]:
        rows = self._db.execute(
            f"SELECT body, hidden FROM objects WHERE kind = ? AND json_extract(body, '$.{owner}') = ? ORDER BY seq",  # noqa: S608
            (self._prefix + table, id_),
        )
        return [(json.loads(body), json.loads(hidden)) for body, hidden in rows]

    def _stored(self, kind: str, id_: str) -> Stored | None:
        row = self._db.execute(
            "SELECT body, hidden FROM objects WHERE kind = ? AND id = ? AND body IS NOT NULL", (kind, id_)
        ).fetchone()
        return Stored(json.loads(row[0]), json.loads(row[1])) if row else None

    def _one(self, statement: str) -> Any:
        return self._db.execute(statement).fetchone()


def _digest(hidden: dict[str, Any]) -> str:
    if "archive" in hidden:
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(hidden["archive"]))) as archive:
            (name,) = (name for name in archive.namelist() if name.endswith("SKILL.md"))
            return sha256(archive.read(name)).hexdigest()
    (digest,) = (str(digest) for name, digest in hidden["files"].items() if name.endswith("SKILL.md"))
    return digest
