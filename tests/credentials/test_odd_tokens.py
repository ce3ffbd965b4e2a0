"""Tokens of any shape that an issuer, a job or an exchange may give, repeated in every way: nowhere in what is told."""

from __future__ import annotations

import base64
import json
import logging
import os
import random
import string
from typing import TYPE_CHECKING, Any

import grpc
import httpx
import pytest
from credentials.identities import ORGANIZATION, RULE
from credentials.test_nothing_is_told import readable
from plugin.client import Client
from plugin.echoing import FORMS, WAYS, Echo, echoing
from plugin.front_ends import classes, close

from pulumi_managed_agents.dynamic.errors import Error

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.emulator import Emulator

DRAWS, SEED = int(os.environ.get("LEAK_DRAWS", "24")), int(os.environ.get("LEAK_SEED", "1"))
AGENT = {"model": "claude-opus-4-8", "name": "worker"}
ANY = "".join(sign for sign in string.printable if sign.isprintable())
TELLING = 12
"""Characters of a part that tells what it is a part of."""


def odd(draw: random.Random, signs: str = ANY) -> str:
    """A text that a header may carry; one of the shapes that programs trip over, or no shape at all."""
    length = draw.choice([8, 20, 60, 300, 900])
    text = "".join(draw.choice(signs) for _ in range(length))
    return draw.choice([text, text.upper(), f"sk-ant-oat01-{text}", text[:4] * 5 + text]).strip() or "x" * length


def signed(draw: random.Random) -> str:
    """An identity token as far as anybody but its issuer looks: three parts; the second may say anything."""
    claims: dict[str, Any] = {"sub": odd(draw), **({"jti": odd(draw)} if draw.random() < 0.5 else {})}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode()
    plain = ANY.replace(" ", "").replace(".", "")
    return ".".join([odd(draw, plain), draw.choice([body, body.rstrip("="), odd(draw, plain)]), odd(draw, plain)])


class Federated(Echo):
    """An exchange that gives drawn tokens and repeats what it was told; the platform behind it takes them for a key."""

    def __init__(self, emulator: Emulator) -> None:
        super().__init__(emulator)
        self.access, self.identity, self.denies = "", "", False
        own = self.behind
        own.event_hooks = {"request": [self._as_a_key]}

    def _as_a_key(self, request: httpx.Request) -> None:
        if request.headers.get("authorization") == f"Bearer {self.access}":
            del request.headers["authorization"]
            request.headers["x-api-key"] = "key-of-the-account"

    def bent(self, answer: httpx.Response) -> tuple[int, dict[str, str], bytes]:
        """The exchange's own answer, else the platform's, bent."""
        path = answer.request.url.path
        own = {"content-type": "application/json"}
        if path == "/identity":
            return 200, own, json.dumps({"value": self.identity}).encode()
        if path != "/v1/oauth/token":
            return super().bent(answer)
        if self.denies:
            words = f"no: {answer.request.read().decode()} <{self.text}>"
            error = {"type": self.text, "message": words, "details": self.text}
            body = self.draw.choice(
                [{"error": error, "request_id": self.text}, {"error": self.text, "error_description": words}, [words]]
            )
            return self.draw.choice([400, 401, 403, 500]), own | {"request-id": "one"}, json.dumps(body).encode()
        return 200, own, json.dumps({"access_token": self.access, "expires_in": 600}).encode()


def pieces(secrets: set[str]) -> set[str]:
    """What tells of a secret: each long part of each way to write it."""
    written = {form(secret) for secret in secrets for form in FORMS.values()}
    parts = {text[start : start + 40] for text in written for start in range(0, max(1, len(text) - 40), 20)}
    return {part for part in parts if len(part) >= TELLING}


@pytest.mark.parametrize("denies", [False, True], ids=["granted", "denied"])
def test_drawn_tokens_appear_nowhere(
    world: Emulator,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    tokens: Path,
    denies: bool,
) -> None:
    caplog.set_level(logging.DEBUG)
    draw = random.Random(SEED)
    ways: set[str] = set()
    made = Federated(world)
    with echoing(world, made) as (_, address):
        monkeypatch.setenv("ACTIONS_ID_TOKEN_REQUEST_URL", f"{address}/identity?api-version=2.0")
        for number in range(DRAWS):
            request, made.access, made.identity = odd(draw), odd(draw), signed(draw)
            made.denies = denies
            # What gives something, gives it in order.
            made.spared = ("/identity",) if denies else ("/identity", "/v1/oauth/token")
            monkeypatch.setenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN", request)
            settings = {"baseUrl": address, "federationRuleId": RULE, "organizationId": ORGANIZATION, "maxRetries": "0"}
            settings["timeoutSeconds"] = str(60 + number)  # a connection of its own
            # What was not given yet, nobody can know.
            secrets = {request, made.identity} | (set() if denies else {made.access})
            made.speak(draw, secrets)
            ways.add(made.way)
            told = through(settings, plugin=number % 2 == 0)
            own = [record.getMessage() for record in caplog.records if record.name.startswith("pulumi_managed_agents")]
            everything = "\n".join([told, *own, *capfd.readouterr()])
            assert not [part for part in pieces(secrets) if part in everything], (made.way, everything)
            caplog.clear()

    assert ways == set(WAYS)
    assert sum(1 for _ in tokens.glob("*.json")) == (0 if denies else DRAWS)


def through(settings: dict[str, str], *, plugin: bool) -> str:
    """What one of the front ends tells of a creation."""
    if plugin:
        with Client() as client:
            client.configure(**settings)
            try:
                return json.dumps(readable(client.make("Agent", AGENT)[1]))
            except grpc.RpcError as error:
                return f"{error.details()} {error.trailing_metadata()}"
    python = classes("Agent", **settings)
    try:
        return json.dumps(readable(python.create({**AGENT, "creationId": "0" * 16}).outs))
    except Error as error:
        return str(error)
    finally:
        close(settings)
