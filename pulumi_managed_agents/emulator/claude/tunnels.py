"""Tunnels to MCP servers in networks of their own (section 6.1). Nothing goes through them here; names are made up."""

from typing import Annotated

from pydantic import StringConstraints

from .. import clock, github, ids
from ..platform import Answer, Call, records
from ..platform.bodies import Closed, NoBody
from ..world import JSON, Record, Transaction
from . import paging, schema
from .kinds import CERTIFICATES, TUNNELS

Name = Annotated[str, StringConstraints(min_length=1, max_length=255)]


class CreateTunnel(Closed):
    """The body of a create."""

    display_name: Name | None = None


class RotateToken(Closed):
    """The body of a rotation; how long a reason may be is not documented."""

    reason: str | None = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/tunnels: each time another host name."""
    sent = schema.body(CreateTunnel, call)
    domain = f"{ids.new(tx, '').lower()[:16]}.tunnels.example"
    record = records.make(tx, TUNNELS, {"display_name": sent.display_name, "domain": domain}, _token(tx))
    return Answer(document=record.body)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/tunnels, newest first (inferred)."""
    return paging.answer(tx, call, TUNNELS, maximum=1000)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/tunnels/{tunnel_id}/archive: its certificates go with it, and its token dies."""
    schema.body(NoBody, call)
    record = records.locate(tx, TUNNELS, call)
    for certificate in records.owned(tx, CERTIFICATES, record.id):
        close(tx, certificate)
    close(tx, record)
    return Answer(document=record.body)


def reveal_token(tx: Transaction, call: Call) -> Answer:
    """POST /v1/tunnels/{tunnel_id}/reveal_token: the same until it is rotated."""
    schema.body(NoBody, call)
    return _shown(tx, find_open(tx, call))


def rotate_token(tx: Transaction, call: Call) -> Answer:
    """POST /v1/tunnels/{tunnel_id}/rotate_token."""
    schema.body(RotateToken, call)
    record = find_open(tx, call)
    record.hidden |= _token(tx)
    tx.save(record)
    return _shown(tx, record)


def find_open(tx: Transaction, call: Call) -> Record:
    """The tunnel of a path, which is not archived."""
    record = records.find(tx, TUNNELS, call.ids["tunnel_id"])
    records.refuse_archived(tx, TUNNELS, record)
    return record


def close(tx: Transaction, record: Record) -> None:
    """Archives a tunnel or a certificate; a second time changes nothing."""
    if record.body["archived_at"] is None:
        record.body["archived_at"] = clock.stamp(tx)
        tx.save(record)


def _token(tx: Transaction) -> JSON:
    return {"token_id": ids.new(tx, "ttok_")}


def _shown(tx: Transaction, record: Record) -> Answer:
    """The token follows from its id and the world's salt: none is kept."""
    id_ = record.hidden["token_id"]
    return Answer(document={"id": id_, "type": "tunnel_token", "tunnel_token": github.fingerprint(tx, id_)})
