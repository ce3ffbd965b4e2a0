"""What nobody sees, anywhere in a good bag of any kind: refused in whatever is sent as one line, let be in prose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest
from core.bags import CONTEXT, EVERY_KIND, inputs_of
from core.laws import prove
from core.places import places, put
from hypothesis import strategies as st

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.marks import Internal, Lines, Local, WriteOnly
from pulumi_managed_agents.declaration.secrecy import shape_at
from pulumi_managed_agents.declaration.shape import Json, Object, Scalar, Tagged
from pulumi_managed_agents.platforms.qoder import Qoder

if TYPE_CHECKING:
    from pulumi_managed_agents.declaration.model import Failure
    from pulumi_managed_agents.declaration.shape import Shape
    from pulumi_managed_agents.declaration.values import Bag, Path
    from pulumi_managed_agents.lifecycle.kind import Kind

STEERING = st.characters(categories=("Cc", "Zl", "Zp")) | st.sampled_from("\u061c\u200e\u200f\u202a\u202e\u2066\u2069")
BREAKS = st.sampled_from(("\n", "\r\n", "\t", "\u2028"))
FREE = (Lines, Local, Internal, WriteOnly)


@dataclass(frozen=True)
class Hidden:
    """A good bag with a sign in one of its texts."""

    kind: Kind
    bag: Bag
    sign: str
    data: st.DataObject

    @cached_property
    def texts(self) -> list[Path]:
        return [path for path in places(self.bag) if path and isinstance(at(self.bag, path), str)]

    def failures(self, path: Path, sign: str) -> list[Failure]:
        text = at(self.bag, path)
        where = self.data.draw(st.integers(0, len(text)))
        bag = put(self.bag, path, text[:where] + sign + text[where:])
        platforms = (CONTEXT, replace(CONTEXT, capabilities=Qoder.capabilities))
        return [failure for context in platforms for failure in plan.check(self.kind, {}, bag, context)[1]]

    def shape(self, path: Path) -> Shape:
        return shape_at(self.kind.shape, self.bag, path)

    def is_line(self, path: Path) -> bool:
        """Whether a text here is sent, and has to be one line; an object in short is a text too."""
        around = [self.shape(path[:end]) for end in range(1, len(path) + 1)]
        return type(around[-1]) in LINES and not any(map(is_free, around))


def at(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part]
    return value


def is_free(shape: Shape) -> bool:
    """Whether what stands here is prose, is never sent, or is a secret or a document."""
    return isinstance(shape, Json) or any(shape.mark(mark) for mark in FREE)


LINES = (Scalar, Object, Tagged)


def it_is_refused_at_its_place_and_not_repeated(example: Hidden) -> bool | None:
    lines = [path for path in example.texts if example.is_line(path)]
    if not lines:
        return False
    path = example.data.draw(st.sampled_from(lines))

    found = example.failures(path, example.sign)

    assert len([failure for failure in found if failure.path == path[: len(failure.path)]]) >= 2, (path, found)
    assert all(str(failure).isprintable() for failure in found)
    return None


def prose_is_let_be(example: Hidden) -> bool | None:
    prose = [path for path in example.texts if example.shape(path).mark(Lines)]
    if not prose:
        return False
    path = example.data.draw(st.sampled_from(prose))
    sign = example.data.draw(BREAKS)

    assert [failure for failure in example.failures(path, sign) if "nobody sees" in failure.reason] == []
    return None


PROSE = {
    "Agent",
    "Environment",
    "Session",
    "SessionEvents",
    "Deployment",
    "MemoryStore",
    "Memory",
    "UserProfile",
    "Dream",
}


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.name)
def test_what_nobody_sees_is_refused_wherever_it_is_sent(kind: Kind) -> None:
    bags = inputs_of(kind).filter(bool)
    laws = {it_is_refused_at_its_place_and_not_repeated: 100}
    if kind.name in PROSE:
        laws[prose_is_let_be] = 30

    prove(laws, st.builds(Hidden, st.just(kind), bags, STEERING, st.data()))  # type: ignore[arg-type]
