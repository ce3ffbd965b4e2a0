"""The Qoder Cloud Agents platform, under `/api/v1/cloud/`. One module per kind; `routes.py` has the paths."""

from dataclasses import replace
from typing import Any

from .. import settings
from ..platform import Answer, Call, Refusal
from ..world import JSON, Transaction, World
from . import credentials, errors, events, headers, idempotency, outside, routes, schedules
from .times import trimmed

_CREATES = ("create", "upload")
_READS = ("retrieve", "retrieve_metadata", "list", "stream", "download", "bytes")


class Qoder:
    """The platform as the generic parts see it."""

    def match(self, method: str, path: str) -> tuple[str | None, dict[str, str]]:
        """The operation of a request and the ids in its path."""
        return routes.MATCHING.match(method, path)

    def perform(self, world: World, tx: Transaction, call: Call) -> Answer:
        """Checks the token, lets deployments fire that are due, then lets the kind answer."""
        if call.operation != routes.DOWNLOAD:
            headers.admit(call.headers)
        if call.operation is None:
            if routes.MATCHING.known(call.path):
                raise Refusal(405, f"{call.method} is not allowed here.")  # status inferred
            raise Refusal(404, "There is nothing at this path.")
        if not tx.stale:
            schedules.fire_due(tx)
        handler = routes.ROUTES[call.operation][2]
        if handler is None:
            return events.stream(world, tx, call)
        answer = idempotency.once(tx, call, lambda: self._created(tx, call, handler(tx, call)))
        return replace(answer, document=trimmed(answer.document))

    def _created(self, tx: Transaction, call: Call, answer: Answer) -> Answer:
        """Older documents answer a create with 201."""
        if self.classify(call.operation) == "create":
            return replace(answer, status=settings.value(tx, "qoder_create_status"))
        return answer

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """The error document of a refusal."""
        return errors.document(refusal, headers.request_id(call))

    def identify(self, tx: Transaction, call: Call) -> dict[str, str]:
        """The request's id."""
        del tx
        return {"x-request-id": headers.request_id(call)}

    def classify(self, operation: str | None) -> str:
        """Which limit a request counts against. Qoder documents none, so the groups are those of the verbs."""
        verb = (operation or "").rpartition(".")[2]
        if verb in _READS:
            return "read"
        return "create" if verb in _CREATES else "write"

    def objects(self, tx: Transaction, kind: str) -> list[JSON]:
        """Every stored object of a kind."""
        return outside.objects(tx, kind)

    def change(self, tx: Transaction, kind: str, object_id: str, fields: dict[str, Any]) -> JSON:
        """Changes an object behind the client's back."""
        return outside.change(tx, kind, object_id, fields)

    def remove(self, tx: Transaction, kind: str, object_id: str) -> None:
        """Removes an object behind the client's back."""
        outside.remove(tx, kind, object_id)

    def rotations(self, tx: Transaction, session_id: str) -> list[JSON]:
        """The token rotations of a session."""
        return outside.rotations(tx, session_id)

    def mounts(self, tx: Transaction, session_id: str) -> list[JSON]:
        """The mounted repositories of a session."""
        return outside.mounts(tx, session_id)

    def credential_secrets(self, tx: Transaction, credential_id: str) -> dict[str, str]:
        """The fingerprints of a credential's secrets."""
        return credentials.secrets(tx, credential_id)

    def set_status(self, tx: Transaction, session_id: str, status: str) -> JSON:
        """Puts a session into a status."""
        return outside.set_status(tx, session_id, status)

    def emit(self, tx: Transaction, session_id: str, event: JSON) -> JSON:
        """Appends an event to a session's history."""
        return outside.emit(tx, session_id, event)
