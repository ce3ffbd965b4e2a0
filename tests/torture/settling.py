"""When the weather clears up: everything is brought about and nothing else is there, then everything is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torture.life import Life
    from torture.program import Resource

ROUNDS = 8
"""Runs of the engine in calm weather after which everything has to be as declared."""


def settle(life: Life) -> None:
    """Reports what is still wrong when nothing fails any more."""
    life.emulated.weather.clear_up()
    if not any(_run(life) for _ in range(ROUNDS)):
        due = [each.name for each in life.program if each.due or each.pending or each.state is None or each.replaced]
        life.judge.report("stuck", f"not as declared: {', '.join(due) or 'something changes each time'}")
    _report_strangers(life)
    _report_what_differs(life)
    _destroy(life)
    _report_strangers(life)


def _run(life: Life) -> bool:
    """Refresh and up of everything; True when nothing had to be done and nothing went wrong."""
    life.refresh()
    before = len(life.judge.defects)
    quiet = [_brought_about(life, resource) for resource in list(life.program)]
    quiet += [_cleared(life, resource) for resource in list(life.program)]
    return all(quiet) and len(life.judge.defects) == before


def _brought_about(life: Life, resource: Resource) -> bool:
    """Whether nothing had to be done about a resource."""
    if resource.leaving and not life.program.users(resource):
        life.leave(resource)
        return False
    return not resource.leaving and life.is_possible(resource) and not life.engine.up(resource)


def _cleared(life: Life, resource: Resource) -> bool:
    """Whether there was nothing to remove that a replacement left."""
    left = len(resource.replaced)
    for _ in range(left):
        if not life.is_in_use(resource):
            life.engine.delete_replaced(resource)
    return not left


def _destroy(life: Life) -> None:
    for _ in range(ROUNDS):
        for resource in reversed(list(life.program)):
            if not life.program.users(resource):
                resource.leaving = True
                life.leave(resource)
    if life.program.resources:
        life.judge.report("stuck", f"could not be removed: {', '.join(life.program.resources)}")


def _report_what_differs(life: Life) -> None:
    for resource in life.program:
        if resource.state is not None and not resource.leaving:
            for name, about in life.judge.differences(resource.kind, resource.state, resource.inputs):
                life.judge.report(name, f"in the end {resource.name}: {about}")


def _report_strangers(life: Life) -> None:
    for id_, table in life.judge.strangers().items():
        life.judge.report("orphan", f"{table} {id_} is there in the end")
