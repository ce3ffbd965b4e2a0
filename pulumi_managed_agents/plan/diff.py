"""Diff: every difference between an object as it is and as it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..comparison.change import Change
from ..comparison.changes import changes
from ..comparison.decisive import nearest
from ..declaration.capabilities import Capabilities
from ..declaration.marks import Digest, NotIn
from ..declaration.platform import PLACES, UNSAID, WHERE, PlatformKey, usual_place
from ..declaration.sentences import absence
from ..declaration.values import Bag, all_bare, bare
from ..errors import Misnamed, OtherPlatform
from ..lifecycle.kind import Kind
from .lacking import said
from .mending import mended
from .state import understood
from .validation import of_another_kind

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence


def diff(
    kind: Kind,
    old: Bag,
    new: Bag,
    declared: Bag | None = None,
    now: float | None = None,
    moved: Container[str] = (),
) -> tuple[Change, ...]:
    """Every difference between the object as it is (outputs) and as it is wanted (checked inputs).

    `declared` are the inputs of the last run: what is in an imported object's files may be known from there alone.
    `now`, in seconds since 1970, is when things that expire are looked at. `moved` are the ids of objects that change
    in the same run.
    """
    last, wanted, known = all_bare(declared or {}, new, old)
    before = {**digests_in(kind, last), **known}
    refuse_others(kind, {**_where(last), **before}, _where(wanted))
    if all(before.get(wire) == wanted.get(wire) for wire in kind.shape.properties):
        # What equals checked inputs can be used.
        found = tuple(changes(kind.shape, before, wanted))
    else:
        read = understood(kind, mended(kind, before, last))
        before = _comparable(kind, read.usable, wanted)
        found = tuple(changes(kind.shape, before, wanted))
        # What the state has lost is no reason to part with an object.
        read.require(change.name for change in found if change.replaces and old)
    ending = _ending(kind, before, now) if old else None
    following = kind.follows(before, moved) if kind.follows and old else None
    if following and following.name not in [change.name for change in found]:
        found = (*found, following)
    return (ending, *found) if ending else found


def _comparable(kind: Kind, old: Bag, wanted: Bag) -> Bag:
    """The object with what was left to others, where that is declared now: left out, it stays theirs."""
    filled = kind.filled(old)
    return {wire: value for wire, value in filled.items() if wire in old or wanted.get(wire) is not None}


def _ending(kind: Kind, before: Bag, now: float | None) -> Change | None:
    """That an object is at its end, or soon will be, so that another one takes its place."""
    spent = kind.spent(before) if kind.spent else None
    if spent:
        wire, why = spent
        return Change((wire,), "update", before.get(wire), None, why)
    due = kind.due(before, now) if kind.due and now is not None else None
    return Change((due,), "update", None, None, nearest(kind.output_shape.properties[due].shape, None)) if due else None


def refuse_elsewhere(kind: Kind, configured: Capabilities) -> None:
    """Nothing can be asked of a platform that does not have the kind, or not where it runs.

    Raises:
        OtherPlatform: it has not.
    """
    if kind.only and not kind.is_on(configured.key):
        raise OtherPlatform(absence(kind.name, kind.only, configured.key))
    refuse_lacking(kind.name, kind.not_in, configured)


def refuse_lacking(subject: str, marks: Iterable[NotIn], configured: Capabilities) -> None:
    """Nothing can be asked of a place that does not have it.

    Raises:
        OtherPlatform: it has not.
    """
    lacking = said(subject, marks, configured)
    if lacking:
        raise OtherPlatform(lacking)


def refuse_misnamed(kind: str, id: str, configured: PlatformKey) -> None:
    """An object that nobody finds by another kind's id is not missing.

    Raises:
        Misnamed: the id is surely another kind's.
    """
    problem = of_another_kind(kind, id, configured)
    if problem:
        raise Misnamed(f"{id!r} {problem}.")


def refuse_others(kind: Kind, old: Bag, here: Bag) -> None:
    """On another platform than the one that is configured, or elsewhere, the object would only be missing.

    It would be dropped, or made again.

    Raises:
        OtherPlatform: it is not `here`, which is said as objects say it.
    """
    platform, key = old.get("platform") or UNSAID, here.get("platform") or UNSAID
    known: Mapping[Any, str] = next((places for name, places in PLACES.items() if name == platform), {})
    place, where = old.get("place") or next(iter(known), None), here.get("place") or usual_place(key)
    are_said = isinstance(platform, str) and isinstance(place, str | None)
    if not (old and kind.lifecycle.listed and are_said) or (platform, place) == (key, where):
        return
    if place not in known:
        unknown = f"`{place}`, a place" if known else f"`{platform}`, a platform"
        raise OtherPlatform(
            f"This {kind.name} is an object of {unknown} that this version of pulumi-managed-agents does not know: use "
            "the version that made it."
        )
    setting, made = ("place", place) if platform == key else ("platform", platform)
    raise OtherPlatform(
        f"This {kind.name} is an object of {known[place]}, and the stack is configured for {PLACES[key][where]}: set "
        f"`managed-agents:{setting}` back to `{made}`, and use another stack or provider instance for "
        f"{PLACES[key][where]}."
    )


def _where(bag: Bag) -> Bag:
    return {wire: bag[wire] for wire in WHERE if wire in bag}


def digests_in(kind: Kind, inputs: Bag) -> Bag:
    """Of the inputs, what stands for the content of local files."""
    marked = (wire for wire, prop in kind.shape.properties.items() if prop.mark(Digest))
    known = {wire: bare(inputs.get(wire)) for wire in marked}
    return {wire: digest for wire, digest in known.items() if isinstance(digest, str)}


def replaced(changed: Sequence[Change]) -> list[str]:
    """The top-level properties whose change needs a new object."""
    return list(dict.fromkeys(change.name for change in changed if change.replaces))


def explained(changed: Sequence[Change], most: int = 6) -> str:
    """What the changes are and what each means, in words; values are never shown."""
    sentences = [change.explanation for change in changed[:most]]
    return "; ".join([*sentences, *([f"and {len(changed) - most} more"] if len(changed) > most else [])])
