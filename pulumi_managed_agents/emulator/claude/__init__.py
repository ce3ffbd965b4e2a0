"""The Claude Managed Agents platform, under `/v1/`. One module per kind; `routes.py` says which path asks for what."""

from .. import accounts, settings
from ..platform import Answer, Call, Refusal
from ..platform.service import AgentPlatform
from ..world import Transaction
from . import deployment_runs, errors, headers, oauth, places
from .outside import OUTSIDE
from .routes import TABLE


class Claude(AgentPlatform):
    """The platform as the generic parts see it."""

    table = TABLE
    outside = OUTSIDE

    def perform(self, tx: Transaction, call: Call) -> Answer:
        """Checks the headers, lets schedules fire that are due, then lets the kind answer."""
        if call.operation == oauth.EXCHANGE:
            return oauth.exchange(tx, call)
        account = accounts.of(tx, headers.credential(call.headers))
        missing_beta = settings.value(tx, "missing_beta_status")
        headers.admit(call.headers, call.path, account.workspace_id, missing_beta)
        oauth.admit(tx, headers.credential(call.headers), headers.betas(call.headers))
        tx.account = account.name
        places.admit(tx, call)
        deployment_runs.fire_due(tx)
        return TABLE.handler(call)(tx, call)

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """The error document of a refusal."""
        return errors.document(refusal, call.request_id)

    def identify(self, tx: Transaction, call: Call) -> dict[str, str]:
        """The request's id and the resolved tenant."""
        account = accounts.of(tx, headers.credential(call.headers))
        return {
            "request-id": call.request_id,
            "anthropic-organization-id": account.organization_id,
            "anthropic-workspace-id": account.workspace_id,
        }
