"""What the Python resource classes share.

An output that a provider computes is unknown in the preview of an update, so what others consume is built from echoed
inputs here.
"""

from __future__ import annotations

import asyncio
import functools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

import pulumi
from pulumi.dynamic import Resource

from ..declaration.marks import WriteOnly
from ..declaration.names import rebuilt, to_python, wire_name
from ..declaration.secrecy import is_secret, shape_below
from ..declaration.shape import Json, ListOf, Scalar, Shape, object_at, shape_of
from ..declaration.tokens import DYNAMIC_FAMILY, DYNAMIC_MODULE
from ..declaration.values import whole_numbers
from ..plan.state import PENDING, SECRET_INPUTS
from ..printable import printable
from ..resources.registry import KINDS
from .provider import LOGICAL_NAME, RESOURCE_URN, KindProvider

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator, Sequence

    from ..declaration.values import Path
    from ..lifecycle.kind import Kind


class KindResource(Resource):
    """What the resource classes share: their names, their secrets and their outputs follow the declaration."""

    _kind: ClassVar[str] = ""

    def __init_subclass__(cls, module: str = "", name: str = "", **kwargs: Any) -> None:
        inherited = getattr(cls, "_resource_type_name", None)
        super().__init_subclass__(module=module, name=name or "Resource", **kwargs)
        kind = cls._kind or name
        if (name or module) and (module, name) != (DYNAMIC_MODULE, kind):
            # Policies, and later runs, know a resource by its type.
            raise TypeError(f"{cls.__name__} has the type of its kind: leave `module` and `name` out.")
        if name:
            cls._kind = name
        elif inherited and cls._kind:
            # A user's subclass stays the same type of resource: another token would replace it.
            cls._resource_type_name = inherited

    def __init__(self, resource_name: str, arguments: Mapping[str, Any], opts: pulumi.ResourceOptions | None) -> None:
        kind = KINDS[self._kind]
        inputs, outputs = kind.shape, kind.output_shape
        given = {key: value for key, value in arguments.items() if value is not None}
        props: dict[str, Any] = dict.fromkeys([*inputs.properties, *outputs.properties, PENDING])
        named = _argument(inputs, given)
        props |= {**named, LOGICAL_NAME: resource_name, RESOURCE_URN: _urn(kind, resource_name, opts)}
        props[SECRET_INPUTS] = _secret_places(list(_outputs_in(inputs, named)))
        self._declared = tuple(named)
        super().__init__(KindProvider(kind.name), resource_name, props, _options(kind, opts))
        self.__dict__[PENDING].apply(functools.partial(_fail_if_pending, kind.name, resource_name))

    @classmethod
    def _existing(cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None) -> Any:
        """An instance that stands for an object by id: the class's own constructor would want arguments."""
        existing = cls.__new__(cls)
        merged = pulumi.ResourceOptions.merge(opts or pulumi.ResourceOptions(), pulumi.ResourceOptions(id=id))
        KindResource.__init__(existing, resource_name, {}, merged)
        return existing

    def _output(self, wire: str) -> Any:
        """The output as a Python program sees it."""
        kind = KINDS[self._kind]
        properties = kind.shape.properties | kind.output_shape.properties
        shape = properties[wire].shape
        return self.__dict__[wire].apply(lambda value: to_python(shape, whole_numbers(value)))

    def handed_out(self) -> Any:
        """What stands for this resource where another one wants an object."""
        return self._derived(KINDS[self._kind].derived[0].name)

    def _derived(self, name: str) -> Any:
        """An object of outputs that follow from the inputs alone: each is known as soon as its input is."""
        kind = KINDS[self._kind]
        derived = next(item for item in kind.derived if item.name == name)
        # An input that was left out is unknown in a preview, although everybody knows that it is not there.
        echoed = {wire: self.__dict__[wire] for wire in self._declared}
        return to_python(shape_of(derived.model), derived.of(echoed))


def _fail_if_pending(kind: str, name: str, pending: str | None) -> None:
    """Ends the program with an error: the state keeps the object, and the pipeline hears that it is not ready."""
    if pending:
        raise pulumi.RunError(printable(f"{kind} {name!r} exists but is not ready: {pending}"))


def _urn(kind: Kind, name: str, opts: pulumi.ResourceOptions | None) -> pulumi.Output[str]:
    """The URN that the resource will have; it says the parent's, and depends on it no more than a child does."""
    urn = pulumi.create_urn(name, DYNAMIC_FAMILY + kind.name, opts.parent if opts else None)
    return pulumi.Output(set(), cast("Awaitable[str]", urn.future()), urn.is_known(), urn.is_secret())


def _outputs_in(shape: Shape, value: Any, path: Path = ()) -> Iterator[tuple[Path, pulumi.Output[Any]]]:
    """The outputs in a program's value that are not declared as secrets, with their places."""
    if isinstance(value, pulumi.Output):
        yield from () if is_secret(shape) else [(path, value)]
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _outputs_in(shape_below(shape, dict(value), key), item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _outputs_in(shape.item if isinstance(shape, ListOf) else Shape(), item, (*path, index))


def _secret_places(outputs: Sequence[tuple[Path, pulumi.Output[Any]]]) -> pulumi.Output[Any] | None:
    """Where the program's secrets stand: the engine tells no dynamic provider."""
    if not outputs:
        return None
    known = pulumi.Output.from_input(True)

    async def places() -> list[list[str | int]] | None:
        return [list(path) for path, output in outputs if await output.is_secret()] or None

    return pulumi.Output(set(), asyncio.ensure_future(places()), known.is_known(), known.is_secret())


def _argument(shape: Shape, value: Any) -> Any:
    """A program's value in wire form: outputs stay outputs, secrets become secret, resources hand out their objects."""
    if isinstance(value, KindResource):
        value = value.handed_out()
    if shape.mark(WriteOnly) and value is not None:
        return pulumi.Output.secret(value)
    if isinstance(value, pulumi.Output) and not isinstance(shape, Scalar | Json):
        return value.apply(lambda known: _argument(shape, known))
    return rebuilt(shape, value, _argument, wire_name)


def _options(kind: Kind, opts: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions:
    opts = opts or pulumi.ResourceOptions()
    shape = kind.shape
    properties = shape.properties | kind.output_shape.properties
    hidden = [wire for wire, prop in properties.items() if is_secret(prop.shape)]
    more = pulumi.ResourceOptions(additional_secret_outputs=hidden)
    ignored = _wire_paths(shape, opts.ignore_changes)
    merged = pulumi.ResourceOptions.merge(opts, more)
    merged.ignore_changes = ignored
    return merged


def _wire_paths(shape: Shape, paths: Sequence[str] | None) -> list[str] | None:
    return None if paths is None else [_wire_path(shape, path) for path in paths]


def _wire_path(shape: Shape, path: str) -> str:
    """A property path in wire names; the parts below a user's own map are the user's."""
    parts = re.split(r"(\.|\[[^\]]*\])", path)
    for index, part in enumerate(parts):
        if isinstance(shape, ListOf) and part.startswith("["):
            shape = shape.item
        declared = object_at(shape, {}) if part else None
        known = {prop.name: prop for prop in declared.properties.values()} if declared else {}
        if part in known:
            parts[index], shape = known[part].wire, known[part].shape
    return "".join(parts)
