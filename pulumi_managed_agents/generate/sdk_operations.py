"""What the official SDKs ask their platforms for, read in their sources: nothing of theirs is run or copied."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERBS: Final = {"_get": "GET", "_get_api_list": "GET", "_post": "POST", "_put": "PUT", "_patch": "PATCH"}
_REQUESTS: Final = {**_VERBS, "_delete": "DELETE"}
"""Methods with which the classes of the one SDK make a request; the other has `request`, and the verb as a text."""

_IDS: Final = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, order=True)
class SdkOperation:
    """A request that an SDK makes: method and path, in which `{}` stands for each id."""

    path: str
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Sdk:
    """The sources of an SDK, and what stands before its paths here, where they are of an API of their own."""

    package: str
    folder: str
    before: str = ""

    def operations(self) -> list[SdkOperation]:
        """What it asks for, each once.

        Raises:
            LookupError: it is not installed.
        """
        spec = find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise LookupError(f"{self.package} is not installed: it is in the development environment")
        root = Path(spec.submodule_search_locations[0]) / self.folder
        found = {each for path in root.rglob("*.py") for each in _asked(ast.parse(path.read_text(encoding="utf-8")))}
        return sorted(SdkOperation(self.before + each.path, each.method) for each in found)


SDKS: Final = {
    "claude": (Sdk("anthropic", "resources"),),
    "qoder": (Sdk("qca", "managed/resources"), Sdk("qca", "forward/resources", "forward:")),
}
"""The official SDKs of a platform."""


def normal(path: str) -> str:
    """The path with `{}` in place of each id."""
    return _IDS.sub("{}", path)


def _asked(module: ast.Module) -> Iterator[SdkOperation]:
    # What is asynchronous asks for the same.
    classes = (node for node in module.body if isinstance(node, ast.ClassDef) and not node.name.startswith("Async"))
    for function in (node for each in classes for node in each.body if isinstance(node, ast.FunctionDef)):
        paths = {
            ast.unparse(node.targets[0]): node.value for node in ast.walk(function) if isinstance(node, ast.Assign)
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield from _request(node, node.func, paths)


def _request(call: ast.Call, method: ast.Attribute, paths: dict[str, ast.expr]) -> Iterator[SdkOperation]:
    asks = ast.unparse(method.value)
    verb, place = "", None
    if asks == "self" and method.attr in _REQUESTS and call.args:
        verb, place = _REQUESTS[method.attr], call.args[0]
    elif asks == "self._client" and method.attr == "request" and len(call.args) > 1:
        verb, place = str(ast.literal_eval(call.args[0])), call.args[1]
    text = _text(paths.get(ast.unparse(place), place)) if place is not None else None
    if text:
        yield SdkOperation(normal(text), verb)


def _text(place: ast.expr | None) -> str | None:
    """The path, be it a text or the template of one; None of what is known at run time only."""
    if isinstance(place, ast.Call) and place.args:
        place = place.args[0]
    return place.value if isinstance(place, ast.Constant) and isinstance(place.value, str) else None
