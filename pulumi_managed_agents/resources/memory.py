"""Memory: one text in a memory store, at a path."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator

from ..declaration.characters import unseen_in_path
from ..declaration.marks import Always, Clears, IdOf, InPath, Lines, NamesPath, Only, Replaces
from ..declaration.model import Inputs, Outputs, described
from ..errors import Conflict, Untellable
from ..lifecycle.alike import Before
from ..lifecycle.bodies import patch
from ..lifecycle.effects import as_wanted, in_place
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle, Within
from ..lifecycle.missing import unless_missing
from ..lifecycle.outputs import outputs_of
from ..lifecycle.pages import first
from ..lifecycle.steps import Call, State
from .parts.metadata import Metadata
from .parts.moments import CreatedAt, UpdatedAt
from .parts.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..comparison.change import Change
    from ..declaration.form import Form
    from ..declaration.values import Bag
    from ..lifecycle.steps import Steps


DEEPEST = 20
LONGEST_PATH = 1024
LARGEST = 102_400


def _memory_path(path: str) -> str:
    parts = path.split("/")[1:]
    problem = None
    if not path.startswith("/"):
        problem = "must begin with `/`"
    elif any(part in ("", ".", "..") for part in parts):
        problem = "must not have empty parts, `.` or `..`"
    elif len(parts) > DEEPEST:
        problem = f"has {len(parts)} parts: at most {DEEPEST} are accepted"
    elif len(path.encode(errors="surrogatepass")) > LONGEST_PATH:
        problem = f"is longer than {LONGEST_PATH} bytes"
    elif not unicodedata.is_normalized("NFC", path):
        problem = "must be in Unicode's form NFC"
    problem = problem or unseen_in_path(path)
    if problem:
        raise ValueError(problem)
    return path


def _memory_content(content: str) -> str:
    size = len(content.encode(errors="surrogatepass"))
    if size > LARGEST:
        message = f"has {size} bytes: at most {LARGEST} are accepted"
        raise ValueError(message)
    return content


MemoryPath = Annotated[str, AfterValidator(_memory_path)]


class MemoryInputs(Inputs):
    """What is remembered, and where."""

    source: Source = None
    memory_store_id: Annotated[
        str,
        IdOf("MemoryStore"),
        InPath(),
        Replaces("a memory cannot move to another store"),
        described("The store's id.", min_length=1, max_length=128),
    ]
    path: Annotated[
        MemoryPath,
        NamesPath(),
        Replaces("the platform cannot move a memory", on="qoder"),
        described("Where it is in the store, such as `/style/python.md`.", min_length=2),
    ]
    content: Annotated[
        str | None,
        Clears(to=""),
        Lines(),
        AfterValidator(lambda text: text and _memory_content(text)),
        described("The text."),
    ] = None
    metadata: Annotated[Metadata, Only("qoder", "remove the property; its path tells what it is")] = None


class MemoryOutputs(Outputs):
    """What the platform adds."""

    content_sha256: Annotated[str, described("SHA-256 of the text, in hex.")]
    content_size_bytes: Annotated[int | None, Always(), described("Size of the text.")] = None
    memory_version_id: Annotated[
        str | None, Always(), described("The version that the text has in the store's history.")
    ] = None
    created_at: CreatedAt
    updated_at: UpdatedAt


class MemoryLifecycle(Lifecycle):
    """A text is only overwritten where it is the one last seen."""

    def counterpart(self, inputs: Bag) -> Steps[Bag | None]:
        """The memory at the path, if it has the very text."""
        found = yield from self._at(inputs)
        return found if found and found["content_sha256"] == _digest(inputs) else None

    def remains(self, form: Form, inputs: Bag, before: Before) -> Steps[Bag | None]:
        """The memory at the path: a path has one. With another text nobody knows who wrote it."""
        del form
        found = yield from self._at(inputs)
        if found is None or f"{inputs['memoryStoreId']}/{found['id']}" in before.ids:
            return None
        same = yield from self.counterpart(inputs)
        if same is None:
            raise Untellable(f"there is a memory at its path, {found['id']}, and that has another text")
        return same

    def occupant(self, form: Form, inputs: Bag, conflict: Conflict) -> Steps[str | None]:
        """The memory at the path, or the one that is in its way."""
        del form
        known = conflict.refusal.details.get("conflicting_memory_id")
        if known is None:
            found = yield from self._at(inputs)
            known = found and found["id"]
        return f"{inputs['memoryStoreId']}/{known}" if known else None

    def creation(self, form: Form, inputs: Bag) -> Call:
        """The request; a memory without a text is an empty one. One with the very text at the path is the one made."""
        call = super().creation(form, inputs)
        effect = in_place(lambda: self.counterpart(inputs), missing="It is not in the store")
        return replace(call, body={"content": "", **(call.body or {})}, effect=effect)

    def made(self, form: Form, inputs: Bag, answer: Bag) -> State:
        """The state; a create's answer does not repeat the text."""
        return super().made(form, inputs, {**answer, "content": inputs.get("content")})

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """Changes path or text, if the text is the one last seen."""
        body = patch(form.shape, changed, old, new)
        if body and old.get("contentSha256"):
            body["precondition"] = {"type": "content_sha256", "content_sha256": old["contentSha256"]}
        if not body:
            return (yield from super().update(form, id, changed, old, new))
        effect = as_wanted(
            Call(self.operation("retrieve"), self.ids(id), query=self.viewed),
            lambda item: _is_as(item, new, body.get("metadata") or {}),
            guarded=True,
        )
        try:
            answer = yield Call(self.operation("update"), self.ids(id), body, effect=effect)
        except Conflict as conflict:
            taken = conflict.refusal.details.get("conflicting_path")
            raise conflict.advised("" if taken else _OVERTAKEN) from None
        return State(id, outputs_of(form, new, {**answer, "content": new.get("content")}))

    def delete(self, form: Form, id: str, old: Bag) -> Steps[None]:
        """Removes the memory, if the text is the one last seen."""
        del form
        seen = old.get("contentSha256")
        query = {"expected_content_sha256": seen} if isinstance(seen, str) else {}
        removal = Call(self.operation("delete"), self.ids(id), query=query)
        try:
            yield from unless_missing(lambda: _asked(removal))
        except Conflict as conflict:
            raise conflict.advised(_OVERTAKEN) from None

    def _at(self, inputs: Bag) -> Steps[Bag | None]:
        folder = inputs["path"].rpartition("/")[0] + "/"
        listing = Call(self.operation("list"), self.place(inputs), query={"path_prefix": folder})
        return (yield from first(listing, lambda item: item.get("path") == inputs["path"]))


def _asked(call: Call) -> Steps[None]:
    yield call


def _is_as(item: Bag, wanted: Bag, labels: Bag) -> bool:
    """Whether a memory is as wanted, the `labels` that an update sends for one included."""
    found = item.get("metadata") or {}
    here = (item.get("path"), item.get("content_sha256")) == (wanted["path"], _digest(wanted))
    return here and all(found.get(key) == value for key, value in labels.items())


def _digest(inputs: Bag) -> str:
    return sha256((inputs.get("content") or "").encode(errors="surrogatepass")).hexdigest()


_OVERTAKEN = (
    "The text was changed meanwhile, perhaps by an agent at work. Run `pulumi refresh` to see it, then decide which "
    "one to keep."
)

MEMORY = Kind(
    name="Memory",
    doc=(
        "A text in a memory store. An update or a removal is refused where the text is not the one last seen: agents "
        "write memories too. Removing the resource deletes the memory."
    ),
    inputs=MemoryInputs,
    outputs=MemoryOutputs,
    lifecycle=MemoryLifecycle(
        "memory_stores.memories",
        "memory_id",
        removal=("delete",),
        stamped=False,
        within=Within("memoryStoreId", "memory_store_id"),
        viewed={"view": "full"},
    ),
    prose=lambda text: {"content": text},
    old_first=True,
)
