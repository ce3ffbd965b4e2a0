"""Front end 1: dynamic providers, and what the Python resource classes share.

Thin by design: it translates between Pulumi's forms and the core's, and decides nothing. The engine's behaviour that
shaped it: a dynamic provider is pickled into the state, so it is a class of this module that holds a kind's name and
nothing else; an output that a provider computes is unknown in the preview of an update, so what others consume is built
from echoed inputs here; an error's text is all that reaches the user.
"""

from __future__ import annotations

import functools
import os
import re
import secrets
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar, cast

import pulumi
from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    Resource,
    ResourceProvider,
    UpdateResult,
)
from pulumi.output import Unknown as PulumiUnknown
from pulumi.runtime import rpc

from .. import apply, plan
from ..declaration.marks import WriteOnly
from ..declaration.names import rebuilt, to_python, to_wire, wire_name
from ..declaration.secrecy import is_secret
from ..declaration.shape import Json, ListOf, Scalar, Shape, object_at, shape_of
from ..declaration.tokens import PACKAGE
from ..declaration.values import JSON, UNKNOWN, Bag, whole_numbers, without_nulls
from ..errors import ManagedAgentsError, NotReady
from ..functions.registry import FUNCTIONS
from ..lifecycle.kind import Kind
from ..platforms import capabilities
from ..platforms.settings import Configuration, Settings, configure
from ..provider.engine_log import EngineLog
from ..resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence


PROVIDER = "__provider"
LOGICAL_NAME = "logicalName"
"""Carries the resource's name to Check, which is not told it otherwise; never in the state."""

PENDING = "pending"
"""Output: what is still to be done before the object is as declared. The next `up` goes on from there."""

P = ParamSpec("P")
R = TypeVar("R")


class Error(Exception):
    """What the engine shows of a failure is the class and the text."""

    __module__ = "builtins"


def _reported(method: Callable[P, R]) -> Callable[P, R]:
    """Makes whatever goes wrong one sentence without a traceback."""

    @functools.wraps(method)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except ManagedAgentsError as error:
            raise Error(str(error)) from None
        except Exception as error:  # noqa: BLE001 - whatever it is, a user must not see a traceback
            place = _place(error)
            message = f"This is a defect of pulumi-managed-agents, please report it: {type(error).__name__} at {place}"
            raise Error(message) from None

    return wrapper


def _place(error: Exception) -> str:
    """Where the error came from; its text is left out, since nobody knows what is in there."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "an unknown place"


class KindProvider(ResourceProvider):
    """The provider of one kind. Its pickled form is a reference to this class and the kind's name."""

    serialize_as_secret_always = False

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def configure(self, req: ConfigureRequest) -> None:
        """Takes the stack's configuration; nothing is asked of the platform yet."""
        # The engine shows a traceback as the error; its text alone is meant for people.
        sys.tracebacklimit = 0
        names = (field.alias for field in Settings.model_fields.values() if field.alias)
        self._given = tuple((name, req.config.get(f"{PACKAGE}:{name}")) for name in names)

    @_reported
    def check(self, _olds: Bag, news: Bag) -> CheckResult:
        """The inputs with defaults and in their one spelling, and what is wrong with them."""
        new = _decoded(news)
        context = plan.CheckContext(
            capabilities(_configuration(self._given)),
            str(new.pop(LOGICAL_NAME, "")),
            lambda digits: secrets.token_hex(digits)[:digits],
        )
        kind, old = self._kind, _decoded(_olds)
        inputs, failures = plan.check(kind, old, new, context)
        failures = failures or apply.verify(kind, old, inputs, lambda: _github_context(self._given))
        # Of a failure that names its property the engine shows the value, be it a secret: so the text names it.
        return CheckResult(_encoded(inputs), [CheckFailure("", str(failure)) for failure in failures])

    @_reported
    def diff(self, _id: str, _olds: Bag, _news: Bag) -> DiffResult:
        """Which properties change, and which of them need a new object."""
        old, kind = _decoded(_olds), self._kind
        changed = plan.diff(kind, old, _decoded(_news), now=time.time())
        if changed:
            # A dynamic provider has no detailed diff: without this, a preview of a secret list shows no reason at all.
            _engine().info(f"{kind.name} {_id}: {plan.explained(changed)}")
        # A state that the plugin wrote holds no provider, and without one nothing can be deleted or refreshed.
        moved = PROVIDER not in _olds
        return DiffResult(
            changes=bool(changed) or bool(old.get(PENDING)) or moved,
            replaces=plan.replaced(changed),
            delete_before_replace=kind.old_first,
        )

    @_reported
    def create(self, props: Bag) -> CreateResult:
        """Makes the object; one that is not ready is kept with what is pending."""
        try:
            state = apply.create(self._kind, _decoded(props), self._context)
        except NotReady as unready:
            return CreateResult(unready.id, self._unready(unready))
        return CreateResult(state.id, _encoded(state.outputs))

    @_reported
    def read(self, id_: str, props: Bag) -> ReadResult:
        """The object as it is now. Gone: dropped from the state, or an error if it was asked for by id."""
        known = _decoded(props)
        asked_for = LOGICAL_NAME in known
        managed = {wire: value for wire, value in known.items() if wire not in (LOGICAL_NAME, PENDING)}
        state = apply.read(self._kind, id_, None if asked_for else managed, self._context)
        if state is None and asked_for:
            raise ManagedAgentsError(f"There is no {self._kind.name} with the id {id_!r} (or it is archived).")
        if state is None:
            return ReadResult(cast("str", None), {})
        if asked_for:
            return ReadResult(id_, _encoded(state.outputs))
        declared = self._kind.shape.properties
        inputs = {wire: value for wire, value in state.outputs.items() if wire in declared}
        pending = {PENDING: known[PENDING]} if PENDING in known else {}
        return ReadResult(id_, _encoded({**state.outputs, **pending}), _encoded(inputs))

    @_reported
    def update(self, _id: str, _olds: Bag, _news: Bag) -> UpdateResult:
        """Makes the object what is wanted; what could not be done is kept as pending."""
        try:
            state = apply.update(self._kind, _id, _decoded(_olds), _decoded(_news), self._context)
        except NotReady as unready:
            return UpdateResult(self._unready(unready))
        return UpdateResult(_encoded(state.outputs))

    @_reported
    def delete(self, _id: str, _props: Bag) -> None:
        """Removes the object, or finds it gone."""
        apply.delete(self._kind, _id, _decoded(_props), self._context)

    @property
    def _kind(self) -> Kind:
        return KINDS[self.kind].on(_configuration(self._given).settings.platform)

    @property
    def _context(self) -> apply.Context:
        with _CONNECTING:
            return _shared_context(self._given)

    def _unready(self, unready: NotReady) -> Bag:
        reasons = "; ".join(unready.reasons)
        self._context.warn(f"{self._kind.name} {unready.id} is not ready: {reasons}")
        return _encoded({**unready.state, PENDING: reasons})


Given = tuple[tuple[str, str | None], ...]


def _configuration(given: Given) -> Configuration:
    return configure(dict(given), os.environ)


_CONNECTING = threading.Lock()
"""A cache does not keep threads that find it empty from filling it each for itself."""


@functools.lru_cache(maxsize=8)
def _shared_context(given: Given) -> apply.Context:
    """One pool of connections for all kinds of a provider process, made when the first request is."""
    configuration = _configuration(given)
    from ..platforms.connect import connect, connect_github  # noqa: PLC0415 - most previews send nothing

    return apply.Context(connect(configuration), _engine().warn, beside=connect_github(configuration))


@functools.lru_cache(maxsize=8)
def _github_context(given: Given) -> apply.Context:
    """GitHub alone, for previews: they need no key of the platform."""
    from ..platforms.connect import connect_github  # noqa: PLC0415 - as above

    github = connect_github(_configuration(given))
    return apply.Context(github, _engine().warn, beside=github)


@functools.cache
def _engine() -> EngineLog:
    """The engine that started this process: it names itself in the last argument."""
    return EngineLog(sys.argv[-1] if re.fullmatch(r"[\w.\[\]-]+:\d+", sys.argv[-1]) else None)


def _decoded(bag: Mapping[str, Any]) -> Bag:
    """A bag from the engine in the core's form."""
    return {key: _known(value) for key, value in bag.items() if key != PROVIDER and value is not None}


def _known(value: Any) -> JSON:
    if isinstance(value, PulumiUnknown):
        return UNKNOWN
    if isinstance(value, Mapping):
        return {key: _known(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_known(item) for item in value]
    return whole_numbers(value)


def _encoded(bag: Bag) -> Bag:
    """A bag for the engine."""
    return {key: _wired(value) for key, value in without_nulls(bag).items()}


def _wired(value: JSON) -> Any:
    if value is UNKNOWN:
        return rpc.UNKNOWN
    if isinstance(value, dict):
        return {key: _wired(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_wired(item) for item in value]
    return value


def invoke(name: str, arguments: Mapping[str, Any]) -> Any:
    """What a function finds, with the stack's settings, while the program runs.

    Raises:
        pulumi.RunError: the arguments are wrong, or the platform did not answer what was asked.
    """
    function = FUNCTIONS[name]
    bag = to_wire(shape_of(function.inputs), without_nulls(dict(arguments)))
    try:
        failures = function.failures(bag)
        if failures:
            raise pulumi.RunError(f"{name}: {'; '.join(map(str, failures))}")
        found = apply.look_up(function.steps(bag), _program_context())
    except ManagedAgentsError as error:
        raise pulumi.RunError(f"{name}: {error}") from None
    return {prop.name: to_python(prop.shape, whole_numbers(found.get(prop.wire))) for prop in function.outputs}


def invoke_output(name: str, arguments: Mapping[str, Any]) -> pulumi.Output[Any]:
    """As `invoke`, with arguments that may be outputs: it waits until they are known."""
    return pulumi.Output.all(**without_nulls(dict(arguments))).apply(lambda known: invoke(name, known))


def _program_context() -> apply.Context:
    config = pulumi.Config(PACKAGE)
    names = (field.alias for field in Settings.model_fields.values() if field.alias)
    with _CONNECTING:
        return _connected_program(tuple((name, config.get(name)) for name in names))


@functools.lru_cache(maxsize=1)
def _connected_program(given: Given) -> apply.Context:
    from ..platforms.connect import connect  # noqa: PLC0415 - as above

    return apply.Context(connect(_configuration(given)), pulumi.log.warn)


class KindResource(Resource):
    """What the resource classes share: their names, their secrets and their outputs follow the declaration."""

    _kind: ClassVar[str] = ""

    def __init_subclass__(cls, module: str = "", name: str = "", **kwargs: Any) -> None:
        inherited = getattr(cls, "_resource_type_name", None)
        super().__init_subclass__(module=module, name=name or "Resource", **kwargs)
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
        props |= {**named, LOGICAL_NAME: resource_name}
        self._declared = tuple(named)
        super().__init__(KindProvider(kind.name), resource_name, props, _options(kind, opts))
        self.__dict__[PENDING].apply(functools.partial(_fail_if_pending, kind.name, resource_name))

    @classmethod
    def _existing(cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None) -> Any:
        """An instance that stands for an object by id: the class's own constructor would want arguments."""
        found = cls.__new__(cls)
        merged = pulumi.ResourceOptions.merge(opts or pulumi.ResourceOptions(), pulumi.ResourceOptions(id=id))
        KindResource.__init__(found, resource_name, {}, merged)
        return found

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
        raise pulumi.RunError(f"{kind} {name!r} exists but is not ready: {pending}")


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
    words = re.split(r"(\.|\[[^\]]*\])", path)
    for index, word in enumerate(words):
        if isinstance(shape, ListOf) and word.startswith("["):
            shape = shape.item
        declared = object_at(shape, {}) if word else None
        known = {prop.name: prop for prop in declared.properties.values()} if declared else {}
        if word in known:
            words[index], shape = known[word].wire, known[word].shape
    return "".join(words)
