"""A GitHub App that an organization installed, on the emulator's GitHub."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from pulumi_managed_agents.emulator import Emulator

PRIVATE = {"url": "https://github.com/org/app", "private": True, "branches": ["main"], "tokens": ["made-up-good"]}
APP, INSTALLATION = "4711", "99"


def pair() -> tuple[str, str]:
    """A key of an app: its private and its public half, in PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


@cache
def app_key() -> str:
    """The private half of one key, for whoever needs no more than one that signs."""
    return pair()[0]


def install(emulator: Emulator, public: str) -> None:
    """The app may read and write the private repository."""
    emulator.control.repositories([PRIVATE])
    emulator.control.settings(clone_errors="at once")
    installation = {
        "id": int(INSTALLATION),
        "account": "org",
        "repositories": ["app"],
        "permissions": {"contents": "write", "metadata": "read"},
    }
    emulator.control.github_apps([{"app_id": int(APP), "public_key": public, "installations": [installation]}])


def stamp(**later: float) -> str:
    """A moment from now, as the emulator's clock takes it."""
    return (datetime.now(UTC) + timedelta(**later)).isoformat().replace("+00:00", "Z")


def key_lines(private: str) -> set[str]:
    """What must not be seen of a key: the engine's events and our own sentences are one line each, a key is many."""
    return set(private.splitlines()[1:-1])


def asked(log: list[dict[str, Any]]) -> list[str]:
    """What the platform, and not GitHub, was asked for."""
    return [entry["operation"] for entry in log if not str(entry["operation"]).startswith("github.")]
