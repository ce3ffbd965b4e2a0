"""Front end 2: the resource provider that the engine starts, for every language.

Thin by design: decode, ask plan or apply, encode, map errors. What shaped it was seen on the real engine and is said
where it matters.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import secrets
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import grpc
from google.protobuf import any_pb2, empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc, status_pb2
from pulumi.runtime.proto import provider_pb2 as pb

from .. import apply, plan
from ..apply.cancel import Cancellation, CancelledError
from ..declaration.secrecy import marked, whole
from ..declaration.shape import shape_of
from ..declaration.tokens import name_of, token_in
from ..declaration.values import UNKNOWN, Bag, Secret, bare, render
from ..errors import ConfigError, ManagedAgentsError, NotReady
from ..functions.inventory import all_of
from ..functions.registry import FUNCTIONS
from ..platforms import capabilities
from ..platforms.settings import Configuration, Settings, configure
from ..provider.engine_log import EngineLog
from ..resources.registry import kind_of
from ..version import __version__
from .codec import decode, encode
from .schema import schema_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from google.protobuf import struct_pb2

    from ..comparison.compare import Change
    from ..declaration.model import Failure
    from ..lifecycle.kind import Kind


DYNAMIC = ("__provider", "pending")
"""What the dynamic front end keeps in a state; a stack that moved here may still have it."""

SECRET_SETTINGS = ("apiKey", "authToken", "githubToken")
Response = TypeVar("Response")
Context: TypeAlias = grpc.ServicerContext


class _Status(grpc.Status):  # type: ignore[misc]  # grpc ships no types
    """A status with details, which grpc takes as an object of this form."""

    def __init__(self, code: grpc.StatusCode, details: str, status: status_pb2.Status) -> None:
        self.code = code
        self.details = details
        self.trailing_metadata = (("grpc-status-details-bin", status.SerializeToString()),)


def _answered(method: Callable[..., Response]) -> Callable[..., Response]:
    """Counts the call as under way, and makes whatever goes wrong a status that the user can read."""

    @functools.wraps(method)
    def wrapper(self: Provider, request: Any, context: Context) -> Response:
        with self.busy():
            try:
                return method(self, request, context)
            except NotReady as unready:
                context.abort_with_status(_init_failed(unready, self._kind(request), _given_inputs(request)))
            except CancelledError as cancelled:
                context.abort(grpc.StatusCode.CANCELLED, str(cancelled))
            except ConfigError as error:
                context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
            except ManagedAgentsError as error:
                context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
            raise AssertionError  # pragma: no cover - abort raises

    return wrapper


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """One provider instance: its configuration, its connections, and the calls under way."""

    def __init__(self) -> None:
        self.cancellation = Cancellation()
        self.attached = False
        self.under_way = 0
        self._engine = EngineLog(None)
        self._configuration = Configuration(Settings())
        self._lock = threading.Lock()
        self._context: apply.Context | None = None

    def close(self) -> None:
        """Closes the connections."""
        if self._context is not None:
            self._context.backend.close()

    def busy(self) -> _Busy:
        """A context in which a call is under way."""
        return _Busy(self)

    def Handshake(self, request: pb.ProviderHandshakeRequest, context: Context) -> pb.ProviderHandshakeResponse:
        """Takes the engine's address."""
        del context
        self._engine = EngineLog(request.engine_address)
        return pb.ProviderHandshakeResponse(accept_secrets=True, supports_autonaming_configuration=True)

    def Attach(self, request: plugin_pb2.PluginAttach, context: Context) -> empty_pb2.Empty:
        """An engine uses a provider that somebody else started, and will end."""
        del context
        self.attached = True
        self._engine = EngineLog(request.address)
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: empty_pb2.Empty, context: Context) -> plugin_pb2.PluginInfo:
        """The version."""
        del request, context
        return plugin_pb2.PluginInfo(version=__version__)

    def GetSchema(self, request: pb.GetSchemaRequest, context: Context) -> pb.GetSchemaResponse:
        """The package schema."""
        del request, context
        return pb.GetSchemaResponse(schema=schema_text())

    def CheckConfig(self, request: pb.CheckRequest, context: Context) -> pb.CheckResponse:
        """Says what is wrong with the settings; keys come back as secrets."""
        del context
        news = decode(request.news)
        failures = []
        try:
            configure(_settings(news), {})
        except ConfigError as error:
            failures = [pb.CheckFailure(reason=str(error))]
        hidden = {key: Secret(bare(value)) if key in SECRET_SETTINGS else value for key, value in news.items()}
        return pb.CheckResponse(inputs=encode(hidden), failures=failures)

    def DiffConfig(self, request: pb.DiffRequest, context: Context) -> pb.DiffResponse:
        """A change of settings replaces nothing: a replaced provider would replace every resource."""
        del context
        # The old inputs of a stack that comes from the dynamic front end are its whole configuration.
        old, new = (_settings(decode(bag)) for bag in (request.old_inputs, request.news))
        return pb.DiffResponse(changes=_some(old != new))

    @_answered
    def Configure(self, request: pb.ConfigureRequest, context: Context) -> pb.ConfigureResponse:
        """Takes the settings; nothing is asked of the platform yet."""
        del context
        self._configuration = configure(_settings(decode(request.args)), os.environ)
        return pb.ConfigureResponse(acceptSecrets=True, supportsPreview=True, supports_autonaming_configuration=True)

    def Cancel(self, request: empty_pb2.Empty, context: Context) -> empty_pb2.Empty:
        """Ends every wait; what exists by then is kept."""
        del request, context
        self.cancellation.cancel()
        return empty_pb2.Empty()

    @_answered
    def Check(self, request: pb.CheckRequest, context: Context) -> pb.CheckResponse:
        """The inputs with defaults and in their one spelling, and what is wrong with them."""
        del context
        kind, news = self._kind(request), _bag(decode(request.news))
        naming = request.autonaming
        words = plan.CheckContext(
            capabilities=capabilities(self._configuration),
            logical_name=request.name or request.urn.rpartition("::")[2],
            random_hex=_hex_digits(request.randomSeed),
            proposed_name=naming.proposed_name or None,
            names=naming.mode != pb.CheckRequest.AutonamingOptions.DISABLE,
        )
        olds = _bag(decode(request.olds))
        inputs, failures = plan.check(kind, olds, news, words)
        failures = failures or apply.verify(kind, bare(olds), inputs, self._github)
        return pb.CheckResponse(
            inputs=encode(marked(kind.shape, inputs, news)),
            failures=_told(failures),
        )

    @_answered
    def Diff(self, request: pb.DiffRequest, context: Context) -> pb.DiffResponse:
        """Every change at its path, and which of them need a new object."""
        del context
        kind, old = self._kind(request), _bag(decode(request.olds))
        declared = _bag(decode(request.old_inputs))
        changed = plan.diff(kind, old, decode(request.news), declared, time.time())
        # The dynamic front end keeps no derived output: after a move, what consumes one would see it go.
        added = [item.name for item in kind.derived if item.name not in old]
        return pb.DiffResponse(
            changes=_some(bool(changed or added)),
            diffs=list(dict.fromkeys([*(change.name for change in changed), *added])),
            replaces=plan.replaced(changed),
            detailedDiff={**_detailed(changed), **dict.fromkeys(added, pb.PropertyDiff(kind=pb.PropertyDiff.ADD))},
            hasDetailedDiff=bool(changed or added),
            deleteBeforeReplace=kind.old_first and any(change.replaces for change in changed),
        )

    @_answered
    def Create(self, request: pb.CreateRequest, context: Context) -> pb.CreateResponse:
        """Makes the object; in a preview says what is known of it."""
        del context
        kind, given = self._kind(request), decode(request.properties)
        inputs = bare(given)
        if request.preview:
            return pb.CreateResponse(properties=_outputs(kind, plan.preview(kind, (), {}, inputs), given))
        state = apply.create(kind, inputs, self._platform())
        return pb.CreateResponse(id=state.id, properties=_outputs(kind, state.outputs, given))

    @_answered
    def Read(self, request: pb.ReadRequest, context: Context) -> pb.ReadResponse:
        """The object as it is now; an empty answer when it is gone."""
        del context
        kind, given = self._kind(request), decode(request.inputs)
        known = {**_bag(decode(request.properties)), **_bag(given)}
        # Import and get know the id alone; inputs that went through Check have a stamp.
        managed = bare(known) if "creationId" in known else None
        state = apply.read(kind, request.id, managed, self._platform())
        if state is None:
            return pb.ReadResponse()
        declared = kind.shape
        inputs = {wire: value for wire, value in state.outputs.items() if wire in declared.properties}
        return pb.ReadResponse(
            id=state.id,
            properties=_outputs(kind, state.outputs, given),
            inputs=encode(marked(declared, inputs, given)),
        )

    @_answered
    def Update(self, request: pb.UpdateRequest, context: Context) -> pb.UpdateResponse:
        """Makes the object what is wanted; in a preview says what is known of it."""
        del context
        kind, given = self._kind(request), decode(request.news)
        old, new = bare(_bag(decode(request.olds))), bare(given)
        if request.preview:
            foreseen = plan.preview(kind, plan.diff(kind, old, new, now=time.time()), old, new)
            return pb.UpdateResponse(properties=_outputs(kind, foreseen, given))
        state = apply.update(kind, request.id, old, new, self._platform())
        return pb.UpdateResponse(properties=_outputs(kind, state.outputs, given))

    @_answered
    def Delete(self, request: pb.DeleteRequest, context: Context) -> empty_pb2.Empty:
        """Removes the object, or finds it gone."""
        del context
        apply.delete(self._kind(request), request.id, bare(_bag(decode(request.properties))), self._platform())
        return empty_pb2.Empty()

    @_answered
    def Invoke(self, request: pb.InvokeRequest, context: Context) -> pb.InvokeResponse:
        """A function: looks something up."""
        del context
        function = FUNCTIONS[name_of(request.tok) or ""]
        arguments = bare(decode(request.args))
        failures = function.failures(arguments)
        if failures:
            return pb.InvokeResponse(failures=_told(failures))
        return pb.InvokeResponse(**{"return": encode(apply.look_up(function.steps(arguments), self._platform()))})

    def List(self, request: pb.ListRequest, context: Context) -> Iterator[pb.ListResponse]:
        """The ids of the objects of a kind, newest first."""
        kind = self._named(request.token)
        with self.busy():
            try:
                for found in apply.look_up(all_of(kind, max(request.limit, 0)), self._platform()):
                    yield pb.ListResponse(result=pb.ListResponse.Result(**found))
            except ManagedAgentsError as error:
                context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))

    def _kind(self, request: Any) -> Kind:
        """The kind that a request is about."""
        return self._named(token_in(request.urn))

    def _named(self, token: str) -> Kind:
        kind = kind_of(token)
        if kind is None:
            raise ManagedAgentsError(f"There is no resource of the type {token!r}.")
        return kind.on(self._configuration.settings.platform)

    def _github(self) -> apply.Context:
        """GitHub alone, for previews: they need no key of the platform."""
        from ..platforms.connect import connect_github  # noqa: PLC0415 - most previews send nothing

        github = connect_github(self._configuration)
        return apply.Context(github, self._engine.warn, self.cancellation.sleep, beside=github)

    def _platform(self) -> apply.Context:
        with self._lock:
            if self._context is None:
                # The engine starts a plugin in the program's folder; the folders it names are the plugin's own.
                from ..platforms.connect import connect, connect_github  # noqa: PLC0415 - as above

                backend, github = connect(self._configuration), connect_github(self._configuration)
                self._context = apply.Context(backend, self._engine.warn, self.cancellation.sleep, beside=github)
            return self._context


class _Busy:
    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def __enter__(self) -> None:
        with self._provider._lock:  # noqa: SLF001 - counts for the provider it belongs to
            self._provider.under_way += 1

    def __exit__(self, *_: object) -> None:
        with self._provider._lock:  # noqa: SLF001
            self._provider.under_way -= 1


def _bag(bag: Bag) -> Bag:
    """The bag without what the dynamic front end keeps in it."""
    return {key: value for key, value in bag.items() if key not in DYNAMIC}


def _settings(bag: Bag) -> dict[str, str | None]:
    """The settings in a bag, as text; what is not known yet is left out."""
    ours = {field.alias for field in Settings.model_fields.values()}
    return {key: _text(value) for key, value in bare(bag).items() if key in ours and value is not UNKNOWN}


def _text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool | int | float) else str(value)


def _outputs(kind: Kind, outputs: Bag, given: Bag) -> struct_pb2.Struct:
    """The outputs with what follows from the inputs, and each secret marked."""
    declared = kind.shape
    echoed = {wire: value for wire, value in outputs.items() if wire in declared.properties}
    derived = {item.name: marked(shape_of(item.model), item.of(echoed)) for item in kind.derived}
    made = marked(kind.output_shape, outputs)
    return encode(whole({**made, **marked(declared, echoed, given), **derived}))


def _hex_digits(seed: bytes) -> Callable[[int], str]:
    """Digits from the engine's seed, which a plan may have fixed; random ones where there is none."""
    if not seed:
        return lambda count: secrets.token_hex(count)[:count]
    drawn = iter(range(1 << 16))
    return lambda count: hashlib.sha256(seed + bytes([next(drawn)])).hexdigest()[:count]


def _told(failures: Sequence[Failure]) -> list[pb.CheckFailure]:
    """The failures, each naming its property in its text: of a named property the engine shows the value."""
    return [pb.CheckFailure(reason=str(failure)) for failure in failures]


def _some(differs: bool) -> pb.DiffResponse.DiffChanges.ValueType:
    return pb.DiffResponse.DIFF_SOME if differs else pb.DiffResponse.DIFF_NONE


def _detailed(changed: Sequence[Change]) -> dict[str, pb.PropertyDiff]:
    """Each path once: one element that goes and another that comes at its place are an update there."""
    actions: dict[str, str] = {}
    replacing = {render(change.path) for change in changed if change.replaces}
    for change in changed:
        path = render(change.path)
        actions[path] = change.action if actions.get(path, change.action) == change.action else "update"
    return {
        path: pb.PropertyDiff(kind=pb.PropertyDiff.Kind.Value(_word(action, path in replacing)), inputDiff=True)
        for path, action in actions.items()
    }


def _word(action: str, replaces: bool) -> str:
    return f"{action.upper()}_REPLACE" if replaces else action.upper()


def _given_inputs(request: Any) -> Bag:
    """The inputs that a create or update was given."""
    return decode(request.properties if isinstance(request, pb.CreateRequest) else request.news)


def _init_failed(unready: NotReady, kind: Kind, given: Bag) -> _Status:
    """A failure that keeps the object: the engine saves its id and state, and the next `up` updates it."""
    detail = any_pb2.Any()
    detail.Pack(
        pb.ErrorResourceInitFailed(
            id=unready.id,
            properties=_outputs(kind, unready.state, given),
            inputs=encode(given),
            reasons=unready.reasons,
        )
    )
    code = grpc.StatusCode.FAILED_PRECONDITION
    return _Status(code, str(unready), status_pb2.Status(code=code.value[0], message=str(unready), details=[detail]))
