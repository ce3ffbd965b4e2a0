"""The Claude Managed Agents platform, under `/v1/`. One module per kind; `routes.py` says which path asks for what."""

from typing import Any

from .. import settings
from ..platform import Answer, Call, Refusal
from ..world import JSON, Transaction, World
from . import credentials, deployment_runs, errors, events, headers, outside, routes


class Claude:
    """The platform as the generic parts see it."""

    def match(self, method: str, path: str) -> tuple[str | None, dict[str, str]]:
        """The operation of a request and the ids in its path."""
        return routes.MATCHING.match(method, path)

    def perform(self, world: World, tx: Transaction, call: Call) -> Answer:
        """Checks the headers, lets schedules fire that are due, then lets the kind answer."""
        headers.admit(tx, call.headers, call.path)
        deployment_runs.settle(tx)
        if call.operation is None:
            if routes.MATCHING.known(call.path):
                raise Refusal(405, f"{call.method} is not allowed here.")
            raise Refusal(404, "There is nothing at this path.")
        handler = routes.ROUTES[call.operation][2]
        return events.stream(world, tx, call) if handler is None else handler(tx, call)

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """The error document of a refusal."""
        return errors.document(refusal, call.request_id)

    def identify(self, tx: Transaction, call: Call) -> dict[str, str]:
        """The request's id and the resolved tenant."""
        return {
            "request-id": call.request_id,
            "anthropic-organization-id": settings.value(tx, "organization_id"),
            "anthropic-workspace-id": settings.value(tx, "workspace_id"),
        }

    def classify(self, operation: str | None) -> str:
        """Which limit a request counts against: creates and reads have their own, as documented."""
        verb = (operation or "").rpartition(".")[2]
        if verb in ("retrieve", "list", "stream", "retrieve_metadata", "download"):
            return "read"
        return "create" if verb in ("create", "upload") else "write"

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
        """The fingerprints of a credential's secrets by field path."""
        return credentials.secrets(tx, credential_id)

    def set_status(self, tx: Transaction, session_id: str, status: str) -> JSON:
        """Puts a session into a status."""
        return outside.set_status(tx, session_id, status)

    def emit(self, tx: Transaction, session_id: str, event: JSON) -> JSON:
        """Appends an event to a session's history."""
        return outside.emit(tx, session_id, event)
