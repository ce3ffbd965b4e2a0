"""The kinds whose records live alike, in one table; `records.py` is their life."""

from .records import Kind

ENVIRONMENT = Kind("environments", "env_", "environment")
VAULT = Kind("vaults", "vlt_", "vault")
CREDENTIAL = Kind("credentials", "vcrd_", "vault_credential", parent="vault_id")
MEMORY_STORE = Kind("memory_stores", "memstore_", "memory_store")
MEMORY = Kind("memories", "mem_", "memory", ("created_at", "updated_at"), parent="memory_store_id")
MEMORY_VERSION = Kind("memory_versions", "memver_", "memory_version", ("created_at",), parent="memory_store_id")
FILE = Kind("files", "file_", "file", ("created_at",))
SKILL = Kind("skills", "skill_", "skill", ("created_at", "updated_at"))
SKILL_VERSION = Kind("skill_versions", "skillver_", "skill_version", ("created_at",), parent="skill_id")
DEPLOYMENT = Kind("deployments", "depl_", "deployment")
DEPLOYMENT_RUN = Kind("deployment_runs", "drun_", "deployment_run", ("created_at",))
