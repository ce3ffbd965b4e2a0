"""The kinds of objects: their names, the prefixes of their ids, their `type`."""

from dataclasses import dataclass
from typing import Self

from .dialect import Dialect

STAMPS = ("created_at", "updated_at", "archived_at")


@dataclass(frozen=True)
class Kind:
    """What sets one kind apart from the others, as far as its records go."""

    dialect: Dialect
    name: str
    """As paths and the control plane call it."""
    prefix: str
    """Of its ids."""
    type: str
    """In its bodies."""
    stamps: tuple[str, ...] = STAMPS
    """The times that its bodies carry."""
    owner: Self | None = None
    """The kind that its objects lie in; their bodies name the owner, and so do their paths."""

    @property
    def table(self) -> str:
        """Its name in the file."""
        return self.dialect.table + self.name

    @property
    def title(self) -> str:
        """What a refusal calls one of them."""
        return self.type.replace("_", " ").capitalize()

    @property
    def id_name(self) -> str:
        """What paths, and the bodies of what it owns, call its id."""
        return f"{self.type}_id"
