"""Files: uploaded once, never changed; content comes back by way of a signed address (section 2.6)."""

import base64
import mimetypes
from urllib.parse import urlencode

from .. import clock, github, settings
from ..platform import Answer, Call, queries, records, tasks
from ..platform.multipart import NOT_KEPT, Form, Part
from ..world import JSON, Record, Transaction
from . import paging, uploads
from .errors import Refused, invalid
from .kinds import FILES

MAX_BYTES = 32 * 1024 * 1024
LINK_SECONDS = 15 * 60
# `purpose` was taken once, and is still sent by older clients.
_FIELDS = ("name", "metadata", "expires_in_seconds", "purpose")


def upload(tx: Transaction, call: Call) -> Answer:
    """POST /files."""
    form = uploads.read(call, {"file"}, *_FIELDS)
    if len(form.files) != 1:
        raise invalid("file: exactly one file is required", "file")
    part = form.files[0]
    _check(tx, part)
    file: JSON = {
        "filename": form.fields.get("name") or part.filename or "upload",
        "mime_type": part.content_type or mimetypes.guess_type(part.filename or "")[0] or "text/plain",
        "size_bytes": part.size,
        "downloadable": False,
        "scope": None,
        "metadata": uploads.metadata(form),
        "status": "ready" if settings.schedule(tx, "qoder_file_ready").reads == 0 else "processing",
    } | _expiry(tx, form)
    record = records.make(tx, FILES, file, part.kept)
    if file["status"] != "ready":
        tasks.plan(tx, record, "qoder_file_ready", {"do": "ready"})
        tx.save(record)
    return Answer(document=record.body)


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /files/{file_id}."""
    record = records.locate(tx, FILES, call)
    settle(tx, record, read=True)
    return Answer(document=record.body)


def settle(tx: Transaction, record: Record, *, read: bool = False) -> None:
    """Makes a file ready whose time has come."""
    if record.hidden.get("tasks") and not tx.stale:
        tasks.settle(tx, record, lambda _: record.body.update(status="ready"), read=read)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /files; the name filter takes whole names (inferred)."""
    name, scope = call.query.get("name"), call.query.get("scope_id")
    wanted = set(call.query.getlist("ids[]"))

    def keep(body: JSON) -> bool:
        return (
            name in (None, body["filename"])
            and (scope is None or (body["scope"] or {}).get("id") == scope)
            and (not wanted or body["id"] in wanted)
        )

    return paging.answer(tx, call, FILES, keep=keep)


def download(tx: Transaction, call: Call) -> Answer:
    """GET /files/{file_id}/content: an address that needs no token, for a short while."""
    record = records.locate(tx, FILES, call)
    if not record.body["downloadable"]:
        status = settings.value(tx, "qoder_not_downloadable_status")
        raise Refused(status, f"File '{record.id}' cannot be downloaded.")
    end = clock.later(tx, LINK_SECONDS)
    query = urlencode({"expires": end, "signature": _signature(tx, record.id, end)})
    url = f"http://{call.headers.get('host', 'localhost')}{call.path.removesuffix('/content')}/bytes?{query}"
    return Answer(document={"url": url, "expires_at": end})


def send_bytes(tx: Transaction, call: Call) -> Answer:
    """What a signed address leads to; the one path that asks for no token."""
    end, signature = call.query.get("expires", ""), call.query.get("signature")
    if signature != _signature(tx, call.ids["file_id"], end) or clock.now(tx) > clock.parse(end):
        raise Refused(403, "The address has expired or was changed.")
    record = records.locate(tx, FILES, call)
    if "content" not in record.hidden:
        raise Refused(501, NOT_KEPT)
    content = base64.b64decode(record.hidden["content"])
    return Answer(content=content, headers={"content-type": record.body["mime_type"]})


def _signature(tx: Transaction, file_id: str, end: str) -> str:
    return github.fingerprint(tx, f"download {file_id} {end}")


def _check(tx: Transaction, part: Part) -> None:
    if part.size > MAX_BYTES:
        raise invalid("The request body is too large.")
    if settings.value(tx, "qoder_text_files_only") and not part.is_text:
        raise invalid("file: only text files are supported", "file")


def _expiry(tx: Transaction, form: Form) -> JSON:
    text = form.fields.get("expires_in_seconds")
    if text is None:
        return {}
    seconds = queries.integer(text)
    if seconds is None or settings.value(tx, "qoder_sdk_only_fields") == "refuse":
        raise invalid("expires_in_seconds: must be a positive integer", "expires_in_seconds")
    return {"expires_at": clock.later(tx, seconds)}
