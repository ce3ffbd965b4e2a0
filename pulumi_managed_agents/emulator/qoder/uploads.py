"""Uploads: the fields and files of a multipart body, none of them unknown."""

import json

from ..platform import Call
from ..platform.multipart import Form, Part
from . import schema
from .errors import invalid
from .schema import Metadata

MAX_METADATA = 8 * 1024


def read(call: Call, files: set[str], *fields: str) -> Form:
    """The form of a request that may have files under these names, and these fields."""
    if call.parts is None:
        raise invalid("The request must be multipart/form-data.")
    form = Form([], {})
    for part in call.parts:
        if part.name in files and part.filename is not None:
            form.files.append(part)
        elif part.name in fields and part.filename is None and part.name not in form.fields:
            form.fields[part.name] = _text(part)
        else:
            raise invalid(f"{part.name}: unknown field", part.name)
    return form


def metadata(form: Form) -> Metadata:
    """The metadata of an upload, which is JSON in a field."""
    text = form.fields.get("metadata", "{}")
    if len(text.encode()) > MAX_METADATA:
        raise invalid(f"metadata: at most {MAX_METADATA} bytes", "metadata")
    try:
        pairs = json.loads(text)
    except (ValueError, RecursionError):
        pairs = None
    if not isinstance(pairs, dict) or not all(isinstance(value, str) for value in pairs.values()):
        raise invalid("metadata: must be a JSON object of strings", "metadata")
    schema.check_metadata(pairs)
    return pairs


def _text(part: Part) -> str:
    try:
        return part.content.decode()
    except UnicodeDecodeError:
        raise invalid(f"{part.name}: must be text", part.name) from None
