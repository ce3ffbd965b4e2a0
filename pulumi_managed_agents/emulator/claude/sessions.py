"""Sessions: create, read, update, archive, delete (section 4). What they mount stands in `resources.py`."""

from typing import Annotated

from pydantic import Field, StringConstraints

from .. import clock, settings
from ..platform import Answer, Call, Refusal, filters, records
from ..platform.bodies import Closed, NoBody, NotNull
from ..platform.lifecycle import aged
from ..world import JSON, Record, Transaction
from . import budgets, lifecycle, paging, resources, schema, session_agent, session_start
from .budgets import Budget
from .errors import invalid
from .kinds import SESSIONS
from .schema import Id, MetadataPatch
from .session_start import CreateSession, Title

STATUSES = {"idle", "running", "rescheduling", "terminated"}
MAX_PAGE = 100
"""Not documented; the lists of agents have the same cap (inferred)."""


class UpdateSession(Closed):
    """The body of an update. What is left out stays."""

    title: Annotated[Title, StringConstraints(min_length=1)] | None = None
    metadata: MetadataPatch | None = None
    agent: Annotated[session_agent.AgentUpdate | None, NotNull] = None
    budget: Budget | None = None
    vault_ids: list[Id] = Field(default_factory=list)


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/sessions: the session with everything in it, or nothing."""
    sent = schema.body(CreateSession, call)
    schema.check_metadata(tx, sent.metadata)
    return Answer(document=shown(tx, session_start.begin(tx, sent, resources.fingerprints(tx, sent.resources))))


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions/{session_id}."""
    return Answer(document=shown(tx, lifecycle.find(tx, call.ids["session_id"], read=True)))


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/sessions/{session_id}; a session.updated event says what changed."""
    sent = schema.body(UpdateSession, call)
    record = lifecycle.find(tx, call.ids["session_id"])
    if "vault_ids" in sent.model_fields_set:
        raise invalid("vault_ids: cannot be updated")
    lifecycle.refuse_ended(tx, record)
    capped = budgets.reached(record.body)
    changes = _changes(tx, record.body, sent)
    if changes:
        record.body |= changes | {"updated_at": clock.stamp(tx)}
        lifecycle.emit(tx, record.id, "session.updated", **_shown_changes(changes))
        if capped and not budgets.reached(record.body):
            lifecycle.run(tx, record)
        tx.save(record)
    return Answer(document=shown(tx, record))


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/sessions/{session_id}/archive. A second archive changes nothing (inferred)."""
    schema.body(NoBody, call)
    record = lifecycle.find(tx, call.ids["session_id"])
    if record.body["archived_at"] is None:
        _refuse_busy(tx, record, "archived")
        lifecycle.put(tx, record, "terminated")
        records.archive(tx, record)
    return Answer(document=shown(tx, record))


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /v1/sessions/{session_id}."""
    record = lifecycle.find(tx, call.ids["session_id"])
    _refuse_busy(tx, record, "deleted")
    records.remove(tx, record)
    tx.remove_events(record.id)
    return records.removed(SESSIONS, record.id)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions, newest first; the one list that also pages backwards."""
    lifecycle.settle_all(tx, read=True)
    part = paging.window(call.query, default=20, maximum=MAX_PAGE, order="desc", bounds=paging.ALL_BOUNDS, ordered=True)
    wanted = _filter(call.query)
    source = paging.stored(tx, SESSIONS, lambda record: shown(tx, record))
    return Answer(document=paging.page(part, source, wanted, both_ways=True))


def shown(tx: Transaction, record: Record) -> JSON:
    """The session as answers show it, with its age."""
    body = record.body
    return aged(tx, body, body["updated_at"] if body["status"] == "terminated" else None)


def _filter(query: paging.Query) -> filters.Filter:
    archived = paging.flag(query, "include_archived")
    # Documented: a version narrows only with an agent.
    version = paging.number(query, "agent_version") if query.get("agent_id") else None
    statuses = set(query.getlist("statuses[]"))
    if statuses - STATUSES:
        raise invalid(f"statuses: must be among {', '.join(sorted(STATUSES))}")
    return filters.sessions(query, archived=archived, version=version, statuses=statuses)


def _changes(tx: Transaction, session: JSON, sent: UpdateSession) -> JSON:
    wanted: JSON = {"metadata": schema.patched(tx, session["metadata"], sent.metadata)}
    given = sent.model_fields_set
    if "title" in given and (sent.title is not None or settings.value(tx, "title_null") == "clear"):
        wanted["title"] = sent.title
    if "budget" in given:
        wanted["budget"] = budgets.replace(tx, session, sent.budget)
    if sent.agent is not None and sent.agent.model_fields_set:
        if session["status"] != "idle":
            raise Refusal(settings.value(tx, "busy_refusal_status"), "agent: the session must be idle; interrupt it.")
        wanted["agent"] = session_agent.update(tx, session["agent"], sent.agent)
    return {name: value for name, value in wanted.items() if value != session[name]}


def _shown_changes(changes: JSON) -> JSON:
    """What session.updated says: metadata that was cleared is left out, as documented."""
    return {name: value for name, value in changes.items() if name != "metadata" or value}


def _refuse_busy(tx: Transaction, record: Record, verb: str) -> None:
    if record.body["status"] in ("running", "rescheduling"):
        status = settings.value(tx, "busy_refusal_status")
        raise Refusal(status, f"A running session cannot be {verb}; interrupt it and wait until it is idle.")
