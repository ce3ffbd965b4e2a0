"""An ESC environment as it is when Pulumi opens it, without the service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def opened(
    path: Path, secrets: Mapping[str, str] | None = None, mint: Callable[[str], str] = "of {}".format
) -> dict[str, dict[str, str]]:
    """Its variables and configuration; `secrets` are set by the first part of their path.

    `mint` gives an identity token for an audience.
    """
    values = _minted(yaml.safe_load(path.read_text())["values"], mint)
    for group, secret in (secrets or {}).items():
        (name,) = values[group]
        values[group][name] = {"fn::secret": secret}
    return {part: _resolved(values[part], values) for part in ("environmentVariables", "pulumiConfig")}


def _minted(value: Any, mint: Callable[[str], str]) -> Any:
    if not isinstance(value, dict):
        return value
    if set(value) == {"fn::open::oidc"}:
        asked = value["fn::open::oidc"]
        assert set(asked) == {"audience", "duration", "identityToken"}
        assert asked["identityToken"] == {"version": "v2"}
        return {"fn::secret": mint(asked["audience"])}
    return {name: _minted(item, mint) for name, item in value.items()}


def _resolved(value: Any, values: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"fn::secret"}:
            return value["fn::secret"]
        return {name: _resolved(item, values) for name, item in value.items()}
    reference = re.fullmatch(r"\$\{([A-Za-z.]+)\}", str(value))
    if reference is None:
        return value
    found = values
    for part in reference[1].split("."):
        found = found[part]
    return _resolved(found, values)
