"""What is there of a create that was cut off, where no stamp tells: it looks as it should, and came when it should.

Nobody vouches for looks. So only one that came just after the create was noted, and that nothing else is like, is taken
for it; otherwise a person has to look.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ..comparison.meaning import instant
from ..errors import Untellable

if TYPE_CHECKING:
    from ..declaration.values import Bag

REQUEST_SECONDS: Final = 60.0
"""As long as a request that makes something is under way, and longer."""

NAMED: Final = 5


@dataclass(frozen=True)
class Before:
    """What is known of the time before a create that was cut off."""

    ids: Collection[str] = ()
    """What stands for something else."""

    looked: bool | None = None
    """Whether it was looked at what is there, which comes before anything is made that only its novelty tells: then
    these are all. None where nobody knows."""

    noted: str | None = None
    """The moment at which the state was last written (RFC 3339): with the note of the create, if not later."""

    def is_followed_by(self, moment: str | None) -> bool:
        """Whether the create may have come at that moment, and nothing that was made before it."""
        noted, came = instant(self.noted), instant(moment)
        if not (isinstance(noted, datetime) and isinstance(came, datetime)):
            return False
        return 0 <= (came - noted).total_seconds() <= REQUEST_SECONDS


def told(what: str, alike: list[Bag], before: Before) -> Bag | None:
    """The one of those that are alike that can only be it; None where there is none that is like it.

    Raises:
        Untellable: there are some, and nobody can tell.
    """
    if not alike:
        return None
    if len(alike) == 1 and before.is_followed_by(alike[0].get("created_at")):
        return alike[0]
    shown = ", ".join(f"{item['id']} ({item.get('created_at') or 'of unknown age'})" for item in alike[:NAMED])
    more = f" and {len(alike) - NAMED} more" if len(alike) > NAMED else ""
    raise Untellable(f"{what}, and nobody can tell whether this is it: {shown}{more}")
