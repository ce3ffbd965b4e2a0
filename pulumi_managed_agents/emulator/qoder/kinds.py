"""The kinds of objects: their words in paths, the prefixes of their ids, their `type` (section 1.7)."""

from dataclasses import dataclass

_PLATFORM = "qoder."
_ALL_TIMES = ("created_at", "updated_at", "archived_at")


@dataclass(frozen=True)
class Kind:
    """What sets one kind apart from the others, as far as its records go."""

    word: str
    prefix: str
    type: str
    owner: str | None = None
    """The member of its bodies that names what it belongs to."""
    times: tuple[str, ...] = _ALL_TIMES

    @property
    def table(self) -> str:
        """Its name in the file, where it stands beside the kinds of other platforms."""
        return _PLATFORM + self.word

    @property
    def title(self) -> str:
        """What a refusal calls one of them."""
        return self.type.replace("_", " ").capitalize()


AGENTS = Kind("agents", "agent_", "agent")
ENVIRONMENTS = Kind("environments", "env_", "environment")
SESSIONS = Kind("sessions", "sess_", "session")
VAULTS = Kind("vaults", "vault_", "vault")
CREDENTIALS = Kind("credentials", "vcred_", "vault_credential", owner="vault_id")
STORES = Kind("memory_stores", "memstore_", "memory_store")
MEMORIES = Kind("memories", "mem_", "memory", owner="memory_store_id", times=("created_at", "updated_at"))
# The prefix of a memory's version is not documented.
MEMORY_VERSIONS = Kind("memory_versions", "memver_", "memory_version", owner="memory_store_id", times=("created_at",))
FILES = Kind("files", "file_", "file", times=("created_at",))
SKILLS = Kind("skills", "skill_", "skill", times=("created_at", "updated_at"))
SKILL_VERSIONS = Kind("skill_versions", "skillver_", "skill_version", owner="skill_id", times=("created_at",))
DEPLOYMENTS = Kind("deployments", "dep_", "deployment")
RUNS = Kind("deployment_runs", "drun_", "deployment_run", times=("created_at",))

ALL = (
    AGENTS,
    ENVIRONMENTS,
    SESSIONS,
    VAULTS,
    CREDENTIALS,
    STORES,
    MEMORIES,
    MEMORY_VERSIONS,
    FILES,
    SKILLS,
    SKILL_VERSIONS,
    DEPLOYMENTS,
    RUNS,
)
