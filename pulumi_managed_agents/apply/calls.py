"""Makes a call; where its answer may be lost, looks before it repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.stamp import STAMP
from ..errors import CallFailed, LostAnswer
from ..lifecycle.steps import GITHUB, Call
from .context import Context
from .stamps import find_stamped

if TYPE_CHECKING:
    from ..declaration.values import Bag


REPEATED_CREATES = 3


def called(call: Call, context: Context) -> Bag:
    """The platform's answer to a call.

    Raises:
        CallFailed: the call did not do what was asked, or nobody knows.
    """
    if call.stamp is not None:
        return _created(call, context)
    if call.shared:
        found = context.listing.find(call)
        if found is not None:
            return found
    return _sent(call, context)


def _sent(call: Call, context: Context) -> Bag:
    if context.github and call.operation.root == GITHUB:
        return context.github.send(call)
    if not call.operation.only_reads:
        context.listing.forget(call.operation)
    try:
        return context.backend.send(call)
    except LostAnswer as lost:
        if call.operation.creates:
            raise lost.advised(_may_exist(call)) from None
        raise


def _may_exist(call: Call) -> str:
    look = "The object may exist all the same: look for it on the platform before you run `pulumi up` again"
    labelled = "metadata" in (call.body or {})
    return look + (" (with fewer metadata entries it would have been found by its stamp)." if labelled else ".")


def _created(call: Call, context: Context) -> Bag:
    """Creates exactly one object: after a lost answer the newest ones are searched for its stamp first."""
    for remaining in reversed(range(REPEATED_CREATES)):
        context.listing.forget(call.operation)
        try:
            return context.backend.send(call)
        except LostAnswer as lost:
            try:
                found = find_stamped(call.operation.collection, call.stamp, context, call.ids)
            except CallFailed as unsearched:
                raise lost.advised(_not_looked_for(call, unsearched)) from None
            if found is not None:
                return found
            if not remaining:
                raise lost.advised(
                    "It was not found on the platform, so it is safe to run `pulumi up` again."
                ) from None
    raise AssertionError  # pragma: no cover - the last round returns or raises


def _not_looked_for(call: Call, failure: CallFailed) -> str:
    return (
        f"The object may exist all the same, and looking for it failed too ({failure.attempt}: {failure.problem}). "
        f"Look for it on the platform before you run `pulumi up` again: its metadata says `{STAMP}`: {call.stamp}."
    )
