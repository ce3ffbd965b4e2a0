"""What another version wrote into a state, beside what this one knows: taken out, and put back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..declaration.values import Secret

if TYPE_CHECKING:
    from ..declaration.values import JSON, Path


@dataclass
class Foreign:
    """What stands at a place and below it that this version does not know."""

    values: dict[str, JSON] = field(default_factory=dict)
    """Of an object: unknown properties, and known ones with a value that is unknown."""
    inside: dict[str, Foreign] = field(default_factory=dict)
    """Below its known properties."""
    items: list[tuple[JSON, Foreign]] = field(default_factory=list)
    """Of a list: each item as far as it is known, and what is below it."""
    others: list[JSON] = field(default_factory=list)
    """Items of a variant that is unknown."""

    def __bool__(self) -> bool:
        return bool(self.values or self.others or any(self.inside.values()) or any(below for _, below in self.items))

    def restored(self, value: JSON, top: bool = True) -> JSON:
        """The value with all of it put back, as far as what it belongs to is still there.

        Nobody can say of what stands below a property whether it is a secret, so it is taken for one.
        """
        if not self:
            return value
        if isinstance(value, dict):
            known = {key: self._inside(key).restored(item, top=False) for key, item in value.items()}
            lost = {key: item for key, item in self.values.items() if value.get(key) is None}
            return {**known, **{key: item if top else Secret(item) for key, item in lost.items()}}
        if isinstance(value, list):
            items = [self._of(value, index).restored(item, top=False) for index, item in enumerate(value)]
            return [*items, *map(Secret, self.others)]
        return value

    def _inside(self, key: str) -> Foreign:
        return self.inside.get(key) or Foreign()

    def paths(self, path: Path = ()) -> list[Path]:
        """Where it stands."""
        found = [(*path, key) for key in self.values]
        for key, below in self.inside.items():
            found += below.paths((*path, key))
        for index, (_, below) in enumerate(self.items):
            found += below.paths((*path, index))
        return [*found, *([path] if self.others else [])]

    def _of(self, value: list[JSON], index: int) -> Foreign:
        """What belongs to an item: to one that is unchanged, or else to the one in its place."""
        same = next((below for item, below in self.items if item == value[index]), None)
        if same is None and len(self.items) == len(value):
            same = self.items[index][1]
        return same or Foreign()
