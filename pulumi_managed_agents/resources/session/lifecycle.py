"""What it takes to create, read, change and remove a session.

Most of a session is fixed when it is created. What can change on the living session is changed there: its title,
metadata, budget, tools, files, and above all the tokens of its repositories, one request each.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...comparison.changes import changes
from ...declaration.names import to_api
from ...declaration.values import Bag, without_nulls
from ...lifecycle.bodies import patch
from ...lifecycle.lifecycle import Lifecycle
from ...lifecycle.missing import present, unless_missing
from ...lifecycle.outputs import carried_over
from ...lifecycle.steps import Call, Operation, Reached, State, Steps, Warned
from .answers import adopted_session, identified, kept, session_outputs, with_ids
from .chosen import filled
from .inputs import OVERRIDES
from .mounting import mounted
from .mounts import Mounts, of_entries
from .readiness import complaint, until_ready, with_what_happened
from .removal import removed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...comparison.change import Change
    from ...declaration.form import Form


class SessionLifecycle(Lifecycle):
    """More than one request only where more than one thing changed."""

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """One request; with `waitForReady`, then looks until the session is idle with its repositories cloned."""
        answer = yield self.creation(form, inputs)
        yield Reached(State(answer["id"], session_outputs(form, inputs, answer)))
        answer = yield from identified(answer)
        outputs = session_outputs(form, inputs, answer)
        yield Reached(State(answer["id"], outputs))
        return (yield from until_ready(form, answer["id"], inputs, outputs))

    def creation(self, form: Form, inputs: Bag) -> Call:
        """The request, with the agent as an object; what a session starts with stands in its history at once."""
        call = super().creation(form, inputs)
        body = call.body or {}
        if isinstance(body["agent"], str):
            body = {**body, "agent": {"type": "agent", "id": body["agent"]}}
        effect = call.effect and replace(call.effect, bears_nothing=not body.get("initial_events"))
        return replace(call, body=body, effect=effect)

    def read(self, form: Form, id: str, managed: Bag | None) -> Steps[State | None]:
        """One request, and one for the newest errors and rests where repositories are mounted or the session worked."""
        retrieval = Call(Operation("sessions", "retrieve"), self.ids(id), shared=id)
        answer = yield from present(retrieval, expected=managed is not None)
        if answer is None or self.is_gone(answer):
            return None
        answer = yield from identified(answer)
        outputs = session_outputs(form, adopted_session(form, answer) if managed is None else managed, answer)
        outputs = yield from with_what_happened(id, outputs)
        if answer["status"] == "terminated":
            cause = "because of an error it could not recover from"
            yield Warned(f"Session {id} has terminated {cause}. The next `pulumi up` replaces it.")
        if outputs.get("lastError"):
            yield Warned(complaint(id, outputs["lastError"]))
        return State(id, outputs)

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """One request for the session's own properties, and one for each token, added file and removed file."""
        old = filled({**old, **(yield from with_ids(id, old))})
        attached = {"resources": old.get("resources", [])}
        outputs = {**carried_over(form, old, new), **attached}
        body = _patch(form, changed, old, new)
        if body:
            answer = yield Call(Operation("sessions", "update"), self.ids(id), body)
            outputs = {
                **session_outputs(form, {**new, **attached, **kept(old, "mountedResources")}, answer),
                **kept(old, "lastError", "stopReason"),
            }
            yield Reached(State(id, outputs))
        # Compared with what is mounted as far as is known now: an answer shows what others changed meanwhile.
        shape = form.shape.properties["resources"].shape
        found = changes(shape, outputs["resources"], new.get("resources"), ("resources",))
        mounting = of_entries(found, outputs["resources"], new.get("resources", []))
        first, mounts = Mounts(old.get("mountedResources", [])), Mounts(outputs["mountedResources"])
        # What goes makes room first: a file may be exchanged for another at the same path.
        for change in sorted(mounting, key=lambda change: change.action != "delete"):
            outputs = yield from mounted(id, change, outputs, new.get("resources", []), mounts, first)
            yield Reached(State(id, outputs))
        outputs = without_nulls({**outputs, "resources": new.get("resources")})
        return (yield from until_ready(form, id, new, outputs))

    def delete(self, form: Form, id: str, old: Bag) -> Steps[None]:
        """Archives (or deletes); a running session is interrupted if that is wanted, else waited for."""
        del form
        yield from unless_missing(lambda: removed(self, id, old))


def _patch(form: Form, changed: Sequence[Change], old: Bag, new: Bag) -> Bag:
    """The body for the session's own properties; of the agent, only the overrides that changed."""
    own = [change for change in changed if change.name not in ("resources", "agent")]
    body = patch(form.shape, own, old, new)
    overrides = dict.fromkeys(
        str(change.path[1]) for change in changed if change.name == "agent" and len(change.path) > 1
    )
    wanted = {wire: new["agent"][wire] for wire in overrides if wire in OVERRIDES and wire in new["agent"]}
    if wanted:
        body["agent"] = to_api(form.shape.properties["agent"].shape, wanted)
    return body
