"""How a platform says what all of them say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ..world import Transaction
from .calls import Refusal


@dataclass(frozen=True)
class Complaint:
    """What is wrong with a body, and where; without a path, with the whole. Values are never quoted."""

    path: str
    kind: str
    reason: str

    @property
    def sentence(self) -> str:
        """Both in one."""
        return f"{self.path}: {self.reason}" if self.path else self.reason


class Named(Protocol):
    """A kind of objects, as far as a refusal names it."""

    @property
    def name(self) -> str:
        """As paths call it."""

    @property
    def title(self) -> str:
        """What a refusal calls one of them."""


@dataclass(frozen=True)
class Dialect:
    """The words of one platform, as far as the shared machinery needs them."""

    table: str
    """What the names of its kinds begin with in the file, where they stand beside those of other platforms."""
    new_id: Callable[[Transaction, str], str]
    """The next id with a prefix."""
    invalid: Callable[[str, str], Refusal]
    """A field, by its path, and the rule that it breaks."""
    unfit: Callable[[list[Complaint]], Refusal]
    """A body that does not have its form."""
    missing: Callable[[str, str], Refusal]
    """What is not there: what one of its kind is called, and the id that was asked for."""
    archived: Callable[[Transaction, Named, str], Refusal]
    """What takes no change any more: its kind and its id."""
    every_update_counts: bool
    """An update that changes nothing moves the time of the last change, too."""
