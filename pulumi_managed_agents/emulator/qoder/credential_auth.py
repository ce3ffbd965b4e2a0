"""What a credential authenticates with: three forms, each as it is created, updated and shown (section 2.8)."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from ..platform import secrets
from ..platform.bodies import Closed, NotNull
from ..platform.choices import Unrestricted
from ..platform.content import Text
from ..platform.secrets import NoClientAuth
from ..world import JSON
from . import times
from .errors import invalid

UNCONFIRMED = frozenset(["networking", "injection_location"])
"""What only the SDK lets an update change."""
_SECRET_TYPES = ("client_secret_basic", "client_secret_post")

Kept = Annotated[Text | None, NotNull]
SecretName = Annotated[str, StringConstraints(pattern="^[A-Za-z_][A-Za-z0-9_]*$")]


class ClientAuth(Closed):
    """A token endpoint that asks the client for a secret."""

    type: Literal["client_secret_basic", "client_secret_post"]
    client_secret: Text


class ClientAuthUpdate(Closed):
    """Another client secret, or another way to send the one that is stored."""

    type: Literal["client_secret_basic", "client_secret_post"]
    client_secret: Text | None = None


class Refresh(Closed):
    """How the platform gets new access tokens."""

    client_id: Text
    refresh_token: Text
    token_endpoint: Text
    token_endpoint_auth: Annotated[NoClientAuth | ClientAuth, Field(discriminator="type")]
    scope: str | None = None
    resource: str | None = None


class RefreshUpdate(Closed):
    """Another refresh token, another scope, another client secret; the endpoint and the client stay."""

    refresh_token: Kept = None
    scope: str | None = None
    token_endpoint_auth: Annotated[
        Annotated[NoClientAuth | ClientAuthUpdate, Field(discriminator="type")] | None, NotNull
    ] = None


class LimitedHosts(Closed):
    """The variable can be used against the named hosts."""

    type: Literal["limited"]
    allowed_hosts: list[str]


Networking = Annotated[Unrestricted | LimitedHosts, Field(discriminator="type")]


class Injection(Closed):
    """Where the variable may be put into a request."""

    body: bool | None = None
    header: bool | None = None


class Bearer(Closed):
    """A fixed token for a server."""

    type: Literal["static_bearer"]
    mcp_server_url: Text
    token: Text


class OAuth(Closed):
    """Tokens of an OAuth flow."""

    type: Literal["mcp_oauth"]
    mcp_server_url: Text
    access_token: Text
    expires_at: str | None = None
    refresh: Refresh | None = None


class Variable(Closed):
    """A secret that the agent sees as an environment variable."""

    type: Literal["environment_variable"]
    secret_name: SecretName
    secret_value: Text
    networking: Networking | None = None
    injection_location: Injection | None = None


class BearerUpdate(Closed):
    """Another token."""

    type: Literal["static_bearer"]
    token: Kept = None


class OAuthUpdate(Closed):
    """Other tokens; a refresh cannot be added."""

    type: Literal["mcp_oauth"]
    access_token: Kept = None
    expires_at: str | None = None
    refresh: Annotated[RefreshUpdate | None, NotNull] = None


class VariableUpdate(Closed):
    """Another value, and in the SDK other places to use it."""

    type: Literal["environment_variable"]
    secret_value: Kept = None
    networking: Annotated[Networking | None, NotNull] = None
    injection_location: Annotated[Injection | None, NotNull] = None


Auth = Annotated[Bearer | OAuth | Variable, Field(discriminator="type")]
AuthUpdate = Annotated[BearerUpdate | OAuthUpdate | VariableUpdate, Field(discriminator="type")]


def shown(auth: JSON) -> JSON:
    """An auth without its secrets, its expiry in the form that answers use."""
    public = secrets.public(auth)
    if public.get("expires_at") is not None:
        public["expires_at"] = times.full(public["expires_at"], "auth.expires_at")
    return public


def updated(stored: JSON, sent: JSON) -> JSON:
    """The shown auth after an update of the same type."""
    if "refresh" in sent and stored.get("refresh") is None:
        raise invalid("auth.refresh: cannot be added to a credential", "auth.refresh")
    changed = shown(sent)
    if "refresh" in changed:
        changed["refresh"] = stored["refresh"] | changed["refresh"]
    return stored | changed


def check_client(stored: JSON, sent: JSON) -> None:
    """A token endpoint that begins to ask for a secret needs one in the same update."""
    client: Any = sent.get("refresh", {}).get("token_endpoint_auth", {})
    before = stored["refresh"]["token_endpoint_auth"]["type"] if client else None
    if client.get("type") in _SECRET_TYPES and before not in _SECRET_TYPES and client.get("client_secret") is None:
        name = "auth.refresh.token_endpoint_auth.client_secret"
        raise invalid(f"{name}: Field required", name)
