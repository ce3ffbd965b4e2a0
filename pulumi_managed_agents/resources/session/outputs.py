"""What the platform tells of a session."""

from __future__ import annotations

from typing import Annotated, Any

from ...declaration.marks import Always, Document, Id, Instant, Lasting, Told
from ...declaration.model import Outputs, described
from ..parts.moments import CreatedAt, UpdatedAt


class AgentSnapshot(Outputs):
    """The agent as the session keeps it."""

    id: Annotated[str, described("The agent's id.")]
    version: Annotated[int, described("The version that was latest, or asked for, when the session was created.")]
    name: Annotated[str | None, described("The agent's name then.")] = None


class MountedResource(Outputs):
    """Something mounted into the session."""

    id: Annotated[str | None, Id(), described("Its id on the session; a memory store has none.")] = None
    type: Annotated[str, described("`github_repository`, `file` or `memory_store`.")]
    url: Annotated[str | None, described("The repository's address.")] = None
    mount_path: Annotated[str | None, described("Where it is.")] = None
    file_id: Annotated[str | None, described("The file's id, as declared.")] = None
    memory_store_id: Annotated[str | None, described("The memory store's id.")] = None
    declared_path: Annotated[
        str | None, described("A file's path as declared, where the platform put it elsewhere.")
    ] = None
    updated_at: Annotated[
        str | None, Instant(), described("When its token was last rotated, or it was mounted (RFC 3339).")
    ] = None


class SessionError(Outputs):
    """What last went wrong in the session."""

    type: Annotated[str, described("The platform's word, such as `repository_authentication_error`.")]
    message: Annotated[str, Told(), described("The platform's sentence.")]
    repository_url: Annotated[str | None, described("The repository it is about.")] = None
    occurred_at: Annotated[str | None, described("When (RFC 3339).")] = None


class OutcomeEvaluation(Outputs):
    """How far something is that is to be reached."""

    outcome_id: Annotated[str, described("The outcome.")]
    description: Annotated[str | None, Always(), described("What is to be reached.")] = None
    result: Annotated[
        str, described("`pending`, `running`, `evaluating`, `satisfied`, `failed` or another word of the platform.")
    ]
    iteration: Annotated[int | None, Always(), described("The round, from 0.")] = None
    explanation: Annotated[str | None, described("Why it was judged so last.")] = None
    completed_at: Annotated[str | None, described("When it was settled (RFC 3339).")] = None


class StopReason(Outputs):
    """Why a session came to rest, and what it waits for."""

    type: Annotated[
        str,
        described("`end_turn`, `requires_action`, `budget_reached`, `retries_exhausted`, `refusal` or another word."),
    ]
    event_ids: Annotated[
        list[str] | None, described("The events that it waits for an answer to (`requires_action`).")
    ] = None


class BudgetUsage(Outputs):
    """What a session has cost of its budget: at list prices, or in credits."""

    spent: Annotated[str, described("What it has cost so far, in the budget's unit.")]
    limit: Annotated[str, described("The most that it may cost.")]
    unit: Annotated[str, described("`USD cents` or `credits`.")]
    reached: Annotated[bool, described("Whether that is used up.")]


class SessionOutputs(Outputs):
    """What the platform adds."""

    status: Annotated[str, described("`idle`, `running`, `rescheduling` or `terminated`, when last read.")]
    resolved_agent: Annotated[AgentSnapshot, Lasting(), described("The agent in the version that the session keeps.")]
    mounted_resources: Annotated[list[MountedResource], described("What is mounted, with ids and paths.")]
    last_error: Annotated[
        SessionError | None, described("An error that still holds, such as a failed clone; read by `pulumi refresh`.")
    ] = None
    stop_reason: Annotated[
        StopReason | None,
        described("Why it rests, and what it waits for; read by `pulumi refresh` of a session that has worked."),
    ] = None
    outcome_evaluations: Annotated[
        list[OutcomeEvaluation] | None, described("What is to be reached, and how far, when last read.")
    ] = None
    budget_usage: Annotated[
        BudgetUsage | None, described("What it has cost of its budget, where it has one, when last read.")
    ] = None
    usage: Annotated[dict[str, Any] | None, Always(), Document(), described("Tokens and cost, when last read.")] = None
    stats: Annotated[dict[str, Any] | None, Always(), Document(), described("Time spent, when last read.")] = None
    deployment_id: Annotated[str | None, Lasting(), described("The deployment that started it.")] = None
    created_at: CreatedAt
    updated_at: UpdatedAt


class SessionAnswer(Outputs):
    """A session in the platform's own words, where outputs have others."""

    resources: Annotated[list[MountedResource], described("What is mounted.")]


class EventBlock(Outputs):
    """A part of what was said."""

    type: Annotated[str, described("What it is, such as `text`.")]
    text: Annotated[str | None, described("What it says.")] = None


class SessionEvent(Outputs):
    """Something that happened in a session."""

    type: Annotated[str, described("What happened, such as `session.status_idle`.")]
    processed_at: Annotated[str | None, Instant(), described("When (RFC 3339).")] = None
    error: Annotated[SessionError | None, described("What went wrong.")] = None
    stop_reason: Annotated[StopReason | None, described("Why it came to rest.")] = None
    content: Annotated[list[EventBlock] | None, described("What was said.")] = None
