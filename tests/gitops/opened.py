"""An ESC environment as it is when Pulumi opens it, without the service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def opened(path: Path, secrets: Mapping[str, str] | None = None) -> dict[str, dict[str, str]]:
    """Its variables and configuration; `secrets` are set by the first part of their path."""
    values = yaml.safe_load(path.read_text())["values"]
    for group, secret in (secrets or {}).items():
        (name,) = values[group]
        values[group][name] = {"fn::secret": secret}
    return {part: _resolved(values[part], values) for part in ("environmentVariables", "pulumiConfig")}


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
