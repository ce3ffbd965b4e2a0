"""What an operation's answer has to have, and how much of it is of use.

What is declared of a kind says it: its inputs and outputs, and what its lifecycle reads beside.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Final

from ..comparison.fitting import Fitting, Shapes
from ..declaration.ids import is_id
from ..declaration.marks import Instant
from ..declaration.model import Outputs, described
from ..declaration.shape import shape_of
from ..declaration.untold import UNTOLD, Untold
from ..declaration.values import render
from ..functions.registry import ANSWERS
from ..lifecycle.steps import GITHUB, Operation
from ..resources.registry import ANSWERING, KINDS

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ..declaration.values import JSON, Bag, Path
    from ..lifecycle.steps import Call


class Formless(Exception):
    """It has not what every such answer has; the text says what is wrong."""


class _Object(Outputs):
    """What is read of every object."""

    archived_at: Annotated[
        str | None, Instant(), described("Since when the platform only remembers it (RFC 3339).")
    ] = None


LONGEST_CURSOR: Final = 4096
"""Characters of the place of the next page: it goes into an address."""

_WITHOUT_ID: Final = ("sessions.resources", "agents.versions")
"""Collections in whose lists not everything has an id."""

_MAY_BE_SILENT: Final = (
    *("sessions", "sessions.events", "vaults", "vaults.credentials"),
    *("memory_stores", "memory_stores.memories", "memory_stores.memory_versions"),
)
"""Collections whose lists, without objects, may say nothing at all: the official document does not require `data`."""

_UNREAD: Final = ("delete", "cancel")
"""Verbs whose answers say nothing."""

_OF_THE_OBJECT: Final = ("retrieve", "update", "pause", "unpause")
"""Verbs whose answers are about the very object that they are about."""

_ANSWERED_WITH: Final = {
    Operation("deployments", "run"): "deployment_runs",
    Operation("vaults.credentials", "mcp_oauth_validate"): "vaults.credentials.verdicts",
}
"""Operations that answer with an object of another collection, or with what is in none."""

_NAMELESS: Final = ("vaults.credentials.verdicts",)
"""What has no id, since it is in no collection."""


def fitted(call: Call, answer: JSON) -> Bag:
    """What is of use of an answer, with a note of what is not.

    Raises:
        Formless: it has no id, is about another object, or is no list.
    """
    operation = call.operation
    body = answer if isinstance(answer, dict) else {}
    collection = _ANSWERED_WITH.get(operation, operation.collection)
    shapes = _shapes(collection)
    if operation.verb in ("list", "send"):
        return _list(operation, shapes, body)
    if operation.verb not in _UNREAD and collection not in _NAMELESS:
        _require_id(operation, body.get("id"), ("id",))
    if operation.verb in _OF_THE_OBJECT and operation.root != GITHUB and body["id"] not in call.ids.values():
        raise Formless("it is about another object")
    return Fitting().answer(shapes, body)


def _list(operation: Operation, shapes: Shapes, body: Bag) -> Bag:
    cursor, data = body.get("next_page"), body.get("data")
    if "data" not in body and operation.collection in _MAY_BE_SILENT:
        data = []
    if cursor is not None and not (isinstance(cursor, str) and cursor.isprintable() and len(cursor) <= LONGEST_CURSOR):
        raise Formless("its `next_page` is no place in a list")
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise Formless("it has no objects in `data`")
    for index, item in enumerate(data):
        if operation.collection not in _WITHOUT_ID or item.get("id") is not None:
            _require_id(operation, item.get("id"), ("data", index, "id"))
    fitting = Fitting()
    items = [fitting.answer(shapes, item, ("data", index)) for index, item in enumerate(data)]
    noted = {UNTOLD: Untold(places=tuple(fitting.places), count=fitting.noted)} if fitting.noted else {}
    return {"data": items, "next_page": cursor, **noted}


def _require_id(operation: Operation, id: JSON, path: Path) -> None:
    good = isinstance(id, str) if operation.root == GITHUB else is_id(id)
    if not good:
        raise Formless(f"its `{render(path)}` is no id")


@cache
def _shapes(collection: str) -> Shapes:
    """What is declared of the objects of a collection."""
    models: list[type[BaseModel]] = [_Object]
    for kind in map(KINDS.__getitem__, ANSWERING.get(collection, ())):
        if kind.lifecycle.listed and kind.lifecycle.collection == collection:
            models += [kind.inputs, kind.outputs]
        models += [kind.answers[collection]] if collection in kind.answers else []
    models += [ANSWERS[collection]] if collection in ANSWERS else []
    return tuple(map(shape_of, models))
