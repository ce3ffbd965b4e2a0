"""What a platform answers with, for programs: objects whose properties are attributes, and items by the same names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..declaration.names import plain_name, rebuilt
from ..declaration.shape import Shape, object_at

if TYPE_CHECKING:
    from ..declaration.values import JSON


class Found(dict[str, Any]):
    """An object of which a program reads the properties: `found.name`, and `found["name"]` where there is one."""

    if not TYPE_CHECKING:  # a type checker goes by what is declared: it would take any name

        def __getattr__(self, name: str) -> Any:
            if name in self or name in type(self).__annotations__:
                return self.get(name)
            message = f"a {type(self).__name__} has no property {name!r}"
            raise AttributeError(message)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        _CLASSES[cls.__name__] = cls


_CLASSES: dict[str, type[Found]] = {}
"""By the name of the declared model that they show."""


def shown(shape: Shape, value: JSON) -> JSON:
    """A wire value as a Python program sees it: snake_case names, as attributes where the platform says them."""
    made = rebuilt(shape, value, shown, plain_name)
    declared = object_at(shape, value)
    known = _CLASSES.get(declared.model.__name__) if declared else None
    return known(made) if known and isinstance(made, dict) else made
