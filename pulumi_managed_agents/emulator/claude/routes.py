"""Every path of the emulated kinds and what answers it. Operation names are the words of the official SDK."""

from ..platform import CLAUDE_PATH
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
    oauth,
    session_resources,
    sessions,
    skill_versions,
    skills,
    threads,
    tunnel_certificates,
    tunnels,
    user_profiles,
    vaults,
)
from .kinds import (
    CERTIFICATES,
    CREDENTIALS,
    DEPLOYMENT_RUNS,
    ENVIRONMENTS,
    MEMORIES,
    MEMORY_STORES,
    MEMORY_VERSIONS,
    SKILL_VERSIONS,
    SKILLS,
    TUNNELS,
    USER_PROFILES,
    VAULTS,
)

_AGENT = "agents/<agent_id>"
_SESSION = "sessions/<session_id>"
_VAULT = "vaults/<vault_id>"
_STORE = "memory_stores/<memory_store_id>"
_TUNNEL = "tunnels/<tunnel_id>"
_SKILL = "skills/<skill_id>"

TABLE: Table[Route] = Table(
    CLAUDE_PATH,
    [
        Route(oauth.EXCHANGE, "POST", "oauth/token", oauth.exchange),
        *collection(_AGENT, (agents, "create list retrieve update archive")),
        Route("agents.versions.list", "GET", f"{_AGENT}/versions", agents.list_versions),
        *collection(
            "environments/<environment_id>",
            (environments, "create list update delete"),
            (Usual(ENVIRONMENTS), "retrieve archive"),
        ),
        *collection(_SESSION, (sessions, "create list retrieve update delete archive")),
        *collection(f"{_SESSION}/resources/<resource_id>", (session_resources, "add list retrieve update delete")),
        *collection(f"{_SESSION}/events/<event_id>", (events, "list send")),
        Route("sessions.events.stream", "GET", f"{_SESSION}/events/stream", events.stream),
        *collection(f"{_SESSION}/threads/<thread_id>", (threads, "list retrieve archive")),
        Route("sessions.threads.events.list", "GET", f"{_SESSION}/threads/<thread_id>/events", threads.list_events),
        *collection(_VAULT, (vaults, "create list update archive"), (Usual(VAULTS, (CREDENTIALS,)), "retrieve delete")),
        *collection(
            f"{_VAULT}/credentials/<vault_credential_id>",
            (credentials, "create list update archive mcp_oauth_validate"),
            (Usual(CREDENTIALS), "retrieve delete"),
        ),
        *collection(
            _STORE,
            (memory_stores, "create list update"),
            (Usual(MEMORY_STORES, (MEMORIES, MEMORY_VERSIONS)), "retrieve archive delete"),
        ),
        *collection(f"{_STORE}/memories/<memory_id>", (memories, "create list retrieve update delete")),
        *collection(f"{_STORE}/memory_versions/<memory_version_id>", (memory_versions, "list retrieve redact")),
        *collection("files/<file_id>", (files, "upload list retrieve_metadata delete download")),
        *collection(_SKILL, (skills, "create list"), (Usual(SKILLS, (SKILL_VERSIONS,)), "retrieve delete")),
        *collection(f"{_SKILL}/versions/<version>", (skill_versions, "create list retrieve delete")),
        *collection(
            "deployments/<deployment_id>",
            (deployments, "create list retrieve update archive pause unpause"),
            (deployment_runs, "run"),
        ),
        *collection(
            "deployment_runs/<deployment_run_id>",
            (deployment_runs, "list"),
            (Usual(DEPLOYMENT_RUNS), "retrieve"),
        ),
        *collection("dreams/<dream_id>", (dreams.LIFE, "create list retrieve cancel archive")),
        *collection("models/<model_id>", (models, "list retrieve")),
        *collection(
            "user_profiles/<user_profile_id>",
            (user_profiles, "create list update"),
            (Usual(USER_PROFILES), "retrieve delete"),
        ),
        *collection(_TUNNEL, (tunnels, "create list archive reveal_token rotate_token"), (Usual(TUNNELS), "retrieve")),
        *collection(
            f"{_TUNNEL}/certificates/<tunnel_certificate_id>",
            (tunnel_certificates, "create list archive"),
            (Usual(CERTIFICATES), "retrieve"),
        ),
    ],
)
