"""`managed-agents orphans`: what was made for a stack and is in no state. For cron, and after a lost disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..apply.orphans import Belongings, Survey, misplaced
from ..errors import ManagedAgentsError, NoState
from ..resources.registry import KINDS
from .output import say, show_json
from .standard_state import standard_state
from .table import print_table
from .target import provider

if TYPE_CHECKING:
    import argparse

    from ..apply.exported import Exported
    from ..apply.orphans import Orphan

NONE, INCOMPLETE, UNUSABLE, SOME = 0, 1, 2, 3


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    try:
        exported = standard_state()
        belongings = Belongings.of(exported)
    except NoState as problem:
        say(f"managed-agents orphans: {problem}")
        return UNUSABLE
    except RecursionError:
        say("managed-agents orphans: The state is nested too deeply to be read.")
        return UNUSABLE
    return _found(options, exported, belongings)


def _found(options: argparse.Namespace, exported: Exported, belongings: Belongings) -> int:
    chosen = provider(options)
    key = chosen.capabilities.key
    context = chosen.context.knowing(exported.secrets())
    survey = Survey([kind.on(key) for kind in KINDS.values() if kind.is_in(chosen.capabilities)], context, say)
    found = list(survey.orphans(belongings))
    reasons = [str(failure) for failure in survey.failures]
    elsewhere = misplaced(exported, context, chosen.configuration.settings)
    reasons += [f"The objects of this state are elsewhere: {elsewhere}"] if elsewhere else []
    for reason in reasons:
        say(f"managed-agents orphans: {reason}")
    if options.remove:
        return INCOMPLETE if reasons or not _removed(options.remove, found, survey) else NONE
    _show(found, as_json=options.json)
    return INCOMPLETE if reasons else SOME if found else NONE


def _removed(ids: list[str], found: list[Orphan], survey: Survey) -> bool:
    """Whether all of them are removed; what nobody listed is not even tried."""
    by_id = {orphan.id: orphan for orphan in found}
    refused = [id_ for id_ in ids if id_ not in by_id]
    for id_ in refused:
        say(f"{id_}: is not among what this stack made and its state lacks")
    for orphan in (by_id[id_] for id_ in dict.fromkeys(ids) if id_ in by_id and not by_id[id_].removable):
        refused.append(orphan.id)
        say(f"{orphan.id}: {ANYBODYS}")
    if refused:
        say("Nothing was removed.")
        return False
    # What others need goes last.
    order = list(KINDS)
    wanted = sorted((by_id[id_] for id_ in dict.fromkeys(ids)), key=lambda orphan: -order.index(orphan.kind.name))
    left = [orphan for orphan in wanted if not _is_removed(orphan, survey)]
    return not left


ANYBODYS = (
    "was made through the Python classes, which know no id of their stack: a stack of the same name and project "
    "elsewhere may have it, so remove it on the platform"
)


def _is_removed(orphan: Orphan, survey: Survey) -> bool:
    try:
        survey.remove(orphan)
    except ManagedAgentsError as problem:
        say(f"{orphan.id}: {problem}")
        return False
    say(f"{orphan.id}: removed")
    return True


def _show(found: list[Orphan], *, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "kind": orphan.kind.name,
                "name": orphan.name,
                "id": orphan.id,
                "createdAt": orphan.created_at,
                "removable": orphan.removable,
            }
            for orphan in found
        ]
        show_json(rows)
    elif found:
        made = {True: "plugin", False: "Python classes"}
        rows_of_text = [
            (orphan.kind.name, orphan.name, orphan.id, orphan.created_at, made[orphan.removable]) for orphan in found
        ]
        print_table([("KIND", "NAME", "ID", "CREATED", "THROUGH"), *rows_of_text])
