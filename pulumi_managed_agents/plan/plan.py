"""Check, diff and preview: what is declared, what is wrong with it, and what a change of it would mean.

Values in, values out. No clock, no network, no Pulumi; randomness comes in through `CheckContext`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..comparison.compare import Change, changes
from ..declaration.model import AsAWhole, AutoNamed, Canonical, Capabilities, Digest, Failure, Files, Kind, Model
from ..declaration.names import rebuilt, to_wire, wire_name
from ..declaration.platform import PLATFORMS, UNSAID, PlatformKey
from ..declaration.prose import read_prose
from ..declaration.shape import Json, Shape, object_at, shape_of
from ..declaration.values import JSON, UNKNOWN, Bag, bare, without_nulls
from ..errors import FileProblem, OtherPlatform
from .files import LocalFiles
from .validation import MISSING, failures, one_per_place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


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


STAMP_DIGITS = 24


def check(kind: Kind, old: Bag, new: Bag, context: CheckContext) -> tuple[Bag, list[Failure]]:
    """The inputs in their one spelling with defaults filled in, and everything that is wrong with them.

    What was generated for the `old` inputs (a name's suffix, the creation stamp) is kept.
    """
    given, problems = _with_prose(kind, bare(new), context.files)
    inputs = without_nulls(_canonical(shape_of(kind.inputs), given, context.capabilities))
    inputs = {**inputs, **_generated(kind, old, inputs, context)}
    digests, unreadable = _digests(kind, inputs, context.files)
    inputs = {**inputs, **digests}
    wrong = [*problems, *unreadable, *failures(kind, inputs, context.capabilities), *_unnamed(kind, inputs, context)]
    if problems or (kind.fillable and inputs.get("source") is UNKNOWN):
        # What is left out may stand in the file.
        wrong = [failure for failure in wrong if failure.reason != MISSING]
    return inputs, one_per_place(wrong)


def diff(kind: Kind, old: Bag, new: Bag, declared: Bag | None = None, now: float | None = None) -> tuple[Change, ...]:
    """Every difference between the object as it is (outputs) and as it is wanted (checked inputs).

    `declared` are the inputs of the last run: what is in an imported object's files may be known from there alone.
    `now`, in seconds since 1970, is when things that expire are looked at.
    """
    before = {**digests_in(kind, declared or {}), **bare(old)}
    refuse_others(kind, before, bare(new).get("platform") or UNSAID)
    found = tuple(changes(shape_of(kind.inputs), before, bare(new)))
    due = kind.due(before, now) if kind.due and now is not None and not found else None
    return (Change((due,), "update", None, None),) if due else found


def refuse_others(kind: Kind, old: Bag, configured: PlatformKey) -> None:
    """On another platform than the one that is configured the object would only be missing.

    It would be dropped, or made again.

    Raises:
        OtherPlatform: it is an object of another platform.
    """
    made_on: PlatformKey = old.get("platform") or UNSAID
    if old and kind.lifecycle.listed and made_on != configured:
        raise OtherPlatform(
            f"This {kind.name} is an object of {PLATFORMS[made_on]}, and the stack is configured for "
            f"{PLATFORMS[configured]}: set `managed-agents:platform` back to `{made_on}`, and use another stack or "
            f"provider instance for {PLATFORMS[configured]}."
        )


def digests_in(kind: Kind, inputs: Bag) -> Bag:
    """Of the inputs, what stands for the content of local files."""
    marked = (wire for wire, prop in shape_of(kind.inputs).properties.items() if prop.mark(Digest))
    return {wire: bare(inputs[wire]) for wire in marked if inputs.get(wire) is not None}


def replaced(changed: Sequence[Change]) -> list[str]:
    """The top-level properties whose change needs a new object."""
    return list(dict.fromkeys(change.name for change in changed if change.replaces))


def explained(changed: Sequence[Change], most: int = 6) -> str:
    """What the changes are and what each means, in words; values are never shown."""
    sentences = [change.explanation for change in changed[:most]]
    return "; ".join([*sentences, *([f"and {len(changed) - most} more"] if len(changed) > most else [])])


def preview(kind: Kind, changed: Sequence[Change], old: Bag, new: Bag) -> Bag:
    """The outputs as far as they are certain before anything is done."""
    computed = shape_of(kind.outputs).properties
    if not old or any(change.replaces for change in changed):
        return {**new, **dict.fromkeys(computed, UNKNOWN)}
    moved = {wire: UNKNOWN for wire in computed if wire not in _FIXED}
    return {**new, **moved, **{wire: old[wire] for wire in computed if wire in old and wire in _FIXED}}


_FIXED = ("createdAt", "resolvedAgent", "resourceId", "deploymentId")
"""Computed properties that an update in place leaves alone."""


def _generated(kind: Kind, old: Bag, inputs: Bag, context: CheckContext) -> Bag:
    values = {"creationId": bare(old.get("creationId")) or context.random_hex(STAMP_DIGITS)}
    if kind.lifecycle.listed and context.capabilities.key != UNSAID:
        values["platform"] = context.capabilities.key
    for wire, prop in shape_of(kind.inputs).properties.items():
        naming = prop.mark(AutoNamed)
        if naming and inputs.get(wire) is None and context.names:
            values[wire] = bare(old.get(wire)) or context.proposed_name or _auto_name(naming, context)
    return values


def _with_prose(kind: Kind, given: Bag, files: Files) -> tuple[Bag, list[Failure]]:
    """The inputs with what their `source` says beneath what the program says."""
    path = given.get("source")
    if kind.prose is None or not isinstance(path, str):
        return given, []
    try:
        front, text = read_prose(files.content(path, LARGEST_PROSE))
    except FileProblem as problem:
        return given, [Failure(("source",), str(problem))]
    written = {**to_wire(shape_of(kind.inputs), front), **(kind.prose(text) if text else {})}
    return {**written, **without_nulls(given)}, []


LARGEST_PROSE = 1_000_000
"""Bytes of a file with prose; no text that a platform takes comes near."""


def _digests(kind: Kind, inputs: Bag, files: Files) -> tuple[Bag, list[Failure]]:
    """What stands for the content of local files, and which of them cannot be used."""
    found: Bag = {}
    problems: list[Failure] = []
    for wire, prop in shape_of(kind.inputs).properties.items():
        digest = prop.mark(Digest)
        if digest is None:
            continue
        named = [inputs[name] for name in digest.named if inputs.get(name) is not None]
        if any(value is UNKNOWN for value in named):
            found[wire] = UNKNOWN
        if not all(isinstance(value, str) for value in named):
            continue
        try:
            found[wire] = digest.of(inputs, files) if named else None
        except FileProblem as problem:
            problems.append(Failure((digest.named[0],), str(problem)))
    return without_nulls(found), problems


def _unnamed(kind: Kind, inputs: Bag, context: CheckContext) -> list[Failure]:
    """Names that have to be written because none may be made up."""
    missing = [wire for wire, prop in shape_of(kind.inputs).properties.items() if prop.mark(AutoNamed)]
    reason = "is required: automatic names are turned off"
    return [Failure((wire,), reason) for wire in missing if not context.names and inputs.get(wire) is None]


def _auto_name(naming: AutoNamed, context: CheckContext) -> str:
    return f"{context.logical_name}-{context.random_hex(naming.suffix)}" if naming.suffix else context.logical_name


def _canonical(shape: Shape, value: JSON, capabilities: Capabilities) -> JSON:
    """The value with each text in its one spelling and each object completed."""
    spelling = shape.mark(Canonical)
    if spelling and isinstance(value, str):
        return spelling.rewrite(value)
    if shape.mark(AsAWhole):
        # Sent and shown as written: what is left out here is filled when it is used, not when it is saved.
        capabilities = replace(capabilities, mount_root=None)
    if isinstance(value, dict) and not isinstance(shape, Json):
        value = without_nulls(value)
    value = rebuilt(shape, value, lambda part, item: _canonical(part, item, capabilities), wire_name)
    declared = object_at(shape, value)
    if declared is None or not issubclass(declared.model, Model) or not isinstance(value, dict):
        return value
    return declared.model.complete(value, capabilities)
