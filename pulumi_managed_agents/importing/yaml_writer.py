"""A program as a Pulumi project in YAML.

In such a project every text is searched for `${...}`, and an object with one key such as `fn::secret` is a function.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import yaml

from ..printable import escape, printable
from .problem import ImportProblem
from .program import Reference, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.values import JSON
    from .program import Declared, Program

_PLAIN: Final = re.compile(r"(?:\$\{[\w.-]+\}|[A-Za-z](?:[\w ./@+,-]|:(?=[\w/]))*)\Z", re.ASCII)
_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})


class _Dumper(yaml.SafeDumper):
    """Block style, lists indented, texts that no reader of YAML takes for something else."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - the base's own
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: JSON) -> bool:  # noqa: ARG002 - the base's own
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style: str | None = '"'
    if "\n" in text and all(line.isprintable() for line in text.split("\n")):
        style = "|"
    elif _PLAIN.match(text) and not text.endswith(" ") and text.lower() not in _WORDS:
        style = None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def project(program: Program, name: str, config: Mapping[str, str]) -> str:
    """The text of `Pulumi.yaml`.

    Raises:
        ImportProblem: something in the program cannot be said in YAML.
    """
    settings = {setting.name: {"type": "string", "secret": True} for setting in program.settings}
    configured = {"config": {**config, **settings}} if config or settings else {}
    head = dumped({"name": name, "runtime": "yaml", **configured})
    resources = "".join(_resource(resource) for resource in program.resources)
    return f"{head}resources:\n{resources}" if resources else f"{head}resources: {{}}\n"


def dumped(value: JSON) -> str:
    """A value as YAML."""
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000)
    # What is not to be seen stands between double quotes, where it has an escape.
    return "".join(sign if sign.isprintable() or sign == "\n" else escape(sign) for sign in text)


def _resource(resource: Declared) -> str:
    body = {"type": f"managed-agents:{resource.kind.name}", "properties": _expression(resource.inputs, resource)}
    comments = "".join(f"  # {printable(remark)}\n" for remark in resource.remarks)
    return comments + _indented(dumped({resource.name: body}))


def _indented(text: str) -> str:
    return "".join(f"  {line}" if line.strip() else line for line in text.splitlines(keepends=True))


def _expression(value: JSON, resource: Declared) -> JSON:
    match value:
        case Reference():
            return f"${{{value.name}.{value.output}}}"
        case Setting():
            return f"${{{value.name}}}"
        case str():
            return literal(value)
        case list():
            return [_expression(item, resource) for item in value]
        case dict():
            return {_key(key, resource): _expression(item, resource) for key, item in value.items()}
    return value


def _key(key: str, resource: Declared) -> str:
    if key.lower().startswith("fn::"):
        message = (
            f"{resource.kind.name} {resource.id} has a key {key!r}, which a YAML program takes for a function: "
            "use `--language python`"
        )
        raise ImportProblem(message)
    return literal(key)


def literal(text: str) -> str:
    """A text that stands for itself: `$$` and `${` mean something else in a program."""
    return re.sub(r"\$(?=[${])", "$$", text)
