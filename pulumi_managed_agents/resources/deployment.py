"""Deployment: an agent with all that it needs, started by a schedule or on demand. All of it changes in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field

from ..comparison.change import Change
from ..declaration.capabilities import Capabilities
from ..declaration.cron import cron_expression
from ..declaration.marks import (
    Always,
    AsAWhole,
    AutoNamed,
    Canonical,
    Clears,
    Deed,
    IdOf,
    InPlace,
    Lines,
    Local,
    NotIn,
    Replaces,
    Shorthand,
)
from ..declaration.model import Failure, Inputs, Model, Outputs, default, described
from ..declaration.values import UNKNOWN, without_nulls
from ..errors import NotFound
from ..lifecycle.doubts import DOUBT, done_once
from ..lifecycle.effects import novel
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle, is_archived
from ..lifecycle.outputs import outputs_of
from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Novelty, Operation, Reached, State, Warned
from .parts.deployment_events import DeploymentEvent, prose_event, starting_rules
from .parts.metadata import Metadata
from .parts.moments import CreatedAt, UpdatedAt
from .parts.source import Source
from .session.inputs import BUDGET_FIXED, MOUNTED, Budget, EnvironmentVariables, SessionEntry, resource_rules

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from ..declaration.form import Form
    from ..declaration.values import JSON, Bag
    from ..lifecycle.steps import Effect, Steps


_FIELDS = r"^[0-9*,/-]+( [0-9*,/-]+){4}$"


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # Without a time zone database nothing can be said here; the platform will say it.
        if available_timezones():
            message = "is no time zone: write it as in `Europe/Berlin` or `UTC`"
            raise ValueError(message) from None
    return name


class DeploymentAgent(Model):
    """The agent that is run."""

    type: Annotated[Literal["agent"] | None, described("May be left out.")] = "agent"
    id: Annotated[str, IdOf("Agent"), described("The agent's id.", min_length=1, max_length=128)]
    version: Annotated[
        int | None,
        described(
            "A version to stay with. Left out, the latest when the deployment is saved: it follows a change of the "
            "agent in the same `pulumi up`; one made elsewhere, after `pulumi refresh` has seen it.",
            ge=1,
        ),
    ] = None

    @classmethod
    def complete(cls, value: Bag, capabilities: Capabilities) -> Bag:
        """Fills the type, which the platform wants to be told."""
        del capabilities
        return {"type": "agent", **value}


class Schedule(Model):
    """When the deployment runs by itself."""

    type: Annotated[Literal["cron"], described("The only kind there is.")]
    expression: Annotated[
        str,
        Canonical(lambda text: " ".join(text.split()), "how many blanks stand between the fields makes no difference"),
        AfterValidator(cron_expression),
        described("Minute, hour, day of month, month, day of week, in cron's form.", max_length=256, pattern=_FIELDS),
    ]
    timezone: Annotated[
        str, AfterValidator(_time_zone), described("IANA time zone, such as `Europe/Berlin`.", min_length=1)
    ]


class DeploymentInputs(Inputs):
    """What the deployment is."""

    source: Source = None
    name: Annotated[
        str | None,
        AutoNamed(),
        described("Shown to people (default: the resource's name).", min_length=1, max_length=256),
    ] = None
    description: Annotated[str | None, Lines(), described("What it is for.", max_length=2048)] = None
    agent: Annotated[
        DeploymentAgent,
        Shorthand("id", fixed=(("type", "agent"),)),
        described("The agent: its id, or an object with id and version."),
    ]
    environment_id: Annotated[
        str, IdOf("Environment"), described("The environment's id.", min_length=1, max_length=128)
    ]
    initial_events: Annotated[
        list[DeploymentEvent], described("What each session starts with.", min_length=1, max_length=50)
    ]
    schedule: Annotated[
        Schedule | None,
        Replaces("the platform cannot take a schedule away", when="removed", on="qoder"),
        described("When it runs by itself (default: only on demand)."),
    ] = None
    paused: Annotated[
        bool | None,
        Local("set by pausing and unpausing"),
        Deed(),
        described(
            "Whether the schedule rests. Left out, a pause is reported and left alone, as is one by the platform."
        ),
    ] = None
    run_trigger: Annotated[
        str | None,
        Local("each change of it runs the deployment once"),
        Deed(),
        described("Any text; the deployment runs once when it is set and whenever it changes.", min_length=1),
    ] = None
    resources: Annotated[
        list[SessionEntry] | None,
        MOUNTED,
        AsAWhole("the list is sent anew, with every token; sessions that run keep theirs"),
        Clears(to=[]),
        described("What each session mounts: repositories, files and memory stores, in any order.", max_length=500),
    ] = default([])
    vault_ids: Annotated[
        list[Annotated[str, IdOf("Vault"), Field(min_length=1, max_length=128)]] | None,
        Clears(to=[]),
        described("Vaults with the agent's credentials; the first that has one for a server wins.", max_length=50),
    ] = default([])
    budget: Annotated[
        Budget | None,
        Replaces(BUDGET_FIXED, on="qoder"),
        described("The most that each session may cost."),
    ] = None
    environment_variables: EnvironmentVariables = None
    metadata: Metadata = None


class PausedReason(Outputs):
    """Why the deployment rests."""

    type: Annotated[str, described("`manual`, or `error` when the platform paused it.")]
    error_type: Annotated[str | None, described("The platform's word for what went wrong.")] = None


class DeploymentOutputs(Outputs):
    """What the platform adds."""

    status: Annotated[str, described("`active` or `paused`, when last read.")]
    paused_reason: Annotated[PausedReason | None, described("Why it is paused.")] = None
    agent_version: Annotated[int | None, Always(), described("The agent's version that it runs.")] = None
    last_run_at: Annotated[str | None, described("When its schedule last ran it (RFC 3339).")] = None
    upcoming_runs_at: Annotated[list[str] | None, described("When its schedule will run it next (RFC 3339).")] = None
    triggered_run_id: Annotated[str | None, described("The run that `runTrigger` last started.")] = None
    triggered_session_id: Annotated[str | None, described("The session of that run.")] = None
    created_at: CreatedAt
    updated_at: UpdatedAt


class RunProblem(Outputs):
    """What went wrong in a deployment or a run of it."""

    type: Annotated[str, described("The platform's word.")]


class PausedAnswer(Outputs):
    """Why the deployment rests, in the platform's own words."""

    error: Annotated[RunProblem | None, described("What went wrong.")] = None


class ScheduleAnswer(Outputs):
    """When it runs, in the platform's own words."""

    last_run_at: Annotated[str | None, described("When it last ran (RFC 3339).")] = None
    upcoming_runs_at: Annotated[list[str] | None, described("When it runs next (RFC 3339).")] = None


class DeploymentAnswer(Outputs):
    """A deployment in the platform's own words, where outputs have others."""

    schedule: Annotated[ScheduleAnswer | None, described("When it runs.")] = None
    paused_reason: Annotated[PausedAnswer | None, described("Why it is paused.")] = None


class DeploymentRun(Outputs):
    """A run of a deployment."""

    session_id: Annotated[str | None, described("Its session.")] = None
    error: Annotated[RunProblem | None, described("What went wrong.")] = None


_TRIGGERED = ("triggeredRunId", "triggeredSessionId")


class DeploymentLifecycle(Lifecycle):
    """The body is one request; pausing and running are requests of their own."""

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """Makes the deployment, pauses it if that is wanted, runs it if there is a trigger."""
        return (yield from self.again(form, inputs, {}))

    def again(self, form: Form, inputs: Bag, done: Bag) -> Steps[State]:
        """The same where the trigger has had its run, from a deployment that was cut off."""
        ran = done.get("triggeredRunId") and done.get("runTrigger")
        done = _kept(done, ("runTrigger", *_TRIGGERED)) if ran else {}
        made = yield from super().create(form, inputs)
        state = State(made.id, {**_undone(made.outputs, done), **_unless_none("paused", inputs, False)})
        if inputs.get("paused") or inputs.get("runTrigger"):
            yield Reached(state)
        return (yield from self._verbs(form, state, inputs, before=done, born=True))

    def read(self, form: Form, id: str, managed: Bag | None) -> Steps[State | None]:
        """One request, and one for the agent where the deployment should follow it."""
        state = yield from super().read(form, id, managed)
        if state is None:
            return None
        outputs = {**state.outputs, **_kept(managed or {}, _TRIGGERED)}
        if managed is None:
            # As far as we know no version was asked for.
            outputs["agent"] = outputs["agent"]["id"] if isinstance(outputs["agent"], dict) else outputs["agent"]
            return State(id, outputs)
        outputs |= yield from _newer_agent(id, outputs)
        paused = outputs["status"] == "paused"
        reason = outputs.get("pausedReason", {})
        if paused and (outputs.get("paused") is None or reason.get("type") == "error"):
            yield Warned(_resting(id, reason))
        elif outputs.get("paused") is not None:
            outputs["paused"] = paused
        return State(id, outputs)

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """Sends what changed, then pauses, unpauses or runs."""
        state = yield from super().update(form, id, changed, old, new)
        state = State(id, _undone(state.outputs, old))
        yield Reached(state)
        return (yield from self._verbs(form, state, new, before=old))

    def recovered(self, form: Form, id: str, inputs: Bag, answer: Bag) -> Steps[State | None]:
        """As it is: paused or not, and with its run; one that was not run yet is run by the next update."""
        state = yield from super().recovered(form, id, inputs, answer)
        if state is None or not inputs.get("runTrigger"):
            return state
        newest = yield from pages(_runs(id), 1)
        if not newest:
            return State(id, {**state.outputs, "runTrigger": None})
        (run,) = newest
        return State(id, {**state.outputs, "triggeredRunId": run["id"], "triggeredSessionId": run["session_id"]})

    def understood(self, answer: Bag) -> Bag:
        """The answer with the computed parts of agent and schedule as outputs of their own."""
        schedule, reason = answer.get("schedule") or {}, answer.get("paused_reason")
        return {
            **answer,
            "agent_version": answer["agent"].get("version"),
            "last_run_at": schedule.get("last_run_at"),
            "upcoming_runs_at": schedule.get("upcoming_runs_at"),
            "paused_reason": reason and {**reason, "error_type": (reason.get("error") or {}).get("type")},
        }

    def _verbs(self, form: Form, state: State, inputs: Bag, before: Bag, *, born: bool = False) -> Steps[State]:
        """The state after pausing, unpausing and running as far as the inputs changed; one just `born` never ran."""
        outputs = state.outputs
        wanted = bool(inputs.get("paused"))
        if inputs.get("paused") is not None and wanted != bool(filled(before).get("paused")):
            answer = yield Call(self.operation("pause" if wanted else "unpause"), self.ids(state.id))
            outputs = _undone(outputs_of(form, inputs, self.understood(answer)), {**before, "paused": wanted})
            yield Reached(State(state.id, outputs))
        if inputs.get("runTrigger") and inputs["runTrigger"] != before.get("runTrigger"):
            once = f"{inputs.get('creationId')}\n{inputs['runTrigger']}\n{before.get('triggeredRunId')}"
            effect = _another_run(state.id, before, born=born)
            call = Call(Operation("deployments", "run"), self.ids(state.id), {}, effect=effect, once=once)
            run = yield from done_once(call, state.id, outputs, before.get(DOUBT))
            outputs = {wire: value for wire, value in outputs.items() if wire != DOUBT}
            if run.get("error"):
                yield Warned(f"The run {run['id']} of deployment {state.id} failed: {run['error'].get('type')}.")
            outputs = {**outputs, "triggeredRunId": run["id"], "triggeredSessionId": run.get("session_id")}
        outputs = {**outputs, "paused": inputs.get("paused"), "runTrigger": inputs.get("runTrigger")}
        return State(state.id, without_nulls(outputs))


def filled(outputs: Bag) -> Bag:
    """The outputs with whether the deployment rests, where that was left to others."""
    if outputs.get("paused") is not None or not isinstance(outputs.get("status"), str):
        return outputs
    return {**outputs, "paused": outputs["status"] == "paused"}


_VERBS = ("paused", "runTrigger", *_TRIGGERED, DOUBT)


def _undone(outputs: Bag, before: Bag) -> Bag:
    """The outputs before what takes a request of its own: a wish is no deed."""
    return {**{wire: value for wire, value in outputs.items() if wire not in _VERBS}, **_kept(before, _VERBS)}


def _runs(id: str) -> Call:
    """The list of its runs on demand, newest first."""
    return Call(Operation("deployment_runs", "list"), query={"deployment_id": id, "trigger_type": "manual"})


def _another_run(id: str, before: Bag, *, born: bool) -> Effect:
    """The newest run on demand is one that was not there."""
    runs = _runs(id)
    known = frozenset({before["triggeredRunId"]} if before.get("triggeredRunId") else ())
    made = Novelty(id, known, runs, asked=not (born or known), ids=lambda run: [run["id"]])
    return novel(lambda fresh: next(iter(fresh), None), made, "It has not run")


def _unless_none(wire: str, inputs: Bag, value: JSON) -> Bag:
    return {} if inputs.get(wire) is None else {wire: value}


def _kept(bag: Bag, wires: tuple[str, ...]) -> Bag:
    return {wire: bag[wire] for wire in wires if wire in bag}


def _newer_agent(id: str, outputs: Bag) -> Steps[Bag]:
    """The agent as pinned, where the deployment should run the latest version and there is a newer one."""
    declared = outputs["agent"]
    declared = {"id": declared} if isinstance(declared, str) else declared
    if declared.get("version") is not None:
        return {}
    try:
        agent = yield Call(Operation("agents", "retrieve"), {"agent_id": declared["id"]}, shared=id)
    except NotFound:
        return {}
    pinned = outputs.get("agentVersion")
    if is_archived(agent) or agent["version"] == pinned:
        return {}
    return {"agent": {"type": "agent", "id": declared["id"], "version": pinned}}


def follows(outputs: Bag, moved: Container[str]) -> Change | None:
    """The agent, where it changes in the same run and no version of it is pinned."""
    declared = outputs.get("agent")
    agent = {"id": declared} if isinstance(declared, str) else declared
    if not isinstance(agent, dict) or agent.get("version") is not None or agent.get("id") not in moved:
        return None
    return Change(("agent",), "update", declared, declared, InPlace("the agent changes in the same run"))


def _resting(id: str, reason: Bag) -> str:
    why = reason.get("errorType") or "somebody paused it"
    advice = "When the cause is gone, unpause it: set `paused` to true, run `pulumi up`, and set it to false."
    return f"Deployment {id} is paused ({why}), so its schedule does not run it. {advice}"


def rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """What the platform checks across a deployment's properties."""
    yield from resource_rules(inputs.get("resources"), capabilities)
    yield from starting_rules(inputs.get("initialEvents"))
    if inputs.get("paused") not in (None, UNKNOWN) and inputs.get("schedule") is None:
        yield Failure(("paused",), "is about the schedule, and there is none")


DEPLOYMENT = Kind(
    name="Deployment",
    doc=(
        "An agent with an environment, first messages, repositories and credentials, started by a schedule or by "
        "`runTrigger`. Everything about it changes in place and holds for the sessions that it starts afterwards. "
        "Removing it archives the deployment; its sessions go on."
    ),
    not_in=(
        NotIn(
            ("aws",),
            "start a `Session` with `SessionEvents` from a scheduler of your own (as documented in August 2026)",
        ),
    ),
    inputs=DeploymentInputs,
    outputs=DeploymentOutputs,
    lifecycle=DeploymentLifecycle("deployments", "deployment_id"),
    answers={"deployments": DeploymentAnswer, "deployment_runs": DeploymentRun},
    rules=rules,
    filled=filled,
    follows=follows,
    prose=lambda text: {"initialEvents": [prose_event(text)]},
)
