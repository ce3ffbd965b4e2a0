"""What the platform answers about a session, as its outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...declaration.untold import untold
from ...declaration.values import Bag
from ...lifecycle.adopt import adopted
from ...lifecycle.outputs import outputs_of
from ...lifecycle.steps import Call, Operation, Steps
from .mounts import Mounts
from .spending import budget_usage

if TYPE_CHECKING:
    from ...declaration.form import Form


def session_outputs(form: Form, managed: Bag, answer: Bag) -> Bag:
    """The outputs; the platform has its own names for the agent's snapshot and for what is mounted."""
    known = managed.get("mountedResources", [])
    if "resources" in untold(answer):
        mounts = Mounts(known)
    else:
        mounts = Mounts.match(managed.get("resources", []), known, answer.get("resources", []))
    told = {"resolved_agent": answer["agent"], "mounted_resources": [], "budget_usage": budget_usage(answer)}
    answer = {**answer, **told}
    outputs = outputs_of(form, {wire: value for wire, value in managed.items() if wire != "resources"}, answer)
    declared = managed.get("resources", [])
    present = declared if "resources" in untold(answer) else mounts.present(declared)
    return {**outputs, **({"resources": present} if "resources" in managed else {}), "mountedResources": mounts.entries}


def identified(answer: Bag) -> Steps[Bag]:
    """The answer with an id on what has one: some answers leave them out, and the list of what is mounted does not."""
    mounted = answer.get("resources") or []
    if all(item.get("id") or item["type"] == "memory_store" for item in mounted):
        return answer
    listing = yield Call(Operation("sessions.resources", "list"), {"session_id": answer["id"]})
    return {**answer, "resources": listing["data"]}


def with_ids(id: str, old: Bag) -> Steps[Bag]:
    """What is mounted, with ids: a create that was cut short may not have learned them, and a state may lose them."""
    known = old.get("mountedResources")
    if known is not None and all(entry.get("id") or entry["type"] == "memory_store" for entry in known):
        return {}
    listing = yield Call(Operation("sessions.resources", "list"), {"session_id": id})
    return {"mountedResources": Mounts.match(old.get("resources", []), [], listing["data"]).entries}


def adopted_session(form: Form, answer: Bag) -> Bag:
    """Inputs for a session that we did not make: its agent by id, since no version was asked for as far as we know."""
    found = adopted(form, answer)
    return {**found, "agent": answer["agent"]["id"]}


def kept(bag: Bag, *wires: str) -> Bag:
    """Of the bag, what is there under these names."""
    return {wire: bag[wire] for wire in wires if wire in bag}
