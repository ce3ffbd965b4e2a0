"""Sessions: create, read, update, cancel, archive, delete (section 2.3). What they mount stands in `resources.py`."""

from typing import Annotated, Any

from .. import settings
from ..platform import Answer, Call, filters, records
from ..platform.bodies import Closed, NoBody, NotNull
from ..platform.lifecycle import aged
from ..world import JSON, Record, Transaction
from . import environments, lifecycle, paging, resources, schema, session_agent, session_start, variables
from .budgets import Budget
from .errors import Refused, invalid
from .kinds import SESSIONS
from .schema import MetadataPatch
from .session_start import CreateSession

STATUSES = ("idle", "running", "rescheduling", "canceling", "terminated")
_ACCEPTED = 202


class UpdateSession(Closed):
    """The body of an update. What is left out stays; `vault_ids` is read to be refused in its own words."""

    title: str | None = None
    metadata: MetadataPatch | None = None
    agent: Annotated[session_agent.AgentUpdate | None, NotNull] = None
    environment_variables: str | dict[str, str] | None = None
    budget: Budget | None = None
    vault_ids: Any = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /sessions: the session with everything in it, or nothing."""
    sent = schema.body(CreateSession, call)
    schema.unconfirmed(tx, sent, {"budget", "initial_events"}, "qoder_sdk_only_fields")
    record = session_start.begin(tx, sent, resources.fingerprints(tx, sent.resources or []))
    answer = shown(tx, record)
    if not settings.value(tx, "qoder_resource_ids_in_create"):
        nameless = [{key: each[key] for key in each if key != "id"} for each in answer["resources"]]
        answer |= {"resources": nameless}
    return Answer(document=answer)


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /sessions/{session_id}."""
    return Answer(document=shown(tx, lifecycle.find(tx, call.ids["session_id"], read=True)))


def update(tx: Transaction, call: Call) -> Answer:
    """POST /sessions/{session_id}."""
    sent = schema.body(UpdateSession, call)
    record = lifecycle.find_open(tx, call)
    if "vault_ids" in sent.model_fields_set:
        raise invalid("vault_ids: cannot be changed after the session is created", "vault_ids")
    schema.unconfirmed(tx, sent, {"environment_variables", "budget"}, "qoder_sdk_only_updates")
    records.change(tx, SESSIONS, record, _changes(tx, record.body, sent))
    return Answer(document=shown(tx, record))


def cancel(tx: Transaction, call: Call) -> Answer:
    """POST /sessions/{session_id}/cancel: ends the present run; a session that rests is left alone."""
    schema.body(NoBody, call)
    record = lifecycle.find_open(tx, call)
    busy = record.body["status"] in lifecycle.BUSY
    if busy:
        lifecycle.cancel(tx, record)
        tx.save(record)
    answer = {"id": record.id, "type": SESSIONS.type, "status": "canceling"}
    return Answer(_ACCEPTED, answer) if busy else Answer(document=answer)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /sessions/{session_id}/archive. The status stays; the time of the archive tells."""
    schema.body(NoBody, call)
    record = lifecycle.find(tx, call.ids["session_id"])
    _refuse_busy(tx, record)
    records.archive(tx, record)
    return Answer(document=shown(tx, record))


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /sessions/{session_id}."""
    record = lifecycle.find(tx, call.ids["session_id"])
    _refuse_busy(tx, record)
    records.remove(tx, record)
    tx.remove_events(record.id)
    environments.note_deleted_session(tx, record.body["environment_id"])
    return records.removed(SESSIONS, record.id)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /sessions."""
    lifecycle.settle_all(tx, read=True)
    listing = paging.stored(tx, SESSIONS, lambda record: shown(tx, record))
    order = paging.ordered(call.query, "desc")
    page = paging.page(call.query, listing, _filter(call.query), order=order, bounds=paging.ALL_BOUNDS)
    return Answer(document=page)


def shown(tx: Transaction, record: Record) -> JSON:
    """The session as answers show it, with its age."""
    body = record.body
    return aged(tx, body, body["archived_at"] or (body["updated_at"] if body["status"] == "terminated" else None))


def _filter(query: paging.Query) -> filters.Filter:
    archived, version = paging.flag(query, "include_archived"), paging.number(query, "agent_version")
    statuses = set(query.getlist("statuses[]"))
    if statuses - set(STATUSES):
        raise invalid(f"statuses: must be among {', '.join(STATUSES)}", "statuses")
    return filters.sessions(query, archived=archived, version=version, statuses=statuses)


def _changes(tx: Transaction, session: JSON, sent: UpdateSession) -> JSON:
    changes: JSON = {"metadata": schema.patched(session["metadata"], sent.metadata)}
    given = sent.model_fields_set
    if "title" in given:
        changes["title"] = sent.title
    if sent.agent is not None:
        changes["agent"] = session_agent.update(tx, session["agent"], sent.agent)
    if "environment_variables" in given:
        changes["environment_variables"] = variables.read(sent.environment_variables)
    if sent.budget is not None:
        changes["budget"] = sent.budget.sent()
    return changes


def _refuse_busy(tx: Transaction, record: Record) -> None:
    status = settings.value(tx, "qoder_busy_refusal_status")
    if record.body["status"] in lifecycle.BUSY and status is not None:
        raise Refused(status, f"Session '{record.id}' is running; interrupt it and wait until it is idle.")
