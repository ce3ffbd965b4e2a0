"""After a crash in mid-create: puts objects that exist on the platform, but not in the state, back into the state.

The engine notes a create before it is made; a crash leaves that note, with the checked inputs and so the stamp of the
creation, but without an id. An object that carries the stamp is the one that was made.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..resources.registry import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind

CREATING = "creating"


@dataclass(frozen=True)
class Finding:
    """What became of one pending create: the id of its object, or None if nothing was made."""

    urn: str
    id: str | None


def recovered(
    exported: dict[str, Any], find: Callable[[Kind, Bag], str | None]
) -> tuple[dict[str, Any], list[Finding]]:
    """The exported state with each of our pending creates settled, and what was found.

    `find` looks for the id of the object of a kind that a create with such inputs made. Creates of other providers are
    left alone.
    """
    state = copy.deepcopy(exported)
    deployment = state["deployment"]
    findings, left = [], []
    for operation in deployment.get("pending_operations", []):
        kind = _kind(operation)
        if kind is None:
            left.append(operation)
            continue
        resource = operation["resource"]
        id_ = find(kind, resource["inputs"])
        findings.append(Finding(resource["urn"], id_))
        if id_ is not None:
            deployment["resources"].append({**resource, "id": id_, "outputs": resource["inputs"]})
    deployment["pending_operations"] = left
    return state, findings


def _kind(operation: dict[str, Any]) -> Kind | None:
    if operation["type"] != CREATING or "creationId" not in operation["resource"].get("inputs", {}):
        return None
    return kind_of(operation["resource"]["type"])
