"""Idempotency keys: within 24 hours a repeated write answers what its first did (section 1.6).

Keys of two tokens do not meet. Neither key, nor token, nor body is kept: salted fingerprints are. A refused request
leaves no trace, so that its key can be used again (inferred).
"""

import json
from collections.abc import Callable

from .. import clock, github
from ..platform import Answer, Call
from ..world import JSON, Record, Transaction
from . import headers
from .errors import conflict

TABLE = "qoder.idempotency"
DAY = 24 * 60 * 60
_METHODS = ("POST", "PUT", "DELETE")


def once(tx: Transaction, call: Call, perform: Callable[[], Answer]) -> Answer:
    """Performs a keyed request, or answers what was answered the first time."""
    key = call.headers.get("idempotency-key")
    if not key or call.method not in _METHODS:
        return perform()
    name = github.fingerprint(tx, "\n".join(("idempotency", headers.admit(call.headers), key)))
    record = tx.get(TABLE, name)
    asked = _request(tx, call)
    if record is not None and clock.now(tx) < clock.parse(record.body["expires_at"]):
        if record.body["request"] != asked:
            raise conflict("The idempotency key was used for a different request.")
        return Answer(record.body["status"], record.body["document"])
    answer = perform()
    _keep(tx, record, name, {"request": asked, "status": answer.status, "document": answer.document})
    return answer


def _keep(tx: Transaction, record: Record | None, name: str, answered: JSON) -> None:
    body = {"created_at": clock.write(clock.now(tx)), "expires_at": clock.later(tx, DAY)} | answered
    if record is None:
        tx.add(Record(TABLE, name, body, {}))
    else:
        record.body = body
        tx.save(record)


def _request(tx: Transaction, call: Call) -> str:
    """What makes two requests the same; the boundary of an upload is drawn anew each time."""
    parts = [[part.name, part.filename, part.content_type, part.sha256] for part in call.parts or ()]
    body = json.dumps(parts) if parts else call.body.decode("latin-1")
    return github.fingerprint(tx, f"{call.method} {call.path}\n{body}")
