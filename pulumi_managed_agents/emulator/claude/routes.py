"""Every path of the emulated kinds and what answers it. Operation names are the words of the official SDK."""

from collections.abc import Callable

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule

from pulumi_managed_agents.emulator.claude import agents, environments, events, resources, sessions
from pulumi_managed_agents.emulator.platform import Answer, Call
from pulumi_managed_agents.emulator.transaction import Transaction

Handler = Callable[[Transaction, Call], Answer]

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
    "sessions.threads.list": ("GET", "/v1/sessions/<session_id>/threads", events.list_threads),
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
