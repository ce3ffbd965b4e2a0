"""What came of deployments: each run made a session, or says why it could not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from ..declaration.marks import Always, IdOf, NotIn
from ..declaration.model import Model, Outputs, described
from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Operation, Steps
from .function import function, result
from .listing import Created, asked, most

if TYPE_CHECKING:
    from ..declaration.values import Bag

_NO_RUNS: Final = (NotIn(("aws",), "list the sessions instead: `listSessions` (as documented in August 2026)"),)


class RunQuery(Created):
    """Which runs."""

    deployment_id: Annotated[str | None, IdOf("Deployment"), described("Only runs of this deployment.")] = None
    has_error: Annotated[bool | None, described("Only runs that failed (true), or that did not (false).")] = None
    trigger_type: Annotated[
        Literal["schedule", "manual"] | None, described("Only runs that a `schedule` or somebody (`manual`) started.")
    ] = None


class ByRun(Model):
    """Arguments of a look-up of a run."""

    id: Annotated[str, described("The run's id.", min_length=1)]


class RunTrigger(Outputs):
    """What started a run."""

    type: Annotated[str, described("`schedule` or `manual`.")]
    scheduled_at: Annotated[str | None, described("When the schedule meant it to start (RFC 3339).")] = None


class RunAgent(Outputs):
    """The agent of a run, as it was then."""

    id: Annotated[str, described("Its id.")]
    version: Annotated[int | None, Always(), described("Its version.")] = None


class RunError(Outputs):
    """Why a run made no session."""

    type: Annotated[str, described("The platform's word, such as `session_rate_limited_error`.")]
    message: Annotated[str | None, Always(), described("The platform's sentence.")] = None


class Run(Outputs):
    """A run of a deployment."""

    id: Annotated[str, described("The run's id.")]
    deployment_id: Annotated[str, described("The deployment.")]
    agent: Annotated[RunAgent | None, Always(), described("The agent, as it was then.")] = None
    trigger_context: Annotated[RunTrigger | None, Always(), described("What started it.")] = None
    session_id: Annotated[str | None, described("The session that it made.")] = None
    error: Annotated[RunError | None, described("Why it made none.")] = None
    created_at: Annotated[str | None, Always(), described("When it ran (RFC 3339).")] = None


class Runs(Outputs):
    """Runs of deployments."""

    runs: Annotated[list[Run], described("The runs, newest first.")]


def list_deployment_runs(arguments: Bag) -> Steps[Bag]:
    """Lists the newest runs of deployments, newest first."""
    query = asked(arguments, deploymentId="deployment_id", hasError="has_error", triggerType="trigger_type")
    return result(
        Runs, {"runs": (yield from pages(Call(Operation("deployment_runs", "list"), query=query), most(arguments)))}
    )


def get_deployment_run(arguments: Bag) -> Steps[Bag]:
    """Looks up a run of a deployment by its id: the session that it made, or why it made none."""
    return result(Run, (yield Call(Operation("deployment_runs", "retrieve"), {"deployment_run_id": arguments["id"]})))


RUNS = function("listDeploymentRuns", list_deployment_runs, RunQuery, Runs, _NO_RUNS)
RUN = function("getDeploymentRun", get_deployment_run, ByRun, Run, _NO_RUNS)
