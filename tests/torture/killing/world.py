"""What there is in a world, in words that are the same whatever ids and moments it has: by table, for comparison."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from torture.killing.cases import TOKENS
from torture.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path

STAMP = "pulumi_creation_id"
OF_THE_MOMENT = {
    "id",
    "version",
    "usage",
    "stats",
    "status",
    "agent_version",
    "latest_version_id",
    "memory_version_id",
    "upcoming_runs_at",
    "last_run_at",
}
"""Fields that say when and how often something was done, or how it goes."""

_ID = re.compile(r"[a-z]+_[0-9A-Za-z]{20,}")
_DIGITS = re.compile(r"\b(sandbox|x-environment)-[0-9a-f]{7}\b")
"""An environment that is named for its resource has digits of its own."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*")

Things = dict[str, Counter[str]]
"""By table, how often there is each."""


@dataclass
class World:
    """Reads what is in an emulator's file, since a moment where only that says what an operation did."""

    path: Path
    objects: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    runs: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """What was said and run until now counts no more."""
        reader = Reader(self.path, "claude")
        living = reader.living()
        self.objects = set(living)
        self.events = {id_ for session in _in(living, "sessions") for id_, _ in reader.said(session)}
        self.runs = set(_runs(reader))
        reader.close()

    def fresh(self, table: str) -> list[str]:
        """The ids of what came into a table since, oldest first."""
        reader = Reader(self.path, "claude")
        living = reader.living()
        if table == "events":
            said = ((session, id_) for session in _in(living, "sessions") for id_, _ in reader.said(session))
            found = [f"{session}/{id_}" for session, id_ in said if id_ not in self.events]
        else:
            found = [id_ for id_ in _in(living, table) if id_ not in self.objects]
        reader.close()
        return found

    def things(self) -> Things:
        """What there is."""
        reader = Reader(self.path, "claude")
        living = reader.living()
        words = {reader.fingerprint(token): token for token in TOKENS}
        names = {id_: f"{table} {_name(reader, table, id_)}" for id_, table in living.items()}
        found: Things = {}
        for id_, table in living.items():
            stored = reader.stored(table, id_)
            assert stored is not None
            body = {**stored.body, **_hidden(stored.body, stored.hidden)}
            found.setdefault(table, Counter())[_text(body, {**names, **words})] += 1
        said = [
            [names[session], content]
            for session in _in(living, "sessions")
            for id_, content in reader.said(session)
            if id_ not in self.events
        ]
        versions = [
            [names[skill], digest] for skill in _in(living, "skills") for _, digest in reader.versions(skill)[-1:]
        ]
        found["events"] = Counter(json.dumps(each) for each in said)
        found["runs"] = Counter("run" for run in _runs(reader) if run not in self.runs)
        found["skill_versions"] = Counter(json.dumps(each) for each in versions)
        reader.close()
        return found


ALONG = {"deployments": ("runs",), "skills": ("skill_versions",), "mounts": ("sessions",)}
"""Where else it shows what was done with an object."""


def differences(table: str, wanted: Things, found: Things) -> list[str]:
    """What is missing, and what is too much."""
    told = []
    for each in (table, *ALONG.get(table, ())):
        want, have = wanted.get(each, Counter()), found.get(each, Counter())
        told += [f"missing in {each}: {text}" for text in (want - have).elements()]
        told += [f"left over in {each}: {text}" for text in (have - want).elements()]
    return told


def _in(living: dict[str, str], table: str) -> list[str]:
    return [id_ for id_, where in living.items() if where == table]


def _runs(reader: Reader) -> list[str]:
    """Those that somebody asked for, of deployments that are gone too: a run is not taken back."""
    return [run for deployment in reader.ever("deployments") for run in reader.runs(deployment)]


def _name(reader: Reader, table: str, id_: str) -> str:
    stored = reader.stored(table, id_)
    body = stored.body if stored else {}
    return str(
        next((body[name] for name in ("name", "display_name", "title", "path", "filename") if body.get(name)), "")
    )


def _hidden(body: dict[str, Any], hidden: dict[str, Any]) -> dict[str, Any]:
    """Fingerprints of tokens, by what they are for, and digests of contents."""
    places = {each.get("id"): each.get("mount_path") for each in body.get("resources") or ()}
    tokens = hidden.get("tokens")
    if isinstance(tokens, dict):
        tokens = {places.get(id_): token for id_, token in tokens.items() if id_ in places}
    return {"tokens": tokens, "secrets": hidden.get("secrets"), "sha256": hidden.get("sha256")}


def _text(value: Any, words: dict[str, str]) -> str:
    return json.dumps(_plain(value, words), sort_keys=True)


def _plain(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if key not in OF_THE_MOMENT | {STAMP}}
        return {str(key): _plain(item, words) for key, item in kept.items()}
    if isinstance(value, list):
        return sorted((_plain(item, words) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, str):
        value = _DIGITS.sub(r"\1", words.get(value, value))
        return "ID" if _ID.fullmatch(value) else "MOMENT" if _MOMENT.fullmatch(value) else value
    return value
