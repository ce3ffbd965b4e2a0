"""Files: uploaded once, never changed, deleted (section 2.4). Of their bytes the file keeps a hash, and small ones.

Uploads cannot be downloaded, as documented; a test can make one `downloadable` from outside, as a tool's file is.
"""

import base64
import mimetypes
import posixpath

from .. import clock, settings
from ..platform import Answer, Call, Refusal, queries, records
from ..platform.multipart import NOT_KEPT, Part
from ..world import JSON, Record, Transaction
from . import paging, references, uploads
from .errors import invalid, missing
from .headers import BETA, betas
from .kinds import FILES

MAX_BYTES = 500 * 1024 * 1024
MAX_IDS = 100
_SHORTEST, _LONGEST = 3600, 7_776_000
_LISTED_SECONDS = 30 * 86_400
"""How long a file stays visible behind its expiry."""
_DEFAULT_TYPE = "application/octet-stream"


def upload(tx: Transaction, call: Call) -> Answer:
    """POST /v1/files, as multipart/form-data."""
    form = uploads.read(call, "file", "expires_in_seconds")
    if len(form.files) > 1:
        raise invalid("file: must be sent once")
    part = form.files[0]
    _check_room(tx, part.size)
    seconds = _lifetime(form.fields.get("expires_in_seconds"))
    kind = _type(part)
    fields: JSON = {
        "filename": _name(tx, part, kind),
        "mime_type": kind,
        "size_bytes": part.size,
        "downloadable": False,
        "expires_at": None if seconds is None else clock.later(tx, seconds),
    }
    return Answer(document=records.make(tx, FILES, fields, {"sha256": part.sha256, **part.kept}).body)


def retrieve_metadata(tx: Transaction, call: Call) -> Answer:
    """GET /v1/files/{file_id}."""
    return Answer(document=_find(tx, call).body)


def download(tx: Transaction, call: Call) -> Answer:
    """GET /v1/files/{file_id}/content: only of files that a tool made."""
    record = _find(tx, call)
    if _expired(tx, record.body):
        raise Refusal(404, "The file has expired.", code="file_expired")
    if not record.body["downloadable"]:
        raise invalid("Only files that a tool made can be downloaded.", "file_not_downloadable")
    if "content" not in record.hidden:
        raise Refusal(501, NOT_KEPT)
    headers = {"content-type": record.body["mime_type"]}
    return Answer(content=base64.b64decode(record.hidden["content"]), headers=headers)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /v1/files/{file_id}, in use or not."""
    record = _find(tx, call)
    records.remove(tx, record)
    return records.removed(FILES, record.id)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/files, newest first, or the files with certain ids on one page."""
    if "scope_id" in call.query and BETA not in betas(call.headers):
        raise invalid(f"scope_id: needs anthropic-beta {BETA!r}")
    if "ids[]" in call.query:
        return Answer(document={"data": _named(tx, call), "next_page": None})
    # Files of a session come from its sandbox, which is not emulated: a scope holds none.
    return paging.answer(
        tx, call, FILES, maximum=1000, keep=lambda body: _visible(tx, body) and "scope_id" not in call.query
    )


def attach(tx: Transaction, file_id: str, path: str) -> None:
    """Refuses a file that cannot be mounted: one that is gone, or expired (inferred)."""
    record = references.resolve_known(tx, FILES, file_id, path)
    if record is not None and _expired(tx, record.body):
        raise references.missing(tx, FILES, f"{path}: {file_id!r} has expired and", "file_expired")


def shown(_: Transaction, record: Record) -> JSON:
    """A file with the hash of its bytes, which no answer of the API tells."""
    return record.body | {"sha256": record.hidden["sha256"]}


def _find(tx: Transaction, call: Call) -> Record:
    record = records.locate(tx, FILES, call)
    if not _visible(tx, record.body):
        raise missing("File", record.id)
    return record


def _named(tx: Transaction, call: Call) -> list[JSON]:
    wanted = set(call.query.getlist("ids[]"))
    if {"page", "limit"} & set(call.query):
        raise invalid("ids: cannot be combined with page or limit")
    if len(wanted) > MAX_IDS:
        raise invalid(f"ids: at most {MAX_IDS}")
    return [each.body for each in tx.scan(FILES.table, "desc") if each.id in wanted and _visible(tx, each.body)]


def _visible(tx: Transaction, body: JSON) -> bool:
    return not _expired(tx, body, _LISTED_SECONDS)


def _expired(tx: Transaction, body: JSON, since_seconds: int = 0) -> bool:
    expiry = body["expires_at"]
    return expiry is not None and (clock.now(tx) - clock.parse(expiry)).total_seconds() >= since_seconds


def _check_room(tx: Transaction, size: int) -> None:
    if size > MAX_BYTES:
        raise Refusal(413, f"file: must have at most {MAX_BYTES} bytes")
    stored = sum(record.body["size_bytes"] for record in tx.scan(FILES.table))
    if stored + size > settings.value(tx, "storage_bytes"):
        raise invalid("The organization has used its storage up.", "storage_quota_exceeded")


def _lifetime(text: str | None) -> int | None:
    if text is None:
        return None
    seconds = queries.integer(text, _SHORTEST, _LONGEST)
    if seconds is None:
        raise invalid(f"expires_in_seconds: must be an integer from {_SHORTEST} to {_LONGEST}")
    return seconds


def _type(part: Part) -> str:
    guessed = mimetypes.guess_type(part.filename or "")[0]
    return part.content_type.partition(";")[0].strip() or guessed or _DEFAULT_TYPE


def _name(tx: Transaction, part: Part, kind: str) -> str:
    """The last component of the sent name; without one, `unnamed` with the extension of the type."""
    name = posixpath.basename((part.filename or "").replace("\\", "/"))
    if len(name) > settings.value(tx, "filename_length"):
        raise invalid(f"file: the name has at most {settings.value(tx, 'filename_length')} characters")
    return name or "unnamed" + (mimetypes.guess_extension(kind) or "")
