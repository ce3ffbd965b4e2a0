"""What `pulumi stack export` wrote: the resources of a state and the operations that were under way.

Nobody vouches for the text. Whatever is looked at later in every entry has its form here once; the rest is carried
through as it is. A state may be large, so nothing of it is copied.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from ..errors import NoState
from ..resources.registry import kind_in
from .sealed import plaintexts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind

ADVICE = "Write one with `pulumi stack export`."


@dataclass(frozen=True)
class Exported:
    """An exported state. Its lists are the document's own: what is changed in them is written."""

    document: Bag = field(repr=False)
    resources: list[Bag] = field(repr=False)
    operations: list[Bag] = field(repr=False)

    def ours(self) -> Iterator[tuple[Kind, Bag]]:
        """Our objects, each with its kind; what a program only looks at is nobody's."""
        for entry in self.resources:
            kind = kind_in(entry)
            if kind is not None and isinstance(entry.get("id"), str) and not entry.get("external"):
                yield kind, entry

    def secrets(self) -> Iterator[str]:
        """Every text that the export shows and the state keeps as a secret."""
        return plaintexts([self.resources, self.operations])

    @property
    def written_at(self) -> str | None:
        """When the engine last wrote the state (RFC 3339)."""
        manifest = (self.document["deployment"] or {}).get("manifest")
        moment = manifest.get("time") if isinstance(manifest, dict) else None
        return moment if isinstance(moment, str) else None

    def written(self) -> str:
        """The text for `pulumi stack import`."""
        # Without indentation: with it, Python's encoder takes a minute for a large state.
        return json.dumps(self.document) + "\n"


def read_state(text: bytes) -> Exported:
    """The state that was exported.

    Raises:
        NoState: it is none, or not in a form that Pulumi writes.
    """
    document = _document(text)
    deployment = document["deployment"]
    if deployment is None:
        # A stack in which nothing was ever done.
        return Exported(document, [], [])
    resources = _list(deployment, "resources")
    operations = _list(deployment, "pending_operations")
    for index, entry in enumerate(resources):
        _refuse_formless(entry, f"resources[{index}]")
    for index, operation in enumerate(operations):
        place = f"pending_operations[{index}]"
        if not (isinstance(operation, dict) and isinstance(operation.get("type"), str)):
            raise NoState(f"This is no state that Pulumi wrote: {place} is no operation. {ADVICE}")
        _refuse_formless(operation.get("resource"), place)
    return Exported(document, resources, operations)


def _document(text: bytes) -> Bag:
    try:
        document = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise NoState(f"This is no exported state: it is no JSON that can be read. {ADVICE}") from None
    if not isinstance(document, dict) or not isinstance(document.get("deployment", ""), dict | None):
        raise NoState(f"This is no exported state: it has no `deployment`. {ADVICE}")
    return document


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is no JSON"
    raise ValueError(message)


def _list(deployment: Bag, name: str) -> list[Any]:
    found = deployment.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise NoState(f"This is no state that Pulumi wrote: `{name}` is no list. {ADVICE}")
    return found


def _refuse_formless(entry: Any, place: str) -> None:
    if not isinstance(entry, dict) or not all(isinstance(entry.get(name), str) for name in ("urn", "type")):
        raise NoState(f"This is no state that Pulumi wrote: {place} is no resource with a URN and a type. {ADVICE}")
