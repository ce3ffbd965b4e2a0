"""Credential: a secret in a vault. The secret is rotated in place; what it is for is fixed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field

from ..declaration.addresses import server_address, without_user
from ..declaration.marks import (
    AutoNamed,
    Brings,
    Clears,
    IdOf,
    InPath,
    Local,
    Merges,
    NotIn,
    Patched,
    Replaces,
    Unordered,
    Unread,
    WriteOnly,
)
from ..declaration.model import Failure, Inputs, Model, Outputs, default, described
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle, Within
from ..lifecycle.pages import first
from ..lifecycle.steps import Call, Reached, State, Warned
from .parts.metadata import Metadata
from .parts.moments import CreatedAt, UpdatedAt
from .parts.network import Host, UnrestrictedNetwork
from .parts.removal import DeletedUnlessSaid
from .parts.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..comparison.change import Change
    from ..declaration.capabilities import Capabilities
    from ..declaration.form import Form
    from ..declaration.values import JSON, Bag
    from ..errors import Conflict
    from ..lifecycle.steps import Steps


_FIXED = "what a credential is for is fixed"
_ROTATED = "sent and never returned; rotated in place, for running sessions too"
_BLOCK = "the platform sets refreshing up only when the credential is created"

McpServerUrl = Annotated[
    str,
    AfterValidator(server_address),
    Replaces(_FIXED),
    described("The MCP server's address, as agents declare it.", min_length=1, max_length=2047),
]


class NoClientSecret(Model):
    """The client has no secret."""

    type: Annotated[Literal["none"], Replaces(_FIXED), described("A public client.")]


class BasicClientSecret(Model):
    """The client's secret goes into a header."""

    type: Annotated[Literal["client_secret_basic"], Replaces(_FIXED), described("In the `Authorization` header.")]
    client_secret: Annotated[str, WriteOnly(_ROTATED), described("The secret.", min_length=1, max_length=512)]


class PostClientSecret(Model):
    """The client's secret goes into the form."""

    type: Annotated[Literal["client_secret_post"], Replaces(_FIXED), described("In the request's form.")]
    client_secret: Annotated[str, WriteOnly(_ROTATED), described("The secret.", min_length=1, max_length=512)]


class OAuthRefresh(Model):
    """How the platform gets a new access token by itself."""

    token_endpoint: Annotated[
        str,
        AfterValidator(server_address),
        Replaces(_FIXED),
        described("Where tokens are refreshed.", min_length=1, max_length=2047),
    ]
    client_id: Annotated[str, Replaces(_FIXED), described("The client's id.", min_length=1, max_length=1024)]
    refresh_token: Annotated[str, WriteOnly(_ROTATED), described("The refresh token.", min_length=1, max_length=4096)]
    token_endpoint_auth: Annotated[
        Annotated[NoClientSecret | BasicClientSecret | PostClientSecret, Field(discriminator="type")],
        Patched(),
        described("How the client proves who it is."),
    ]
    scope: Annotated[str | None, Clears(to=""), described("The scope asked for.", max_length=8192)] = None
    resource: Annotated[
        str | None,
        AfterValidator(lambda text: text and without_user(text)),
        Replaces(_FIXED),
        described("The resource asked for.", max_length=2047),
    ] = None


class McpOAuth(Model):
    """An OAuth access token for an MCP server, refreshed by the platform where it is told how."""

    type: Annotated[
        Literal["mcp_oauth"],
        Replaces(_FIXED),
        NotIn(("self-hosted",), "store a token that lasts, as `static_bearer`", values=("mcp_oauth",)),
        described("OAuth for an MCP server."),
    ]
    mcp_server_url: McpServerUrl
    access_token: Annotated[
        Token,
        WriteOnly(_ROTATED),
        Brings("expiresAt"),
        described("The access token.", min_length=1, max_length=8192),
    ]
    expires_at: Annotated[
        str | None,
        Unread("it moves whenever the platform refreshes the token"),
        described("When the access token expires (RFC 3339); state the new one whenever you change the token."),
    ] = None
    refresh: Annotated[
        OAuthRefresh | None,
        Patched(),
        Replaces(_BLOCK, when="added or removed"),
        described("How the platform refreshes the token; without it, you rotate it."),
    ] = None


class StaticBearer(Model):
    """A bearer token for an MCP server."""

    type: Annotated[Literal["static_bearer"], Replaces(_FIXED), described("A bearer token.")]
    mcp_server_url: McpServerUrl
    token: Annotated[Token, WriteOnly(_ROTATED), described("The token.", min_length=1, max_length=8192)]


class CredentialHosts(Model):
    """Only the listed hosts."""

    type: Annotated[Literal["limited"], described("Only what is listed.")]
    allowed_hosts: Annotated[
        list[Host], Unordered(), described("Hosts that the secret may be sent to.", min_length=1, max_length=16)
    ]


class InjectionLocation(Model):
    """Where in a request the secret may stand."""

    header: Annotated[bool | None, Clears(to=False), described("In headers.")] = False
    body: Annotated[bool | None, Clears(to=False), described("In the body.")] = False


_VALUE_ONLY = Replaces("the platform updates the value only", on="qoder")


class EnvironmentVariable(Model):
    """A secret that tools see as an environment variable; its value is put in only on the way out."""

    type: Annotated[
        Literal["environment_variable"],
        Replaces(_FIXED),
        NotIn(
            ("self-hosted",),
            "give the value to the worker itself if the variable is missing there",
            values=("environment_variable",),
            inferred=True,
        ),
        described("An environment variable."),
    ]
    secret_name: Annotated[
        str,
        Replaces(_FIXED),
        described("The variable's name.", min_length=1, max_length=255, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$"),
    ]
    secret_value: Annotated[str, WriteOnly(_ROTATED), described("The value.", min_length=1, max_length=4096)]
    networking: Annotated[
        Annotated[UnrestrictedNetwork | CredentialHosts, Field(discriminator="type")],
        _VALUE_ONLY,
        described("The hosts that the value may be sent to."),
    ]
    injection_location: Annotated[
        InjectionLocation | None,
        Merges(),
        _VALUE_ONLY,
        described("Where in a request the value may stand (default: headers and body)."),
    ] = default({"header": True, "body": True})


class CredentialInputs(Inputs):
    """What the credential is."""

    vault_id: Annotated[
        str,
        IdOf("Vault"),
        InPath(),
        Replaces("a credential cannot move to another vault"),
        described("The vault's id.", min_length=1, max_length=128),
    ]
    auth: Annotated[
        Annotated[McpOAuth | StaticBearer | EnvironmentVariable, Field(discriminator="type")],
        Patched(),
        described("The secret and what it is for: a bearer token, OAuth, or an environment variable."),
    ]
    display_name: Annotated[
        str | None,
        AutoNamed(on="claude"),
        Replaces("the platform cannot rename a credential", on="qoder"),
        Unread("the platform does not show it", on="qoder"),
        described("Shown to people (default: the resource's name).", min_length=1, max_length=255),
    ] = None
    metadata: Metadata = None
    validate_token: Annotated[
        bool | None,
        Local("the platform tries the token whenever the credential is created or changed"),
        NotIn(("aws",), "remove the property", values=(True,)),
        described(
            "Have the platform try an OAuth token with its server when the credential is created or changed: one that "
            "is refused is an error, and stays one until another is given (default: false)."
        ),
    ] = False
    on_delete: DeletedUnlessSaid = "delete"


class CredentialOutputs(Outputs):
    """What the platform adds."""

    created_at: CreatedAt
    updated_at: UpdatedAt


class Probe(Outputs):
    """Where a server refused a token."""

    method: Annotated[str | None, described("The step, such as `initialize`.")] = None


class Verdict(Outputs):
    """What came of trying a token."""

    status: Annotated[str, described("`valid`, `invalid` or `unknown`.")]
    mcp_probe: Annotated[Probe | None, described("What the server refused; null where it refused nothing.")] = None


class CredentialLifecycle(Lifecycle):
    """A vault has one active credential for each address and for each variable."""

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """Makes the credential, and has it tried where that is wanted."""
        made = yield from super().create(form, inputs)
        yield Reached(made)
        return (yield from self._tried(made, inputs))

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """Changes the credential, and has it tried where that is wanted."""
        made = yield from super().update(form, id, changed, old, new)
        yield Reached(made)
        return (yield from self._tried(made, new))

    def _tried(self, made: State, inputs: Bag) -> Steps[State]:
        """What the platform's own check says; the server's words, which may be anything, are not shown."""
        if not inputs.get("validateToken"):
            return made
        verdict = yield Call(self.operation("mcp_oauth_validate"), self.ids(made.id), {})
        if verdict.get("status") == "invalid":
            method = (verdict.get("mcp_probe") or {}).get("method")
            step = f" at `{method}`" if method else ""
            return replace(made, pending=(_INVALID.format(server=inputs["auth"]["mcpServerUrl"], step=step),))
        if verdict.get("status") != "valid":
            yield Warned(_UNTRIED.format(id=made.id))
        return made

    def occupant(self, form: Form, inputs: Bag, conflict: Conflict) -> Steps[str | None]:
        """The active credential with the same address or name."""
        del form, conflict
        wanted = _key(inputs["auth"])
        listing = Call(self.operation("list"), self.place(inputs))
        found = yield from first(listing, lambda item: _key(item["auth"]) == wanted)
        return f"{inputs['vaultId']}/{found['id']}" if found else None


_INVALID = (
    "{server} refuses the token{step}, and a refresh did not help: authorize again, and give `auth` the new tokens"
)
_UNTRIED = (
    "credential {id}: whether its token is good could not be told, since its server did not answer; try again later"
)


def _key(auth: Bag) -> tuple[JSON, JSON]:
    address = auth.get("mcpServerUrl") or auth.get("mcp_server_url")
    return (address.rstrip("/") if address else None, auth.get("secretName") or auth.get("secret_name"))


def rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """A secret that may stand nowhere is of no use, and only OAuth can be tried."""
    del capabilities
    auth = inputs.get("auth")
    kind = auth.get("type") if isinstance(auth, dict) else None
    if inputs.get("validateToken") is True and kind in ("static_bearer", "environment_variable"):
        yield Failure(("validateToken",), f"is for `mcp_oauth` alone: the platform does not try a `{kind}`")
    place = auth.get("injectionLocation") if isinstance(auth, dict) else None
    if isinstance(place, dict) and all(place.get(wire) in (None, False) for wire in ("header", "body")):
        yield Failure(("auth", "injectionLocation"), "allows neither headers nor the body: set one of them to true")


CREDENTIAL = Kind(
    name="Credential",
    doc=(
        "A secret in a vault: a bearer token or OAuth tokens for an MCP server, or an environment variable. Changing "
        "a secret rotates it in place, and sends that secret only; running sessions follow. What it is for cannot "
        "change: that replaces the credential, the old one first, since a vault has one per address and name."
    ),
    inputs=CredentialInputs,
    outputs=CredentialOutputs,
    lifecycle=CredentialLifecycle(
        "vaults.credentials", "credential_id", removal=("delete",), within=Within("vaultId", "vault_id")
    ),
    rules=rules,
    answers={"vaults.credentials.verdicts": Verdict},
    old_first=True,
)
