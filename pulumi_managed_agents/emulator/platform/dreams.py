"""Dreams: jobs that make a memory store of another one and of sessions. Nothing is dreamt here; a setting ends them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from .. import clock, settings
from ..world import JSON, Record, Transaction
from . import records, tasks
from .bodies import Bodies, Closed, NoBody
from .calls import Answer, Call, Refusal
from .choices import ModelId, model_form
from .kinds import Kind

AT_WORK = ("pending", "running")
STATUSES = (*AT_WORK, "completed", "failed", "canceled")
_COUNTERS = ("cache_creation_input_tokens", "cache_read_input_tokens", "input_tokens", "output_tokens")

Id = Annotated[str, StringConstraints(min_length=1)]


class StoreInput(Closed):
    """The memory store that is read."""

    type: Literal["memory_store"]
    memory_store_id: Id


class SessionsInput(Closed):
    """The sessions that are read."""

    type: Literal["sessions"]
    session_ids: Annotated[list[Id], Field(min_length=1, max_length=100)]


class CreateNew(Closed):
    """The result becomes a store of its own."""

    type: Literal["create_new"]


class UpdateExisting(Closed):
    """The result goes into the store that is read."""

    type: Literal["update_existing"]
    memory_store_id: Id


class ModelConfig(Closed):
    """A model with its speed."""

    id: ModelId
    speed: Literal["standard", "fast"] | None = None


Input = Annotated[StoreInput | SessionsInput, Field(discriminator="type")]
Model = Annotated[
    Annotated[ModelId, Tag("id")] | Annotated[ModelConfig, Tag("config")],
    Discriminator(model_form),
]


class CreateDream(Closed):
    """The body of a create."""

    inputs: list[Input]
    model: Model
    instructions: Annotated[str, StringConstraints(min_length=1, max_length=4096)] | None = None
    output_behavior: Annotated[CreateNew | UpdateExisting, Field(discriminator="type")] = Field(
        default_factory=lambda: CreateNew(type="create_new")
    )


@dataclass(frozen=True)
class Dreams:
    """The dreams of one platform."""

    kind: Kind
    stores: Kind
    sessions: Kind
    resolve: Callable[[Transaction, Kind, str, str], Record]
    """What a body refers to."""
    check_model: Callable[[Transaction, ModelConfig], None]
    page: Callable[..., Answer]
    new_store: Callable[[Transaction, str], Record]
    """The store of a result, with a name."""

    def create(self, tx: Transaction, call: Call) -> Answer:
        """POST: a job that is pending."""
        sent = Bodies(self.kind.dialect).read(CreateDream, call)
        store, sessions = self._inputs(tx, sent)
        model = ModelConfig(id=sent.model) if isinstance(sent.model, str) else sent.model
        self.check_model(tx, model)
        self._check_output(tx, sent, store)
        fields = {
            "status": "pending",
            "inputs": [
                {"type": "memory_store", "memory_store_id": store},
                {"type": "sessions", "session_ids": sorted(sessions)},
            ],
            "model": {"id": model.id, "speed": model.speed or "standard"},
            "instructions": sent.instructions,
            "output_behavior": sent.output_behavior.model_dump(),
            "outputs": [],
            "session_id": None,
            "usage": dict.fromkeys(_COUNTERS, 0),
            "error": None,
            "ended_at": None,
        }
        record = records.make(tx, self.kind, fields)
        tasks.plan(tx, record, "dream_ends", {"do": "finish"})
        tx.save(record)
        return Answer(document=record.body)

    def retrieve(self, tx: Transaction, call: Call) -> Answer:
        """GET, by id."""
        return Answer(document=self._found(tx, call, read=True).body)

    def list_page(self, tx: Transaction, call: Call) -> Answer:
        """GET, newest first."""
        if not tx.stale:
            for record in tx.pending(self.kind.table):
                self._settle(tx, record, read=True)
        statuses = call.query.getlist("statuses[]")
        if set(statuses) - set(STATUSES):
            raise self.kind.dialect.invalid("statuses", f"must be some of {', '.join(STATUSES)}")
        return self.page(
            tx, call, self.kind, bounds=("gt", "lt"), keep=lambda body: not statuses or body["status"] in statuses
        )

    def cancel(self, tx: Transaction, call: Call) -> Answer:
        """POST .../cancel: ends it now; silent when it is repeated."""
        Bodies(self.kind.dialect).read(NoBody, call)
        record = self._found(tx, call)
        if record.body["status"] in ("completed", "failed"):
            raise Refusal(400, f"The dream is {record.body['status']}.")
        if record.body["status"] in AT_WORK:
            tasks.drop(record, "finish")
            record.body |= {"status": "canceled", "ended_at": clock.stamp(tx)}
            tx.save(record)
        return Answer(document=record.body)

    def archive(self, tx: Transaction, call: Call) -> Answer:
        """POST .../archive, of one that has ended."""
        Bodies(self.kind.dialect).read(NoBody, call)
        record = self._found(tx, call)
        if record.body["status"] in AT_WORK:
            raise Refusal(400, f"The dream is {record.body['status']}: cancel it first.")
        if record.body["archived_at"] is None:
            record.body["archived_at"] = clock.stamp(tx)
            tx.save(record)
        return Answer(document=record.body)

    def _inputs(self, tx: Transaction, sent: CreateDream) -> tuple[str, list[str]]:
        stores = [each.memory_store_id for each in sent.inputs if isinstance(each, StoreInput)]
        sessions = [each.session_ids for each in sent.inputs if isinstance(each, SessionsInput)]
        if (len(stores), len(sessions)) != (1, 1):
            raise self.kind.dialect.invalid("inputs", "must be one memory_store and one sessions")
        if len(set(sessions[0])) != len(sessions[0]):
            raise self.kind.dialect.invalid("inputs", "session_ids repeats an id")
        self.resolve(tx, self.stores, stores[0], "inputs")
        for session in sessions[0]:
            if tx.get(self.sessions.table, session) is None:
                self.resolve(tx, self.sessions, session, "inputs")
        return stores[0], sessions[0]

    def _check_output(self, tx: Transaction, sent: CreateDream, store: str) -> None:
        behavior = sent.output_behavior
        if not isinstance(behavior, UpdateExisting):
            return
        if behavior.memory_store_id != store:
            raise self.kind.dialect.invalid("output_behavior.memory_store_id", "must be the store of the inputs")
        for record in tx.pending(self.kind.table):
            self._settle(tx, record, read=False)
        others = (each.body for each in tx.scan(self.kind.table))
        if any(body["status"] in AT_WORK and body["output_behavior"] == behavior.model_dump() for body in others):
            raise Refusal(409, "Another dream updates this memory store.")

    def _found(self, tx: Transaction, call: Call, *, read: bool = False) -> Record:
        record = records.locate(tx, self.kind, call)
        if record.hidden.get("tasks") and not tx.stale:
            self._settle(tx, record, read=read)
        return record

    def _settle(self, tx: Transaction, record: Record, *, read: bool) -> None:
        tasks.settle(tx, record, lambda _: self._finish(tx, record), read=read)
        if record.body["status"] == "pending" and record.hidden.get("tasks"):
            record.body["status"] = "running"
            tx.save(record)

    def _finish(self, tx: Transaction, record: Record) -> None:
        status: Any = settings.value(tx, "dream_outcome")
        record.body |= {"status": status, "ended_at": clock.stamp(tx)}
        if status == "failed":
            record.body["error"] = {"type": "internal_error", "message": "The dream fails because it was told so."}
            return
        output: JSON = {"type": "memory_store", "memory_store_id": record.body["inputs"][0]["memory_store_id"]}
        if record.body["output_behavior"]["type"] == "create_new":
            output["memory_store_id"] = self.new_store(tx, f"dream {record.id}").id
        record.body["outputs"] = [output]
