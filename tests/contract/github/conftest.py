"""A served emulator and GitHub's Python client in front of it; where that cannot say something, a bare HTTP client."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
import jwt
import loopback
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from github import Auth, Github, GithubException, GithubIntegration

from pulumi_managed_agents.emulator import Control, Emulator, Server

APP_ID, CLIENT_ID, INSTALLATION = 4711, "client-of-the-test", 99
START = "2026-11-01T12:00:00Z"


@dataclass(frozen=True)
class Keys:
    """The two halves of an app's key."""

    private: str
    public: str


@dataclass
class GitHub:
    """The emulated GitHub and those who talk to it."""

    server: Server
    emulator: Emulator
    keys: Keys
    http: httpx.Client
    closing: ExitStack = field(default_factory=ExitStack)

    @property
    def control(self) -> Control:
        return self.emulator.control

    @property
    def base(self) -> str:
        return f"{self.server.url}/github"

    def client(self, token: str | None = None) -> Github:
        """GitHub's client with a token, without patience."""
        auth = Auth.Token(token) if token else None
        options: Any = {"retry": None, "seconds_between_requests": None, "seconds_between_writes": None}
        client = Github(auth=auth, base_url=self.base, **options)
        self.closing.callback(client.close)
        return client

    def app(self, issuer: str | int = APP_ID) -> GithubIntegration:
        """GitHub's client as an app."""
        auth = Auth.AppAuth(issuer, self.keys.private)
        options: Any = {"retry": None, "seconds_between_requests": None, "seconds_between_writes": None}
        client = GithubIntegration(auth=auth, base_url=self.base, **options)
        self.closing.callback(client.close)
        return client

    def jwt(self, key: str | None = None, algorithm: str = "RS256", **claims: Any) -> str:
        """What an app signs; a claim of None is left out."""
        now = int(time.time())
        whole = {"iat": now - 60, "exp": now + 540, "iss": str(APP_ID)} | claims
        said = {name: value for name, value in whole.items() if value is not None}
        return jwt.encode(said, key or self.keys.private, algorithm=algorithm)

    def ask(self, path: str, token: str | None = None, method: str = "GET", **options: Any) -> httpx.Response:
        """A request as a program without a client sends it."""
        headers = options.pop("headers", {}) | ({"authorization": f"Bearer {token}"} if token else {})
        return self.http.request(method, f"{self.base}{path}", headers=headers, **options)

    def mint(self, installation: int = INSTALLATION, *, status: int = 201, **body: Any) -> Any:
        """Mints a token and answers the document."""
        path = f"/app/installations/{installation}/access_tokens"
        answer = self.ask(path, self.jwt(), "POST", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def described(self, **installation: Any) -> None:
        """Tells the world of the test's app, with one installation on acme."""
        entry = {"id": INSTALLATION, "account": "acme"} | installation
        app = {"app_id": APP_ID, "client_id": CLIENT_ID, "public_key": self.keys.public, "installations": [entry]}
        self.control.github_apps([app])


@dataclass(frozen=True)
class Refused:
    """What an answer must be to count as this refusal."""

    def __call__(self, answer: httpx.Response, status: int, *words: str, page: str = "") -> Any:
        assert answer.status_code == status, answer.text
        document = answer.json()
        assert set(document) == {"message", "documentation_url", "status"}
        assert document["status"] == str(status)
        assert document["documentation_url"].startswith("https://docs.github.com/")
        assert page in document["documentation_url"]
        for word in words:
            assert word in document["message"]
        return document


def raised(call: Callable[[], Any], status: int, message: str, kind: type[Exception] = GithubException) -> Any:
    """The error that the client makes of a refusal."""
    with pytest.raises(kind) as caught:
        call()
    error: Any = caught.value
    assert error.status == status
    assert message in error.data["message"]
    return error


def key() -> Keys:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = made.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Keys(private.decode(), public.decode())


@pytest.fixture(scope="session")
def keys() -> Keys:
    return key()


@pytest.fixture(scope="session")
def other_keys() -> Keys:
    return key()


@pytest.fixture
def github(emulator: Emulator, keys: Keys) -> Iterator[GitHub]:
    with emulator.serve() as server, loopback.client() as http, ExitStack() as closing:
        yield GitHub(server, emulator, keys, http, closing)


@pytest.fixture
def refused() -> Refused:
    return Refused()


@pytest.fixture
def raises() -> Any:
    return raised
