"""What a model works for: told only to a run that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from . import story
from .deployments import common
from .sessions import make

if TYPE_CHECKING:
    from verify.run import Run

READS: Final = 40
"""How often a session is asked whether it has come to rest."""
SHORT: Final = {"type": "user.message", "content": [{"type": "text", "text": "Answer with the word yes."}]}


@story("work: a message", works=True)
def message(run: Run) -> None:
    """One short answer, and what was said about it."""
    one = make(run, "a session", title="work")
    run.see("a message", run.at("sessions").events.send, one, events=[SHORT])
    run.rest(one, READS)
    run.see("the stream of its events", run.at("sessions").events.stream, one)
    run.see("a removal", run.at("sessions").delete, one)


@story("work: a run of a deployment", works=True)
def deployed(run: Run) -> None:
    """One run on demand."""
    fields: dict[str, Any] = common(run) | {"name": "once", "initial_events": [SHORT]}
    one = run.create("a deployment", "deployments", **fields).id
    started = run.see("a run", run.at("deployments").run, one)
    run.see("a read of it", run.at("deployment_runs").retrieve, started.id)
    session = started["session_id"]
    run.made.append(("sessions", session))
    run.rest(session, READS)
    run.see("an archive", run.at("deployments").archive, one)
