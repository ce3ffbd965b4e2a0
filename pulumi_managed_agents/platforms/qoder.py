"""Qoder Cloud Agents: where its operations live, and its dialect of what the declarations say.

Source: the platform's documentation and its official SDKs, autumn 2026. Requests carry a bearer token and nothing else;
creates carry a key by which the platform tells a repetition from a second request.
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any, Final

from ..declaration.capabilities import Capabilities
from ..declaration.platform import PLATFORMS
from ..declaration.values import bare
from ..errors import Refusal
from ..lifecycle.steps import Operation
from . import qoder_dialect as dialect
from .places import ADDRESSES, in_place
from .service import KEY_ADVICE, Route, collection, is_own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.platform import PlaceKey
    from ..declaration.values import JSON, Bag
    from ..lifecycle.steps import Call
    from ..transport.exchange import Answer

BROWSER_BETA: Final = "browser-use-2026-07-14"
_REPETITIONS: Final = uuid.UUID("6b0c3c1e-6f0b-5a53-9d0e-7e8f4f0e3a11")
"""The namespace of our idempotency keys."""


_SESSION = "/sessions/{session_id}"
_STORE = "/memory_stores/{memory_store_id}"

ROUTES: dict[Operation, Route] = {
    **collection("agents", "agent_id", ""),
    Operation("agents.versions", "list"): Route("GET", "/agents/{agent_id}/versions"),
    **collection("environments", "environment_id", ""),
    **collection("vaults", "vault_id", "", ("archive", "delete")),
    **collection("vaults.credentials", "credential_id", "/vaults/{vault_id}"),
    Operation("vaults.credentials", "mcp_oauth_validate"): Route(
        "POST", "/vaults/{vault_id}/credentials/{credential_id}/mcp_oauth_validate", repeatable=False
    ),
    **collection("memory_stores", "memory_store_id", ""),
    **collection("memory_stores.memories", "memory_id", _STORE, ("update", "delete")),
    **collection("dreams", "dream_id", "", ("archive", "cancel")),
    **collection("files", "file_id", "", ("delete",)),
    **collection("skills", "skill_id", "", ("delete",)),
    Operation("skills.versions", "create"): Route("POST", "/skills/{skill_id}/versions", repeatable=False),
    Operation("skills.versions", "list"): Route("GET", "/skills/{skill_id}/versions"),
    **collection("deployments", "deployment_id", "", ("update", "archive", "pause", "unpause")),
    Operation("deployments", "run"): Route("POST", "/deployments/{deployment_id}/run", repeatable=False),
    Operation("deployment_runs", "list"): Route("GET", "/deployment_runs"),
    Operation("deployment_runs", "retrieve"): Route("GET", "/deployment_runs/{deployment_run_id}"),
    Operation("memory_stores.memory_versions", "list"): Route("GET", f"{_STORE}/memory_versions"),
    Operation("memory_stores.memory_versions", "redact"): Route(
        "POST", f"{_STORE}/memory_versions/{{memory_version_id}}/redact"
    ),
    Operation("memory_stores.memory_versions", "retrieve"): Route(
        "GET", f"{_STORE}/memory_versions/{{memory_version_id}}"
    ),
    Operation("models", "list"): Route("GET", "/models"),
    **collection("sessions", "session_id", ""),
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


class Qoder:
    """The platform as `rest.RestBackend` drives it."""

    base_url = ADDRESSES["global"]
    name = PLATFORMS["qoder"]
    capabilities = Capabilities(
        "qoder", mount_root=None, repository_host=None, opens_for_packages=False, place="global"
    )
    advice: Mapping[int, str] = KEY_ADVICE
    routes: Mapping[Operation, Route] = ROUTES

    def __init__(
        self,
        workspace_id: str | None = None,
        place: PlaceKey = "global",
        prefixes: tuple[str, str] = ("", ""),
    ) -> None:
        del prefixes
        self.capabilities = in_place(Qoder.capabilities, place)
        self._workspace = {"qoder-workspace-id": workspace_id} if workspace_id else {}

    @staticmethod
    def credential(key: str, place: PlaceKey = "global") -> dict[str, str]:
        """The header that carries a personal or service access token."""
        del place
        return {"authorization": f"Bearer {key}"}

    def headers(self, call: Call) -> Mapping[str, str]:
        """The workspace if one is chosen, a create's own key, and the beta of the browser's tools."""
        key = {"idempotency-key": _key(call)} if self.is_repeatable(call) else {}
        beta = {"x-qoder-beta": BROWSER_BETA} if dialect.uses_browser(call) else {}
        return {**self._workspace, **key, **beta}

    def worded(self, call: Call) -> Call:
        """The call in the platform's words."""
        return dialect.worded(call)

    def understood(self, operation: Operation, answer: Bag, headers: Mapping[str, str]) -> Bag:
        """The answer in the declarations' words."""
        del headers
        return dialect.understood(operation, answer)

    def is_repeatable(self, call: Call) -> bool:
        """A request with a key is made once, however often it is sent."""
        return call.once is not None

    def refusal(self, answer: Answer) -> Refusal:
        """Reads `{"type": "error", "error": {type, message, param}, "request_id"}`; anything else is distrusted."""
        body = _object(answer.body)
        error = _object(body.get("error"))
        request_id = body.get("request_id") or answer.headers.get("x-request-id")
        param = {"param": error["param"]} if error.get("param") else {}
        return Refusal(
            status=answer.status,
            type=str(error.get("type", "error")),
            message=str(error.get("message", "the answer is not in the platform's form")),
            request_id=str(request_id) if request_id else None,
            details=param,
            own=is_own(answer),
        )

    def account(self, headers: Mapping[str, str]) -> str | None:
        """No answer tells."""
        del headers
        return None


def _key(call: Call) -> str:
    """A key of this very request: the platform refuses one that comes again with another body."""
    body = json.dumps(bare(call.body), sort_keys=True, default=str)
    parts = [str(call.operation), *call.ids.values(), str(call.once), body]
    parts += [f"{file.filename} {file.content.sha256}" for file in call.files]
    return str(uuid.uuid5(_REPETITIONS, "\n".join(parts)))


def _object(value: JSON) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
