"""Credentials of a vault (section 2.2.2). Secrets are hashed on arrival; only fingerprints reach the file."""

from typing import Annotated

from pydantic import Field, StringConstraints

from .. import clock, settings
from ..platform import Answer, Call, Refusal, queries, records, secrets
from ..platform.bodies import Closed, NoBody, NotNull
from ..world import JSON, Record, Transaction
from . import credential_auth, paging, schema
from .credential_auth import Auth, AuthUpdate
from .dialect import DIALECT
from .errors import invalid
from .kinds import CREDENTIALS, VAULTS
from .schema import Metadata, MetadataPatch

MAX_CREDENTIALS = 20

DisplayName = Annotated[str, StringConstraints(max_length=255)]


class CreateCredential(Closed):
    """The body of a create."""

    auth: Auth
    display_name: DisplayName | None = None
    metadata: Metadata = Field(default_factory=dict)


class UpdateCredential(Closed):
    """The body of an update. What is left out stays; an auth repeats its type."""

    auth: Annotated[AuthUpdate | None, NotNull] = None
    display_name: Annotated[DisplayName, StringConstraints(min_length=1)] | None = None
    metadata: MetadataPatch | None = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/vaults/{vault_id}/credentials. Nobody asks the server whether the secret is any good."""
    sent = schema.body(CreateCredential, call)
    schema.check_metadata(tx, sent.metadata)
    vault = records.locate(tx, VAULTS, call)
    records.refuse_archived(tx, VAULTS, vault)
    auth = _dated(tx, credential_auth.shown(sent.auth))
    _check_place(tx, vault, auth)
    fields = {"vault_id": vault.id, "display_name": sent.display_name, "metadata": sent.metadata, "auth": auth}
    hidden = {"secrets": secrets.fingerprints(tx, sent.auth.model_dump())}
    return Answer(document=records.make(tx, CREDENTIALS, fields, hidden).body)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/vaults/{vault_id}/credentials/{credential_id}: a secret that is sent replaces the stored one."""
    sent = schema.body(UpdateCredential, call)
    record = records.locate(tx, CREDENTIALS, call)
    records.refuse_archived(tx, CREDENTIALS, record)
    changes: JSON = {"metadata": schema.patched(tx, record.body["metadata"], sent.metadata)}
    if "display_name" in sent.model_fields_set and (sent.display_name or _null_clears(tx)):
        changes["display_name"] = sent.display_name
    rotated: dict[str, str] = {}
    if sent.auth is not None:
        auth = credential_auth.updated(record.body["auth"], sent.auth)
        # An expiry that is stored already may have passed; only one that is sent lies in the future.
        changes["auth"] = _dated(tx, auth) if getattr(sent.auth, "expires_at", None) else auth
        rotated = secrets.fingerprints(tx, sent.auth.model_dump())
    record.hidden["secrets"] |= rotated
    records.change(tx, CREDENTIALS, record, changes, touched=bool(rotated))
    for path, fingerprint in rotated.items():
        tx.add_rotation(record.id, path, record.body["updated_at"], fingerprint)
    return Answer(document=record.body)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/vaults/{vault_id}/credentials/{credential_id}/archive: frees the key, purges the secret."""
    schema.body(NoBody, call)
    record = records.locate(tx, CREDENTIALS, call)
    retire(tx, record)
    return Answer(document=record.body)


def retire(tx: Transaction, record: Record) -> None:
    """Archives a credential and forgets its secrets."""
    record.hidden["secrets"] = {}
    records.archive(tx, record)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/vaults/{vault_id}/credentials, newest first."""
    vault = records.locate(tx, VAULTS, call)
    return paging.answer(tx, call, CREDENTIALS, keep=lambda body: body["vault_id"] == vault.id)


def mcp_oauth_validate(tx: Transaction, call: Call) -> Answer:
    """POST /v1/vaults/{vault_id}/credentials/{credential_id}/mcp_oauth_validate; the verdict is a setting."""
    schema.body(NoBody, call)
    record = records.locate(tx, CREDENTIALS, call)
    records.refuse_archived(tx, CREDENTIALS, record)
    if record.body["auth"]["type"] != "mcp_oauth":
        raise invalid("Only a credential of type mcp_oauth can be validated.")  # inferred from the operation's name
    status = settings.value(tx, "credential_validation")
    refused = {"method": "initialize", "http_response": None} if status == "invalid" else None
    return secrets.verdict(tx, record, status, has_refresh_token="refresh" in record.body["auth"], mcp_probe=refused)


def _dated(tx: Transaction, auth: JSON) -> JSON:
    """The auth with its expiry, which lies in the future, in the form that answers use."""
    if "expires_at" not in auth:
        return auth
    moment = queries.moment(DIALECT, auth["expires_at"], "auth.expires_at")
    if moment <= clock.now(tx):
        raise invalid("auth.expires_at: must be in the future")
    return auth | {"expires_at": clock.write(moment)}


def _check_place(tx: Transaction, vault: Record, auth: JSON) -> None:
    """Room in the vault, and no active credential with the same key."""
    there = [record.body for record in records.owned(tx, CREDENTIALS, vault.id)]
    active = [body for body in there if body["archived_at"] is None]
    counted = there if settings.value(tx, "archived_credentials_count") else active
    if len(counted) >= MAX_CREDENTIALS:
        raise Refusal(settings.value(tx, "cap_refusal_status"), f"A vault holds at most {MAX_CREDENTIALS} credentials.")
    if any(credential_auth.key(body["auth"]) == credential_auth.key(auth) for body in active):
        raise Refusal(409, "auth: the vault has an active credential for the same server or variable.")


def _null_clears(tx: Transaction) -> bool:
    return bool(settings.value(tx, "display_name_null") == "clear")
