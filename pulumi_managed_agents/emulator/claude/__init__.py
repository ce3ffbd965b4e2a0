"""The Claude Managed Agents platform, under `/v1/`. One module per kind; `routes.py` says which path asks for what."""

from .. import settings
from ..platform import Answer, Call, Refusal
from ..world import Transaction
from . import deployment_runs, errors, headers
from .outside import OUTSIDE
from .routes import TABLE

_READS = ("retrieve", "list", "stream", "retrieve_metadata", "download")
_CREATES = ("create", "upload")


class Claude:
    """The platform as the generic parts see it."""

    outside = OUTSIDE

    def match(self, method: str, path: str) -> tuple[str | None, dict[str, str]]:
        """The operation of a request and the ids in its path."""
        return TABLE.match(method, path)

    def perform(self, tx: Transaction, call: Call) -> Answer:
        """Checks the headers, lets schedules fire that are due, then lets the kind answer."""
        headers.admit(tx, call.headers, call.path)
        deployment_runs.fire_due(tx)
        return TABLE.handler(call)(tx, call)

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
        if verb in _READS:
            return "read"
        return "create" if verb in _CREATES else "write"
