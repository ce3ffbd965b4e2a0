"""Which mark decides what a change means: the node's own, that of what comes or goes, or that of what surrounds it."""

from __future__ import annotations

from ..declaration.marks import InPlace, Mark, Replaces
from ..declaration.shape import Object, Shape, Tagged, object_at
from ..declaration.values import JSON, UNKNOWN, Bag
from .change import OCCASIONS, Action


def of_tag(shape: Tagged, new: Bag, mark: Mark | None) -> Mark | None:
    """What it means that an object becomes one of another variant."""
    picked = shape.pick(new)
    return nearest(picked.properties[shape.tag].shape, mark) if picked else mark


def nearest(shape: Shape, outer: Mark | None) -> Mark | None:
    """The mark that decides here: the node's own, else what holds around it."""
    own = (
        mark
        for mark in shape.marks
        if isinstance(mark, InPlace) or (isinstance(mark, Replaces) and mark.when == "changed")
    )
    return next(own, outer)


def on_occasion(shape: Shape, action: Action) -> Mark | None:
    """The node's mark for just this action: a value that is added, or removed."""
    own = (mark for mark in shape.marks if isinstance(mark, Replaces) and action in OCCASIONS[mark.when])
    return next(own, None)


def membership(item: Shape, value: JSON, mark: Mark | None) -> Mark | None:
    """What it means that the item comes or goes."""
    declared = object_at(item, value)
    if declared is None and value is UNKNOWN and isinstance(item, Tagged):
        # Any of the variants may come out: announce the strongest.
        return next((v.membership for v in item.variants.values() if isinstance(v.membership, Replaces)), mark)
    return declared.membership or mark if declared else mark


def has_memberships(item: Shape) -> bool:
    """Whether items of a list say for themselves what it means that they come and go."""
    variants = item.variants.values() if isinstance(item, Tagged) else [item]
    return any(isinstance(variant, Object) and variant.membership for variant in variants)
