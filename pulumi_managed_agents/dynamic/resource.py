"""What the Python resource classes share.

An output that a provider computes is unknown in the preview of an update, so what others consume is built from echoed
inputs here.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

import pulumi
from pulumi.dynamic import Resource

from ..declaration.names import to_python
from ..declaration.secrecy import is_secret, shape_below
from ..declaration.shape import ListOf, Property, Shape, shape_of
from ..declaration.tokens import DYNAMIC_FAMILY, DYNAMIC_MODULE, PACKAGE
from ..declaration.values import whole_numbers
from ..plan.state import PENDING, SECRET_INPUTS
from ..printable import printable
from ..resources.registry import KINDS
from .arguments import Misplaced, argument
from .codec import PROVIDER
from .found import shown
from .options import in_wire_names, notes_of
from .outputs import known_or
from .provider import LOGICAL_NAME, RESOURCE_URN, pickled

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
        _refuse_instance(kind, resource_name, opts)
        inputs, outputs = kind.shape, kind.output_shape
        given = {key: value for key, value in arguments.items() if value is not None}
        props: dict[str, Any] = dict.fromkeys([*inputs.properties, *outputs.properties, PENDING])
        named = _in_wire_form(kind, resource_name, given)
        props |= {**named, LOGICAL_NAME: resource_name, RESOURCE_URN: _urn(kind, resource_name, opts)}
        props |= {SECRET_INPUTS: _secret_places(list(_outputs_in(inputs, named))), **notes_of(kind, opts)}
        self._declared = frozenset(named)
        props |= {PROVIDER: pickled(kind.name)}
        # Not the SDK's own constructor: it wraps a function of `pickle` once more for each resource, and never takes
        # it off again, so that a program with a thousand resources ends in a RecursionError.
        super(Resource, self).__init__(DYNAMIC_FAMILY + kind.name, resource_name, props, in_wire_names(kind, opts))
        self.__dict__[PENDING].apply(functools.partial(_fail_if_pending, kind.name, resource_name))

    @classmethod
    def _existing(cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None) -> Any:
        """An instance that stands for an object by id: the class's own constructor would want arguments."""
        existing = cls.__new__(cls)
        merged = pulumi.ResourceOptions.merge(opts or pulumi.ResourceOptions(), pulumi.ResourceOptions(id=id))
        KindResource.__init__(existing, resource_name, {}, merged)
        # An engine before 3.260 does not say the id in a preview, although everybody knows it.
        existing.__dict__["id"] = known_or(existing.id, pulumi.Output.from_input(id))
        return existing

    def _output(self, wire: str) -> Any:
        """The output as a Python program sees it."""
        kind = KINDS[self._kind]
        properties = kind.shape.properties | kind.output_shape.properties
        shape = properties[wire].shape
        return self.__dict__[wire].apply(lambda value: shown(shape, whole_numbers(value)))

    def _derived(self, name: str) -> Any:
        """An object of outputs that follow from the inputs alone: each is known as soon as its input is."""
        kind = KINDS[self._kind]
        derived = next(item for item in kind.derived if item.name == name)
        echoed = {wire: self._echo(prop) for wire, prop in kind.shape.properties.items()}
        return to_python(shape_of(derived.model), derived.of(echoed))

    def _echo(self, prop: Property) -> pulumi.Output[Any]:
        """An input as the engine knows it, which a transform may have changed and a look-up has found."""
        output: pulumi.Output[Any] = self.__dict__[prop.wire]
        # What was left out is unknown in a preview, although everybody knows that it is not there.
        return (
            output if prop.wire in self._declared or prop.required else known_or(output, pulumi.Output.from_input(None))
        )


def _in_wire_form(kind: Kind, name: str, given: Mapping[str, Any]) -> Any:
    try:
        return argument(kind.shape, given)
    except Misplaced as misplaced:
        raise pulumi.RunError(f"{kind.name} {name!r}: {misplaced}") from None


def _refuse_instance(kind: Kind, name: str, opts: pulumi.ResourceOptions | None) -> None:
    """The engine runs the classes by themselves: an instance's settings would be nobody's, and the stack's be used."""
    provider = opts.provider if opts else None
    if provider is not None and provider.package == PACKAGE:
        raise pulumi.RunError(
            f"{kind.name} {name!r}: the Python classes take the settings of the stack and no provider instance: leave "
            f"`provider` out, or use the SDK that is generated from the plugin"
        )


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
    elif isinstance(value, list | tuple):
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
