"""What a request with each credential carries: what was exchanged has the beta of OAuth, and nothing else has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from credentials.identities import ORGANIZATION, RULE, identity

from pulumi_managed_agents.declaration.learning import Learned
from pulumi_managed_agents.errors import ConfigError
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


HEADERS = "X-Gateway: of-the-house\nanthropic-beta: beta-of-the-house\n no header \nUser-Agent: ours"


def with_headers(given: dict[str, str], headers: str, *betas: str, **environment: str) -> httpx.Request:
    """A request with the headers of the environment."""
    configuration = configure(given, {"ANTHROPIC_CUSTOM_HEADERS": headers, **environment})
    granted = {"access_token": ACCESS, "token_type": "Bearer", "expires_in": 600}
    asked: list[httpx.Request] = []
    ways = Ways(lambda request: asked.append(request) or httpx.Response(200, json=granted))  # type: ignore[func-returns-value]
    auth = signed(configuration, choose(configuration), ADDRESS, ways, Learned()).auth
    made = next(
        auth.sync_auth_flow(httpx.Request("GET", ADDRESS, headers=[("anthropic-beta", beta) for beta in betas]))
    )
    made.extensions["exchanges"] = asked
    return made


def test_the_environment_s_headers_go_with_each_request_and_with_no_exchange() -> None:
    made = with_headers({**FEDERATION, "identityToken": identity()}, HEADERS)

    assert made.headers["x-gateway"] == "of-the-house"
    assert made.headers["user-agent"] == "ours"
    assert made.headers["anthropic-beta"] == "beta-of-the-house,oauth-2025-04-20"
    assert made.headers["authorization"] == f"Bearer {ACCESS}"
    (exchange,) = made.extensions["exchanges"]
    assert "x-gateway" not in exchange.headers


def test_the_betas_of_a_request_are_its_own() -> None:
    made = with_headers({"apiKey": "key-of-the-account"}, HEADERS, "managed-agents-2026-04-01")

    assert made.headers["anthropic-beta"] == "managed-agents-2026-04-01"


IN_THERE = ["Authorization: Bearer token-of-the-gateway", "X-Api-Key: token-of-the-gateway"]


@pytest.mark.parametrize("line", IN_THERE)
def test_a_credential_in_there_is_sent_in_place_of_a_token(line: str) -> None:
    environment = {
        "ANTHROPIC_FEDERATION_RULE_ID": RULE,
        "ANTHROPIC_ORGANIZATION_ID": ORGANIZATION,
        "ANTHROPIC_IDENTITY_TOKEN": identity(),
    }
    made = with_headers({}, line, **environment)

    sent = {name: made.headers[name] for name in ("authorization", "x-api-key") if name in made.headers}
    assert sent == {line.partition(":")[0].lower(): line.partition(": ")[2]}
    assert made.extensions["exchanges"] == []
    assert "oauth-2025-04-20" not in made.headers.get("anthropic-beta", "")


@pytest.mark.parametrize("line", IN_THERE)
def test_beside_a_key_it_is_sent_too_as_the_sdk_does(line: str) -> None:
    made = with_headers({}, line, ANTHROPIC_API_KEY="key-of-the-account")

    expected = {"x-api-key": "key-of-the-account"} | {line.partition(":")[0].lower(): line.partition(": ")[2]}
    assert {name: made.headers[name] for name in expected} == expected


@pytest.mark.parametrize("line", IN_THERE)
def test_what_the_stack_names_comes_before_it(line: str) -> None:
    made = with_headers({**FEDERATION, "identityToken": identity()}, f"{line}\nx-gateway: of-the-house")

    assert made.headers["authorization"] == f"Bearer {ACCESS}"
    assert made.headers["x-gateway"] == "of-the-house"
    assert "x-api-key" not in made.headers


def test_what_is_secret_in_there_is_known_as_such() -> None:
    lines = "Authorization: Bearer token-of-the-gateway\ncf-access-client-secret: secret-of-the-gateway\nteam: platform"
    configuration = configure({}, {"ANTHROPIC_CUSTOM_HEADERS": lines})

    assert set(configuration.secrets) == {
        "Bearer token-of-the-gateway",
        "token-of-the-gateway",
        "secret-of-the-gateway",
    }
    assert "of-the-gateway" not in repr(configuration)
    assert "ANTHROPIC_CUSTOM_HEADERS" in choose(configuration).origin


@pytest.mark.parametrize(
    "line", ["a b: token-of-it", ": token-of-it", "x-key: token-of-it-\u00e4", "x: a\x00token-of-it"]
)
def test_what_is_no_header_is_named_by_its_line(line: str) -> None:
    with pytest.raises(ConfigError, match="line 2 of the environment variable ANTHROPIC_CUSTOM_HEADERS") as told:
        configure({}, {"ANTHROPIC_CUSTOM_HEADERS": f"x: y\n{line}"})

    assert "token-of-it" not in str(told.value)


@pytest.mark.parametrize("given", [{"platform": "qoder"}, {"place": "aws"}, {"emulator": "world.emulator"}], ids=str)
def test_who_is_not_sent_them_does_not_care_what_they_are(given: dict[str, str]) -> None:
    for headers in (HEADERS, "a b: no header"):
        environment = {"ANTHROPIC_CUSTOM_HEADERS": headers, "ANTHROPIC_WORKSPACE_ID": "of somebody else\n"}

        assert configure(given, environment).custom_headers == {}


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
