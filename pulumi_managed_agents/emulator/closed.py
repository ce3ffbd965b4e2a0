"""Closed request schemas, as far as they are the same on every platform; what a refusal says is a platform's own."""

import json
from typing import Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from .world import JSON


def _not_null(value: Any) -> Any:
    if value is None:
        raise ValueError("may be left out, but not be null")
    return value


NotNull = BeforeValidator(_not_null)
"""Marks a field that need not be sent, and that is never null."""


class Closed(BaseModel):
    """A request object: no unknown keys, no conversion between types."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    def sent(self) -> JSON:
        """What was sent, and nothing else."""
        return self.model_dump(exclude_unset=True)


class NoBody(Closed):
    """The body of a verb that takes none."""


class NotAnObject(Exception):
    """A body that holds no JSON object."""


def json_object(raw: bytes) -> JSON:
    """The object in a body; an empty body is an empty object."""
    try:
        found = json.loads(raw or b"{}", parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise NotAnObject("The request body is not valid JSON.") from None
    if not isinstance(found, dict):
        raise NotAnObject("The request body must be a JSON object.")
    return found


def path_of(loc: tuple[str | int, ...], value: Any, kind: str) -> list[str | int]:
    """Where a complaint is, without the names that pydantic puts in for members of a union."""
    path: list[str | int] = []
    for depth, part in enumerate(loc):
        last = depth == len(loc) - 1
        if isinstance(value, dict) and (part in value or (last and kind == "missing")):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            continue
        path.append(part)
    return path


def _no_constant(name: str) -> Any:
    raise ValueError(name)
