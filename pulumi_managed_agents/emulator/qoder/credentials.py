"""Credentials of a vault. Their secrets are fingerprints as soon as they arrive (section 2.8)."""

from .. import settings
from ..platform import Answer, Call, records, secrets
from ..platform.bodies import Closed, NoBody
from ..world import JSON, Transaction
from . import credential_auth, paging, schema
from .credential_auth import Auth, AuthUpdate, Variable, VariableUpdate
from .errors import invalid
from .kinds import CREDENTIALS, VAULTS
from .schema import Metadata, MetadataPatch

REFRESH_TOKEN = "auth.refresh.refresh_token"  # noqa: S105 - a path


class CreateCredential(Closed):
    """The body of a create. The display name is taken and never shown again."""

    auth: Auth
    display_name: str | None = None
    metadata: Metadata | None = None


class UpdateCredential(Closed):
    """The body of an update. What is left out stays."""

    auth: AuthUpdate | None = None
    metadata: MetadataPatch | None = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /vaults/{vault_id}/credentials."""
    sent = schema.body(CreateCredential, call)
    vault = records.locate(tx, VAULTS, call)
    records.refuse_archived(tx, VAULTS, vault)
    _check_networking(tx, sent.auth)
    credential = {
        "vault_id": vault.id,
        "display_name": None,
        "metadata": schema.patched({}, sent.metadata),
        "auth": _complete(credential_auth.shown(sent.auth.sent())),
    }
    hidden = {"secrets": secrets.fingerprints(tx, sent.auth.sent())}
    return Answer(document=records.make(tx, CREDENTIALS, credential, hidden).body)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /vaults/{vault_id}/credentials/{credential_id}; only while it is active."""
    sent = schema.body(UpdateCredential, call)
    record = records.locate(tx, CREDENTIALS, call)
    records.refuse_archived(tx, CREDENTIALS, record)
    changes: JSON = {"metadata": _metadata(record.body["metadata"], sent)}
    if sent.auth is not None:
        changes["auth"] = _auth(tx, record.body["auth"], sent.auth)
        record.hidden["secrets"] |= secrets.fingerprints(tx, sent.auth.sent())
    records.change(tx, CREDENTIALS, record, changes)
    return Answer(document=record.body)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /vaults/{vault_id}/credentials; no name is ever shown, so a name filter finds nothing."""
    vault = records.locate(tx, VAULTS, call)
    wanted = {"vault_id": vault.id, "display_name": call.query.get("name")}
    return paging.answer(tx, call, CREDENTIALS, keep=lambda body: paging.passes(body, wanted))


def mcp_oauth_validate(tx: Transaction, call: Call) -> Answer:
    """POST /vaults/{vault_id}/credentials/{credential_id}/mcp_oauth_validate. No server is asked."""
    schema.body(NoBody, call)
    record = records.locate(tx, CREDENTIALS, call)
    if record.body["auth"]["type"] != "mcp_oauth":
        raise invalid("Only a credential of type mcp_oauth can be validated.")
    status = settings.value(tx, "credential_validation")
    return secrets.verdict(tx, record, status, has_refresh_token=REFRESH_TOKEN in record.hidden["secrets"])


def _metadata(stored: Metadata, sent: UpdateCredential) -> Metadata:
    """Documented: null empties the map, here and nowhere else."""
    if "metadata" in sent.model_fields_set and sent.metadata is None:
        return {}
    return schema.patched(stored, sent.metadata)


def _auth(tx: Transaction, stored: JSON, sent: AuthUpdate) -> JSON:
    if sent.type != stored["type"]:
        raise invalid("auth.type: cannot be changed", "auth.type")
    if isinstance(sent, VariableUpdate):
        schema.unconfirmed(tx, sent, set(credential_auth.UNCONFIRMED), "qoder_sdk_only_updates", "auth.")
    given = sent.sent()
    changed = credential_auth.updated(stored, given)
    credential_auth.check_client(stored, given)
    return changed


def _check_networking(tx: Transaction, auth: Auth) -> None:
    required = settings.value(tx, "qoder_credential_networking") == "required"
    if isinstance(auth, Variable) and auth.networking is None and required:
        raise invalid("auth.networking: Field required", "auth.networking")


def _complete(auth: JSON) -> JSON:
    """What answers show although it was not sent."""
    if auth["type"] == "mcp_oauth":
        return {"expires_at": None, "refresh": None} | auth
    if auth["type"] == "environment_variable":
        return {"networking": {"type": "unrestricted"}} | {name: auth[name] for name in auth if auth[name] is not None}
    return auth
