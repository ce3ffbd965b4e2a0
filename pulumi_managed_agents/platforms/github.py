"""GitHub: what is asked of it directly, about repositories and for the tokens of an app's installation.

Source: GitHub's REST API, version 2022-11-28. A request carries the token that it is about; the provider has none of
its own, but for one that may look at repositories that are declared without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..declaration.values import Secret, bare, without_nulls
from ..errors import CallFailed, Refusal
from ..lifecycle.steps import Operation
from .service import Route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.values import Bag
    from ..lifecycle.steps import Call
    from ..transport.exchange import Answer

BASE_URL: Final = "https://api.github.com"
API_VERSION: Final = "2022-11-28"

_REPOSITORY = "/repos/{owner}/{repository}"

ROUTES: dict[Operation, Route] = {
    Operation("github.repositories", "retrieve"): Route("GET", _REPOSITORY),
    Operation("github.branches", "retrieve"): Route("GET", f"{_REPOSITORY}/branches/{{branch}}"),
    Operation("github.commits", "retrieve"): Route("GET", f"{_REPOSITORY}/commits/{{commit}}"),
    # One of each says whether they may be read; what they say is of no use.
    Operation("github.pulls", "retrieve"): Route("GET", f"{_REPOSITORY}/pulls?per_page=1", array=True),
    Operation("github.issues", "retrieve"): Route("GET", f"{_REPOSITORY}/issues?per_page=1", array=True),
    # A token whose answer was lost ends by itself within the hour.
    Operation("github.tokens", "create"): Route("POST", "/app/installations/{installation_id}/access_tokens"),
    Operation("github.tokens", "delete"): Route("DELETE", "/installation/token"),
}


class GitHub:
    """GitHub as `rest.RestService` drives it."""

    name = "GitHub"
    advice: Mapping[int, str] = {
        401: "Check the token that is sent to GitHub: it is wrong, expired or revoked.",
        403: "The token may not do this: check its repositories, permissions and single sign-on.",
    }
    routes: Mapping[Operation, Route] = ROUTES

    def __init__(self, token: str | None = None, host: str | None = "github.com") -> None:
        self._token = Secret(token) if token else None
        self._host = host

    def headers(self, call: Call) -> Mapping[str, str]:
        """The dated version, and the token that the request is made with."""
        token = call.credential or self._token
        credential = {"authorization": f"Bearer {bare(token)}"} if token else {}
        return {"accept": "application/vnd.github+json", "x-github-api-version": API_VERSION, **credential}

    def worded(self, call: Call) -> Call:
        """The call, if it is about this GitHub: a token of another one is not for its ears."""
        host = call.ids.get("host")
        if host is not None and self._host not in (None, host):
            problem = f"the repository is on {host}, and `managed-agents:githubUrl` names no API there"
            raise CallFailed(str(call.operation), problem)
        return call

    def understood(self, operation: Operation, answer: Bag, headers: Mapping[str, str]) -> Bag:
        """The answer, with an id in text as every answer has one, and when the token that asked expires."""
        named = (answer.get(name) for name in ("id", "name", "sha"))
        known = next((name for name in named if isinstance(name, str | int) and name), operation)
        expires = headers.get("github-authentication-token-expiration")
        seen = {"token_expires_at": expires, "token_scopes": headers.get("x-oauth-scopes")}
        return without_nulls({**answer, "id": str(known), **seen})

    def is_repeatable(self, call: Call) -> bool:
        """The routes say it."""
        del call
        return False

    def refusal(self, answer: Answer) -> Refusal:
        """Reads `{"message"}`, and the headers that say why."""
        body = answer.body if isinstance(answer.body, dict) else {}
        named = ("x-github-sso", "x-accepted-github-permissions", "x-ratelimit-remaining", "retry-after")
        details = {name: answer.headers[name] for name in named if name in answer.headers}
        message = str(body.get("message", "the answer is not in GitHub's form"))
        request_id = answer.headers.get("x-github-request-id")
        own = isinstance(body.get("message"), str) and request_id is not None
        return Refusal(answer.status, "github", message, request_id, details, own=own)
