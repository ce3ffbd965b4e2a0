"""A run takes away what it made, and what former runs left: their labels stand on the objects themselves.

Nothing else is touched. No file on the machine is needed: another machine can take away what this one left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from .client import STATUS, UNANSWERED
from .kinds import KINDS, Kind, begun, label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .client import Client

PAGES: Final = 5
"""Of each list that is looked through for what former runs left."""
OVER: Final = timedelta(hours=1)
"""A run is over by then: its objects are nobody's."""
GONE: Final = {404, 405, 501}
ARCHIVED: Final = 400
REQUESTS: Final = 6
"""That one object can take at most: an archive, a removal, those of its versions."""


@dataclass
class Cleaned:
    """What became of objects."""

    removed: list[tuple[str, str]] = field(default_factory=list)
    archived: list[tuple[str, str]] = field(default_factory=list)
    """The platform has nothing that removes these."""
    left: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, id and the reason."""


def clean(client: Client, made: Iterable[tuple[str, str]]) -> Cleaned:
    """Takes objects away, what refers to others first. What is gone already is no failure."""
    done = Cleaned()
    known = list(dict.fromkeys(made))
    for kind in KINDS[client.platform]:
        for name, one in reversed(known):
            if name == kind.name:
                _end(client, kind, one, done)
    return done


def left_behind(client: Client, wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Objects whose label is wanted, by kind and id."""
    found: list[tuple[str, str]] = []
    for kind in KINDS[client.platform]:
        for document in _documents(client, kind):
            label = label_of(kind, document)
            if label and wanted(label) and not document.get("archived_at"):
                found.append((kind.name, str(document["id"])))
    return found


def is_over(label: str) -> bool:
    """Whether the run of a label must have ended."""
    return datetime.now(UTC) - begun(label) > OVER


def _documents(client: Client, kind: Kind) -> Iterator[dict[str, Any]]:
    """The newest objects of a kind, as far as a few pages reach."""
    query: dict[str, Any] = {"limit": 100}
    for _ in range(PAGES):
        if _refused(lambda: client.at(kind.name, strict=False).list(**query)) is not None:
            return
        answer = client.wire.taken()
        body = answer.body if answer and isinstance(answer.body, dict) else {}
        data = body.get("data")
        yield from (each for each in data or [] if isinstance(each, dict) and "id" in each)
        if not body.get("next_page"):
            return
        query["page"] = body["next_page"]


def _end(client: Client, kind: Kind, id: str, done: Cleaned) -> None:
    resource = client.at(kind.name, strict=False)
    if kind.name == "skills":
        _end_versions(client, id)
    status = _refused(lambda: getattr(resource, kind.ends)(id))
    if status is not None and kind.ends == "delete" and status not in GONE and hasattr(resource, "archive"):
        # What works, or is mounted, goes when it is archived.
        _refused(lambda: resource.archive(id))
        status = _refused(lambda: resource.delete(id))
    _book(client, kind, id, status, done)


def _book(client: Client, kind: Kind, id: str, status: int | None, done: Cleaned) -> None:
    if status is None:
        (done.removed if kind.ends == "delete" else done.archived).append((kind.name, id))
    elif status == ARCHIVED and kind.ends == "archive":
        done.archived.append((kind.name, id))
    elif status not in GONE:
        done.left.append((kind.name, id, f"answered {status}" if status else "no answer"))
    elif (found := _read(client, kind, id)) is not None:
        # No answer of that kind says whether the object is not there, or the way to remove it.
        if found.get("archived_at"):
            done.archived.append((kind.name, id))
        else:
            done.left.append((kind.name, id, f"there is no way to remove it: {status}"))


def _read(client: Client, kind: Kind, id: str) -> dict[str, Any] | None:
    """The object, if it is there."""
    resource = client.at(kind.name, strict=False)
    read = resource.retrieve_metadata if kind.name == "files" else resource.retrieve
    if _refused(lambda: read(id)) is not None:
        return None
    answer = client.wire.taken()
    return answer.body if answer and isinstance(answer.body, dict) else None


def _end_versions(client: Client, skill: str) -> None:
    """A skill goes when its versions are gone."""
    versions = client.at("skills.versions", strict=False)
    if _refused(lambda: versions.list(skill)) is not None:
        return
    answer = client.wire.taken()
    for each in (answer.body or {}).get("data") or [] if answer else []:
        name = each["version"] if client.platform == "qoder" else each["id"]
        _refused(lambda: versions.delete(name, skill_id=skill))  # noqa: B023 - called at once


def _refused(call: Callable[[], object]) -> int | None:
    """The status of a call that was refused, 0 for one without an answer; None is success."""
    try:
        call()
    except STATUS as error:
        return int(error.status_code)  # type: ignore[attr-defined]
    except UNANSWERED:
        return 0
    return None
