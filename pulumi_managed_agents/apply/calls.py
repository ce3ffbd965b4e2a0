"""Makes a call; where its answer may be lost, looks before it repeats.

This is the one place that decides what may have happened. How the effect of a call is found is the call's own business
(`lifecycle.steps.Effect`); that it is looked for, how often, and what is said when looking fails, is said here.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from ..declaration.untold import note
from ..errors import CallFailed, Conflict, LostAnswer
from ..lifecycle.doubts import digest_of
from ..lifecycle.pages import page_at
from ..lifecycle.steps import GITHUB, Call, Effect
from .context import Context
from .intents import with_known
from .searches import searched, settled

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ..declaration.values import Bag
    from ..lifecycle.steps import Known


def called(call: Call, context: Context) -> Bag:
    """The platform's answer to a call.

    Raises:
        CallFailed: the call did not do what was asked, or nobody knows.
    """
    answer = _answer(call, context)
    wrong = note(answer)
    if wrong:
        context.tell(f"{' '.join([str(call.operation), *call.ids.values()])}: {wrong}")
    return answer


def _answer(call: Call, context: Context) -> Bag:
    if call.effect is not None:
        with _turn(call.effect, context):
            return _effected(call, call.effect, context)
    if call.shared:
        found = context.listing.find(call)
        if found is not None:
            return found
    try:
        return _sent(call, context)
    except LostAnswer as lost:
        if call.operation.creates:
            raise lost.advised(_may_exist(call)) from None
        raise


def _sent(call: Call, context: Context) -> Bag:
    if call.operation.only_reads or call.operation.root == GITHUB:
        return context.send(call)
    context.listing.forget(call.operation)
    try:
        return context.send(call)
    finally:
        # Others may have read pages meanwhile, from before the change.
        context.listing.forget(call.operation)


def _effected(call: Call, effect: Effect, context: Context) -> Bag:
    """Has the effect exactly once: after a lost answer it is looked for first."""
    known = _known_before(effect, context)
    if effect.novelty and context.intent:
        context.intents.begin(with_known(context.intent, digest_of(call), known))
    if call.doubted:
        done = settled(lambda: effect.look(known), context)
        if done is not None:
            _remember(call, effect, done, context)
            return done
    for remaining in reversed(range(effect.rounds)):
        try:
            answer = _sent(call, context)
        except effect.unsure as failure:
            found = _looked_for(effect, known, failure, context)
            if found is None:
                _give_up(failure, effect, remaining)
                continue
            if effect.novelty:
                context.tell(f"{failure.attempt}: The answer was lost, and what came of it was found by its novelty.")
            answer = found
        _remember(call, effect, answer, context)
        return answer
    raise AssertionError  # pragma: no cover - the last round returns or raises


def _give_up(failure: CallFailed, effect: Effect, remaining: int) -> None:
    """Raises what went wrong, unless the call is to be made again."""
    if not isinstance(failure, LostAnswer):
        raise failure
    if not remaining:
        raise failure.refuted(f"{effect.missing}, so it is safe to run `pulumi up` again.") from None


def _turn(effect: Effect, context: Context) -> AbstractContextManager[None]:
    """Alone where only its novelty tells what was made."""
    return context.known.turn(effect.novelty.at) if effect.novelty else nullcontext()


def _known_before(effect: Effect, context: Context) -> Known:
    """What cannot be the effect, since it is there before the call is made."""
    novelty = effect.novelty
    if novelty is None:
        return frozenset()
    if novelty.asked and not context.known.is_complete(novelty.at):
        page = context.send(page_at(novelty.listing, None))
        context.known.add(novelty.at, (item["id"] for item in page["data"]), complete=True)
    return context.known.ids(novelty.at) | novelty.known


def _looked_for(effect: Effect, known: Known, failure: CallFailed, context: Context) -> Bag | None:
    """What the call has done; None where it did nothing."""
    try:
        if isinstance(failure, LostAnswer | Conflict):
            return settled(lambda: effect.look(known), context, at_once=not _is_guessed(effect))
        return searched(effect.look(known), context)
    except CallFailed as unsearched:
        if isinstance(failure, Conflict):
            # Whether it was somebody else or the very call, nobody knows.
            raise unsearched from None
        if not isinstance(failure, LostAnswer):
            raise failure from None
        failure.known = known
        raise failure.advised(_not_looked_for(effect, unsearched)) from None


def _is_guessed(effect: Effect) -> bool:
    """Whether what was there before is known from states alone: then a copy that lags behind may mislead."""
    return effect.novelty is not None and not effect.novelty.asked


def _remember(call: Call, effect: Effect, answer: Bag, context: Context) -> None:
    """Keeps what this process made, so that it is never taken for something else that it makes."""
    if effect.novelty is not None:
        context.known.add(effect.novelty.at, effect.novelty.ids(answer))
    elif call.operation.creates and effect.bears_nothing and isinstance(answer.get("id"), str):
        context.known.add(answer["id"], (), complete=True)


def _may_exist(call: Call) -> str:
    look = "The object may exist all the same: look for it on the platform before you run `pulumi up` again"
    labelled = "metadata" in (call.body or {})
    return look + (" (with fewer metadata entries it would have been found by its stamp)." if labelled else ".")


def _not_looked_for(effect: Effect, failure: CallFailed) -> str:
    trace = f": {effect.trace}" if effect.trace else ""
    return (
        f"It may exist or have been done all the same, and looking for it failed too ({failure.attempt}: "
        f"{failure.problem}). Look for it on the platform before you run `pulumi up` again{trace}."
    )
