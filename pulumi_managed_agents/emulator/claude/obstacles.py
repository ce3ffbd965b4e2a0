"""What keeps a deployment's run from starting beside what a session of its own would be refused for (section 6)."""

from urllib.parse import urlsplit

from ..world import JSON, Transaction
from . import multiagent, skills
from .kinds import AGENTS, ENVIRONMENTS
from .references import Unusable


def check(tx: Transaction, deployment: JSON) -> None:
    """Refuses a run whose agents were archived, whose skills are gone, or whose servers cannot be reached."""
    agent = tx.version(deployment["agent"]["id"], deployment["agent"]["version"])
    if agent is not None:
        _check_members(tx, agent)
        _check_skills(tx, agent)
        _check_egress(tx, agent, deployment["environment_id"])


def _check_members(tx: Transaction, agent: JSON) -> None:
    for entry in multiagent.members(agent["multiagent"]):
        member = tx.get(AGENTS.table, entry["id"]) if entry["type"] == "agent" else None
        if member is not None and member.body["archived_at"] is not None:
            raise Unusable(400, f"The agent {entry['id']!r} of the roster is archived.", "agent_archived_error")


def _check_skills(tx: Transaction, agent: JSON) -> None:
    for skill in agent["skills"]:
        if skill["type"] == "custom":
            record = skills.known(tx, skill["skill_id"], "skills")
            if record is not None:
                skills.check_version(tx, record.id, skill["version"], "skills")


def _check_egress(tx: Transaction, agent: JSON, environment_id: str) -> None:
    environment = tx.get(ENVIRONMENTS.table, environment_id)
    networking = environment.body["config"].get("networking") if environment else None
    if networking is None or networking["type"] != "limited" or networking["allow_mcp_servers"]:
        return
    for server in agent["mcp_servers"]:
        host = urlsplit(server["url"]).hostname or ""
        if not any(_admits(allowed.lower(), host) for allowed in networking["allowed_hosts"]):
            raise Unusable(400, f"The environment does not let the agent reach {host!r}.", "mcp_egress_blocked_error")


def _admits(allowed: str, host: str) -> bool:
    return host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed
