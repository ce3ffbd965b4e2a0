"""Places in a value, and values with something else put there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_managed_agents.declaration.values import Path


def places(value: Any, path: Path = ()) -> list[Path]:
    """The path of the value itself and of everything in it."""
    if isinstance(value, dict):
        return [path, *(place for key, item in value.items() for place in places(item, (*path, key)))]
    if isinstance(value, list):
        return [path, *(place for index, item in enumerate(value) for place in places(item, (*path, index)))]
    return [path]


def put(value: Any, path: Path, item: Any) -> Any:
    """The value with the item at the place."""
    if not path:
        return item
    head, *rest = path
    if isinstance(value, dict):
        return {**value, head: put(value[head], tuple(rest), item)}
    return [*value[:head], put(value[head], tuple(rest), item), *value[int(head) + 1 :]]
