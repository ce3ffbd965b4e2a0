"""The schedules of deployments: when they run by themselves, and what answers show of that."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from .. import clock
from ..world import JSON, Transaction
from . import cron
from .cron import Cron

UPCOMING = 5


def rhythm(schedule: JSON) -> Cron:
    """A stored schedule, to be asked for its moments."""
    return cron.parse(schedule["expression"], schedule["timezone"])


def ahead(tx: Transaction, schedule: JSON) -> Iterator[datetime]:
    """The moments of a stored schedule from now on."""
    return rhythm(schedule).after(clock.now(tx))


def runs(deployment: JSON) -> bool:
    """Whether a deployment runs by itself."""
    return bool(deployment["schedule"] and deployment["status"] == "active" and deployment["archived_at"] is None)


def shown(tx: Transaction, deployment: JSON) -> JSON | None:
    """A schedule as answers show it, with what comes next; nothing comes to an archived deployment."""
    schedule: JSON | None = deployment["schedule"]
    if schedule is None:
        return None
    coming = () if deployment["archived_at"] else islice(ahead(tx, schedule), UPCOMING)
    return schedule | {"upcoming_runs_at": [clock.write(moment) for moment in coming]}
