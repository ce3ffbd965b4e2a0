"""Sessions that are given nothing to do: no model works for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from . import story

if TYPE_CHECKING:
    from verify.run import Run

NO_THREAD: Final = "sthr_011111111111111111111111"


@story("sessions: made, read, changed")
def life(run: Run) -> None:
    """One session to its end."""
    sessions = run.at("sessions")
    one = make(run, "a create", title="talk", metadata={"team": "a", "tier": "1"})
    run.see("a read", sessions.retrieve, one)
    run.see("a change of its title", sessions.update, one, title=f"{run.label} other talk")
    run.see("metadata is merged, null removes", sessions.update, one, metadata={"team": "b", "tier": None})
    run.listed("a list", sessions.list)
    run.listed("a list of one agent's", sessions.list, agent_id=run.agent())
    run.see("its events", sessions.events.list, one)
    run.see("its resources: none", sessions.resources.list, one)
    run.see("its environment is held by it", run.at("environments").delete, run.environment())
    _end(run, one)


def _end(run: Run, one: str) -> None:
    sessions = run.at("sessions")
    run.see("an archive", sessions.archive, one)
    run.see("a second archive", sessions.archive, one)
    run.see("a change of an archived one", sessions.update, one, title=f"{run.label} never")
    run.listed("a list without what is archived", sessions.list)
    run.see("a removal", sessions.delete, one)
    run.see("a read of what is removed", sessions.retrieve, one)
    run.see("a removal of what is removed", sessions.delete, one)


@story("sessions: threads")
def threads(run: Run) -> None:
    """A session has one, whose events are the session's."""
    one = make(run, "a session", title="threads")
    threads = run.at("sessions.threads")
    found = run.see("its threads", threads.list, one)["data"]
    if found:
        run.see("its only thread", threads.retrieve, found[0]["id"], session_id=one)
        run.see("the events of that thread", threads.events.list, found[0]["id"], session_id=one)
    run.see("a thread that is not there", threads.retrieve, NO_THREAD, session_id=one)
    run.see("the events of that one", threads.events.list, NO_THREAD, session_id=one)
    run.see("a removal", run.at("sessions").delete, one)


@story("sessions: the agent as it was")
def snapshot(run: Run) -> None:
    """A session keeps the agent that it began with."""
    agents = run.at("agents")
    agent = run.create("an agent of its own", "agents", name="before", model=run.model).id
    environment = run.environment()
    one = run.create("a session", "sessions", agent=agent, environment_id=environment, title="snapshot").id
    run.see("a change of the agent", agents.update, agent, version=1, system="You came later.")
    run.see("the session is as it was", run.at("sessions").retrieve, one)
    pinned = {"type": "agent", "id": agent, "version": 1}
    fields = {"agent": pinned, "environment_id": environment, "title": "pinned"}
    second = run.create("a session of an older version", "sessions", **fields).id
    run.see("a removal", run.at("sessions").delete, one)
    run.see("a removal of the second", run.at("sessions").delete, second)
    run.see("an archive of the agent", agents.archive, agent)
    run.create("a session of an archived agent", "sessions", agent=agent, environment_id=environment, title="never")


@story("sessions: refused")
def refused(run: Run) -> None:
    """Nothing is made by any of these."""
    wrong: dict[str, dict[str, Any]] = {
        "a title that is too long": {"title": "x" * 501},
        "too much metadata": {"metadata": {str(n): "" for n in range(17)}},
        "an agent that is not there": {"agent": "agent_011111111111111111111111"},
        "an environment that is not there": {"environment_id": "env_011111111111111111111111"},
        "an unknown form of agent": {"agent": {"type": "robot", "id": "x"}},
        "a field that is not there": {"extra_body": {"colour": "red"}},
    }
    for step, fields in wrong.items():
        given = {"agent": run.agent(), "environment_id": run.environment(), "title": "never"} | fields
        run.create(f"a create with {step}", "sessions", **given)
    run.see("a read of what is not there", run.at("sessions").retrieve, "sesn_011111111111111111111111")


def make(run: Run, step: str, **fields: Any) -> str:
    """A session of the agent and the environment that all use, with nothing to do."""
    return run.create(step, "sessions", agent=run.agent(), environment_id=run.environment(), **fields).id
