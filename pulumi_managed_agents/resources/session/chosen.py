"""What the platform chose for a session where the program left it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .mounts import Mounts

if TYPE_CHECKING:
    from ...declaration.values import JSON, Bag


def filled(outputs: Bag) -> Bag:
    """The outputs with the version of the agent, and the paths of what is mounted, written out."""
    return outputs | _agent(outputs) | _resources(outputs)


def _agent(outputs: Bag) -> Bag:
    declared, runs = outputs.get("agent"), outputs.get("resolvedAgent")
    written: JSON = {"id": declared} if isinstance(declared, str) else declared
    if not (isinstance(written, dict) and isinstance(runs, dict)) or runs.get("id") != written.get("id"):
        return {}
    return {"agent": {"type": "agent", "version": runs.get("version"), **written}}


def _resources(outputs: Bag) -> Bag:
    declared, mounted = outputs.get("resources"), outputs.get("mountedResources")
    if not (isinstance(declared, list) and isinstance(mounted, list)):
        return {}
    mounts = Mounts(mounted)
    return {"resources": [{**_place(mounts.find(entry)), **entry} for entry in declared]}


def _place(mounted: Bag | None) -> Bag:
    return {"mountPath": mounted["mountPath"]} if mounted and mounted.get("mountPath") else {}
