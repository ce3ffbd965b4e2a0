"""Closed request schemas: what is not declared is refused. What a refusal says is a platform's own."""

import json
from typing import Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from ..world import JSON
from .calls import Call
from .dialect import Complaint, Dialect


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


Model = TypeVar("Model", bound=Closed)


class Bodies:
    """Reads the bodies of requests to one platform."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def read(self, model: type[Model], call: Call) -> Model:
        """The request's body, or a refusal."""
        return self.check(model, self.document(call))

    def document(self, call: Call) -> JSON:
        """The request's JSON object; an empty body is an empty object."""
        try:
            content = json.loads(call.body or b"{}", parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise self._unfit("The request body is not valid JSON.") from None
        if not isinstance(content, dict):
            raise self._unfit("The request body must be a JSON object.")
        return content

    def check(self, model: type[Model], value: Any, *prefix: str | int) -> Model:
        """A value as its model, or a refusal that names the path. Values are never quoted: one may be a token."""
        try:
            return model.model_validate(value)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=False, include_context=False)
            complaints = [
                Complaint(_path((*prefix, *_location(each["loc"], value, each["type"]))), each["type"], each["msg"])
                for each in errors
            ]
            raise self._dialect.unfit(complaints) from None

    def _unfit(self, reason: str) -> Exception:
        return self._dialect.unfit([Complaint("", "body", reason)])


def _path(parts: tuple[str | int, ...]) -> str:
    return ".".join(map(str, parts))


def _location(loc: tuple[str | int, ...], value: Any, kind: str) -> list[str | int]:
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
