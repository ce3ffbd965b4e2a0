"""What the engine's messages are made of: outputs with their secrets, changes at their paths, settings as text."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any

from pulumi.runtime.proto import provider_pb2 as pb

from ..declaration.scrubbing import NOTHING_KNOWN, Scrubber
from ..declaration.secrecy import handed_out, marked_outputs, whole
from ..declaration.shape import shape_of
from ..declaration.stamp import STACK_ID
from ..declaration.values import UNKNOWN, Bag, bare, render
from ..plan.state import NOTES, PENDING
from ..platforms.settings import SETTINGS
from .codec import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from google.protobuf import struct_pb2

    from ..comparison.change import Change
    from ..declaration.model import Failure
    from ..lifecycle.kind import Kind

DYNAMIC = ("__provider", PENDING, *NOTES)
"""What the dynamic front end keeps in a state; a stack that moved here may still have it."""


def own(bag: Bag) -> Bag:
    """The bag without what the dynamic front end keeps in it."""
    return {key: value for key, value in bag.items() if key not in DYNAMIC}


def given_in(request: Any) -> tuple[list[Bag], Bag]:
    """The inputs in a request that carries something out, the latest first, and the outputs in it."""
    match request:
        case pb.CreateRequest():
            return [decode(request.properties)], {}
        case pb.UpdateRequest():
            return [decode(request.news), decode(request.old_inputs)], decode(request.olds)
        case pb.ReadRequest():
            return [decode(request.inputs)], decode(request.properties)
        case pb.DeleteRequest():
            return [decode(request.old_inputs)], decode(request.properties)
    return [], {}


def settings(bag: Bag) -> dict[str, str | None]:
    """The settings in a bag, as text; what is not known yet is left out."""
    ours = {setting.name for setting in SETTINGS}
    return {key: _text(value) for key, value in bare(bag).items() if key in ours and value is not UNKNOWN}


def setting_names(bag: Bag) -> list[str]:
    """The names in a bag that somebody gave as settings of ours, known or not."""
    return [key for key in bag if key != STACK_ID and not key.startswith("__") and ":" not in key]


def _text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool | int | float) else str(value)


def outputs(
    kind: Kind, state: Bag, given: Bag, old: Bag | None = None, known: Scrubber = NOTHING_KNOWN
) -> struct_pb2.Struct:
    """The outputs with what follows from the inputs, and each secret marked; what was one stays one."""
    made = marked_outputs(kind, state, given, old, known)
    inputs = {wire: value for wire, value in made.items() if wire in kind.shape.properties}
    derived = {item.name: handed_out(shape_of(item.model), item.of(inputs)) for item in kind.derived}
    return encode(whole({**made, **derived}))


def hex_digits(seed: bytes) -> Callable[[int], str]:
    """Digits from the engine's seed, which a plan may have fixed; random ones where there is none."""
    if not seed:
        return lambda count: secrets.token_hex(count)[:count]
    drawn = iter(range(1 << 16))
    return lambda count: hashlib.sha256(seed + bytes([next(drawn)])).hexdigest()[:count]


def check_failures(failures: Sequence[Failure]) -> list[pb.CheckFailure]:
    """The failures, each naming its property in its text: of a named property the engine shows the value."""
    return [pb.CheckFailure(reason=str(failure)) for failure in failures]


def some(anything: bool) -> pb.DiffResponse.DiffChanges.ValueType:
    """Whether something changes."""
    return pb.DiffResponse.DIFF_SOME if anything else pb.DiffResponse.DIFF_NONE


def detailed(changed: Sequence[Change]) -> dict[str, pb.PropertyDiff]:
    """Each path once: one element that goes and another that comes at its place are an update there."""
    actions: dict[str, str] = {}
    replacing = {render(change.path) for change in changed if change.replaces}
    for change in changed:
        path = render(change.path)
        actions[path] = change.action if actions.get(path, change.action) == change.action else "update"
    return {
        path: pb.PropertyDiff(kind=pb.PropertyDiff.Kind.Value(_word(action, path in replacing)), inputDiff=True)
        for path, action in actions.items()
    }


def _word(action: str, replaces: bool) -> str:
    return f"{action.upper()}_REPLACE" if replaces else action.upper()
