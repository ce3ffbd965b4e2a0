"""The Qoder Cloud Agents platform, under `/api/v1/cloud/`. One module per kind; `routes.py` has the paths."""

from dataclasses import replace

from .. import accounts, settings
from ..platform import Answer, Call, Refusal
from ..platform.service import AgentPlatform
from ..world import Transaction
from . import deployment_runs, errors, headers, idempotency, service_tokens
from .outside import OUTSIDE
from .routes import DOWNLOAD, TABLE
from .times import trimmed


class Qoder(AgentPlatform):
    """The platform as the generic parts see it."""

    table = TABLE
    outside = OUTSIDE

    def match(self, method: str, path: str) -> tuple[str | None, dict[str, str]]:
        """The operation of a request; tokens are given out beside the API."""
        if (method, path) == ("POST", service_tokens.PATH):
            return service_tokens.EXCHANGE, {}
        return super().match(method, path)

    def perform(self, tx: Transaction, call: Call) -> Answer:
        """Checks the token, lets deployments fire that are due, then lets the kind answer."""
        if call.operation == service_tokens.EXCHANGE:
            return service_tokens.exchange(tx, call)
        if call.operation != DOWNLOAD:
            # No answer tells whose it is: the platform documents no such header.
            token = headers.admit(call.headers)
            service_tokens.admit(tx, token)
            tx.account = accounts.of(tx, token).name
        handler = TABLE.handler(call)
        if not tx.stale:
            deployment_runs.fire_due(tx)
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
