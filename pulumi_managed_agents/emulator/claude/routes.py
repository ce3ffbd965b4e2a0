"""Every path of the emulated kinds and what answers it. Operation names are the words of the official SDK."""

from collections.abc import Callable

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule

from pulumi_managed_agents.emulator.claude import (
    agents,
    credentials,
    deployment_runs,
    deployments,
    environments,
    events,
    files,
    memories,
    memory_stores,
    memory_versions,
    model_list,
    resources,
    sessions,
    skill_versions,
    skills,
    threads,
    vaults,
)
from pulumi_managed_agents.emulator.platform import Answer, Call
from pulumi_managed_agents.emulator.transaction import Transaction

Handler = Callable[[Transaction, Call], Answer]

_CREDENTIALS = "/v1/vaults/<vault_id>/credentials"
_DEPLOYMENT = "/v1/deployments/<deployment_id>"
_THREAD = "/v1/sessions/<session_id>/threads/<thread_id>"
_STORE = "/v1/memory_stores/<memory_store_id>"
_VERSION = f"{_STORE}/memory_versions/<memory_version_id>"
STREAM = "sessions.events.stream"

# operation: method, path, handler; the stream alone needs the world and is called apart.
ROUTES: dict[str, tuple[str, str, Handler | None]] = {
    "agents.create": ("POST", "/v1/agents", agents.create),
    "agents.list": ("GET", "/v1/agents", agents.list_all),
    "agents.retrieve": ("GET", "/v1/agents/<agent_id>", agents.retrieve),
    "agents.update": ("POST", "/v1/agents/<agent_id>", agents.update),
    "agents.archive": ("POST", "/v1/agents/<agent_id>/archive", agents.archive),
    "agents.versions.list": ("GET", "/v1/agents/<agent_id>/versions", agents.list_versions),
    "environments.create": ("POST", "/v1/environments", environments.create),
    "environments.list": ("GET", "/v1/environments", environments.list_all),
    "environments.retrieve": ("GET", "/v1/environments/<environment_id>", environments.retrieve),
    "environments.update": ("POST", "/v1/environments/<environment_id>", environments.update),
    "environments.delete": ("DELETE", "/v1/environments/<environment_id>", environments.delete),
    "environments.archive": ("POST", "/v1/environments/<environment_id>/archive", environments.archive),
    "sessions.create": ("POST", "/v1/sessions", sessions.create),
    "sessions.list": ("GET", "/v1/sessions", sessions.list_all),
    "sessions.retrieve": ("GET", "/v1/sessions/<session_id>", sessions.retrieve),
    "sessions.update": ("POST", "/v1/sessions/<session_id>", sessions.update),
    "sessions.delete": ("DELETE", "/v1/sessions/<session_id>", sessions.delete),
    "sessions.archive": ("POST", "/v1/sessions/<session_id>/archive", sessions.archive),
    "sessions.resources.list": ("GET", "/v1/sessions/<session_id>/resources", resources.list_all),
    "sessions.resources.add": ("POST", "/v1/sessions/<session_id>/resources", resources.add),
    "sessions.resources.retrieve": ("GET", "/v1/sessions/<session_id>/resources/<resource_id>", resources.retrieve),
    "sessions.resources.update": ("POST", "/v1/sessions/<session_id>/resources/<resource_id>", resources.update),
    "sessions.resources.delete": ("DELETE", "/v1/sessions/<session_id>/resources/<resource_id>", resources.delete),
    "sessions.events.list": ("GET", "/v1/sessions/<session_id>/events", events.list_all),
    "sessions.events.send": ("POST", "/v1/sessions/<session_id>/events", events.send),
    STREAM: ("GET", "/v1/sessions/<session_id>/events/stream", None),
    "sessions.threads.list": ("GET", "/v1/sessions/<session_id>/threads", threads.list_all),
    "sessions.threads.retrieve": ("GET", _THREAD, threads.retrieve),
    "sessions.threads.archive": ("POST", f"{_THREAD}/archive", threads.archive),
    "sessions.threads.events.list": ("GET", f"{_THREAD}/events", threads.list_events),
    "vaults.create": ("POST", "/v1/vaults", vaults.create),
    "vaults.list": ("GET", "/v1/vaults", vaults.list_all),
    "vaults.retrieve": ("GET", "/v1/vaults/<vault_id>", vaults.retrieve),
    "vaults.update": ("POST", "/v1/vaults/<vault_id>", vaults.update),
    "vaults.delete": ("DELETE", "/v1/vaults/<vault_id>", vaults.delete),
    "vaults.archive": ("POST", "/v1/vaults/<vault_id>/archive", vaults.archive),
    "vaults.credentials.create": ("POST", _CREDENTIALS, credentials.create),
    "vaults.credentials.list": ("GET", _CREDENTIALS, credentials.list_all),
    "vaults.credentials.retrieve": ("GET", f"{_CREDENTIALS}/<credential_id>", credentials.retrieve),
    "vaults.credentials.update": ("POST", f"{_CREDENTIALS}/<credential_id>", credentials.update),
    "vaults.credentials.delete": ("DELETE", f"{_CREDENTIALS}/<credential_id>", credentials.delete),
    "vaults.credentials.archive": ("POST", f"{_CREDENTIALS}/<credential_id>/archive", credentials.archive),
    "vaults.credentials.mcp_oauth_validate": (
        "POST",
        f"{_CREDENTIALS}/<credential_id>/mcp_oauth_validate",
        credentials.mcp_oauth_validate,
    ),
    "memory_stores.create": ("POST", "/v1/memory_stores", memory_stores.create),
    "memory_stores.list": ("GET", "/v1/memory_stores", memory_stores.list_all),
    "memory_stores.retrieve": ("GET", _STORE, memory_stores.retrieve),
    "memory_stores.update": ("POST", _STORE, memory_stores.update),
    "memory_stores.delete": ("DELETE", _STORE, memory_stores.delete),
    "memory_stores.archive": ("POST", f"{_STORE}/archive", memory_stores.archive),
    "memory_stores.memories.create": ("POST", f"{_STORE}/memories", memories.create),
    "memory_stores.memories.list": ("GET", f"{_STORE}/memories", memories.list_all),
    "memory_stores.memories.retrieve": ("GET", f"{_STORE}/memories/<memory_id>", memories.retrieve),
    "memory_stores.memories.update": ("POST", f"{_STORE}/memories/<memory_id>", memories.update),
    "memory_stores.memories.delete": ("DELETE", f"{_STORE}/memories/<memory_id>", memories.delete),
    "memory_stores.memory_versions.list": ("GET", f"{_STORE}/memory_versions", memory_versions.list_all),
    "memory_stores.memory_versions.retrieve": ("GET", _VERSION, memory_versions.retrieve),
    "memory_stores.memory_versions.redact": ("POST", f"{_VERSION}/redact", memory_versions.redact),
    "files.upload": ("POST", "/v1/files", files.upload),
    "files.list": ("GET", "/v1/files", files.list_all),
    "files.retrieve_metadata": ("GET", "/v1/files/<file_id>", files.retrieve_metadata),
    "files.delete": ("DELETE", "/v1/files/<file_id>", files.delete),
    "files.download": ("GET", "/v1/files/<file_id>/content", files.download),
    "skills.create": ("POST", "/v1/skills", skills.create),
    "skills.list": ("GET", "/v1/skills", skills.list_all),
    "skills.retrieve": ("GET", "/v1/skills/<skill_id>", skills.retrieve),
    "skills.delete": ("DELETE", "/v1/skills/<skill_id>", skills.delete),
    "skills.versions.create": ("POST", "/v1/skills/<skill_id>/versions", skill_versions.create),
    "skills.versions.list": ("GET", "/v1/skills/<skill_id>/versions", skill_versions.list_all),
    "skills.versions.retrieve": ("GET", "/v1/skills/<skill_id>/versions/<version>", skill_versions.retrieve),
    "skills.versions.delete": ("DELETE", "/v1/skills/<skill_id>/versions/<version>", skill_versions.delete),
    "deployments.create": ("POST", "/v1/deployments", deployments.create),
    "deployments.list": ("GET", "/v1/deployments", deployments.list_all),
    "deployments.retrieve": ("GET", _DEPLOYMENT, deployments.retrieve),
    "deployments.update": ("POST", _DEPLOYMENT, deployments.update),
    "deployments.archive": ("POST", f"{_DEPLOYMENT}/archive", deployments.archive),
    "deployments.pause": ("POST", f"{_DEPLOYMENT}/pause", deployments.pause),
    "deployments.unpause": ("POST", f"{_DEPLOYMENT}/unpause", deployments.unpause),
    "deployments.run": ("POST", f"{_DEPLOYMENT}/run", deployment_runs.run),
    "deployment_runs.list": ("GET", "/v1/deployment_runs", deployment_runs.list_all),
    "models.list": ("GET", "/v1/models", model_list.list_all),
    "models.retrieve": ("GET", "/v1/models/<model_id>", model_list.retrieve),
    "deployment_runs.retrieve": ("GET", "/v1/deployment_runs/<deployment_run_id>", deployment_runs.retrieve),
}
_MAP = Map(
    [Rule(path, methods=[method], endpoint=operation) for operation, (method, path, _) in ROUTES.items()],
    strict_slashes=False,
    merge_slashes=False,
)


def match(method: str, path: str) -> tuple[str | None, dict[str, str]]:
    """The operation of a request and the ids in its path."""
    try:
        operation, found = _MAP.bind("emulator").match(path, method=method)
    except HTTPException:
        return None, {}
    return operation, dict(found)


def known(path: str) -> bool:
    """Whether another method would find something here."""
    try:
        _MAP.bind("emulator").match(path, method="TRACE")
    except MethodNotAllowed:
        return True
    except HTTPException:
        return False
    return True
