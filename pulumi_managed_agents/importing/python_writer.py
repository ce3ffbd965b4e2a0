"""A program in Python, with the SDK that is generated from the plugin."""

from __future__ import annotations

import keyword
from typing import TYPE_CHECKING, Final

from ..declaration.names import to_python
from ..printable import escape, printable
from .program import Reference, Setting

if TYPE_CHECKING:
    from ..declaration.values import JSON
    from .program import Declared, Program

WIDTH: Final = 110
STEP: Final = "    "
HEAD = '"""What was there already, taken over as it was found."""\n\n'
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def main(program: Program) -> str:
    """The text of `__main__.py`."""
    configured = "\nconfig = pulumi.Config()\n" if program.settings else ""
    imports = ("import pulumi\n" if program.settings else "") + "import pulumi_managed_agents_sdk as ma\n"
    return HEAD + imports + configured + "".join(f"\n{_resource(resource)}" for resource in program.resources)


def _resource(resource: Declared) -> str:
    comments = "".join(f"# {printable(remark)}\n" for remark in resource.remarks)
    named = to_python(resource.kind.shape, resource.inputs)
    arguments = "".join(f"{STEP}{name}={_value(value, STEP, len(name) + 2)},\n" for name, value in named.items())
    kind, name = resource.kind.name, quoted(resource.name)
    return f"{comments}{variable(resource.name)} = ma.{kind}(\n{STEP}{name},\n{arguments})\n"


def variable(name: str) -> str:
    """What a resource is called in the program's own code."""
    plain = name.replace("-", "_")
    return f"{plain}_" if keyword.iskeyword(plain) or keyword.issoftkeyword(plain) else plain


def _value(value: JSON, margin: str, used: int = 0) -> str:
    """An expression; what does not fit on a line is taken apart."""
    line = _on_a_line(value)
    if len(margin) + used + len(line) < WIDTH or not value or not isinstance(value, list | dict | str):
        return line
    inner = margin + STEP
    if isinstance(value, str):
        pieces = value.splitlines(keepends=True)
        return "(\n" + "".join(f"{inner}{quoted(piece)}\n" for piece in pieces) + f"{margin})" if pieces[1:] else line
    if isinstance(value, list):
        return "[\n" + "".join(f"{inner}{_value(item, inner)},\n" for item in value) + f"{margin}]"
    entries = ((quoted(key), item) for key, item in value.items())
    return (
        "{\n"
        + "".join(f"{inner}{key}: {_value(item, inner, len(key) + 2)},\n" for key, item in entries)
        + f"{margin}}}"
    )


def _on_a_line(value: JSON) -> str:
    match value:
        case Reference():
            return f"{variable(value.name)}.{_snake(value.output)}"
        case Setting():
            return f"config.require_secret({quoted(value.name)})"
        case str():
            return quoted(value)
        case list():
            return f"[{', '.join(map(_on_a_line, value))}]"
        case dict():
            return "{" + ", ".join(f"{quoted(key)}: {_on_a_line(item)}" for key, item in value.items()) + "}"
    return repr(value)


def _snake(wire: str) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in wire)


def quoted(text: str) -> str:
    """A literal of the text."""
    return '"' + "".join(_ESCAPES.get(sign) or (sign if sign.isprintable() else escape(sign)) for sign in text) + '"'
