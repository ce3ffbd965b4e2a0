"""Profiles of the official SDK and CLI: two JSON files each, and who may read and write them.

`configs/NAME.json` says how to get an access token, `credentials/NAME.json` holds the last one. Source: the SDK.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ...errors import ConfigError
from .reading import content, document, is_mine

if TYPE_CHECKING:
    from collections.abc import Mapping

_OTHERS_WRITE: Final = 0o022
_OTHERS_AT_ALL: Final = 0o077


@dataclass(frozen=True)
class Profile:
    """How a profile gets its access token."""

    name: str
    type: str
    """`oidc_federation` or `user_oauth`."""
    credentials: Path
    """The file with the access token."""
    said: Mapping[str, Any] = field(repr=False)
    """What `authentication` says."""
    organization_id: str = ""
    workspace_id: str = ""
    base_url: str = ""

    def text(self, name: str) -> str:
        """What `authentication` says under a name; empty if nothing."""
        return _text(self.said.get(name))

    @property
    def identity_file(self) -> str:
        """The file with the identity token, if the profile names one."""
        source = self.said.get("identity_token")
        path = source.get("path") if isinstance(source, dict) and source.get("source") == "file" else None
        return path if isinstance(path, str) else ""


def folder(surroundings: Mapping[str, str]) -> Path | None:
    """Where profiles lie."""
    if surroundings.get("ANTHROPIC_CONFIG_DIR"):
        return _path(surroundings["ANTHROPIC_CONFIG_DIR"])
    if os.name == "nt":
        return Path(surroundings["APPDATA"]) / "Anthropic" if surroundings.get("APPDATA") else None
    return Path(surroundings["HOME"]) / ".config" / "anthropic" if surroundings.get("HOME") else None


def active_name(surroundings: Mapping[str, str]) -> str:
    """The active profile, or `default`; empty where there can be none."""
    place = folder(surroundings)
    if place is None:
        return ""
    try:
        return content(place / "active_config")[0].decode().strip() or "default"
    except (OSError, UnicodeDecodeError):
        return "default"


def is_lying_there(name: str, surroundings: Mapping[str, str]) -> bool:
    """Whether there is such a profile."""
    place = folder(surroundings)
    return place is not None and _is_name(name) and (place / "configs" / f"{name}.json").exists()


def read_profile(name: str, origin: str, surroundings: Mapping[str, str]) -> Profile:
    """A profile by its name.

    Raises:
        ConfigError: there is none, or others may have written it; `origin` says who named it.
    """
    place = folder(surroundings)
    if place is None or not _is_name(name):
        raise ConfigError(f"{origin}: {name!r} cannot be the name of a profile")
    config = place / "configs" / f"{name}.json"
    found = _document(config, origin)
    said = found.get("authentication")
    type_ = said.get("type") if isinstance(said, dict) else None
    if not isinstance(said, dict) or type_ not in ("oidc_federation", "user_oauth"):
        raise ConfigError(f"{origin}: {str(config)!r} has no `authentication` of type oidc_federation or user_oauth")
    path = said.get("credentials_path")
    credentials = _path(path) if isinstance(path, str) and path else place / "credentials" / f"{name}.json"
    if not credentials.name or "\0" in str(credentials) or str(credentials).startswith("~"):
        raise ConfigError(f"{origin}: the `credentials_path` of {str(config)!r} leads to no file")
    named = {key: _text(found.get(key)) for key in ("organization_id", "workspace_id", "base_url")}
    if not (named["workspace_id"].isascii() and named["workspace_id"].isprintable()):
        raise ConfigError(f"{origin}: the `workspace_id` of {str(config)!r} holds what cannot be sent in a header")
    return Profile(name, type_, credentials, said, **named)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _path(text: str) -> Path:
    return Path(os.path.expanduser(text))  # noqa: PTH111 - a home that is unknown is no error here


def _is_name(name: str) -> bool:
    return bool(name) and not name.startswith(".") and name == name.strip() and not set(name) & {"/", "\\", "\0"}


def _document(path: Path, origin: str) -> Mapping[str, Any]:
    try:
        text, file = content(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(f"{origin}: the profile {str(path)!r} cannot be read ({reason})") from None
    if os.name != "nt" and file.st_mode & _OTHERS_WRITE:
        raise ConfigError(
            f"{origin}: others may write {str(path)!r}, which decides where a credential goes: `chmod go-w` it"
        )
    found = document(text)
    if found is None:
        raise ConfigError(f"{origin}: {str(path)!r} is no JSON object")
    return found


def check_private(path: Path, origin: str) -> None:
    """Whether only the user can read what holds a token; a file that is not there is private.

    Raises:
        ConfigError: others can, or it is a link.
    """
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return
    if not stat.S_ISREG(found.st_mode):
        raise ConfigError(f"{origin}: {str(path)!r} is no regular file, and a token is only read from one")
    if not is_mine(found):
        raise ConfigError(f"{origin}: {str(path)!r} holds a token, and is somebody else's: make one of your own")
    if os.name != "nt" and stat.S_IMODE(found.st_mode) & _OTHERS_AT_ALL:
        raise ConfigError(f"{origin}: others may read {str(path)!r}, which holds a token: `chmod 600` it")
