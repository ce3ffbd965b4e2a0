"""Front end 2: the resource provider that the engine starts, for every language.

Thin by design: decode, ask plan or apply, encode, map errors. What shaped it was seen on the real engine and is said
where it matters.
"""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2 as pb

from .. import apply, plan
from ..declaration.secrecy import marked, newly_marked
from ..declaration.stamp import STACK_ID, Origin
from ..declaration.tokens import name_of, project_in, token_in
from ..declaration.values import Secret, bare
from ..errors import ConfigError, ManagedAgentsError, NotReady
from ..functions.registry import FUNCTIONS
from ..platforms.settings import SETTINGS, Configuration, Settings, configure
from ..provider.configured import ConfiguredProvider, check_settings
from ..provider.tracing import traces
from ..resources.registry import kind_of, unknown_type
from ..transport.following import unfollowed
from .codec import decode, decode_alike, encode
from .messages import check_failures, detailed, given_in, hex_digits, outputs, own, setting_names, settings, some
from .status import Context, answered, failed, listed
from .unready import init_failed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    import grpc

    from ..lifecycle.kind import Kind
    from .plugin import Plugin

STACK_DIGITS = 16

_Naming = pb.CheckRequest.AutonamingOptions


class Provider:
    """The provider of a plugin: its configuration, its connections, and the calls about resources."""

    def __init__(self, plugin: Plugin) -> None:
        self._plugin, self._stack = plugin, ""
        self._traces = traces(os.environ, self._warn)
        self._provider = self._configured(Configuration(Settings()))

    def close(self) -> None:
        """Closes the connections, and sends what was traced."""
        self._provider.close()
        if self._traces:
            self._traces.close()

    def busy(self) -> AbstractContextManager[None]:
        """A context in which a call is under way."""
        return self._plugin.busy()

    def followed(self, name: str, request: Any, context: Context) -> AbstractContextManager[None]:
        """A context in which a call is traced, where the engine collects traces."""
        if self._traces is None:
            return nullcontext()
        return self._traces.call(name, getattr(request, "urn", ""), context.invocation_metadata())

    def status_of(self, error: Exception, request: Any) -> grpc.Status:
        """What a failure is to the engine; one that keeps the object brings it along."""
        if not isinstance(error, NotReady):
            return failed(error)
        return init_failed(error, self.kind_of(request), request, self.carrying(request).secrets)

    def kind_of(self, request: Any) -> Kind:
        """The kind that a request is about."""
        return self._named(token_in(request.urn))

    def carrying(self, request: Any) -> apply.Context:
        """The context of an operation, which knows the secrets in its request."""
        inputs, state = given_in(request)
        knowing = self._provider.knowing(self.kind_of(request), *map(own, inputs), outputs=own(state))
        return replace(knowing, note=partial(self._plugin.engine.note, urn=request.urn))

    @answered
    def CheckConfig(self, request: pb.CheckRequest, context: Context) -> pb.CheckResponse:
        """Says what is wrong with the settings; keys come back as secrets."""
        del context
        news = decode(request.news)
        failures = []
        try:
            check_settings(configure(settings(news), {}), setting_names(news), project=project_in(request.urn))
        except ConfigError as error:
            failures = [pb.CheckFailure(reason=str(error))]
        news[STACK_ID] = bare(decode(request.olds).get(STACK_ID)) or token_hex(STACK_DIGITS // 2)
        secret = {setting.name for setting in SETTINGS if setting.secret}
        hidden = {name: Secret(bare(value)) if name in secret else value for name, value in news.items()}
        return pb.CheckResponse(inputs=encode(hidden), failures=failures)

    @answered
    def DiffConfig(self, request: pb.DiffRequest, context: Context) -> pb.DiffResponse:
        """A change of settings replaces nothing: a replaced provider would replace every resource."""
        del context
        # The old inputs of a stack that comes from the dynamic front end are its whole configuration.
        old, new = (settings(decode(bag)) for bag in (request.old_inputs, request.news))
        return pb.DiffResponse(changes=some(old != new))

    @answered
    def Configure(self, request: pb.ConfigureRequest, context: Context) -> pb.ConfigureResponse:
        """Takes the settings; nothing is asked of the platform yet.

        What is no setting is refused by CheckConfig; a state of before may still hold it, and has to be destroyed.
        """
        del context
        args = decode(request.args)
        self._stack = str(bare(args.get(STACK_ID)) or "")
        self._provider = self._configured(configure(settings(args), os.environ))
        return pb.ConfigureResponse(acceptSecrets=True, supportsPreview=True, supports_autonaming_configuration=True)

    @answered
    def Check(self, request: pb.CheckRequest, context: Context) -> pb.CheckResponse:
        """The inputs with defaults and in their one spelling, and what is wrong with them."""
        del context
        kind = self.kind_of(request)
        olds, news = map(own, decode_alike(request.olds, request.news))
        naming = plan.CheckContext(
            capabilities=self._provider.capabilities,
            logical_name=request.name or request.urn.rpartition("::")[2],
            random_hex=hex_digits(request.randomSeed),
            proposed_name=request.autonaming.proposed_name or None,
            names=request.autonaming.mode != _Naming.DISABLE,
            files=self._provider.context.files,
            origin=Origin(request.urn, self._stack),
        )
        inputs, failures = self._provider.check(kind, olds, news, naming)
        return pb.CheckResponse(inputs=encode(marked(kind.shape, inputs, news)), failures=check_failures(failures))

    @answered
    def Diff(self, request: pb.DiffRequest, context: Context) -> pb.DiffResponse:
        """Every change at its path, and which of them need a new object."""
        del context
        kind = self.kind_of(request)
        olds, news, old_inputs = decode_alike(request.olds, request.news, request.old_inputs)
        old = own(olds)
        changed = self._provider.diff(kind, request.id, old, news, own(old_inputs))
        hidden = newly_marked(kind.shape, old, news)
        # The dynamic front end keeps no derived output: after a move, what consumes one would see it go.
        added = [item.name for item in kind.derived if item.name not in old]
        return pb.DiffResponse(
            changes=some(bool(changed or added or hidden)),
            diffs=list(dict.fromkeys([*(change.name for change in changed), *added, *hidden])),
            replaces=plan.replaced(changed),
            detailedDiff={
                **dict.fromkeys(hidden, pb.PropertyDiff(kind=pb.PropertyDiff.UPDATE)),
                **detailed(changed),
                **dict.fromkeys(added, pb.PropertyDiff(kind=pb.PropertyDiff.ADD)),
            },
            hasDetailedDiff=bool(changed or added or hidden),
            deleteBeforeReplace=kind.old_first and any(change.replaces for change in changed),
        )

    @answered
    def Create(self, request: pb.CreateRequest, context: Context) -> pb.CreateResponse:
        """Makes the object; in a preview says what is known of it."""
        kind, given = self.kind_of(request), decode(request.properties)
        inputs = bare(given)
        if request.preview:
            return pb.CreateResponse(properties=outputs(kind, plan.preview(kind, (), {}, inputs), given))
        context.add_callback(partial(self._provider.journal.handed_over, str(inputs.get("creationId"))))
        carrying = self.carrying(request)
        with self._plugin.cancellation.within(request.timeout):
            state = apply.create(kind, inputs, carrying)
        return pb.CreateResponse(id=state.id, properties=outputs(kind, state.outputs, given, known=carrying.secrets))

    @answered
    def Read(self, request: pb.ReadRequest, context: Context) -> pb.ReadResponse:
        """The object as it is now; an empty answer when it is gone."""
        del context
        kind, old, given = self.kind_of(request), own(decode(request.properties)), own(decode(request.inputs))
        known = bare(plan.managed(kind, old, plan.understood(kind, bare(given)).kept))
        # Import and get know the id alone.
        managed = known if plan.is_kept(kind, known) else None
        carrying = self.carrying(request)
        state = apply.read(kind, request.id, managed, carrying)
        if state is None:
            return pb.ReadResponse()
        inputs = plan.inputs_in(kind, state.outputs, given)
        return pb.ReadResponse(
            id=state.id,
            properties=outputs(kind, state.outputs, given, old, carrying.secrets),
            inputs=encode(marked(kind.shape, inputs, given, carrying.secrets)),
        )

    @answered
    def Update(self, request: pb.UpdateRequest, context: Context) -> pb.UpdateResponse:
        """Makes the object what is wanted; in a preview says what is known of it."""
        kind, olds, given = self.kind_of(request), own(decode(request.olds)), decode(request.news)
        old, new = plan.mended(kind, bare(olds), bare(own(decode(request.old_inputs)))), bare(given)
        if request.preview:
            foreseen = plan.preview(kind, self._provider.diff(kind, request.id, old, new), old, new)
            return pb.UpdateResponse(properties=outputs(kind, foreseen, given, olds))
        deed = apply.deed_of(str(old.get("creationId")))
        context.add_callback(partial(self._provider.journal.handed_over, deed))
        carrying = self.carrying(request)
        with self._plugin.cancellation.within(request.timeout):
            state = apply.update(kind, request.id, old, new, carrying)
        return pb.UpdateResponse(properties=outputs(kind, state.outputs, given, olds, carrying.secrets))

    @answered
    def Delete(self, request: pb.DeleteRequest, context: Context) -> empty_pb2.Empty:
        """Removes the object, or finds it gone."""
        del context
        kind, old = self.kind_of(request), bare(own(decode(request.properties)))
        old = plan.mended(kind, old, bare(own(decode(request.old_inputs))))
        with self._plugin.cancellation.within(request.timeout):
            apply.delete(kind, request.id, old, self.carrying(request))
        return empty_pb2.Empty()

    @answered
    def Invoke(self, request: pb.InvokeRequest, context: Context) -> pb.InvokeResponse:
        """A function: looks something up."""
        del context
        function = FUNCTIONS.get(name_of(request.tok) or "")
        if function is None:
            raise ManagedAgentsError(f"There is no function {request.tok!r}.")
        arguments = function.meant(bare(decode(request.args)))
        failures = function.failures(arguments)
        if failures:
            return pb.InvokeResponse(failures=check_failures(failures))
        return pb.InvokeResponse(**{"return": encode(self._provider.call(function, arguments))})

    @listed
    def List(self, request: pb.ListRequest, context: Context) -> Iterator[pb.ListResponse]:
        """The ids of the objects of a kind, newest first."""
        del context
        for found in self._provider.objects(self._named(request.token), max(request.limit, 0)):
            yield pb.ListResponse(result=pb.ListResponse.Result(**found))

    def _configured(self, configuration: Configuration) -> ConfiguredProvider:
        # The engine starts a plugin in the program's folder; the folders it names are the plugin's own.
        plugin = self._plugin
        follow = self._traces.request if self._traces else unfollowed
        return ConfiguredProvider(
            configuration, self._warn, plugin.cancellation, is_unheard=plugin.is_orphaned, follow=follow
        )

    def _warn(self, text: str) -> None:
        self._plugin.engine.warn(text)

    def _named(self, token: str) -> Kind:
        kind = kind_of(token)
        if kind is None:
            raise ManagedAgentsError(unknown_type(token))
        return self._provider.kind(kind.name)
