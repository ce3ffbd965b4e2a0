"""The resources of a session that exists: files come and go, tokens rotate (section 3)."""

from typing import Any

from .. import clock, settings
from ..platform import Answer, Call, Refusal
from ..platform.bodies import Closed
from ..world import Record, Transaction
from . import lifecycle, paging, resources, schema
from .errors import invalid, missing
from .resources import File, Token


class Rotation(Closed):
    """The only change that a mounted resource takes: another token."""

    authorization_token: Token


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions/{session_id}/resources, oldest first; without a limit all of them."""
    record = lifecycle.find(tx, call.ids["session_id"])
    part = paging.window(call.query, default=None, maximum=1000, order="asc")
    items: list[paging.Item] = [(("", n), resource) for n, resource in enumerate(record.body["resources"])]
    return Answer(document=paging.page(part, paging.among(items), lambda _: True))


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions/{session_id}/resources/{resource_id}."""
    return Answer(document=_find(lifecycle.find(tx, call.ids["session_id"]), call))


def add(tx: Transaction, call: Call) -> Answer:
    """POST /v1/sessions/{session_id}/resources: files only."""
    sent = schema.body(File, call)
    record = lifecycle.find_open(tx, call)
    resource = resources.mount(tx, sent, clock.stamp(tx), "")
    record.body["resources"].append(resource)
    resources.check_counts(record.body["resources"])
    resources.check_paths(tx, record.body["resources"])
    tx.save(record)
    return Answer(document=resource)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/sessions/{session_id}/resources/{resource_id}: rotates a repository's token, in any live status."""
    sent = schema.body(Rotation, call)
    record = lifecycle.find_open(tx, call)
    resource = _find(record, call)
    if resource["type"] != resources.REPOSITORY:
        raise invalid("Only a github_repository resource can be updated.")
    lifecycle.LIFECYCLE.rotate(tx, record, resource, sent.authorization_token)
    return Answer(document=resource)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /v1/sessions/{session_id}/resources/{resource_id}; a repository stays for the session's life."""
    record = lifecycle.find_open(tx, call)
    resource = _find(record, call)
    if resource["type"] == resources.REPOSITORY:
        status = settings.value(tx, "repository_delete_status")
        raise Refusal(status, "A repository stays mounted for the life of its session.")
    record.body["resources"].remove(resource)
    tx.save(record)
    return Answer(document={"id": resource["id"], "type": "session_resource_deleted"})


def _find(record: Record, call: Call) -> Any:
    for resource in record.body["resources"]:
        if resource.get("id") == call.ids["resource_id"]:
            return resource
    raise missing("Resource", call.ids["resource_id"])
