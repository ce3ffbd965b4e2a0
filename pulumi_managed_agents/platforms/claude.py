"""Claude Managed Agents: where its operations live and how it words an error.

Source: the official Python SDK 2.11.0 and the platform's API reference, autumn 2026.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ..declaration.capabilities import Capabilities
from ..declaration.platform import PLATFORMS
from ..errors import Refusal
from ..lifecycle.steps import Operation
from . import gateways
from .places import ADDRESSES, in_place
from .service import KEY_ADVICE, Route, collection, is_own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.platform import PlaceKey
    from ..declaration.values import JSON, Bag
    from ..lifecycle.steps import Call
    from ..transport.exchange import Answer

API_VERSION: Final = "2023-06-01"
BETA: Final = "managed-agents-2026-04-01"
MEMORY_BETA: Final = "agent-memory-2026-07-22"
"""What memory stores ask for, in place of the other: both at once are refused."""
TUNNEL_BETA: Final = "mcp-tunnels-2026-06-22"
DREAM_BETA: Final = "dreaming-2026-04-21"
_BETAS: Final = {"memory_stores": MEMORY_BETA, "tunnels": TUNNEL_BETA, "dreams": DREAM_BETA}
"""What collections ask for in place of the usual beta."""
WITHOUT_BETA: Final = ("files", "skills", "models", "user_profiles")
"""Collections that are open to everybody; the beta header would ask for their older shapes."""

OF_ORGANIZATION: Final = ("user_profiles",)
"""Collections that belong to no workspace."""

ACCOUNT_HEADERS: Final = ("anthropic-organization-id", "anthropic-workspace-id")
"""On every answer: whose key asked."""

MODELS: Final = Operation("models", "list")

_SESSION = "/v1/sessions/{session_id}"
_VAULT = "/v1/vaults/{vault_id}"
_STORE = "/v1/memory_stores/{memory_store_id}"
_TUNNEL = "/v1/tunnels/{tunnel_id}"

ROUTES: dict[Operation, Route] = {
    **collection("agents", "agent_id", "/v1", ("update", "archive")),
    Operation("agents.versions", "list"): Route("GET", "/v1/agents/{agent_id}/versions"),
    **collection("environments", "environment_id", "/v1"),
    **collection("vaults", "vault_id", "/v1"),
    **collection("vaults.credentials", "credential_id", _VAULT),
    Operation("vaults.credentials", "mcp_oauth_validate"): Route(
        "POST", f"{_VAULT}/credentials/{{credential_id}}/mcp_oauth_validate", repeatable=False
    ),
    **collection("memory_stores", "memory_store_id", "/v1"),
    **collection("memory_stores.memories", "memory_id", _STORE, ("update", "delete")),
    **collection("files", "file_id", "/v1", ("delete",)),
    **collection("skills", "skill_id", "/v1", ("delete",)),
    **collection("dreams", "dream_id", "/v1", ("archive", "cancel")),
    **collection("tunnels", "tunnel_id", "/v1", ("archive", "reveal_token", "rotate_token")),
    **collection("tunnels.certificates", "certificate_id", _TUNNEL, ("archive",)),
    **collection("user_profiles", "user_profile_id", "/v1", ("update", "delete")),
    Operation("skills.versions", "create"): Route("POST", "/v1/skills/{skill_id}/versions", repeatable=False),
    Operation("skills.versions", "list"): Route("GET", "/v1/skills/{skill_id}/versions"),
    **collection("deployments", "deployment_id", "/v1", ("update", "archive", "pause", "unpause")),
    Operation("deployments", "run"): Route("POST", "/v1/deployments/{deployment_id}/run", repeatable=False),
    Operation("deployment_runs", "list"): Route("GET", "/v1/deployment_runs"),
    Operation("deployment_runs", "retrieve"): Route("GET", "/v1/deployment_runs/{deployment_run_id}"),
    Operation("memory_stores.memory_versions", "list"): Route("GET", f"{_STORE}/memory_versions"),
    Operation("memory_stores.memory_versions", "redact"): Route(
        "POST", f"{_STORE}/memory_versions/{{memory_version_id}}/redact"
    ),
    Operation("memory_stores.memory_versions", "retrieve"): Route(
        "GET", f"{_STORE}/memory_versions/{{memory_version_id}}"
    ),
    MODELS: Route("GET", "/v1/models"),
    **collection("sessions", "session_id", "/v1"),
    Operation("sessions.resources", "list"): Route("GET", f"{_SESSION}/resources"),
    Operation("sessions.resources", "retrieve"): Route("GET", f"{_SESSION}/resources/{{resource_id}}"),
    Operation("sessions.resources", "add"): Route("POST", f"{_SESSION}/resources", repeatable=False),
    Operation("sessions.resources", "update"): Route("POST", f"{_SESSION}/resources/{{resource_id}}"),
    Operation("sessions.resources", "delete"): Route("DELETE", f"{_SESSION}/resources/{{resource_id}}"),
    Operation("sessions.events", "list"): Route("GET", f"{_SESSION}/events"),
    Operation("sessions.events", "stream"): Route("GET", f"{_SESSION}/events/stream"),
    Operation("sessions.threads", "list"): Route("GET", f"{_SESSION}/threads"),
    Operation("sessions.threads.events", "list"): Route("GET", f"{_SESSION}/threads/{{thread_id}}/events"),
    Operation("sessions.events", "send"): Route("POST", f"{_SESSION}/events", repeatable=False),
}


class Claude:
    """The platform as `rest.RestBackend` drives it."""

    base_url = ADDRESSES["hosted"]
    name = PLATFORMS["claude"]
    capabilities = Capabilities(
        "claude", mount_root="/workspace", other_hosts=f"{PLATFORMS['qoder']} takes other hosts"
    )
    advice: Mapping[int, str] = KEY_ADVICE
    routes: Mapping[Operation, Route] = ROUTES

    def __init__(
        self,
        workspace_id: str | None = None,
        place: PlaceKey = "hosted",
        prefixes: tuple[str, str] = ("", ""),
    ) -> None:
        self.capabilities = in_place(Claude.capabilities, place)
        self.advice = {**KEY_ADVICE, **gateways.ADVICE.get(place, {})}
        self._workspace = {"anthropic-workspace-id": workspace_id} if workspace_id and not prefixes[0] else {}
        if prefixes[0]:
            self.routes = {
                operation: replace(route, path=prefixes[operation.root in OF_ORGANIZATION] + route.path)
                for operation, route in ROUTES.items()
            }

    @staticmethod
    def credential(key: str, place: PlaceKey = "hosted") -> dict[str, str]:
        """The header that carries an API key."""
        return {"authorization": f"Bearer {key}"} if place == "aws" else {"x-api-key": key}

    def headers(self, call: Call) -> Mapping[str, str]:
        """The dated version, the beta that opens these endpoints, and the workspace if one is chosen."""
        root = call.operation.root
        asked = _BETAS.get(root, BETA)
        beta = {} if root in WITHOUT_BETA else {"anthropic-beta": asked}
        return {"anthropic-version": API_VERSION, **beta, **self._workspace}

    def worded(self, call: Call) -> Call:
        """The declarations speak this platform's language; the list of models alone has pages of an older kind."""
        if call.operation != MODELS or "page" not in call.query:
            return call
        query = {name: value for name, value in call.query.items() if name != "page"}
        return replace(call, query={**query, "after_id": call.query["page"]})

    def understood(self, operation: Operation, answer: Bag, headers: Mapping[str, str]) -> Bag:
        """The declarations speak this platform's language, but for the pages of the list of models."""
        del headers
        if operation != MODELS or not isinstance(answer, dict) or not answer.get("has_more"):
            return answer
        return {**answer, "next_page": answer.get("last_id")}

    def is_repeatable(self, call: Call) -> bool:
        """There is no key that would tell a repetition."""
        del call
        return False

    def refusal(self, answer: Answer) -> Refusal:
        """Reads `{"type": "error", "error": {type, message, details}, "request_id"}`, and a gateway's words."""
        body = _object(answer.body)
        error = _object(body.get("error"))
        kind, message = gateways.said(answer, error)
        named = (body.get("request_id"), *(answer.headers.get(name) for name in gateways.REQUEST_IDS))
        request_id = next(filter(None, named), None)
        return Refusal(
            status=answer.status,
            type=kind,
            message=message,
            request_id=str(request_id) if request_id else None,
            details={**_beside(error), **_object(error.get("details"))},
            own=is_own(answer),
        )

    def account(self, headers: Mapping[str, str]) -> str | None:
        """The organization and the workspace that answers name."""
        named = [headers.get(name, "") for name in ACCOUNT_HEADERS]
        return "/".join(named) if any(named) else None


def _beside(error: Bag) -> Bag:
    """What an error says besides the words that every error has, such as the path that is in the way."""
    return {key: value for key, value in error.items() if key not in ("type", "message", "details")}


def _object(value: JSON) -> Bag:
    return value if isinstance(value, dict) else {}
