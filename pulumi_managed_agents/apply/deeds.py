"""What an update does that must not be done twice, noted where it outlives this process.

A provider or an engine that is killed in mid-update leaves a state that knows nothing of the run that was started or
the events that were sent. The note is written before the request, as that of a create; the next update of the resource
takes it for what a state would have remembered (`lifecycle.doubts`). An update that does no such thing notes nothing.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..declaration.stamp import place_of
from ..lifecycle.doubts import DOUBT
from .intents import Intent, under_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind
    from .context import Context

_MARK = "+"


def deed_of(creation_id: str) -> str:
    """Under what the updates of an object are noted."""
    return creation_id + _MARK


def is_deed(intent: Intent) -> bool:
    """Whether the note is that of an update."""
    return intent.creation_id.endswith(_MARK)


@contextmanager
def done_once_noted(kind: Kind, old: Bag, context: Context) -> Iterator[tuple[Bag, Context]]:
    """The old outputs with what an update that was cut off may have done, and a context that notes what this one does.

    Within, an update is carried out.
    """
    creation_id = str(old.get("creationId"))
    place, noted = place_of(creation_id), Intent(deed_of(creation_id), kind.name, None, stamped=False)
    if place is None:
        yield old, context
        return
    with context.intents.unfinished(place) as intents:
        cut_off = [intent for intent in intents if intent.creation_id == noted.creation_id and intent.deed]
        if cut_off and DOUBT not in old:
            old = {**old, DOUBT: {"deed": cut_off[-1].deed, "known": list(cut_off[-1].known or ())}}
        # What nobody knows of an update that is not ready, the state remembers from here on.
        with under_note(context.intents, noted.creation_id):
            yield old, context.intending(noted)
