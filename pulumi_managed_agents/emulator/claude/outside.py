"""What a test sees and changes of Claude behind the client's back."""

from functools import partial
from typing import get_args

from ..platform import records, versions
from ..platform.outside import Outside, Seen
from . import deployment_runs, deployments, files, lifecycle, memories, resources, skill_versions
from .kinds import (
    AGENTS,
    CREDENTIALS,
    DEPLOYMENT_RUNS,
    DEPLOYMENTS,
    ENVIRONMENTS,
    FILES,
    MEMORIES,
    MEMORY_STORES,
    MEMORY_VERSIONS,
    SESSIONS,
    SKILL_VERSIONS,
    SKILLS,
    VAULTS,
)

_SEEN = (
    Seen(AGENTS, change=versions.save),
    Seen(ENVIRONMENTS),
    Seen(SESSIONS),
    Seen(VAULTS, remove=partial(records.remove, inside=[CREDENTIALS])),
    Seen(CREDENTIALS),
    Seen(MEMORY_STORES, remove=partial(records.remove, inside=[MEMORIES, MEMORY_VERSIONS])),
    Seen(MEMORIES, memories.shown, memories.rewrite, memories.remove),
    Seen(MEMORY_VERSIONS),
    Seen(FILES, files.shown),
    Seen(SKILLS, remove=partial(records.remove, inside=[SKILL_VERSIONS])),
    Seen(DEPLOYMENTS, deployments.shown, deployments.set_from_outside),
    Seen(DEPLOYMENT_RUNS),
    Seen(SKILL_VERSIONS, skill_versions.shown, remove=skill_versions.remove),
)

OUTSIDE = Outside(
    kinds={seen.kind.name: seen for seen in _SEEN},
    lifecycle=lifecycle.LIFECYCLE,
    statuses=get_args(lifecycle.Status),
    put=lifecycle.put,
    fire=deployment_runs.fire_due,
    mounted=resources.repositories_of,
    mounting=("deployments", "sessions"),
)
