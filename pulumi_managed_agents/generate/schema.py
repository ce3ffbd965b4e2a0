"""The Pulumi package schema, from the declarations."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from ..declaration.exact import is_written
from ..declaration.marks import Internal, Local, Replaces, Shorthand
from ..declaration.secrecy import is_secret
from ..declaration.sentences import change_sentence, limits, whole_sentence
from ..declaration.shape import (
    Json,
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
from ..declaration.tokens import DYNAMIC_FAMILY, PACKAGE, PLUGIN_FAMILY
from ..functions.function import Function
from ..functions.registry import FUNCTIONS
from ..platforms.settings import SETTINGS, Setting
from ..resources.registry import KINDS
from ..version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

    from ..lifecycle.kind import Kind


Spec = dict[str, Any]


def package_schema() -> Spec:
    """The schema, made anew."""
    return {
        "name": PACKAGE,
        "displayName": "Managed Agents",
        "version": __version__,
        "description": "Coding agents as managed sessions: agents, environments, sessions, mounted repositories.",
        "keywords": ["pulumi", "category/cloud", "kind/native", "agents", "claude"],
        "license": "Apache-2.0",
        "attribution": "",
        "publisher": "pulumi-managed-agents",
        "meta": {"supportPack": True},
        "language": {
            "python": {
                "packageName": "pulumi_managed_agents_sdk",
                "pyproject": {"enabled": True},
                "requires": {"pulumi": ">=3.187.0,<4.0.0"},
            },
            "nodejs": {"packageName": "pulumi-managed-agents-sdk", "respectSchemaVersion": True},
            "go": {
                "respectSchemaVersion": True,
                "importBasePath": "github.com/pulumi-managed-agents/sdk/go/managedagents",
            },
        },
        "config": {"variables": _settings()},
        "provider": {
            "description": "The platform, and how to reach it.",
            "inputProperties": _settings(),
            "properties": {name: spec for name, spec in _settings().items() if spec["type"] == "string"},
        },
        "types": _types(),
        "resources": {f"{PLUGIN_FAMILY}{kind.name}": _resource(kind) for kind in KINDS.values()},
        "functions": {f"{PLUGIN_FAMILY}{function.name}": _function(function) for function in FUNCTIONS.values()},
    }


def _settings() -> dict[str, Spec]:
    return {setting.name: _setting(setting) for setting in SETTINGS}


def _setting(setting: Setting) -> Spec:
    # The engine would write an environment's key into the state, so that it is read when it is needed instead.
    named = " or ".join(f"`{variable}`" for variable in setting.variables)
    note = f" Taken from {named} when not set." if named else ""
    spec: Spec = {"type": setting.type, "description": f"{setting.doc}{note}"}
    return {**spec, "secret": True} if setting.secret else spec


def _resource(kind: Kind) -> Spec:
    inputs, outputs = _public(kind.shape), _public(kind.output_shape)
    derived = {
        # Of the type that nothing refuses: SDKs give what is handed out and what is taken two types.
        item.name: {"$ref": "pulumi.json#/Any", "description": item.doc, "secret": True}
        for item in kind.derived
    }
    return {
        "description": whole_sentence(kind.doc, kind.not_in),
        "inputProperties": {prop.wire: _property(prop) for prop in written(kind.shape)},
        "requiredInputs": [] if kind.fillable else sorted(prop.wire for prop in inputs if prop.required),
        "properties": {prop.wire: _property(prop) for prop in (*inputs, *outputs)} | derived,
        "required": sorted({prop.wire for prop in (*inputs, *outputs) if always(prop)} | set(derived)),
        "aliases": [{"type": f"{DYNAMIC_FAMILY}{kind.name}"}],
    }


def _function(function: Function) -> Spec:
    inputs = _public(shape_of(function.inputs))
    return {
        "description": whole_sentence(function.doc, function.not_in),
        "inputs": {
            "properties": {prop.wire: _property(prop) for prop in inputs},
            "required": sorted(prop.wire for prop in inputs if prop.required),
        },
        "outputs": {
            "properties": {prop.wire: _property(prop) for prop in function.outputs},
            "required": sorted(prop.wire for prop in function.outputs if always(prop)),
        },
    }


def _types() -> dict[str, Spec]:
    shapes: dict[str, Object] = {}
    roots: list[type[BaseModel]] = [model for kind in KINDS.values() for model in (kind.inputs, kind.outputs)]
    roots += [item.model for kind in KINDS.values() for item in kind.derived]
    given = [
        shape for function in FUNCTIONS.values() for prop in function.outputs for shape in objects_below(prop.shape)
    ]
    roots += [shape.model for shape in given]
    wanted = [function.inputs for function in FUNCTIONS.values()]
    for model in (*roots, *wanted):
        for shape in objects_below(shape_of(model)):
            shapes[shape.model.__name__] = shape
    # These are no types by themselves: their properties stand where they are used.
    for model in (*wanted, *(model for kind in KINDS.values() for model in (kind.inputs, kind.outputs))):
        shapes.pop(model.__name__, None)
    objects = {name: _object(shape) for name, shape in shapes.items()}
    found = objects | _closed_sets([shape for model in (*roots, *wanted) for shape in objects_below(shape_of(model))])
    return {f"{PLUGIN_FAMILY}{name}": found[name] for name in sorted(found)}


def _closed_sets(shapes: Iterable[Object]) -> dict[str, Spec]:
    """The sets of words of which one has to be written."""
    found: dict[str, Spec] = {}
    for prop in (prop for shape in shapes for prop in _public(shape)):
        words = _words(prop.shape)
        if words:
            values = [{"name": _title(word), "value": word} for word in words]
            spec = {"type": "string", "description": prop.doc, "enum": values}
            known = found.setdefault(_set_name(prop), spec)
            assert known["enum"] == values, f"two closed sets are called {_set_name(prop)}"  # noqa: S101 - as below
    return found


def _words(shape: Shape) -> tuple[str, ...]:
    """The words of a closed set, in a list or a map too; none where only one word can be written."""
    if isinstance(shape, ListOf | MapOf):
        return _words(shape.item if isinstance(shape, ListOf) else shape.value)
    return shape.enum if isinstance(shape, Scalar) and len(shape.enum) > 1 else ()


def _set_name(prop: Property) -> str:
    owner = prop.owner.__name__.removesuffix("Inputs").removesuffix("Outputs")
    return owner + prop.wire[:1].upper() + prop.wire[1:]


def _title(word: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", word))


def _object(shape: Object) -> Spec:
    properties = _public(shape)
    return {
        "type": "object",
        "description": shape.model.__doc__ or "",
        "properties": {prop.wire: _property(prop) for prop in properties},
        "required": sorted(prop.wire for prop in properties if always(prop)),
    }


def _public(shape: Object) -> list[Property]:
    return [prop for prop in shape.properties.values() if prop.mark(Internal) is None]


def _property(prop: Property) -> Spec:
    spec = _type(prop.shape, f"#/types/{PLUGIN_FAMILY}{_set_name(prop)}")
    spec["description"] = " ".join(part for part in (prop.doc, change_sentence(prop), limits(prop.shape)) if part)
    if any(isinstance(mark, Replaces) and mark.when == "changed" for mark in prop.shape.marks):
        spec["willReplaceOnChanges"] = True
    if is_secret(prop.shape):
        spec["secret"] = True
    # A client writes a default into the inputs, so that only what the platform never sees gets one.
    if isinstance(prop.default, str | bool | int) and prop.mark(Local):
        spec["default"] = prop.default
    return spec


def _type(shape: Shape, closed_set: str) -> Spec:
    if shape.mark(Shorthand):
        return {"oneOf": [{"type": "string"}, *_arms(shape)]}
    match shape:
        case Scalar(enum=(only,)):
            return {"type": "string", "const": only}
        case Scalar(enum=()):
            return {"type": shape.type}
        case Scalar():
            return {"$ref": closed_set}
        case ListOf():
            return {"type": "array", "items": _type(shape.item, closed_set)}
        case MapOf():
            return {"type": "object", "additionalProperties": _type(shape.value, closed_set)}
        case Object():
            return {"$ref": _reference(shape)}
        case Tagged():
            return _union(shape)
        case Json():
            document: Spec = {"type": "object", "additionalProperties": {"$ref": "pulumi.json#/Any"}}
            return {"oneOf": [document, {"type": "string"}]} if is_written(shape) else document
    raise AssertionError(shape)


def _arms(shape: Shape) -> list[Spec]:
    if isinstance(shape, Tagged):
        return [{"$ref": _reference(arm)} for arm in shape.arms]
    assert isinstance(shape, Object), "a shorthand stands for an object"  # noqa: S101 - a declaration is wrong
    return [{"$ref": _reference(shape)}]


def _union(shape: Tagged) -> Spec:
    if len(_arms(shape)) == 1:
        return _arms(shape)[0]
    mapping = {tag: _reference(variant) for tag, variant in shape.variants.items()}
    return {"oneOf": _arms(shape), "discriminator": {"propertyName": shape.tag, "mapping": mapping}}


def _reference(shape: Object) -> str:
    return f"#/types/{PLUGIN_FAMILY}{shape.model.__name__}"


@cache
def generated_text() -> str:
    """The schema's file."""
    return json.dumps(package_schema(), indent=2, ensure_ascii=False) + "\n"
