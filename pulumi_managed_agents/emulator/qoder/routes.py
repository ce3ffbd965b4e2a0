"""Every path and what answers it. Operation names are the words of the official SDK where it has one."""

from ..platform import QODER_PATH
from ..platform.routing import Route, Table, collection
from ..platform.usual import Usual
from . import (
    agents,
    credentials,
    deployment_runs,
    deployments,
    dreams,
    environments,
    events,
    files,
    memories,
    memory_stores,
    memory_versions,
    models,
    session_resources,
    sessions,
    skill_versions,
    skills,
    threads,
    vaults,
)
from .kinds import (
    AGENTS,
    CREDENTIALS,
    DEPLOYMENT_RUNS,
    ENVIRONMENTS,
    FILES,
    MEMORIES,
    MEMORY_STORES,
    MEMORY_VERSIONS,
    SKILL_VERSIONS,
    SKILLS,
    VAULTS,
)

DOWNLOAD = "files.bytes"
"""What a signed address asks for: no operation of the SDK, and open to everybody who has the address."""
_UPDATE = "POST PUT"
"""Newer documents update with POST, older ones with PUT."""

_AGENT = "agents/<agent_id>"
_SESSION = "sessions/<session_id>"
_THREAD = f"{_SESSION}/threads/<thread_id>"
_FILE = "files/<file_id>"
_VAULT = "vaults/<vault_id>"
_SKILL = "skills/<skill_id>"
_STORE = "memory_stores/<memory_store_id>"
_DEPLOYMENT = "deployments/<deployment_id>"

TABLE: Table[Route] = Table(
    QODER_PATH,
    [
        *collection(_AGENT, (agents, "create list retrieve update delete"), (Usual(AGENTS), "archive"), update=_UPDATE),
        Route("agents.versions.list", "GET", f"{_AGENT}/versions", agents.list_versions),
        Route("models.list", "GET", "models", models.list_page),
        *collection(
            "environments/<environment_id>",
            (environments, "create list update delete"),
            (Usual(ENVIRONMENTS), "retrieve archive"),
            update=_UPDATE,
        ),
        *collection(_SESSION, (sessions, "create list retrieve update delete archive cancel")),
        *collection(f"{_SESSION}/resources/<resource_id>", (session_resources, "add list retrieve update delete")),
        *collection(f"{_SESSION}/events/<event_id>", (events, "list send")),
        Route("sessions.events.stream", "GET", f"{_SESSION}/events/stream", events.stream),
        *collection(_THREAD, (threads, "list retrieve archive")),
        Route("sessions.threads.events.list", "GET", f"{_THREAD}/events", threads.list_events),
        Route("sessions.threads.events.stream", "GET", f"{_THREAD}/stream", threads.stream),
        *collection(_FILE, (files, "upload list download"), (Usual(FILES), "delete")),
        Route("files.retrieve_metadata", "GET", _FILE, files.retrieve),
        Route(DOWNLOAD, "GET", f"{_FILE}/bytes", files.send_bytes),
        *collection(_VAULT, (vaults, "create list"), (Usual(VAULTS, (CREDENTIALS,)), "retrieve archive delete")),
        *collection(
            f"{_VAULT}/credentials/<vault_credential_id>",
            (credentials, "create list update mcp_oauth_validate"),
            (Usual(CREDENTIALS), "retrieve archive delete"),
        ),
        *collection(_SKILL, (skills, "create list"), (Usual(SKILLS, (SKILL_VERSIONS,)), "retrieve delete")),
        *collection(f"{_SKILL}/versions/<version>", (skill_versions, "create list retrieve delete download")),
        *collection(
            _STORE,
            (memory_stores, "create list update archive"),
            (Usual(MEMORY_STORES, (MEMORIES, MEMORY_VERSIONS)), "retrieve delete"),
        ),
        *collection(f"{_STORE}/memories/<memory_id>", (memories, "create list retrieve update delete"), update=_UPDATE),
        # Older documents call the versions of memories simply `versions`.
        *collection(
            f"{_STORE}/<any(memory_versions, versions):word>/<memory_version_id>",
            (memory_versions, "list redact"),
            (Usual(MEMORY_VERSIONS), "retrieve"),
            name="memory_stores.memory_versions",
        ),
        *collection(
            _DEPLOYMENT, (deployments, "create list retrieve update archive pause unpause"), (deployment_runs, "run")
        ),
        *collection("dreams/<dream_id>", (dreams.LIFE, "create list retrieve cancel archive")),
        Route("deployments.runs.list", "GET", f"{_DEPLOYMENT}/runs", deployment_runs.list_of_deployment),
        Route(
            "deployments.runs.retrieve",
            "GET",
            f"{_DEPLOYMENT}/runs/<deployment_run_id>",
            deployment_runs.retrieve_of_deployment,
        ),
        *collection(
            "deployment_runs/<deployment_run_id>", (deployment_runs, "list"), (Usual(DEPLOYMENT_RUNS), "retrieve")
        ),
    ],
)
