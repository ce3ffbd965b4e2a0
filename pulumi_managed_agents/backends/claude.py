"""Claude Managed Agents: where its operations live and how it words an error.

Source: the official Python SDK 2.11.0 and the platform's API reference, autumn 2026.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..backend import Route
from ..errors import Refusal
from ..model import Capabilities

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..transport import Answer
    from ..values import JSON, Bag

BASE_URL: Final = "https://api.anthropic.com"
API_VERSION: Final = "2023-06-01"
BETA: Final = "managed-agents-2026-04-01"


def _collection(name: str, parameter: str) -> dict[str, Route]:
    """The operations that every collection has: the API creates and updates with POST."""
    item = f"/v1/{name}/{{{parameter}}}"
    return {
        f"{name}.create": Route("POST", f"/v1/{name}", repeatable=False),
        f"{name}.list": Route("GET", f"/v1/{name}"),
        f"{name}.retrieve": Route("GET", item),
        f"{name}.update": Route("POST", item),
        f"{name}.archive": Route("POST", f"{item}/archive"),
    }


_SESSION = "/v1/sessions/{session_id}"

ROUTES: dict[str, Route] = {
    **_collection("agents", "agent_id"),
    **_collection("environments", "environment_id"),
    "environments.delete": Route("DELETE", "/v1/environments/{environment_id}"),
    **_collection("sessions", "session_id"),
    "sessions.delete": Route("DELETE", _SESSION),
    "sessions.resources.list": Route("GET", f"{_SESSION}/resources"),
    "sessions.resources.retrieve": Route("GET", f"{_SESSION}/resources/{{resource_id}}"),
    "sessions.resources.add": Route("POST", f"{_SESSION}/resources", repeatable=False),
    "sessions.resources.update": Route("POST", f"{_SESSION}/resources/{{resource_id}}"),
    "sessions.resources.delete": Route("DELETE", f"{_SESSION}/resources/{{resource_id}}"),
    "sessions.events.list": Route("GET", f"{_SESSION}/events"),
    "sessions.events.send": Route("POST", f"{_SESSION}/events", repeatable=False),
}


class Claude:
    """The platform as `backend.RestBackend` drives it."""

    capabilities = Capabilities(platform="Claude Managed Agents", mount_root="/workspace")
    routes: Mapping[str, Route] = ROUTES

    def __init__(self, workspace_id: str | None = None) -> None:
        self._workspace = {"anthropic-workspace-id": workspace_id} if workspace_id else {}

    def headers(self, operation: str) -> Mapping[str, str]:
        """The dated version, the beta that opens these endpoints, and the workspace if one is chosen."""
        del operation
        return {"anthropic-version": API_VERSION, "anthropic-beta": BETA, **self._workspace}

    def refusal(self, answer: Answer) -> Refusal:
        """Reads `{"type": "error", "error": {type, message, details}, "request_id"}`; anything else is distrusted."""
        body = _object(answer.body)
        error = _object(body.get("error"))
        request_id = body.get("request_id") or answer.headers.get("request-id")
        return Refusal(
            status=answer.status,
            type=str(error.get("type", "error")),
            message=str(error.get("message", "the answer is not in the platform's form")),
            request_id=str(request_id) if request_id else None,
            details=_object(error.get("details")),
        )


def _object(value: JSON) -> Bag:
    return value if isinstance(value, dict) else {}
