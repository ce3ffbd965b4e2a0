"""The tables of the file."""

APPLICATION_ID = 0x4D41454D
"""Marks a file as ours ("MAEM"), so that another program's database is refused and not written to."""
SCHEMA_VERSION = 1

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS objects (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL, created_at TEXT NOT NULL,
        archived INTEGER NOT NULL, pending INTEGER NOT NULL, body TEXT, previous TEXT, hidden TEXT NOT NULL,
        changed INTEGER NOT NULL, UNIQUE (kind, id))""",
    "CREATE INDEX IF NOT EXISTS objects_by_time ON objects (kind, created_at, seq)",
    "CREATE INDEX IF NOT EXISTS objects_pending ON objects (kind) WHERE pending = 1",
    """CREATE TABLE IF NOT EXISTS versions (
        id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (id, version)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
        time TEXT NOT NULL, body TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS events_by_owner ON events (owner, time, seq)",
    """CREATE TABLE IF NOT EXISTS requests (
        n INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
        operation TEXT, status INTEGER, fault TEXT, class TEXT NOT NULL, second REAL NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS requests_by_second ON requests (second)",
    "CREATE TABLE IF NOT EXISTS counters (operation TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS faults (
        n INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL, seen INTEGER NOT NULL, fired INTEGER NOT NULL)""",
    "CREATE TABLE IF NOT EXISTS repositories (url TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS rotations (
        n INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL, resource_id TEXT NOT NULL,
        time TEXT NOT NULL, fingerprint TEXT NOT NULL)""",
)
TABLES = ("state", "objects", "versions", "events", "requests", "counters", "faults", "repositories", "rotations")
