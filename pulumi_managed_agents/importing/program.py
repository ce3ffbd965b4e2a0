"""A program as values: the resources that it declares, and what stands in place of ids and secrets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind


@dataclass(frozen=True)
class Reference:
    """An output (wire name) of another resource of the program."""

    name: str
    output: str = "id"


@dataclass(frozen=True)
class Setting:
    """A secret of the stack's configuration."""

    name: str
    shown: bool = field(default=False, compare=False)
    """Whether the platform shows the value, so that another one is a change."""


@dataclass(frozen=True, eq=False)
class Declared:
    """One resource: what it is called in the program, what it is on the platform, and its inputs by wire name.

    `Reference` and `Setting` may stand in the inputs at any depth.
    """

    kind: Kind
    name: str
    id: str
    inputs: Bag = field(repr=False)
    remarks: tuple[str, ...] = ()
    """What a reader of the program should know; becomes comments."""


@dataclass(frozen=True, eq=False)
class Program:
    """Resources in an order in which each names only earlier ones, and the files that they name."""

    resources: tuple[Declared, ...]
    settings: tuple[Setting, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
