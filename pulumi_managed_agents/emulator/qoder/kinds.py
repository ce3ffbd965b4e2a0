"""The kinds of objects, in one table (section 1.7); `records` is their life."""

from functools import partial

from ..platform.kinds import Kind
from .dialect import DIALECT

_kind = partial(Kind, DIALECT)

AGENTS = _kind("agents", "agent_", "agent")
ENVIRONMENTS = _kind("environments", "env_", "environment")
SESSIONS = _kind("sessions", "sess_", "session")
VAULTS = _kind("vaults", "vault_", "vault")
CREDENTIALS = _kind("credentials", "vcred_", "vault_credential", owner=VAULTS)
MEMORY_STORES = _kind("memory_stores", "memstore_", "memory_store")
MEMORIES = _kind("memories", "mem_", "memory", ("created_at", "updated_at"), MEMORY_STORES)
# The prefix of a memory's version is not documented.
MEMORY_VERSIONS = _kind("memory_versions", "memver_", "memory_version", ("created_at",), MEMORY_STORES)
FILES = _kind("files", "file_", "file", ("created_at",))
SKILLS = _kind("skills", "skill_", "skill", ("created_at", "updated_at"))
SKILL_VERSIONS = _kind("skill_versions", "skillver_", "skill_version", ("created_at",), SKILLS)
DEPLOYMENTS = _kind("deployments", "dep_", "deployment")
DREAMS = _kind("dreams", "drm_", "dream", ("created_at", "archived_at"))
DEPLOYMENT_RUNS = _kind("deployment_runs", "drun_", "deployment_run", ("created_at",))
