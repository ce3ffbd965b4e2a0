"""What waits in an object's hidden part until so many reads or a moment have passed.

It is carried out when a request touches the object, so that no thread has to live beside the server.
"""

from collections.abc import Callable

from .. import clock, settings
from ..world import JSON, Record, Transaction


def plan(tx: Transaction, record: Record, setting: str, task: JSON) -> None:
    """Puts a task on an object, due as the setting says. The caller saves the object."""
    when = settings.schedule(tx, setting)
    if when.seconds is not None:
        task["at"] = clock.later(tx, when.seconds)
    elif when.reads is not None:
        task["reads"] = when.reads
    else:
        return
    record.hidden.setdefault("tasks", []).append(task)


def drop(record: Record, do: str, resource_id: str | None = None) -> None:
    """Takes a task back."""
    tasks = record.hidden.get("tasks", [])
    record.hidden["tasks"] = [task for task in tasks if task["do"] != do or task.get("resource") != resource_id]


def settle(tx: Transaction, record: Record, carry_out: Callable[[JSON], None], *, read: bool) -> None:
    """Carries out what is due. A task after n reads lets n reads see the state before it."""
    due: list[JSON] = []
    waiting: list[JSON] = []
    for task in record.hidden.get("tasks", []):
        (due if _due(tx, task) else waiting).append(task)
    counted = [task for task in waiting if read and "reads" in task]
    for task in counted:
        task["reads"] -= 1
    record.hidden["tasks"] = waiting
    for task in due:
        carry_out(task)
    if due or counted:
        tx.save(record)


def _due(tx: Transaction, task: JSON) -> bool:
    return bool(clock.now(tx) >= clock.parse(task["at"]) if "at" in task else task["reads"] <= 0)
