"""Every path and what answers it. Operation names are the words of the official SDK where it has one."""

from collections.abc import Callable

from ..platform import QODER_PATH, Answer, Call
from ..routing import Routes
from ..world import Transaction
from . import (
    agents,
    credentials,
    deployments,
    environments,
    events,
    files,
    memories,
    memory_stores,
    memory_versions,
    models,
    runs,
    session_resources,
    sessions,
    skills,
    vaults,
)

Handler = Callable[[Transaction, Call], Answer]

STREAM = "sessions.events.stream"
DOWNLOAD = "files.bytes"
"""What a signed address asks for: no operation of the SDK, and open to everybody who has the address."""
UPDATE = "POST PUT"
"""Newer documents update with POST, older ones with PUT."""

_AGENT = "agents/<agent_id>"
_ENVIRONMENT = "environments/<environment_id>"
_SESSION = "sessions/<session_id>"
_RESOURCE = f"{_SESSION}/resources/<resource_id>"
_THREAD = f"{_SESSION}/threads/<thread_id>"
_FILE = "files/<file_id>"
_VAULT = "vaults/<vault_id>"
_CREDENTIAL = f"{_VAULT}/credentials/<credential_id>"
_SKILL = "skills/<skill_id>"
_SKILL_VERSION = f"{_SKILL}/versions/<version>"
_STORE = "memory_stores/<memory_store_id>"
_MEMORY = f"{_STORE}/memories/<memory_id>"
# Older documents call the versions of memories simply `versions`.
_VERSIONS = f"{_STORE}/<any(memory_versions, versions):word>"
_VERSION = f"{_VERSIONS}/<memory_version_id>"
_DEPLOYMENT = "deployments/<deployment_id>"

# operation: methods, path, handler; the stream alone needs the world and is called apart.
ROUTES: dict[str, tuple[str, str, Handler | None]] = {
    "agents.create": ("POST", "agents", agents.create),
    "agents.list": ("GET", "agents", agents.list_all),
    "agents.retrieve": ("GET", _AGENT, agents.retrieve),
    "agents.update": (UPDATE, _AGENT, agents.update),
    "agents.delete": ("DELETE", _AGENT, agents.delete),
    "agents.archive": ("POST", f"{_AGENT}/archive", agents.archive),
    "agents.versions.list": ("GET", f"{_AGENT}/versions", agents.list_versions),
    "models.list": ("GET", "models", models.list_all),
    "environments.create": ("POST", "environments", environments.create),
    "environments.list": ("GET", "environments", environments.list_all),
    "environments.retrieve": ("GET", _ENVIRONMENT, environments.retrieve),
    "environments.update": (UPDATE, _ENVIRONMENT, environments.update),
    "environments.delete": ("DELETE", _ENVIRONMENT, environments.delete),
    "environments.archive": ("POST", f"{_ENVIRONMENT}/archive", environments.archive),
    "sessions.create": ("POST", "sessions", sessions.create),
    "sessions.list": ("GET", "sessions", sessions.list_all),
    "sessions.retrieve": ("GET", _SESSION, sessions.retrieve),
    "sessions.update": ("POST", _SESSION, sessions.update),
    "sessions.delete": ("DELETE", _SESSION, sessions.delete),
    "sessions.archive": ("POST", f"{_SESSION}/archive", sessions.archive),
    "sessions.cancel": ("POST", f"{_SESSION}/cancel", sessions.cancel),
    "sessions.resources.list": ("GET", f"{_SESSION}/resources", session_resources.list_all),
    "sessions.resources.add": ("POST", f"{_SESSION}/resources", session_resources.add),
    "sessions.resources.retrieve": ("GET", _RESOURCE, session_resources.retrieve),
    "sessions.resources.update": ("POST", _RESOURCE, session_resources.update),
    "sessions.resources.delete": ("DELETE", _RESOURCE, session_resources.delete),
    "sessions.events.list": ("GET", f"{_SESSION}/events", events.list_all),
    "sessions.events.send": ("POST", f"{_SESSION}/events", events.send),
    STREAM: ("GET", f"{_SESSION}/events/stream", None),
    "sessions.threads.list": ("GET", f"{_SESSION}/threads", events.list_threads),
    "sessions.threads.retrieve": ("GET", _THREAD, events.no_thread),
    "sessions.threads.archive": ("POST", f"{_THREAD}/archive", events.no_thread),
    "sessions.threads.events.list": ("GET", f"{_THREAD}/events", events.no_thread),
    "sessions.threads.events.stream": ("GET", f"{_THREAD}/stream", events.no_thread),
    "files.upload": ("POST", "files", files.upload),
    "files.list": ("GET", "files", files.list_all),
    "files.retrieve_metadata": ("GET", _FILE, files.retrieve),
    "files.download": ("GET", f"{_FILE}/content", files.link),
    DOWNLOAD: ("GET", f"{_FILE}/bytes", files.download),
    "files.delete": ("DELETE", _FILE, files.delete),
    "vaults.create": ("POST", "vaults", vaults.create),
    "vaults.list": ("GET", "vaults", vaults.list_all),
    "vaults.retrieve": ("GET", _VAULT, vaults.retrieve),
    "vaults.delete": ("DELETE", _VAULT, vaults.delete),
    "vaults.archive": ("POST", f"{_VAULT}/archive", vaults.archive),
    "vaults.credentials.create": ("POST", f"{_VAULT}/credentials", credentials.create),
    "vaults.credentials.list": ("GET", f"{_VAULT}/credentials", credentials.list_all),
    "vaults.credentials.retrieve": ("GET", _CREDENTIAL, credentials.retrieve),
    "vaults.credentials.update": ("POST", _CREDENTIAL, credentials.update),
    "vaults.credentials.delete": ("DELETE", _CREDENTIAL, credentials.delete),
    "vaults.credentials.archive": ("POST", f"{_CREDENTIAL}/archive", credentials.archive),
    "vaults.credentials.mcp_oauth_validate": ("POST", f"{_CREDENTIAL}/mcp_oauth_validate", credentials.validate),
    "skills.create": ("POST", "skills", skills.create),
    "skills.list": ("GET", "skills", skills.list_all),
    "skills.retrieve": ("GET", _SKILL, skills.retrieve),
    "skills.delete": ("DELETE", _SKILL, skills.delete),
    "skills.versions.create": ("POST", f"{_SKILL}/versions", skills.create_version),
    "skills.versions.list": ("GET", f"{_SKILL}/versions", skills.list_versions),
    "skills.versions.retrieve": ("GET", _SKILL_VERSION, skills.retrieve_version),
    "skills.versions.delete": ("DELETE", _SKILL_VERSION, skills.delete_version),
    "skills.versions.download": ("GET", f"{_SKILL_VERSION}/content", skills.download),
    "memory_stores.create": ("POST", "memory_stores", memory_stores.create),
    "memory_stores.list": ("GET", "memory_stores", memory_stores.list_all),
    "memory_stores.retrieve": ("GET", _STORE, memory_stores.retrieve),
    "memory_stores.update": ("POST", _STORE, memory_stores.update),
    "memory_stores.delete": ("DELETE", _STORE, memory_stores.delete),
    "memory_stores.archive": ("POST", f"{_STORE}/archive", memory_stores.archive),
    "memory_stores.memories.create": ("POST", f"{_STORE}/memories", memories.create),
    "memory_stores.memories.list": ("GET", f"{_STORE}/memories", memories.list_all),
    "memory_stores.memories.retrieve": ("GET", _MEMORY, memories.retrieve),
    "memory_stores.memories.update": (UPDATE, _MEMORY, memories.update),
    "memory_stores.memories.delete": ("DELETE", _MEMORY, memories.delete),
    "memory_stores.memory_versions.list": ("GET", _VERSIONS, memory_versions.list_all),
    "memory_stores.memory_versions.retrieve": ("GET", _VERSION, memory_versions.retrieve),
    "memory_stores.memory_versions.redact": ("POST", f"{_VERSION}/redact", memory_versions.redact),
    "deployments.create": ("POST", "deployments", deployments.create),
    "deployments.list": ("GET", "deployments", deployments.list_all),
    "deployments.retrieve": ("GET", _DEPLOYMENT, deployments.retrieve),
    "deployments.update": ("POST", _DEPLOYMENT, deployments.update),
    "deployments.archive": ("POST", f"{_DEPLOYMENT}/archive", deployments.archive),
    "deployments.pause": ("POST", f"{_DEPLOYMENT}/pause", deployments.pause),
    "deployments.unpause": ("POST", f"{_DEPLOYMENT}/unpause", deployments.unpause),
    "deployments.run": ("POST", f"{_DEPLOYMENT}/run", deployments.run),
    "deployments.runs.list": ("GET", f"{_DEPLOYMENT}/runs", runs.list_of_deployment),
    "deployments.runs.retrieve": ("GET", f"{_DEPLOYMENT}/runs/<run_id>", runs.retrieve_of_deployment),
    "deployment_runs.list": ("GET", "deployment_runs", runs.list_all),
    "deployment_runs.retrieve": ("GET", "deployment_runs/<run_id>", runs.retrieve),
}
MATCHING = Routes((operation, methods, f"{QODER_PATH}{path}") for operation, (methods, path, _) in ROUTES.items())
