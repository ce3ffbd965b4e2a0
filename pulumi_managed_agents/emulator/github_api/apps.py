"""GitHub Apps as a test describes them. The emulator knows the public half of a key and is never given the other."""

from typing import Annotated

import jwt
from jwt.algorithms import RSAAlgorithm
from pydantic import Field, field_validator

from .. import clock, github_access
from ..errors import EmulatorError
from ..github_access import Described, Installation
from ..world import JSON, Transaction

_BITS = 2048
"""The keys that GitHub generates for apps."""


class App(Described):
    """An app: its key, and where it is installed."""

    app_id: Annotated[int, Field(ge=1)]
    client_id: str | None = None
    name: str | None = None
    owner: str = "emulator"
    public_key: str
    installations: list[Installation] = Field(default_factory=list)
    created_at: str | None = None
    """Set when the app is described."""

    @field_validator("public_key")
    @classmethod
    def _verifies_rs256(cls, pem: str) -> str:
        if "PRIVATE KEY" in pem:
            raise ValueError("a private key is none of the emulator's business: give the public key")
        try:
            key = RSAAlgorithm(RSAAlgorithm.SHA256).prepare_key(pem)
        except (jwt.InvalidKeyError, ValueError, TypeError):
            raise ValueError("no public RSA key in PEM") from None
        if key.key_size < _BITS:
            raise ValueError(f"a key of at least {_BITS} bits is needed")
        return pem

    @property
    def title(self) -> str:
        """The name of the app."""
        return self.name or f"app-{self.app_id}"

    @property
    def slug(self) -> str:
        """The name as it stands in addresses."""
        return "-".join(self.title.lower().split())

    @property
    def client(self) -> str:
        """The client id."""
        return self.client_id or f"client-of-app-{self.app_id}"

    def installation(self, installation_id: str) -> Installation | None:
        """An installation of this app."""
        return next((each for each in self.installations if str(each.id) == installation_id), None)


def describe(tx: Transaction, entries: list[JSON]) -> None:
    """Adds apps to the world; one with the same id is replaced, and its tokens follow the new installations."""
    apps: JSON = tx.state(github_access.APPS, {})
    for entry in entries:
        app = github_access.parsed(App, entry, "App")
        app.created_at = clock.stamp(tx)
        apps[str(app.app_id)] = app.model_dump()
    ids = [each["id"] for app in apps.values() for each in app["installations"]]
    if len(set(ids)) != len(ids):
        raise EmulatorError("Two installations have the same id.")
    tx.set_state(github_access.APPS, apps)


def find(tx: Transaction, issuer: str) -> App | None:
    """The app that calls itself by its id or by its client id."""
    apps = [App.model_validate(body) for body in tx.state(github_access.APPS, {}).values()]
    return next((app for app in apps if issuer in (str(app.app_id), app.client)), None)
