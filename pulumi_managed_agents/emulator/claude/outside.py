"""What a test sees and changes of Claude behind the client's back."""

from functools import partial
from typing import get_args

from ..platform import records, versions
from ..platform.outside import Access, Outside
from . import deployment_runs, deployments, files, lifecycle, memories, resources, skill_versions
from .kinds import (
    AGENTS,
    CERTIFICATES,
    CREDENTIALS,
    DEPLOYMENT_RUNS,
    DEPLOYMENTS,
    DREAMS,
    ENVIRONMENTS,
    FILES,
    MEMORIES,
    MEMORY_STORES,
    MEMORY_VERSIONS,
    SESSIONS,
    SKILL_VERSIONS,
    SKILLS,
    TUNNELS,
    USER_PROFILES,
    VAULTS,
)

_ACCESS = (
    Access(AGENTS, change=versions.save),
    Access(ENVIRONMENTS),
    Access(SESSIONS),
    Access(VAULTS, remove=partial(records.remove, inside=[CREDENTIALS])),
    Access(CREDENTIALS),
    Access(MEMORY_STORES, remove=partial(records.remove, inside=[MEMORIES, MEMORY_VERSIONS])),
    Access(MEMORIES, memories.shown, memories.rewrite, memories.remove),
    Access(MEMORY_VERSIONS),
    Access(FILES, files.shown),
    Access(SKILLS, remove=partial(records.remove, inside=[SKILL_VERSIONS])),
    Access(DEPLOYMENTS, deployments.shown, deployments.set_from_outside),
    Access(DEPLOYMENT_RUNS),
    Access(DREAMS),
    Access(USER_PROFILES),
    Access(TUNNELS, remove=partial(records.remove, inside=[CERTIFICATES])),
    Access(CERTIFICATES),
    Access(SKILL_VERSIONS, skill_versions.shown, remove=skill_versions.remove),
)

OUTSIDE = Outside(
    kinds={access.kind.name: access for access in _ACCESS},
    lifecycle=lifecycle.LIFECYCLE,
    statuses=get_args(lifecycle.Status),
    put=lifecycle.put,
    fire=deployment_runs.fire_due,
    mounted=resources.repositories_of,
    mounting=("deployments", "sessions"),
)
