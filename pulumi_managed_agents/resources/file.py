"""File: bytes on the platform, for sessions to mount. Nothing about a file changes: other bytes are another file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator

from ..declaration.characters import seen_path
from ..declaration.content import Content
from ..declaration.marks import Always, ByDigest, Digest, Lasting, Local, NamesPath, NotIn, Only, Replaces, Unread
from ..declaration.model import Failure, Inputs, Outputs, described
from ..declaration.values import UNKNOWN
from ..errors import CallFailed
from ..lifecycle.alike import Before, told
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle
from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Contents, Operation, Reached, Upload, Wait
from .parts.including import Including
from .parts.metadata import Metadata
from .session.waiting import pauses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..comparison.change import Change
    from ..declaration.capabilities import Capabilities
    from ..declaration.form import Form
    from ..declaration.marks import Files
    from ..declaration.values import Bag
    from ..lifecycle.steps import State, Steps


LARGEST = 500_000_000
"""Bytes of a file that the platform takes."""

PATIENCE = 300
"""Seconds for which a file is waited for that the platform is still looking at."""

_AT_WORK = "processing"
_FAILED = ("error", "failed")
_IMMUTABLE = "nothing about a file can change"


def _content(inputs: Bag, files: Files) -> Content:
    if inputs.get("path") is not None:
        return files.content(inputs["path"], LARGEST, inputs.get("including") or ())
    return Content.of(str(inputs.get("text", "")).encode(errors="surrogatepass"))


class FileInputs(Inputs):
    """What is uploaded."""

    path: Annotated[
        str | None,
        Local("the content is compared, wherever it comes from"),
        NamesPath(),
        ByDigest(),
        described("A local file, no link to one; relative to the folder of the program.", min_length=1),
    ] = None
    text: Annotated[
        str | None,
        Local("the content is compared, wherever it comes from"),
        ByDigest(),
        described("The content itself, as text, in place of `path`."),
    ] = None
    including: Including = None
    filename: Annotated[
        str | None,
        Replaces(_IMMUTABLE),
        AfterValidator(lambda name: name and seen_path(name)),
        described(
            "The file's name (default: the last part of `path`).", min_length=1, max_length=255, pattern=r"^[^/\\]+$"
        ),
    ] = None
    expires_in_seconds: Annotated[
        int | None,
        Replaces(_IMMUTABLE),
        Unread("the platform shows the moment"),
        described("How long the platform keeps it (default: until it is deleted).", ge=3600, le=7_776_000),
    ] = None
    metadata: Annotated[
        Metadata, Only("qoder", "remove the property; its name tells what it is"), Replaces(_IMMUTABLE)
    ] = None
    sha256: Annotated[
        str | None,
        Local("made from the content"),
        Digest(("path", "text"), lambda inputs, files: _content(inputs, files).sha256, besides=("including",)),
        Replaces("other bytes are another file"),
        described("SHA-256 of the content, in hex."),
    ] = None

    @classmethod
    def complete(cls, value: Bag, capabilities: Capabilities) -> Bag:
        """Names the file after its path."""
        del capabilities
        path = value.get("path")
        if value.get("filename") is None and path is not None:
            return {**value, "filename": UNKNOWN if path is UNKNOWN else PurePath(str(path)).name}
        return value


class FileOutputs(Outputs):
    """What the platform adds."""

    mime_type: Annotated[str | None, Always(), described("The type that the platform found.")] = None
    size_bytes: Annotated[int | None, Always(), described("The size.")] = None
    downloadable: Annotated[bool | None, Always(), described("Whether the platform gives the bytes back.")] = None
    expires_at: Annotated[str | None, described("When the platform removes it (RFC 3339).")] = None
    status: Annotated[
        str | None, described("On Qoder: `ready`, or `processing` while the platform is still looking at it.")
    ] = None
    created_at: Annotated[str, Lasting(), described("When it was uploaded (RFC 3339).")]


class FileLifecycle(Lifecycle):
    """The bytes go up once, and cannot be read back."""

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """Uploads the bytes that the preview saw."""
        content = yield Contents(lambda files: _content(inputs, files))
        if content.sha256 != inputs.get("sha256"):
            raise CallFailed(f"Uploading {inputs.get('filename')}", "the content has changed since the preview")
        body = {"expires_in_seconds": inputs["expiresInSeconds"]} if inputs.get("expiresInSeconds") else {}
        if inputs.get("metadata"):
            body["metadata"] = json.dumps(inputs["metadata"])
        file = Upload("file", inputs["filename"], content)
        answer = yield Call(Operation("files", "create"), body=body, once=inputs.get("creationId"), files=(file,))
        state = self.made(form, inputs, answer)
        if answer.get("status") != _AT_WORK:
            return state
        yield Reached(state)
        return (yield from self._ready(form, state.id, inputs))

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """Nothing of it changes: one that was not ready is looked at again."""
        if old.get("status") != _AT_WORK:
            return (yield from super().update(form, id, changed, old, new))
        return (yield from self._ready(form, id, new))

    def _ready(self, form: Form, id: str, inputs: Bag) -> Steps[State]:
        """Looks at the file until the platform has done with it: until then no session mounts it."""
        waited = 0.0
        for pause in pauses():
            answer = yield Call(self.operation("retrieve"), self.ids(id))
            state, status = self.made(form, inputs, answer), answer.get("status")
            if status in _FAILED:
                return replace(state, pending=(f"File {id} is {status}, and no session can mount it",))
            if status != _AT_WORK:
                return state
            if waited >= PATIENCE:
                return replace(state, pending=(f"File {id} is {status}, not ready (after {PATIENCE} seconds)",))
            yield Wait(pause, f"file {id} is {status}: waited {waited:.0f} of {PATIENCE} seconds")
            waited += pause
        raise AssertionError  # pragma: no cover - the pauses never end

    def remains(self, form: Form, inputs: Bag, before: Before) -> Steps[Bag | None]:
        """The file of this name and size that came when it should, if there is but one."""
        del form
        size = yield from _size(inputs)

        def is_like_it(item: Bag) -> bool:
            sizes = {size, item.get("size_bytes")} - {None}
            return item.get("filename") == inputs["filename"] and item["id"] not in before.ids and len(sizes) <= 1

        files = yield from pages(Call(self.operation("list")), 0)
        return told(
            "files carry no stamp, and there is one of its name and size", list(filter(is_like_it, files)), before
        )


def _size(inputs: Bag) -> Steps[int | None]:
    """The size of what was uploaded; None where its file is not at hand, or is another one now."""
    try:
        content = yield Contents(lambda files: _content(inputs, files))
    except CallFailed:
        return None
    return content.size if content.sha256 == inputs.get("sha256") else None


def rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """The content comes from one place, and has a name."""
    del capabilities
    given = [wire for wire in ("path", "text") if inputs.get(wire) is not None]
    if len(given) > 1:
        yield Failure(("text",), "cannot stand beside `path`: the content comes from one of them")
    if not given and inputs.get("filename") is None:
        yield Failure(("path",), "is required: name a local file, or give the content as `text`")
    if given == ["text"] and inputs.get("filename") is None:
        yield Failure(("filename",), "is required with `text`")


FILE = Kind(
    name="File",
    doc=(
        "A file on the platform, from a local file or from text. Sessions mount it by its id. Its content cannot "
        "change: other bytes replace the file. On Qoder it is waited for until a session can mount it, for five "
        "minutes at most. Removing it deletes the file."
    ),
    not_in=(
        NotIn(
            ("self-hosted",),
            "put the file into the directory of the worker, or its content as `base64` into a message",
        ),
    ),
    inputs=FileInputs,
    outputs=FileOutputs,
    lifecycle=FileLifecycle("files", "file_id", removal=("delete",), stamped=False),
    rules=rules,
)
