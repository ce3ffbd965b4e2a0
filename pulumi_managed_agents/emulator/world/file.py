"""The file: one SQLite database, opened once per process and shared by many.

What belongs here: opening it, and its transactions. What the rows mean stands beside it in this room.
"""

import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import EmulatorError
from .schema import APPLICATION_ID, SCHEMA, SCHEMA_VERSION, TABLES
from .transaction import Transaction

BUSY_SECONDS = 30.0
_PRIVATE, _FOR_OTHERS = 0o600, 0o077
_CREATING = threading.Lock()


class World:
    """The state of one emulator. Every process that opens the same path sees the same world."""

    def __init__(self, path: str | os.PathLike[str], chosen: Mapping[str, str] | None = None) -> None:
        self.path = Path(path)
        self._chosen = dict(chosen or {})
        # One connection and one lock: SQLite has one writer at a time anyway, and a lock wakes waiting threads at
        # once where SQLite's own busy handler sleeps.
        self._lock = threading.Lock()
        self._closed = False
        self._db = self._open()

    @contextmanager
    def transaction(self, *, writes: bool = True) -> Iterator[Transaction]:
        """All or nothing. `writes` says that a client asked for a change, which a stale read may then not see."""
        with self._lock:
            if self._closed:
                raise EmulatorError(f"The emulator of {str(self.path)!r} is closed.")
            try:
                self._db.execute("BEGIN IMMEDIATE")
                tx = Transaction(self._db, writes=writes)
                tx.chosen = self._chosen
                yield tx
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                raise self._unusable(error) from error
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def reset(self) -> None:
        """Empties every table; the salt of the fingerprints stays, so that a fingerprint keeps its meaning."""
        with self.transaction() as tx:
            salt = tx.state("salt")
            for table in TABLES:
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - the names are constants of this module
            self._db.execute("DELETE FROM sqlite_sequence")  # numbers begin anew
            _begin(tx, salt)

    def close(self) -> None:
        """Closes the file; a second call does nothing."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._db.close()

    def _unusable(self, reason: object) -> EmulatorError:
        return EmulatorError(f"The emulator cannot use {str(self.path)!r} as its file: {reason}.")

    def _open(self) -> sqlite3.Connection:
        try:
            if self.path.is_dir():
                raise self._unusable("it is a directory")
            if self.path.exists() and not self.path.is_file():
                raise self._unusable("it is no file")  # SQLite would wait for a pipe
            if not self.path.parent.is_dir():
                raise self._unusable("its directory does not exist")
            self._create()
            db = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        except OSError as error:
            raise self._unusable(error.strerror) from error
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        try:
            self._prepare(db)
        except sqlite3.Error as error:
            db.close()
            raise self._unusable(error) from error
        except EmulatorError:
            db.close()
            raise
        return db

    def _create(self) -> None:
        """Makes the file where there is none: SQLite would make it for everybody. What it puts beside is made alike.

        One thread at a time: whoever closes a file takes the locks away that others of the process have on it.
        """
        with _CREATING, suppress(FileExistsError):
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _PRIVATE))

    def _prepare(self, db: sqlite3.Connection) -> None:
        db.execute("BEGIN")  # one look: another process may be founding this file right now
        foreign = db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID
        used = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        db.execute("COMMIT")
        if foreign and used:
            raise self._unusable("it is a database of another program")
        self._close_to_others()
        _enter_wal(db)
        # A killed process loses nothing at this level; only a power cut can lose the newest commits.
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("BEGIN IMMEDIATE")
        for statement in SCHEMA:
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        tx = Transaction(db, writes=True)
        if tx.state("seed") is None:
            _begin(tx, secrets.token_hex(16))
        db.execute("COMMIT")

    def _close_to_others(self) -> None:
        """Names, prompts and events stand in the files: they are for who runs the emulator."""
        for ending in ("", "-wal", "-shm", "-journal"):
            # Another process may be removing it, and another user's file is not ours to close.
            with suppress(FileNotFoundError, PermissionError):
                path = self.path.with_name(self.path.name + ending)
                if path.stat().st_mode & _FOR_OTHERS:
                    path.chmod(_PRIVATE)


def _enter_wal(db: sqlite3.Connection) -> None:
    """Switches to write-ahead logging, which SQLite refuses without waiting while another process opens the file."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(tx: Transaction, salt: str) -> None:
    tx.set_state("salt", salt)
    tx.set_state("seed", secrets.token_hex(8))
