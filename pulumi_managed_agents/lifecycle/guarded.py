"""Updates that a platform refuses where the object is not the one last seen.

Somebody else may have changed it; but it may also have been the very update, whose answer was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..comparison.observed import observed
from ..declaration.marks import MergePatch
from ..declaration.names import from_api
from ..declaration.values import Bag
from ..errors import Conflict
from .bodies import key_patch
from .effects import as_wanted
from .missing import LAG_SECONDS
from .steps import ROUNDS, Call, Steps, Wait

if TYPE_CHECKING:
    from ..comparison.change import Change
    from ..declaration.form import Form


@dataclass(frozen=True)
class Wanted:
    """What an update makes of an object: the changes from what was last seen to what is declared."""

    form: Form
    changed: Sequence[Change]
    old: Bag
    new: Bag

    def unmet(self, current: Bag) -> list[str]:
        """The properties to be changed that do not have the wanted value."""
        return self._strange(current, self.new)

    def foreign(self, current: Bag) -> list[str]:
        """The properties to be changed that have neither the value last seen nor the wanted one."""
        return self._strange(current, self.old, self.new)

    def _strange(self, current: Bag, *fine: Bag) -> list[str]:
        found = from_api(self.form.shape, current)
        names = dict.fromkeys(change.name for change in self.changed)
        return [wire for wire in names if not self._is_fine(wire, found, fine)]

    def _is_fine(self, wire: str, found: Bag, fine: tuple[Bag, ...]) -> bool:
        """Whether the property is as one of the bags says; of a map that is patched, the keys that change."""
        patching = self.form.shape.properties[wire].mark(MergePatch)
        if not patching:
            return any(self._has(wire, found, bag) for bag in fine)
        actual, before, after = (bag.get(wire) or {} for bag in (found, self.old, self.new))
        maps = [bag.get(wire) or {} for bag in fine]
        keys = key_patch(patching, before, after)
        return all(actual.get(key) in [known.get(key) for known in maps] for key in keys)

    def _has(self, wire: str, found: Bag, bag: Bag) -> bool:
        prop = self.form.shape.properties[wire]
        wanted, actual = prop.default if bag.get(wire) is None else bag[wire], found.get(wire)
        if wanted is None:
            return actual in (None, [], {}, "")
        return bool(observed(prop.shape, wanted, actual) == wanted)


def guarded(update: Call, retrieval: Call, guard: str, wanted: Wanted, understood: Callable[[Bag], Bag]) -> Steps[Bag]:
    """The answer to an update that names the version it starts from; what others changed besides is left alone."""
    version = wanted.old[guard]
    effect = as_wanted(retrieval, lambda current: not wanted.unmet(understood(current)))
    for remaining in reversed(range(ROUNDS)):
        try:
            answer: Bag = yield replace(update, body={guard: version, **(update.body or {})}, effect=effect)
        except Conflict as conflict:
            current: Bag = yield retrieval
            if current.get(guard) == version:
                # A copy that lags behind shows the version that was just refused.
                yield Wait(LAG_SECONDS)
                current = yield retrieval
            if not wanted.unmet(understood(current)):
                return current
            foreign = wanted.foreign(understood(current))
            if foreign or not remaining:
                raise conflict.advised(_overtaken(wanted, guard, current, foreign)) from None
            version = current[guard]
        else:
            return answer
    raise AssertionError  # pragma: no cover - the last round returns or raises


def _overtaken(wanted: Wanted, guard: str, current: Bag, foreign: list[str]) -> str:
    names = ", ".join(f"`{name}`" for name in foreign) or "something"
    return (
        f"Somebody else changed {names} of this {wanted.form.name} meanwhile "
        f"({guard} {wanted.old[guard]} is known here, {current.get(guard)} is on the platform). "
        f"Run `pulumi refresh` to see their values, then decide whose to keep."
    )
