"""The typed Python classes, from the declarations."""

from __future__ import annotations

import functools
import textwrap
from typing import TYPE_CHECKING

from ..declaration.exact import is_written
from ..declaration.marks import IdOf, Internal, NamesPath, Shorthand
from ..declaration.python_words import in_python, snake_case, words_of
from ..declaration.sentences import change_sentence, whole_sentence
from ..declaration.shape import (
    ListOf,
    MapOf,
    Object,
    Property,
    Scalar,
    Shape,
    Tagged,
    always,
    objects_below,
    shape_of,
    written,
)
from ..functions.registry import FUNCTIONS
from ..resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..functions.function import Function
    from ..lifecycle.kind import Kind


_HEADER = '''"""The resource classes and the types of their arguments.

Written from the declarations in `resources/` by `make generate`: edit those.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

import pulumi

from ..declaration.tokens import DYNAMIC_MODULE
from .found import Found
from .functions import invoke, invoke_output
from .resource import KindResource
'''

_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def python_classes(kinds: Mapping[str, Kind]) -> str:
    """The source of `classes.py`."""
    types: dict[str, str] = {}
    for kind in kinds.values():
        for shape in objects_below(kind.shape):
            if shape.model is not kind.inputs:
                types.setdefault(_args(shape), _argument_type(shape))
        for shape in objects_below(kind.output_shape):
            if shape.model is not kind.outputs:
                types.setdefault(shape.model.__name__, _output_type(shape))
    looked_up = {name: _function(function) for function in FUNCTIONS.values() for name in [snake_case(function.name)]}
    for function in FUNCTIONS.values():
        for prop in function.outputs:
            for shape in objects_below(prop.shape):
                if not _is_declared_input(shape):
                    types.setdefault(shape.model.__name__, _output_type(shape))
        types[_result(function)] = _result_type(function)
    classes = [*(_resource_class(kind) for kind in kinds.values()), *looked_up.values()]
    names = sorted([*types, *kinds, *looked_up, *(f"{name}_output" for name in looked_up)])
    exported = "__all__ = [\n" + "".join(f'    "{name}",\n' for name in names) + "]\n"
    return "\n\n".join([_HEADER, *types.values(), *classes]) + f"\n\n{exported}"


def _result(function: Function) -> str:
    return f"{function.name[0].upper()}{function.name[1:]}Result"


def _result_type(function: Function) -> str:
    lines = [
        f"class {_result(function)}(Found):",
        _doc(f"What `{snake_case(function.name)}` finds.", 4),
        "",
    ]
    for prop in function.outputs:
        lines += _attribute(prop)
    return "\n".join(lines)


def _function(function: Function) -> str:
    """A function in two forms: for values, and for outputs."""
    arguments = sorted(shape_of(function.inputs).properties.values(), key=lambda prop: not prop.required)
    documented = "".join(f"    {prop.name}: {prop.doc}\n" for prop in arguments)
    doc = _doc(whole_sentence(function.doc, function.not_in) + (f"\n\nArgs:\n{documented}" if arguments else ""), 4)
    given = ", ".join(f'"{prop.name}": {prop.name}' for prop in arguments)
    name, result = snake_case(function.name), _result(function)
    plain = ", ".join(f"{prop.name}: {_optional(_bare_plain(prop.shape), prop)}" for prop in arguments)
    lifted = ", ".join(f"{prop.name}: {_optional(_lifted(function, prop), prop)}" for prop in arguments)
    return "\n".join(
        [
            f"def {name}({plain}) -> {result}:",
            doc,
            f'    return {result}(invoke("{function.name}", {{{given}}}))',
            "",
            "",
            f"def {name}_output({lifted}) -> pulumi.Output[{result}]:",
            _doc(f"As `{name}`, with arguments that may be outputs of other resources.", 4),
            f'    return invoke_output("{function.name}", {{{given}}}).apply({result})',
            "",
        ]
    )


def _lifted(function: Function, prop: Property) -> str:
    """The type of an argument that may be an output; an object is looked up by its resource too."""
    return f"pulumi.Input[str | {function.of}]" if function.of and prop.name == "id" else _input(prop.shape)


def _optional(kind: str, prop: Property) -> str:
    return kind if prop.required else f"{kind} | None = None"


def _bare_plain(shape: Shape) -> str:
    if isinstance(shape, MapOf):
        return f"Mapping[str, {_bare_plain(shape.value)}]"
    return f"Sequence[{_bare_plain(shape.item)}]" if isinstance(shape, ListOf) else _written(shape)


def _args(shape: Object) -> str:
    return f"{shape.model.__name__}Args"


def _argument_type(shape: Object) -> str:
    lines = [f"class {_args(shape)}(TypedDict, total=False):", _doc(shape.model.__doc__ or "", 4), ""]
    for prop in _public(shape):
        kind = _input(prop.shape)
        lines += [f"    {prop.name}: {f'Required[{kind}]' if prop.required else kind}", _doc(_sentence(prop), 4), ""]
    return "\n".join(lines)


def _output_type(shape: Object) -> str:
    lines = [f"class {shape.model.__name__}(Found):", _doc(shape.model.__doc__ or "", 4), ""]
    for prop in _public(shape):
        lines += _attribute(prop)
    return "\n".join(lines)


def _attribute(prop: Property) -> list[str]:
    return [f"    {prop.name}: {_output(prop.shape)}{_or_none(prop)}", _doc(prop.doc, 4), ""]


def _or_none(prop: Property) -> str:
    return "" if always(prop) else " | None"


def _public(shape: Object) -> list[Property]:
    return [prop for prop in shape.properties.values() if prop.mark(Internal) is None]


def _input(shape: Shape) -> str:
    """The type of an argument. A tag is plain, so that a type checker can tell the variants apart."""
    if isinstance(shape, Scalar) and len(shape.enum) == 1:
        return _bare_input(shape)
    return f"pulumi.Input[{_bare_input(shape)}]"


def _bare_input(shape: Shape) -> str:
    return " | ".join([_written(shape), *_stand_ins(shape)])


def _written(shape: Shape) -> str:
    short = "str | " if shape.mark(Shorthand) else ""
    match shape:
        case Scalar() if shape.mark(NamesPath):
            return "str | os.PathLike[str]"
        case Scalar(enum=()):
            return _SCALARS[shape.type]
        case Scalar():
            return f"Literal[{', '.join(repr(value) for value in shape.enum)}]".replace("'", '"')
        case Object():
            return short + _args(shape)
        case Tagged():
            return short + " | ".join(dict.fromkeys(_args(arm) for arm in shape.arms))
        case ListOf():
            return f"Sequence[{_input(shape.item)}]"
        case MapOf():
            return f"Mapping[str, {_input(shape.value)}]"
    return "Mapping[str, Any]" + (" | str" if is_written(shape) else "")


def _stand_ins(shape: Shape) -> list[str]:
    """Resources that may be written in place of an id, or of an object that says little more than one."""
    if isinstance(shape, Scalar):
        return _named_by(shape)
    arms = list(shape.arms) if isinstance(shape, Tagged) else [shape] if isinstance(shape, Object) else []
    models = [arm.model for arm in arms]
    handing_out = [kind.name for kind in KINDS.values() for derived in kind.derived if derived.model in models]
    named = [name for arm in arms for prop in arm.properties.values() for name in _named_by(prop.shape)]
    return list(dict.fromkeys([*handing_out, *named]))


def _named_by(shape: Shape) -> list[str]:
    mark = shape.mark(IdOf)
    return [mark.kind] if mark else []


def _output(shape: Shape) -> str:
    match shape:
        case Scalar(enum=()):
            return _SCALARS[shape.type]
        case Scalar():
            return "str"
        case Object() if not _is_declared_input(shape):
            return shape.model.__name__
        case Tagged() if not any(map(_is_declared_input, shape.arms)):
            return " | ".join(arm.model.__name__ for arm in shape.arms)
        case ListOf():
            return f"Sequence[{_output(shape.item)}]"
        case MapOf():
            return f"Mapping[str, {_output(shape.value)}]"
    return ("str | " if shape.mark(Shorthand) or is_written(shape) else "") + "Mapping[str, Any]"


def _is_declared_input(shape: Object) -> bool:
    """Whether the object is declared for inputs, whose echo is shown as a plain mapping."""
    return shape.model.model_config.get("extra") == "forbid"


def _resource_class(kind: Kind) -> str:
    inputs, outputs = kind.shape, kind.output_shape
    arguments = sorted(written(inputs), key=lambda prop: kind.fillable or not prop.required)
    lines = [
        f'class {kind.name}(KindResource, module=DYNAMIC_MODULE, name="{kind.name}"):',
        _doc(whole_sentence(kind.doc, kind.not_in), 4),
        "",
        "    def __init__(",
        "        self,",
        "        resource_name: str,",
        "        opts: pulumi.ResourceOptions | None = None,",
        "        *,",
        *(f"        {prop.name}: {_parameter(prop, kind)}," for prop in arguments),
        "    ) -> None:",
        _doc(
            "Declares the resource.\n\nArgs:\n    resource_name: The resource's name in the program.\n"
            "    opts: Pulumi's options for it.\n"
            + "".join(f"    {prop.name}: {_sentence(prop)}\n" for prop in arguments),
            8,
        ),
        "        super().__init__(",
        "            resource_name,",
        "            {",
        *(f'                "{prop.name}": {prop.name},' for prop in arguments),
        "            },",
        "            opts,",
        "        )",
        "",
        *_get(kind),
    ]
    for prop in [*_public(inputs), *_public(outputs)]:
        lines += _property(prop)
    for derived in kind.derived:
        lines += [
            "    @property",
            f"    def {derived.name}(self) -> {_args(shape_of(derived.model))}:",
            _doc(derived.doc, 8),
        ]
        lines += [
            f'        value: {_args(shape_of(derived.model))} = self._derived("{derived.name}")',
            "        return value",
            "",
        ]
    return "\n".join(lines)


def _parameter(prop: Property, kind: Kind) -> str:
    return _input(prop.shape) if prop.required and not kind.fillable else f"{_input(prop.shape)} | None = None"


def _get(kind: Kind) -> list[str]:
    return [
        "    @classmethod",
        "    def get(",
        "        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None",
        f"    ) -> {kind.name}:",
        _doc(f"Looks an existing {kind.name} up by its id; it is read, and never changed or removed.", 8),
        f"        found: {kind.name} = cls._existing(resource_name, id, opts)",
        "        return found",
        "",
    ]


def _property(prop: Property) -> list[str]:
    kind = f"pulumi.Output[{_output(prop.shape)}{_or_none(prop)}]"
    return [
        "    @property",
        f"    def {prop.name}(self) -> {kind}:",
        _doc(prop.doc, 8),
        f'        output: {kind} = self._output("{prop.wire}")',
        "        return output",
        "",
    ]


def _sentence(prop: Property) -> str:
    change = change_sentence(prop)
    return f"{prop.doc} {change}".strip()


@functools.cache
def _words() -> dict[str, str]:
    """Names as Python programs have them, in the docstrings too."""
    shapes = [shape for kind in KINDS.values() for shape in (kind.shape, kind.output_shape)]
    shapes += [shape_of(function.inputs) for function in FUNCTIONS.values()]
    return words_of(shapes) | {name: snake_case(name) for name in FUNCTIONS}


def _doc(text: str, indent: int) -> str:
    """A docstring, wrapped."""
    pad = " " * indent
    width = 112 - indent
    quoted = in_python(text, _words()).strip().replace("\\", "\\\\")
    paragraphs = [
        "\n".join(
            textwrap.wrap(line.strip(), width, initial_indent=lead, subsequent_indent=lead + ("    " if lead else ""))
        )
        for line in quoted.split("\n")
        for lead in [line[: len(line) - len(line.lstrip())]]
    ]
    body = "\n".join(paragraphs)
    if "\n" not in body:
        return f'{pad}"""{body}"""'
    return textwrap.indent(f'"""{body}\n"""', pad, lambda line: bool(line.strip()))


__all__ = ["python_classes"]
