"""Every declared limit at its border: the last value that is accepted, and the first that is not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from core.bags import EVERY_KIND, failures_of
from core.places import put

from pulumi_managed_agents.declaration.marks import Canonical, Internal
from pulumi_managed_agents.declaration.shape import (
    Json,
    ListOf,
    MapOf,
    Object,
    Property,
    Scalar,
    Shape,
    Tagged,
    shape_of,
)
from pulumi_managed_agents.declaration.values import Bag, Path, render
from pulumi_managed_agents.lifecycle.kind import Kind
from pulumi_managed_agents.resources.registry import KINDS


@dataclass(frozen=True)
class Place:
    """A place in a declaration that has limits: how to get a bag that reaches it, and its path there."""

    kind: Kind
    bag: Bag
    path: Path
    shape: Shape

    @property
    def id(self) -> str:
        variant = self.bag_word
        return f"{self.kind.name} {render(self.path)}{variant}"

    @property
    def bag_word(self) -> str:
        value: Any = self.bag
        words = []
        for part in self.path[:-1]:
            value = value[part]
            words += [str(value["type"])] if isinstance(value, dict) and "type" in value else []
        return f" ({words[-1]})" if words else ""


def smallest(shape: Shape, owner: str = "") -> Any:
    """The smallest value of a shape, written out."""
    match shape:
        case Scalar() if shape.enum:
            return shape.enum[0]
        case Scalar(type="boolean"):
            return True
        case Scalar(type="integer"):
            return shape.limits.get("minimum", shape.limits.get("exclusiveMinimum", 0) + 1)
        case Scalar():
            return SAMPLES.get(owner) or sample(shape.limits)
        case ListOf():
            return [smallest(shape.item, owner)] * shape.limits.get("minLength", 0)
        case Tagged():
            tag, variant = next(iter(shape.variants.items()))
            return {**smallest(variant), "type": tag}
        case Object():
            owner = shape.model.__name__
            return {
                wire: smallest(prop.shape, f"{owner}.{wire}")
                for wire, prop in shape.properties.items()
                if prop.required
            }
    return {"type": "object"} if isinstance(shape, Json) else {}


SAMPLES = {
    "RepositoryInputs.url": "https://github.com/org/app",
    "RepositoryEntry.url": "https://github.com/org/app",
    "CustomTool.name": "ask",
    "Money.amount": "5",
    "CommitCheckout.sha": "0123abc",
}


def sample(limits: dict[str, Any]) -> str:
    return "a" * max(limits.get("minLength", 1), 1)


def reached(kind: Kind) -> Iterator[Place]:
    """Every place of a kind's declaration, each in the smallest bag that holds it."""
    root = shape_of(kind.inputs)
    yield from _below(kind, smallest(root), (), root)


def _below(kind: Kind, bag: Bag, path: Path, shape: Object) -> Iterator[Place]:
    for wire, prop in shape.properties.items():
        if prop.mark(Internal) is None:
            here = (*path, wire)
            value = smallest(prop.shape, f"{shape.model.__name__}.{wire}")
            yield from _at(kind, _put_in(bag, here, value), here, prop.shape, shape, prop)


def _at(kind: Kind, bag: Bag, path: Path, shape: Shape, owner: Object, prop: Property) -> Iterator[Place]:
    yield Place(kind, bag, path, shape)
    if isinstance(shape, ListOf):
        item = smallest(shape.item, f"{owner.model.__name__}.{prop.wire}")
        yield from _at(kind, put(bag, path, [item]), (*path, 0), shape.item, owner, prop)
    elif isinstance(shape, MapOf):
        yield Place(kind, put(bag, path, {"a": "a"}), (*path, "a"), shape.value)
    elif isinstance(shape, Tagged):
        for tag, variant in shape.variants.items():
            yield from _below(kind, put(bag, path, {**smallest(variant), "type": tag}), path, variant)
    elif isinstance(shape, Object):
        yield from _below(kind, bag, path, shape)


def _put_in(bag: Any, path: Path, item: Any) -> Any:
    head, *rest = path
    if not rest:
        return {**bag, head: item} if isinstance(bag, dict) else put(bag, path, item)
    inner = _put_in(bag[head], tuple(rest), item)
    return {**bag, head: inner} if isinstance(bag, dict) else [*bag[:head], inner, *bag[int(head) + 1 :]]


@dataclass(frozen=True)
class Border:
    """A value at a place, and whether it is accepted."""

    place: Place
    limit: str
    value: Any
    accepted: bool

    @property
    def id(self) -> str:
        return f"{self.place.id} {'at' if self.accepted else 'beyond'} {self.limit}"


def borders() -> Iterator[Border]:
    for kind in EVERY_KIND:
        for place in reached(kind):
            if place.shape.mark(Canonical) is None and not isinstance(place.shape, Object | Tagged | Json):
                yield from _borders(place)


def _borders(place: Place) -> Iterator[Border]:
    limits = place.shape.limits
    for limit in ("minLength", "maxLength"):
        if limit in limits and "pattern" not in limits:
            inside, outside = limits[limit], limits[limit] + (1 if limit == "maxLength" else -1)
            yield Border(place, limit, _of_size(place, inside), accepted=True)
            yield Border(place, limit, _of_size(place, outside), accepted=False)
    for limit, step in (("minimum", -1), ("maximum", 1)):
        if limit in limits:
            yield Border(place, limit, limits[limit], accepted=True)
            yield Border(place, limit, limits[limit] + step, accepted=False)
    if "exclusiveMinimum" in limits:
        yield Border(place, "exclusiveMinimum", limits["exclusiveMinimum"] + 1, accepted=True)
        yield Border(place, "exclusiveMinimum", limits["exclusiveMinimum"], accepted=False)


def _of_size(place: Place, size: int) -> Any:
    shape = place.shape
    if isinstance(shape, ListOf):
        return [_item(shape, number) for number in range(size)]
    if isinstance(shape, MapOf):
        return {f"key{number}": "a" for number in range(size)}
    return "a" * size


def _item(shape: ListOf, number: int) -> Any:
    """One of many items that differ wherever they have to."""
    item = smallest(shape.item)
    if isinstance(shape.item, Scalar):
        return f"a{number}"
    owner = shape.item.variants[item["type"]] if isinstance(shape.item, Tagged) else shape.item
    for wire in ("name", "id", "skillId"):
        if isinstance(owner, Object) and wire in owner.properties and not owner.properties[wire].shape.enum:
            return {**item, wire: f"a{number}"}
    return item


BORDERS = list(borders())


def test_every_limit_of_every_kind_is_among_the_borders() -> None:
    found = {border.place.kind.name for border in BORDERS}
    limits = {(border.place.kind.name, render(border.place.path)) for border in BORDERS}

    assert found == {kind.name for kind in EVERY_KIND}
    assert {("Agent", "system"), ("Agent", "mcpServers"), ("Session", "readyTimeoutSeconds")} <= limits
    assert len(BORDERS) > 150


LIMIT = re.compile(r"character|entr(y|ies)|empty|shorter|longer|greater|less|at most|at least|fewer|more")


@pytest.mark.parametrize("border", BORDERS, ids=lambda border: border.id)
def test_a_limit_is_kept_at_its_border(border: Border) -> None:
    place = border.place

    told = failures_of(place.kind, put(place.bag, place.path, border.value)).get(render(place.path))

    # Rules between properties may have something else to say about the same place.
    assert told is None or not LIMIT.search(told) if border.accepted else told is not None


def test_a_sentence_tells_how_much_there_is_and_how_much_may_be() -> None:
    told = failures_of(KINDS["Agent"], {"model": "a", "name": "a" * 257, "mcpServers": [{}] * 21})

    assert {"257", "256"} <= set(re.findall(r"\d+", told["name"]))
    assert {"21", "20"} <= set(re.findall(r"\d+", told["mcpServers"]))
