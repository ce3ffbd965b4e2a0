"""What a test sees and changes of Qoder behind the client's back. What lies in an object outlives its removal."""

from typing import get_args

from ..platform import versions
from ..platform.outside import Outside, Seen
from ..world import JSON, Record, Transaction
from . import deployment_runs, kinds, lifecycle, resources
from .times import trimmed


def _shown(_: Transaction, record: Record) -> JSON:
    return dict(trimmed(record.body))


_SEEN = (
    Seen(kinds.AGENTS, _shown, versions.save),
    Seen(kinds.ENVIRONMENTS, _shown),
    Seen(kinds.SESSIONS, _shown),
    Seen(kinds.VAULTS, _shown),
    Seen(kinds.CREDENTIALS, _shown),
    Seen(kinds.MEMORY_STORES, _shown),
    Seen(kinds.MEMORIES, _shown),
    Seen(kinds.MEMORY_VERSIONS, _shown),
    Seen(kinds.FILES, _shown),
    Seen(kinds.SKILLS, _shown),
    Seen(kinds.SKILL_VERSIONS, _shown),
    Seen(kinds.DEPLOYMENTS, _shown),
    Seen(kinds.DEPLOYMENT_RUNS, _shown),
)

OUTSIDE = Outside(
    kinds={seen.kind.name: seen for seen in _SEEN},
    lifecycle=lifecycle.LIFECYCLE,
    statuses=get_args(lifecycle.Status),
    put=lifecycle.put,
    fire=deployment_runs.fire_due,
    mounted=resources.repositories_of,
)
