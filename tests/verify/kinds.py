"""What a run makes: where its label stands on each kind of object, and how each is removed.

In the order in which they are removed: what refers to others comes first.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

MARK: Final = "verify-run"
"""The metadata key that says which run made an object."""

_LABEL: Final = re.compile(r"verify-(\d{8}-\d{6})-[0-9a-f]{6}")
_STAMP: Final = "%Y%m%d-%H%M%S"


@dataclass(frozen=True)
class Kind:
    """Objects of one collection."""

    name: str
    titles: tuple[str, ...]
    """Fields that begin with the label."""
    ends: str = "delete"
    """`archive` where the platform has nothing that removes one."""
    metadata: bool = True


KINDS: Final = {
    "claude": (
        Kind("deployments", ("name",), "archive"),
        Kind("sessions", ("title",)),
        Kind("agents", ("name",), "archive"),
        Kind("environments", ("name",)),
        Kind("vaults", ("display_name",)),
        Kind("memory_stores", ("name",)),
        Kind("files", ("filename",), metadata=False),
        Kind("skills", ("display_name", "display_title"), metadata=False),
        Kind("user_profiles", ("name",)),
    ),
    "qoder": (
        Kind("deployments", ("name",), "archive"),
        Kind("sessions", ("title",)),
        Kind("agents", ("name",), "archive"),
        Kind("environments", ("name",)),
        Kind("vaults", ("display_name",)),
        Kind("memory_stores", ("name",)),
        Kind("files", ("filename",), metadata=False),
        Kind("skills", ("display_title", "name"), metadata=False),
    ),
}


def new_label() -> str:
    """The label of a run that begins now: nobody else's object has it."""
    return f"verify-{datetime.now(UTC).strftime(_STAMP)}-{secrets.token_hex(3)}"


def label_in(text: object) -> str | None:
    """The label that a text begins with."""
    found = _LABEL.match(text) if isinstance(text, str) else None
    return found.group() if found else None


def begun(label: str) -> datetime:
    """When the run of a label began, by the clock of the machine that it ran on."""
    found = _LABEL.match(label)
    if found is None:
        raise ValueError(f"{label!r} is not the label of a run: these look like verify-20260131-120000-0a1b2c")
    return datetime.strptime(found.group(1), _STAMP).replace(tzinfo=UTC)


def label_of(kind: Kind, document: dict[str, object]) -> str | None:
    """Which run made an object; None is somebody else's."""
    metadata = document.get("metadata")
    marked = metadata.get(MARK) if isinstance(metadata, dict) else None
    return label_in(marked) or next(filter(None, (label_in(document.get(title)) for title in kind.titles)), None)
