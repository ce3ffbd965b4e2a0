"""What a test sees and changes of Qoder behind the client's back. What lies in an object outlives its removal."""

from typing import get_args

from ..platform import versions
from ..platform.outside import Access, Outside
from ..world import JSON, Record, Transaction
from . import deployment_runs, kinds, lifecycle, resources
from .times import trimmed


def _shown(_: Transaction, record: Record) -> JSON:
    return dict(trimmed(record.body))


_ACCESS = (
    Access(kinds.AGENTS, _shown, versions.save),
    Access(kinds.ENVIRONMENTS, _shown),
    Access(kinds.SESSIONS, _shown),
    Access(kinds.VAULTS, _shown),
    Access(kinds.CREDENTIALS, _shown),
    Access(kinds.MEMORY_STORES, _shown),
    Access(kinds.MEMORIES, _shown),
    Access(kinds.MEMORY_VERSIONS, _shown),
    Access(kinds.FILES, _shown),
    Access(kinds.SKILLS, _shown),
    Access(kinds.SKILL_VERSIONS, _shown),
    Access(kinds.DEPLOYMENTS, _shown),
    Access(kinds.DEPLOYMENT_RUNS, _shown),
    Access(kinds.DREAMS, _shown),
)

OUTSIDE = Outside(
    kinds={access.kind.name: access for access in _ACCESS},
    lifecycle=lifecycle.LIFECYCLE,
    statuses=get_args(lifecycle.Status),
    put=lifecycle.put,
    fire=deployment_runs.fire_due,
    mounted=resources.repositories_of,
)
