"""Deployments that never run: paused at once, and archived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from . import story

if TYPE_CHECKING:
    from verify.run import Run

HELLO: Final = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
YEARLY: Final = {"type": "cron", "expression": "0 9 1 1 *", "timezone": "UTC"}
"""Once in a year: the run is over by then."""


@story("deployments: made, changed, paused")
def life(run: Run) -> None:
    """One deployment to its end."""
    deployments = run.at("deployments")
    fields = common(run) | {"name": "nightly", "description": "d", "metadata": {"team": "a"}}
    one = run.create("a create", "deployments", **fields).id
    run.see("a read", deployments.retrieve, one)
    run.see("a change of one field", deployments.update, one, description="e")
    run.see("metadata is merged, null removes", deployments.update, one, metadata={"team": None, "tier": "1"})
    run.see("a schedule, once in a year", deployments.update, one, schedule=YEARLY)
    run.listed("a list", deployments.list)
    run.see("a pause", deployments.pause, one)
    run.see("a second pause", deployments.pause, one)
    run.see("its end", deployments.unpause, one)
    run.see("the runs: none", run.at("deployment_runs").list, deployment_id=one)
    run.see("an archive", deployments.archive, one)
    run.see("a change of an archived one", deployments.update, one, description="f")
    run.listed("a list without what is archived", deployments.list)


@story("deployments: refused")
def refused(run: Run) -> None:
    """Nothing is made by any of these."""
    wrong: dict[str, dict[str, Any]] = {
        "no name": {"name": ""},
        "nothing to do": {"initial_events": []},
        "a schedule that is none": {"schedule": YEARLY | {"expression": "every day"}},
        "a time zone that is not there": {"schedule": YEARLY | {"timezone": "Mars/Olympus"}},
        "an agent that is not there": {"agent": "agent_011111111111111111111111"},
    }
    for step, fields in wrong.items():
        run.create(f"a create with {step}", "deployments", **common(run) | {"name": "never"} | fields)
    run.see("a read of what is not there", run.at("deployments").retrieve, "depl_011111111111111111111111")
    run.see("a run that is not there", run.at("deployment_runs").retrieve, "drun_011111111111111111111111")


def common(run: Run) -> dict[str, Any]:
    """What each one needs."""
    return {"agent": run.agent(), "environment_id": run.environment(), "initial_events": [HELLO]}
