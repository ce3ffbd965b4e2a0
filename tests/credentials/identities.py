"""Who signs identity tokens in tests: an issuer with a key of its own, and what GitHub Actions gives its jobs."""

from __future__ import annotations

import json
import threading
import time
import uuid
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_managed_agents.emulator import Emulator

ISSUER = "https://token.actions.githubusercontent.com"
AUDIENCE = "https://api.anthropic.com"
SUBJECT = "repo:org/app:ref:refs/heads/main"
RULE = "fdrl_01deploys"
ORGANIZATION = "00000000-0000-4000-8000-000000000000"
REQUEST_TOKEN = "request-token-of-this-job"


@cache
def key() -> rsa.RSAPrivateKey:
    """The issuer's key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def identity(**claims: Any) -> str:
    """An identity token, each with a `jti` of its own; a claim that is None is left out."""
    now = int(time.time())
    usual = {"iss": ISSUER, "sub": SUBJECT, "aud": AUDIENCE, "iat": now, "exp": now + 300, "jti": str(uuid.uuid4())}
    told = {name: value for name, value in (usual | claims).items() if value is not None}
    return jwt.encode(told, key(), algorithm="RS256", headers={"kid": "one"})


def trust(world: Emulator, *, issuer: dict[str, Any] | None = None, **rule: Any) -> None:
    """Lets the emulated organization trust the issuer, under one rule."""
    public = {**json.loads(RSAAlgorithm.to_jwk(key().public_key())), "kid": "one"}
    world.control.federation(
        issuers=[{"issuer_url": ISSUER, "keys": [public], **(issuer or {})}],
        rules=[{"id": RULE, "issuer_url": ISSUER, "subject_prefix": "repo:org/app:*", "audience": AUDIENCE, **rule}],
    )


@contextmanager
def github_actions(given: list[str] | None = None, about: Mapping[str, str] | None = None) -> Iterator[dict[str, str]]:
    """The variables of a job that may ask for identity tokens; each one that it got is `given`.

    What is said `about` the job, at the time, are its claims.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.headers["authorization"] != f"Bearer {REQUEST_TOKEN}":
                self.send_error(401)
                return
            token = identity(**(about or {}), aud=parse_qs(urlsplit(self.path).query)["audience"][0])
            if given is not None:
                given.append(token)
            content = json.dumps({"count": 1, "value": token}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/token?api-version=2.0"
        yield {"ACTIONS_ID_TOKEN_REQUEST_URL": address, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": REQUEST_TOKEN}
    finally:
        server.shutdown()
        thread.join(timeout=60)
        server.server_close()
