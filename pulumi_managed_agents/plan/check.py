"""Check: what is declared, in its one spelling and with defaults, and everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..declaration.capabilities import Capabilities
from ..declaration.marks import AsAWhole, AutoNamed, Canonical, Digest, Files
from ..declaration.model import Failure, Model
from ..declaration.names import rebuilt, to_wire, wire_name
from ..declaration.parsed import parsed
from ..declaration.prose import read_prose
from ..declaration.secrecy import declared_places
from ..declaration.shape import Json, Scalar, Shape, object_at
from ..declaration.stamp import Origin
from ..declaration.values import JSON, UNKNOWN, Bag, Path, all_bare, has_unknown, render, without_nulls
from ..errors import FileProblem
from ..lifecycle.kind import Kind
from .files import LocalFiles, ReadOnce
from .unread import holds_unreadable, left_out, undeclared
from .validation import MISSING, failures, one_per_place

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class CheckContext:
    """What a check may know besides the inputs."""

    capabilities: Capabilities
    logical_name: str
    """The resource's name in the program."""
    random_hex: Callable[[int], str]
    """That many random hex digits."""
    proposed_name: str | None = None
    """The name that the engine's own configuration gives the resource."""
    names: bool = True
    """Whether a name may be made up at all."""
    files: Files = field(default_factory=LocalFiles)
    """The local files that inputs name."""
    origin: Origin | None = None
    """The resource and its stack, as far as they are known."""

    def stamp(self) -> str:
        """The stamp of a new creation."""
        random = self.random_hex(STAMP_DIGITS)
        return self.origin.stamp(random) if self.origin else random


STAMP_DIGITS = 24


def check(kind: Kind, old: Bag, new: Bag, context: CheckContext) -> tuple[Bag, list[Failure]]:
    """The inputs in their one spelling with defaults filled in, and everything that is wrong with them.

    What was generated for the `old` inputs (a name's suffix, the creation stamp) is kept.
    """
    kind, files = kind.on(context.capabilities.key), ReadOnce(context.files)
    old, new = all_bare(old, new)
    given, problems = _with_prose(kind, new, files)
    inputs = without_nulls(_canonical(kind.shape, given, context.capabilities))
    unread = _unread(kind, old, inputs, context)
    inputs = left_out(inputs, unread) if unread else inputs
    inputs = {**inputs, **_generated(kind, old, inputs, context)}
    digests, unreadable = _digests(kind, inputs, files)
    inputs = {**inputs, **digests}
    wrong = [*problems, *unreadable, *failures(kind, inputs, context.capabilities), *_unnamed(kind, inputs, context)]
    wrong = [failure for failure in wrong if failure.path not in unread]
    if problems or (kind.fillable and inputs.get("source") is UNKNOWN):
        # What is left out may stand in the file.
        wrong = [failure for failure in wrong if failure.reason != MISSING]
    return inputs, one_per_place(wrong)


def _unread(kind: Kind, old: Bag, inputs: Bag, context: CheckContext) -> set[Path]:
    """Where something is left out that nobody can read back, as it was in the last run."""
    if not old or not holds_unreadable(kind.shape):
        return set()
    return set(undeclared(kind.shape, _canonical(kind.shape, old, context.capabilities), inputs))


def _generated(kind: Kind, old: Bag, inputs: Bag, context: CheckContext) -> Bag:
    values = {"creationId": _text(old, "creationId") or context.stamp()}
    if kind.lifecycle.listed:
        values |= context.capabilities.origin
    for wire, prop in kind.shape.properties.items():
        naming = prop.mark(AutoNamed)
        if naming and inputs.get(wire) is None and context.names:
            values[wire] = _text(old, wire) or context.proposed_name or _auto_name(naming, context)
    return values


def _text(old: Bag, wire: str) -> str | None:
    """What was generated; a state may hold something else in its place."""
    value = old.get(wire)
    return value if isinstance(value, str) else None


def _with_prose(kind: Kind, given: Bag, files: Files) -> tuple[Bag, list[Failure]]:
    """The inputs with what their `source` says beneath what the program says."""
    path = given.get("source")
    if kind.prose is None or not isinstance(path, str):
        return given, []
    try:
        front, text = read_prose(files.content(path, LARGEST_PROSE).read())
    except FileProblem as problem:
        return given, [Failure(("source",), str(problem))]
    written = {**to_wire(kind.shape, front), **(kind.prose(text) if text else {})}
    secret = sorted(map(render, declared_places(kind.shape, written)))
    if secret:
        # It would be read by whoever reads the file; and the Python classes' engine would not know it for a secret.
        return given, [Failure(("source",), f"{_GIVEN_AWAY}: {', '.join(f'`{place}`' for place in secret)}")]
    return {**written, **without_nulls(given)}, []


_GIVEN_AWAY = "names a file that holds secrets, which belong into the program"


LARGEST_PROSE = 1_000_000
"""Bytes of a file with prose; no text that a platform takes comes near."""


def _digests(kind: Kind, inputs: Bag, files: Files) -> tuple[Bag, list[Failure]]:
    """What stands for the content of local files, and which of them cannot be used."""
    found: Bag = {}
    problems: list[Failure] = []
    for wire, prop in kind.shape.properties.items():
        digest = prop.mark(Digest)
        if digest is None:
            continue
        named = [inputs[name] for name in digest.named if inputs.get(name) is not None]
        besides = [inputs[name] for name in digest.besides if inputs.get(name) is not None]
        if has_unknown([*named, *besides]):
            found[wire] = UNKNOWN
        if not all(isinstance(value, str) for value in named) or not all(map(_is_texts, besides)):
            continue
        try:
            found[wire] = digest.of(inputs, files) if named else None
        except FileProblem as problem:
            problems.append(Failure((digest.named[0],), str(problem)))
    return without_nulls(found), problems


def _is_texts(value: JSON) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _unnamed(kind: Kind, inputs: Bag, context: CheckContext) -> list[Failure]:
    """Names that have to be written because none may be made up."""
    missing = [wire for wire, prop in kind.shape.properties.items() if prop.mark(AutoNamed)]
    reason = "is required: automatic names are turned off"
    return [Failure((wire,), reason) for wire in missing if not context.names and inputs.get(wire) is None]


def _auto_name(naming: AutoNamed, context: CheckContext) -> str:
    return f"{context.logical_name}-{context.random_hex(naming.suffix)}" if naming.suffix else context.logical_name


MOST_EXACT = 2**53
"""Up to it, every whole number arrives as it was written: numbers are doubles on Pulumi's wire."""


def _text_of(value: JSON) -> JSON:
    """The text that somebody wrote where a host made a number or a boolean of it, such as an app's id."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) and abs(value) <= MOST_EXACT else value


def _canonical(shape: Shape, value: JSON, capabilities: Capabilities) -> JSON:
    """The value with each text in its one spelling and each object completed."""
    value = parsed(shape, value)
    spelling = shape.mark(Canonical)
    if spelling and isinstance(value, str):
        return spelling.rewrite(value)
    if shape.mark(AsAWhole):
        # Sent and shown as written: what is left out here is filled when it is used, not when it is saved.
        capabilities = replace(capabilities, mount_root=None)
    if isinstance(shape, Scalar) and shape.type == "string":
        return _text_of(value)
    if isinstance(value, dict) and not isinstance(shape, Json):
        value = without_nulls(value)
    value = rebuilt(shape, value, lambda part, item: _canonical(part, item, capabilities), wire_name)
    declared = object_at(shape, value)
    if declared is None or not issubclass(declared.model, Model) or not isinstance(value, dict):
        return value
    return declared.model.complete(value, capabilities)
