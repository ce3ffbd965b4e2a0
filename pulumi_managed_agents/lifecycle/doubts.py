"""What an attempt may have done on an object that exists, when not even a look could tell: its state remembers it.

So the next attempt at the very same looks first, and one at something else does not take it for its own.
"""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from ..declaration.values import JSON, Bag, bare
from ..errors import LostAnswer
from .steps import Call, Reached, State, Steps

if TYPE_CHECKING:
    from .steps import Novelty

DOUBT: Final = "doubt"
"""The output that remembers it: a digest of what was attempted, and the ids of what was there before."""


def done_once(call: Call, id: str, outputs: Bag, doubt: JSON) -> Steps[Bag]:
    """The answer to a call whose effect only its novelty tells, made once over all attempts.

    `doubt` is what the state remembers; `outputs` are what is kept if nobody knows this time either.
    """
    deed = digest_of(call)
    try:
        answer: Bag = yield _remembering(call, deed, doubt)
    except LostAnswer as lost:
        if lost.may_exist:
            yield Reached(State(id, {**outputs, DOUBT: {"deed": deed, "known": sorted(lost.known)}}))
        raise
    return answer


def _remembering(call: Call, deed: str, doubt: JSON) -> Call:
    novelty = call.effect.novelty if call.effect else None
    if call.effect is None or novelty is None or not isinstance(doubt, dict):
        return call
    is_same = doubt.get("deed") == deed
    known = _known_before(novelty, doubt) if is_same else replace(novelty, asked=True)
    return replace(call, effect=replace(call.effect, novelty=known), doubted=is_same)


def _known_before(novelty: Novelty, doubt: Bag) -> Novelty:
    known = doubt.get("known")
    ids = frozenset(map(str, known)) if isinstance(known, list) else frozenset()
    return replace(novelty, known=novelty.known | ids, asked=False)


def digest_of(call: Call) -> str:
    """What tells one deed from another, and nothing of what it says."""
    parts = [str(call.operation), *call.ids.values(), str(call.once), json.dumps(bare(call.body), sort_keys=True)]
    parts += [f"{file.filename} {file.content.sha256}" for file in call.files]
    return sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()[:24]
