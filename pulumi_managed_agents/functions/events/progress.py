"""How a session goes: it runs, rests, fails and costs; its threads do; its outcomes are judged."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ...declaration.marks import Always, Document
from ...declaration.model import Outputs, described
from ...resources.session.outputs import StopReason
from .parts import EventBase, EventBudget, EventError, ModelUsage, StopDetails, Usage

_StopReason = Annotated[StopReason | None, Always(), described("Why it came to rest, and what it waits for.")]
_StopDetails = Annotated[StopDetails | None, described("More about a refusal.")]
_OutcomeId = Annotated[str, described("The outcome.")]
_Iteration = Annotated[int | None, Always(), described("The round, from 0.")]


class PlainEvent(EventBase):
    """Something that says no more than that it happened."""

    type: Annotated[
        Literal[
            "user.interrupt",
            "agent.thinking",
            "agent.thread_context_compacted",
            "session.status_running",
            "session.status_rescheduled",
            "session.status_terminated",
            "session.deleted",
            "span.model_request_start",
        ],
        described("What happened."),
    ]


class StatusIdleEvent(EventBase):
    """The session came to rest."""

    type: Annotated[Literal["session.status_idle"], described("What happened.")]
    stop_reason: _StopReason = None
    stop_details: _StopDetails = None


class SessionErrorEvent(EventBase):
    """Something went wrong in the session."""

    type: Annotated[Literal["session.error"], described("What happened.")]
    error: Annotated[EventError | None, Always(), described("What went wrong.")] = None


class SessionUpdatedEvent(EventBase):
    """Somebody changed the session: what is said is what it is now."""

    type: Annotated[Literal["session.updated"], described("What happened.")]
    title: Annotated[str | None, described("Its title.")] = None
    metadata: Annotated[dict[str, str] | None, described("Its labels.")] = None
    budget: Annotated[EventBudget | None, described("Its budget.")] = None
    agent: Annotated[dict[str, Any] | None, Document(), described("Its agent, in the platform's words.")] = None


class SessionUsageEvent(EventBase):
    """What the session has cost so far."""

    type: Annotated[Literal["session.usage"], described("What happened.")]
    usage: Usage = None
    budget: Annotated[EventBudget | None, described("The most that it may cost.")] = None


class ThreadStatusEvent(EventBase):
    """A thread began, or its status changed."""

    type: Annotated[
        Literal[
            "session.thread_created",
            "session.thread_status_running",
            "session.thread_status_rescheduled",
            "session.thread_status_terminated",
        ],
        described("What happened."),
    ]
    agent_name: Annotated[str | None, Always(), described("The thread's agent.")] = None
    workflow_run_id: Annotated[str | None, described("The run of a workflow that began it.")] = None


class ThreadIdleEvent(EventBase):
    """A thread came to rest."""

    type: Annotated[Literal["session.thread_status_idle"], described("What happened.")]
    agent_name: Annotated[str | None, Always(), described("The thread's agent.")] = None
    stop_reason: _StopReason = None
    stop_details: _StopDetails = None


class ModelRequestEndEvent(EventBase):
    """A request to a model was answered."""

    type: Annotated[Literal["span.model_request_end"], described("What happened.")]
    model_request_start_id: Annotated[str, described("The event of its start.")]
    model_usage: Annotated[ModelUsage | None, Always(), described("Its tokens.")] = None
    is_error: Annotated[bool | None, described("Whether it failed.")] = None


class Rubric(Outputs):
    """What an outcome is judged by."""

    type: Annotated[str, described("`text` or `file`.")]
    content: Annotated[str | None, described("The text.")] = None
    file_id: Annotated[str | None, described("The file's id.")] = None


class DefineOutcomeEvent(EventBase):
    """The user says what is to be reached."""

    type: Annotated[Literal["user.define_outcome"], described("What happened.")]
    outcome_id: _OutcomeId
    description: Annotated[str | None, Always(), described("What is to be reached.")] = None
    rubric: Annotated[Rubric | None, described("What it is judged by.")] = None
    max_iterations: Annotated[int | None, described("The most rounds.")] = None


class OutcomeEvaluationEvent(EventBase):
    """An outcome is being judged."""

    type: Annotated[
        Literal["span.outcome_evaluation_start", "span.outcome_evaluation_ongoing"], described("What happened.")
    ]
    outcome_id: _OutcomeId
    iteration: _Iteration = None


class OutcomeEvaluationEndEvent(EventBase):
    """An outcome was judged."""

    type: Annotated[Literal["span.outcome_evaluation_end"], described("What happened.")]
    outcome_id: _OutcomeId
    outcome_evaluation_start_id: Annotated[str | None, Always(), described("The event of the start.")] = None
    iteration: _Iteration = None
    result: Annotated[str, described("The verdict, such as `satisfied` or `needs_revision`.")]
    explanation: Annotated[str | None, described("Why.")] = None
    usage: Annotated[ModelUsage | None, described("The tokens of the judgement.")] = None


class WorkflowPhase(Outputs):
    """A phase of a workflow."""

    id: Annotated[str, described("Its id.")]
    name: Annotated[str, described("Its name.")]
    description: Annotated[str | None, described("What it is for.")] = None


class WorkflowRunCreatedEvent(EventBase):
    """A workflow began."""

    type: Annotated[Literal["workflow_run.created"], described("What happened.")]
    workflow_run_id: Annotated[str, described("The run.")]
    name: Annotated[str | None, Always(), described("The workflow.")] = None
    description: Annotated[str | None, described("What it is for.")] = None
    phases: Annotated[list[WorkflowPhase] | None, Always(), described("Its phases.")] = None


class WorkflowRunEvent(EventBase):
    """A run of a workflow goes on, rests or fails."""

    type: Annotated[
        Literal["workflow_run.status_running", "workflow_run.status_idle", "workflow_run.error"],
        described("What happened."),
    ]
    workflow_run_id: Annotated[str | None, described("The run.")] = None
    error: Annotated[EventError | None, described("What went wrong.")] = None


class WorkflowResult(Outputs):
    """How a run of a workflow ended."""

    type: Annotated[str, described("`completed`, `error` or `stopped`.")]
    error: Annotated[EventError | None, described("What went wrong.")] = None


class WorkflowRunEndedEvent(EventBase):
    """A run of a workflow ended."""

    type: Annotated[Literal["workflow_run.status_ended"], described("What happened.")]
    workflow_run_id: Annotated[str, described("The run.")]
    result: Annotated[WorkflowResult | None, Always(), described("How.")] = None


class WorkflowPhaseEvent(EventBase):
    """A phase of a workflow began or ended."""

    type: Annotated[Literal["workflow_run.phase_started", "workflow_run.phase_ended"], described("What happened.")]
    workflow_run_id: Annotated[str, described("The run.")]
    workflow_run_phase_id: Annotated[str, described("The phase.")]
    phase_started_id: Annotated[str | None, described("The event of its beginning.")] = None
