"""What a credential authenticates with: three forms, each as it is created, updated and shown (section 2.2.2)."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints, field_validator

from ..platform import secrets
from ..platform.bodies import Closed, NotNull
from ..platform.choices import Unrestricted
from ..platform.secrets import NoClientAuth
from ..world import JSON
from .environments import HOST
from .errors import invalid

MAX_HOSTS = 16
_PORTS = {"https": 443, "http": 80}

Url = Annotated[str, StringConstraints(min_length=1, max_length=2047)]
AccessToken = Annotated[str, StringConstraints(min_length=1, max_length=8192)]
RefreshToken = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
ClientSecret = Annotated[str, StringConstraints(min_length=1, max_length=512)]
Scope = Annotated[str, StringConstraints(max_length=8192)]


class ClientAuth(Closed):
    """A token endpoint that asks the client for a secret."""

    type: Literal["client_secret_basic", "client_secret_post"]
    client_secret: ClientSecret


class ClientAuthUpdate(Closed):
    """Another client secret. The stored type stays, also when the other one is sent with it."""

    type: Literal["client_secret_basic", "client_secret_post"]
    client_secret: ClientSecret | None = None


class Refresh(Closed):
    """How the platform gets new access tokens."""

    token_endpoint: Url
    client_id: Annotated[str, StringConstraints(min_length=1, max_length=1024)]
    refresh_token: RefreshToken
    token_endpoint_auth: Annotated[NoClientAuth | ClientAuth, Field(discriminator="type")]
    scope: Annotated[Scope, StringConstraints(min_length=1)] | None = None
    resource: Url | None = None


class RefreshUpdate(Closed):
    """What can change about refreshing."""

    refresh_token: RefreshToken | None = None
    scope: Scope | None = None
    token_endpoint_auth: Annotated[ClientAuthUpdate | None, NotNull] = None


class OAuth(Closed):
    """OAuth towards an MCP server."""

    type: Literal["mcp_oauth"]
    mcp_server_url: Url
    access_token: AccessToken
    expires_at: str | None = None
    refresh: Refresh | None = None


class OAuthUpdate(Closed):
    """What can change about OAuth. Null is read as left out (inferred)."""

    type: Literal["mcp_oauth"]
    access_token: AccessToken | None = None
    expires_at: str | None = None
    refresh: RefreshUpdate | None = None


class Bearer(Closed):
    """A fixed token towards an MCP server."""

    type: Literal["static_bearer"]
    mcp_server_url: Url
    token: AccessToken


class BearerUpdate(Closed):
    """What can change about a fixed token."""

    type: Literal["static_bearer"]
    token: AccessToken | None = None


class LimitedHosts(Closed):
    """The only hosts that the secret is sent to."""

    type: Literal["limited"]
    allowed_hosts: Annotated[list[str], Field(max_length=MAX_HOSTS)]

    @field_validator("allowed_hosts")
    @classmethod
    def _bare(cls, hosts: list[str]) -> list[str]:
        if not all(HOST.fullmatch(host) for host in hosts):
            raise ValueError("a host is a bare name, an IPv4 address or begins with '*.'")
        return hosts


Networking = Annotated[Unrestricted | LimitedHosts, Field(discriminator="type")]


class Injection(Closed):
    """Where in a request the secret is put. What a create leaves out is off, what an update leaves out stays."""

    header: Annotated[bool | None, NotNull] = None
    body: Annotated[bool | None, NotNull] = None

    def over(self, stored: JSON) -> JSON:
        """The places with those that are stored."""
        places = stored | self.model_dump(exclude_none=True)
        if not any(places.values()):
            raise invalid("auth.injection_location: at least one location must be enabled")
        return places


class Variable(Closed):
    """A secret that stands in for an environment variable."""

    type: Literal["environment_variable"]
    secret_name: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    secret_value: RefreshToken
    networking: Networking
    injection_location: Annotated[Injection | None, NotNull] = None


class VariableUpdate(Closed):
    """What can change about such a secret. Networking is replaced as a whole, the locations one by one."""

    type: Literal["environment_variable"]
    secret_value: RefreshToken | None = None
    networking: Networking | None = None
    injection_location: Annotated[Injection | None, NotNull] = None


Auth = Annotated[OAuth | Bearer | Variable, Field(discriminator="type")]
AuthUpdate = Annotated[OAuthUpdate | BearerUpdate | VariableUpdate, Field(discriminator="type")]


def shown(sent: OAuth | Bearer | Variable) -> JSON:
    """A new credential's auth as answers show it: without secrets, and without what is not known."""
    auth = secrets.public(sent.model_dump(exclude_none=True))
    if isinstance(sent, Variable):
        everywhere = {"header": True, "body": True}
        given = sent.injection_location
        auth["injection_location"] = given.over({"header": False, "body": False}) if given else everywhere
    return auth


def updated(stored: JSON, sent: OAuthUpdate | BearerUpdate | VariableUpdate) -> JSON:
    """The auth after an update; what is left out stays."""
    if sent.type != stored["type"]:
        raise invalid("auth.type: must be the credential's type, which cannot be changed")
    auth = dict(stored)
    if isinstance(sent, OAuthUpdate):
        if sent.expires_at is not None:
            auth["expires_at"] = sent.expires_at
        if sent.refresh is not None:
            auth["refresh"] = _refreshed(stored.get("refresh"), sent.refresh)
    if isinstance(sent, VariableUpdate):
        if sent.networking is not None:
            auth["networking"] = sent.networking.model_dump()
        if sent.injection_location is not None:
            auth["injection_location"] = sent.injection_location.over(stored["injection_location"])
    return auth


def key(auth: JSON) -> str:
    """What two active credentials of a vault cannot share: a server's normalised address, or a variable's name."""
    return str(auth["secret_name"]) if "secret_name" in auth else _normalised(auth["mcp_server_url"])


def _refreshed(stored: JSON | None, sent: RefreshUpdate) -> JSON:
    if stored is None:
        raise invalid("auth.refresh: the credential was created without one")
    if sent.token_endpoint_auth is not None and stored["token_endpoint_auth"]["type"] == "none":
        raise invalid("auth.refresh.token_endpoint_auth: the credential has no client secret")
    kept = {name: value for name, value in stored.items() if name != "scope" or sent.scope != ""}
    return kept | ({"scope": sent.scope} if sent.scope else {})


def _normalised(url: str) -> str:
    """The form in which servers are matched (section 5.6); uniqueness by it is inferred."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    shown_port = "" if port in (None, _PORTS.get(parts.scheme)) else f":{port}"
    return f"{parts.scheme}://{parts.hostname}{shown_port}{parts.path.rstrip('/')}?{parts.query}"
