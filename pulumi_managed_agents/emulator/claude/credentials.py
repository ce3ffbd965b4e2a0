"""Credentials of a vault (section 2.2.2). Secrets are hashed on arrival; only fingerprints reach the file."""

from typing import Annotated

from pydantic import Field, StringConstraints

from .. import clock, github, settings
from ..closed import Closed, NoBody, NotNull
from ..errors import EmulatorError
from ..platform import Answer, Call, Refusal
from ..world import JSON, Record, Transaction
from . import credential_auth, records, schema
from .credential_auth import Auth, AuthUpdate
from .errors import invalid
from .kinds import CREDENTIAL, VAULT
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
    vault = _vault(tx, call)
    records.refuse_archived(tx, vault, "vault")
    auth = _dated(tx, credential_auth.shown(sent.auth))
    _check_place(tx, vault, auth)
    fields = {"vault_id": vault.id, "display_name": sent.display_name, "metadata": sent.metadata, "auth": auth}
    hidden = {"secrets": _fingerprints(tx, sent.auth)}
    return Answer(document=records.make(tx, CREDENTIAL, fields, hidden).body)


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/vaults/{vault_id}/credentials/{credential_id}."""
    return Answer(document=_find(tx, call).body)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/vaults/{vault_id}/credentials/{credential_id}: a secret that is sent replaces the stored one."""
    sent = schema.body(UpdateCredential, call)
    record = _find(tx, call)
    records.refuse_archived(tx, record, "credential")
    changes: JSON = {"metadata": schema.patch(tx, record.body["metadata"], sent.metadata)}
    if "display_name" in sent.model_fields_set and (sent.display_name or _null_clears(tx)):
        changes["display_name"] = sent.display_name
    rotated: dict[str, str] = {}
    if sent.auth is not None:
        auth = credential_auth.updated(record.body["auth"], sent.auth)
        # An expiry that is stored already may have passed; only one that is sent lies in the future.
        changes["auth"] = _dated(tx, auth) if getattr(sent.auth, "expires_at", None) else auth
        rotated = _fingerprints(tx, sent.auth)
    record.hidden["secrets"] |= rotated
    records.change(tx, record, changes, touched=bool(rotated))
    _note_rotations(tx, record, rotated)
    return Answer(document=record.body)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/vaults/{vault_id}/credentials/{credential_id}/archive: frees the key, purges the secret."""
    schema.body(NoBody, call)
    record = _find(tx, call)
    retire(tx, record)
    return Answer(document=record.body)


def retire(tx: Transaction, record: Record) -> None:
    """Archives a credential and forgets its secrets."""
    record.hidden["secrets"] = {}
    records.archive(tx, record)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /v1/vaults/{vault_id}/credentials/{credential_id}."""
    record = _find(tx, call)
    tx.remove(record.kind, record.id)
    return Answer(document={"id": record.id, "type": "vault_credential_deleted"})


def list_all(tx: Transaction, call: Call) -> Answer:
    """GET /v1/vaults/{vault_id}/credentials, newest first."""
    vault = _vault(tx, call)
    return records.listing(tx, call, CREDENTIAL.name, keep=lambda body: body["vault_id"] == vault.id)


def mcp_oauth_validate(tx: Transaction, call: Call) -> Answer:
    """POST /v1/vaults/{vault_id}/credentials/{credential_id}/mcp_oauth_validate; the verdict is a setting."""
    schema.body(NoBody, call)
    record = _find(tx, call)
    records.refuse_archived(tx, record, "credential")
    if record.body["auth"]["type"] != "mcp_oauth":
        raise invalid("Only a credential of type mcp_oauth can be validated.")  # inferred from the operation's name
    status = settings.value(tx, "credential_validation")
    refused = {"method": "initialize", "http_response": None} if status == "invalid" else None
    verdict = {
        "type": "vault_credential_validation",
        "credential_id": record.id,
        "vault_id": record.body["vault_id"],
        "status": status,
        "has_refresh_token": "refresh" in record.body["auth"],
        "mcp_probe": refused,
        "refresh": None,
        "validated_at": clock.stamp(tx),
    }
    return Answer(document=verdict)


def secrets(tx: Transaction, credential_id: str) -> dict[str, str]:
    """The fingerprints of a credential's secrets by field path; none are left when it is archived."""
    record = tx.get(CREDENTIAL.name, credential_id)
    if record is None:
        raise EmulatorError(f"There is no {credential_id!r} among the credentials.")
    return dict(record.hidden["secrets"])


def _vault(tx: Transaction, call: Call) -> Record:
    return records.find(tx, VAULT, call.ids["vault_id"])


def _find(tx: Transaction, call: Call) -> Record:
    return records.find(tx, CREDENTIAL, call.ids["credential_id"], _vault(tx, call).id)


def _fingerprints(tx: Transaction, sent: Closed) -> dict[str, str]:
    found = credential_auth.secrets(sent.model_dump())
    return {path: github.fingerprint(tx, secret) for path, secret in found.items()}


def _note_rotations(tx: Transaction, record: Record, rotated: dict[str, str]) -> None:
    for path, mark in rotated.items():
        tx.add_rotation(record.id, path, record.body["updated_at"], mark)


def _dated(tx: Transaction, auth: JSON) -> JSON:
    """The auth with its expiry, which lies in the future, in the form that answers use."""
    if "expires_at" not in auth:
        return auth
    moment = schema.moment(auth["expires_at"], "auth.expires_at")
    if moment <= clock.now(tx):
        raise invalid("auth.expires_at: must be in the future")
    return auth | {"expires_at": clock.write(moment)}


def _check_place(tx: Transaction, vault: Record, auth: JSON) -> None:
    """Room in the vault, and no active credential with the same key."""
    there = [record.body for record in records.belonging(tx, CREDENTIAL, vault.id)]
    active = [body for body in there if body["archived_at"] is None]
    counted = there if settings.value(tx, "archived_credentials_count") else active
    if len(counted) >= MAX_CREDENTIALS:
        raise Refusal(settings.value(tx, "cap_refusal_status"), f"A vault holds at most {MAX_CREDENTIALS} credentials.")
    if any(credential_auth.key(body["auth"]) == credential_auth.key(auth) for body in active):
        raise Refusal(409, "auth: the vault has an active credential for the same server or variable.")


def _null_clears(tx: Transaction) -> bool:
    return bool(settings.value(tx, "display_name_null") == "clear")
