"""What a token may do on GitHub: tokens that a test describes, and those that an app mints.

Clones of sessions and the emulated API ask the same questions here. Of a token only its fingerprint is known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from . import clock
from .errors import EmulatorError
from .world import JSON, Transaction

Level = Literal["read", "write", "admin"]
Permissions = dict[str, Level]
Kind = Literal["classic", "fine_grained", "installation"]
Barrier = Literal["bad_credentials", "suspended", "sso", "hidden", "permission"]

APPS = "github apps"
"""Where the described apps stand in the loose state of the world."""
MINTED = "github.tokens"
"""The kind of the objects that stand for minted tokens: their id is the fingerprint, the token is nowhere."""
METADATA: Permissions = {"metadata": "read"}
"""What belongs to every token and installation."""
_CONTENTS: Permissions = {"contents": "read"}
_LEVELS = ("read", "write", "admin")


class Described(BaseModel):
    """A part of a test's description: what is not declared is refused, and no refusal quotes what was sent."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


Model = TypeVar("Model", bound=Described)


def parsed(model: type[Model], entry: Any, name: str) -> Model:
    """An entry of a description as its model, or an error that says where it is wrong."""
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        raise EmulatorError(f"{name} {'.'.join(map(str, first['loc']))}: {first['msg']}.") from None


class Token(Described):
    """One token that reads a repository: a classic one has scopes, a fine-grained one has permissions."""

    token: Annotated[str, Field(min_length=1)]
    kind: Literal["classic", "fine_grained"] = "classic"
    scopes: list[str] = Field(default_factory=lambda: ["repo"])
    permissions: Permissions | None = None
    """Of a fine-grained token; without them it reads contents."""
    expires_at: str | None = None
    role: Literal["read", "write"] = "write"
    """What the person whose token it is may do with the repository, whatever the token may."""
    sso_authorized: bool = True
    """False: the organization asks for SAML single sign-on, and nobody has authorized this token for it."""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind == "classic" and self.permissions is not None:
            raise ValueError("a classic token has scopes, a fine_grained one has permissions")
        if self.kind == "fine_grained" and self.permissions is None:
            self.permissions = _CONTENTS
        return self

    @field_validator("expires_at")
    @classmethod
    def _is_a_moment(cls, value: str | None) -> str | None:
        try:
            return None if value is None else clock.write(clock.parse(value))
        except (EmulatorError, OverflowError):
            raise ValueError("no RFC 3339 time") from None


class Installation(Described):
    """An app on an account: which of its repositories it reaches, and with which permissions."""

    id: Annotated[int, Field(ge=1)]
    account: Annotated[str, Field(min_length=1)]
    account_type: Literal["Organization", "User"] = "Organization"
    repositories: Literal["all"] | list[Annotated[str, Field(pattern=r"^[^/]+$")]] = "all"
    """Names without the account."""
    permissions: Permissions = Field(default=_CONTENTS, validate_default=True)
    suspended: bool = False

    @field_validator("permissions")
    @classmethod
    def _with_metadata(cls, permissions: Permissions) -> Permissions:
        return METADATA | permissions

    def reaches(self, owner: str, name: str) -> bool:
        """Whether a repository is among those of the installation; neither name is case sensitive."""
        if owner.lower() != self.account.lower():
            return False
        return self.repositories == "all" or name.lower() in map(str.lower, self.repositories)


@dataclass(frozen=True)
class Grant:
    """What a token may do with one repository. Without permissions, the scopes of a classic token decide."""

    kind: Kind
    permissions: Permissions | None = None
    scopes: tuple[str, ...] = ()
    sso_authorized: bool = True
    role: str = "write"

    @property
    def sees_private(self) -> bool:
        """Whether a private repository exists for this token."""
        return self.kind != "classic" or "repo" in self.scopes

    def allows(self, permission: str, level: Level = "read") -> bool:
        """Whether the token may do something. Metadata may be read by whoever sees the repository."""
        if self.permissions is None:
            return permission != "administration"
        return covers(METADATA | self.permissions, {permission: level})


@dataclass(frozen=True)
class Bearer:
    """Who sends a token: what GitHub knows of it, and its grant on the repository that was asked for."""

    state: Literal["unknown", "dead", "suspended", "live"]
    kind: Kind | None = None
    grant: Grant | None = None
    scopes: tuple[str, ...] = ()
    expires_at: str | None = None
    installation_id: int | None = None


def covers(granted: Permissions, wanted: Permissions) -> bool:
    """Whether every wanted permission is granted at its level or above."""
    return all(
        name in granted and _LEVELS.index(granted[name]) >= _LEVELS.index(level) for name, level in wanted.items()
    )


def barrier(bearer: Bearer | None, permission: str, *, private: bool) -> Barrier | None:
    """What stands between a token and a repository that exists; None lets it pass."""
    if bearer is not None and bearer.state in ("unknown", "dead"):
        return "bad_credentials"  # GitHub refuses a bad credential even where none is needed
    if bearer is not None and bearer.state == "suspended":
        return "suspended"
    grant = bearer.grant if bearer else None
    if grant is not None and not grant.sso_authorized:
        return "sso"
    if not private:
        return None
    if grant is None or not grant.sees_private:
        return "hidden"
    return None if grant.allows(permission) else "permission"


def installation(tx: Transaction, installation_id: int) -> tuple[int, Installation] | None:
    """An installation and the id of its app."""
    for app in tx.state(APPS, {}).values():
        for entry in app["installations"]:
            if entry["id"] == installation_id:
                return app["app_id"], Installation.model_validate(entry)
    return None


def personal(tx: Transaction, tokens: Iterable[Token], here: Token | None, *, expired: bool) -> Bearer:
    """The bearer of a described token, of which `tokens` are all entries, and `here` is that of the repository."""
    entries = list(tokens)
    if expired or any(each.expires_at and past(tx, each.expires_at) for each in entries):
        return Bearer("dead")
    if not entries:
        return Bearer("unknown")
    first = here or entries[0]
    scopes = tuple(first.scopes) if first.kind == "classic" else ()
    grant = Grant(here.kind, here.permissions, scopes, here.sso_authorized, here.role) if here else None
    return Bearer("live", first.kind, grant, scopes, first.expires_at)


def minted(tx: Transaction, mark: str, owner: str, name: str) -> Bearer | None:
    """The bearer of a token that an app minted; None for any other token."""
    with tx.acting_for(None):
        record = tx.get(MINTED, mark)
    if record is None:
        return None
    body = record.body
    place = installation(tx, body["installation_id"])
    if place is None or body["revoked_at"] is not None or past(tx, body["expires_at"]):
        return Bearer("dead")
    if place[1].suspended:
        return Bearer("suspended", "installation", installation_id=place[1].id)
    grant = Grant("installation", body["permissions"]) if _among(body, place[1], owner, name) else None
    return Bearer("live", "installation", grant, (), body["expires_at"], place[1].id)


def past(tx: Transaction, moment: str) -> bool:
    """Whether a moment has come, by the clock of the emulator."""
    return clock.parse(moment) <= clock.now(tx)


def _among(body: JSON, installation: Installation, owner: str, name: str) -> bool:
    chosen: list[str] | None = body["repositories"]
    return installation.reaches(owner, name) and (chosen is None or name.lower() in map(str.lower, chosen))
