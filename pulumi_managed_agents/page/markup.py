"""Markup out of values: whatever is not markup already is a text, and stays one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Markup", "each", "el"]

_VOID: Final = frozenset({"input", "link", "meta"})

Child = Markup | str | int | float | None
Attribute = str | int | float | bool | None


def el(tag: str, *children: Child, **attributes: Attribute) -> Markup:
    """An element; what is None is left out. `class_` is `class`, and `data_is` is `data-is`."""
    words = Markup("").join(_attribute(name, value) for name, value in attributes.items() if value not in (None, False))
    head = Markup("<") + Markup(tag) + words + Markup(">")  # noqa: S704 - tags stand in the code
    if tag in _VOID:
        return head
    return head + each(children) + Markup("</") + Markup(tag) + Markup(">")  # noqa: S704 - as above


def each(children: Iterable[Child]) -> Markup:
    """Children one after the other."""
    return Markup("").join(escape(child) for child in children if child is not None)


def _attribute(name: str, value: Attribute) -> Markup:
    told = Markup(name.strip("_").replace("_", "-"))  # noqa: S704 - names stand in the code
    if value is True:
        return Markup(" ") + told
    return Markup(" ") + told + Markup('="') + escape(value) + Markup('"')
