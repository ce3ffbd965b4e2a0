"""What a request with each credential carries: what was exchanged has the beta of OAuth, and nothing else has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from credentials.identities import ORGANIZATION, RULE, identity

from pulumi_managed_agents.declaration.learning import Learned
from pulumi_managed_agents.platforms.credentials.assembly import Signed, signed
from pulumi_managed_agents.platforms.credentials.choice import choose
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.transport.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable

ADDRESS = "https://platform.example"
ACCESS = "token-of-this-minute"
FEDERATION = {"federationRuleId": RULE, "organizationId": ORGANIZATION, "tokenCache": "memory"}


class Ways:
    """Everybody is this server."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self._client = httpx.Client(base_url=ADDRESS, transport=httpx.MockTransport(answer))

    def to_platform(self) -> Transport:
        return Transport(self._client, retries=0)

    def to(self, address: str, origin: str) -> Transport:
        del address, origin
        return self.to_platform()


def of(given: dict[str, str], asked: list[httpx.Request]) -> Signed:
    """What signs, by settings; the exchanges are noted."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"access_token": ACCESS, "token_type": "Bearer", "expires_in": 600})

    configuration = configure(given, {})
    return signed(configuration, choose(configuration), ADDRESS, Ways(answer), Learned())


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("managed-agents-2026-04-01", "managed-agents-2026-04-01,oauth-2025-04-20"),
        ("agent-memory-2026-07-22", "agent-memory-2026-07-22,oauth-2025-04-20"),
        ("oauth-2025-04-20, managed-agents-2026-04-01", "oauth-2025-04-20,managed-agents-2026-04-01"),
        ("not-oauth-2025-04-20", "not-oauth-2025-04-20,oauth-2025-04-20"),
        ("", "oauth-2025-04-20"),
    ],
)
def test_the_beta_of_oauth_is_appended_to_what_was_exchanged(sent: str, expected: str) -> None:
    asked: list[httpx.Request] = []
    request = httpx.Request("GET", ADDRESS, headers={"anthropic-beta": sent} if sent else {})

    made = next(of({**FEDERATION, "identityToken": identity()}, asked).auth.sync_auth_flow(request))

    assert made.headers["anthropic-beta"] == expected
    assert made.headers["authorization"] == f"Bearer {ACCESS}"
    assert "x-api-key" not in made.headers
    assert asked[0].headers["anthropic-beta"] == "oauth-2025-04-20,oidc-federation-2026-04-01"
    assert {"x-api-key", "authorization", "anthropic-version"} & set(asked[0].headers) == set()


@pytest.mark.parametrize("given", [{"apiKey": "key-of-the-account"}, {"authToken": "token-of-last-week"}], ids=str)
def test_no_other_credential_has_it(given: dict[str, str]) -> None:
    request = httpx.Request("GET", ADDRESS, headers={"anthropic-beta": "managed-agents-2026-04-01"})

    made = next(of(given, []).auth.sync_auth_flow(request))

    assert made.headers["anthropic-beta"] == "managed-agents-2026-04-01"


def test_an_answer_that_is_refused_is_read_to_no_end() -> None:
    """What a refusal goes on to say is left alone: the request is made again."""
    endless = iter(lambda: b"x" * 1024, b"")
    flow = of({**FEDERATION, "identityToken": identity(jti=None)}, []).auth.sync_auth_flow(
        httpx.Request("GET", ADDRESS)
    )
    next(flow)

    class Endless(httpx.SyncByteStream):
        def __iter__(self) -> object:  # type: ignore[override]
            return endless

    response = httpx.Response(401, stream=Endless())
    flow.send(response)

    assert response.read() == b""
