"""The resources of a session that exists: files come and go, tokens rotate (sections 2.4 and 3.2)."""

from typing import Any

from .. import clock, settings
from ..platform import Answer, Call
from ..platform.bodies import Closed
from ..world import JSON, Record, Transaction
from . import lifecycle, paging, repositories, resources, schema
from .errors import Refused, invalid, missing
from .resources import File

_OK = 200


class Rotation(Closed):
    """Another credential. Old clients send a password under the name of the token."""

    authorization_token: str | None = None
    password: str | None = None


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /sessions/{session_id}/resources, as they were mounted."""
    record = lifecycle.find(tx, call.ids["session_id"])
    items = [(resource["id"], resource) for resource in record.body["resources"]]
    return Answer(document=paging.page(call.query, paging.among(items), order="asc"))


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /sessions/{session_id}/resources/{resource_id}."""
    return Answer(document=_find(lifecycle.find(tx, call.ids["session_id"]), call))


def add(tx: Transaction, call: Call) -> Answer:
    """POST /sessions/{session_id}/resources: only files can be added."""
    sent = schema.body(File, call)
    record = lifecycle.find_open(tx, call)
    resource = resources.mount(tx, record.body["resources"], sent, clock.stamp(tx))
    record.body["resources"].append(resource)
    tx.save(record)
    return Answer(document=resource)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /sessions/{session_id}/resources/{resource_id}: rotates the credential of a repository."""
    sent = schema.body(Rotation, call)
    record = lifecycle.find_open(tx, call)
    resource = _find(record, call)
    lifecycle.LIFECYCLE.rotate(tx, record, resource, _credential(resource, sent))
    return Answer(document=resource)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /sessions/{session_id}/resources/{resource_id}; for a repository the effect is not documented."""
    record = lifecycle.find_open(tx, call)
    resource = _find(record, call)
    status = settings.value(tx, "qoder_repository_delete_status")
    if resource["type"] in resources.REPOSITORIES and status != _OK:
        raise Refused(status, "A repository stays mounted for the life of its session.")
    record.body["resources"].remove(resource)
    record.hidden["tokens"].pop(resource["id"], None)
    tx.save(record)
    return Answer(document={"id": resource["id"], "type": "session_resource_deleted"})


def _credential(resource: JSON, sent: Rotation) -> str:
    """What the rotation brings; the blanks of a password are kept."""
    if resource["type"] not in resources.REPOSITORIES:
        raise invalid("Only the credential of a repository can be updated.")
    if None not in (sent.authorization_token, sent.password) and sent.authorization_token != sent.password:
        raise invalid("authorization_token and password differ; send one of them", "password")
    if resource["type"] == repositories.GITHUB:
        return _required(sent.authorization_token, "authorization_token")
    return _required(sent.password or sent.authorization_token, "password")


def _required(credential: str | None, name: str) -> str:
    if not credential:
        raise invalid(f"{name}: Field required", name)
    return credential


def _find(record: Record, call: Call) -> Any:
    for resource in record.body["resources"]:
        if resource["id"] == call.ids["resource_id"]:
            return resource
    raise missing("Session resource", call.ids["resource_id"])
