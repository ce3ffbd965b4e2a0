"""How a platform says what all of them say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..world import Transaction
from .bodies import Complaint
from .calls import Refusal

if TYPE_CHECKING:
    from .kinds import Kind


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
    archived: Callable[[Transaction, "Kind", str], Refusal]
    """What takes no change any more: its kind and its id."""
    every_update_counts: bool
    """An update that changes nothing moves the time of the last change, too."""
