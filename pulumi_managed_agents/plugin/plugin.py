"""What the engine has started: it says at once what every plugin is asked, and has the rest from its provider.

Several of these processes are started for one command, one of them for the schema alone. So the provider, with all that
it judges with, is loaded by the first call that needs it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as pb

from ..on_demand import defined
from ..provider.engine import Engine, Parent
from ..provider.engine_log import EngineLog
from ..transport.cancel import Cancellation
from ..version import __version__
from .schema import schema_text
from .status import Context, answered, failed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import grpc

    from .provider import Provider


@answered
def _provider_of(plugin: Plugin, request: Any, context: Context) -> Provider:
    """The provider for a call, even where it cannot be loaded: then the call fails as any other."""
    del request, context
    return plugin.provider


def _by_the_provider(name: str) -> Callable[..., Any]:
    """A call that only the provider can answer."""

    def call(plugin: Plugin, request: Any, context: Context) -> Any:
        return getattr(_provider_of(plugin, request, context), name)(request, context)

    return call


class Plugin(provider_pb2_grpc.ResourceProviderServicer):
    """One plugin: the engine that it works for, the calls under way, and the provider behind it."""

    def __init__(self) -> None:
        self._parent, self._served = Parent(), Engine(None)
        self.cancellation = Cancellation(self.is_orphaned)
        self.attached = False
        self.under_way = 0
        self.engine = EngineLog(None)
        self._lock, self._loading = threading.Lock(), threading.Lock()
        self._provider: Provider | None = None

    def close(self) -> None:
        """Closes the connections."""
        if self._provider is not None:
            self._provider.close()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """A context in which a call is under way."""
        with self._lock:
            self.under_way += 1
        try:
            yield
        finally:
            with self._lock:
                self.under_way -= 1

    def followed(self, name: str, request: Any, context: Context) -> AbstractContextManager[None]:
        """Nobody cares how long it takes to answer the first questions."""
        del name, request, context
        return nullcontext()

    def status_of(self, error: Exception, request: Any) -> grpc.Status:
        """What a failure is to the engine."""
        del request
        return failed(error)

    def is_orphaned(self) -> bool:
        """Whether the engine that this plugin works for is gone; an attached one has no parent to miss."""
        return (self._parent.is_gone() and not self.attached) or self._served.is_gone()

    @property
    def provider(self) -> Provider:
        """The provider, loaded when it is first asked for; the calls that come meanwhile wait."""
        with self._loading:
            if self._provider is None:
                self._provider = defined(".provider:Provider", __package__)(self)
            return self._provider

    @answered
    def Handshake(self, request: pb.ProviderHandshakeRequest, context: Context) -> pb.ProviderHandshakeResponse:
        """Takes the engine's address."""
        del context
        self.engine, self._served = EngineLog(request.engine_address), Engine(request.engine_address)
        return pb.ProviderHandshakeResponse(accept_secrets=True, supports_autonaming_configuration=True)

    @answered
    def Attach(self, request: plugin_pb2.PluginAttach, context: Context) -> empty_pb2.Empty:
        """An engine uses a provider that somebody else started, and will end; the one before it may have cancelled."""
        del context
        self.attached, self.cancellation = True, Cancellation(self.is_orphaned)
        self.engine, self._served = EngineLog(request.address), Engine(request.address)
        return empty_pb2.Empty()

    @answered
    def GetPluginInfo(self, request: empty_pb2.Empty, context: Context) -> plugin_pb2.PluginInfo:
        """The version."""
        del request, context
        return plugin_pb2.PluginInfo(version=__version__)

    @answered
    def GetSchema(self, request: pb.GetSchemaRequest, context: Context) -> pb.GetSchemaResponse:
        """The package schema."""
        del request, context
        return pb.GetSchemaResponse(schema=schema_text())

    @answered
    def Cancel(self, request: empty_pb2.Empty, context: Context) -> empty_pb2.Empty:
        """Ends every wait; what exists by then is kept."""
        del request, context
        self.cancellation.cancel()
        return empty_pb2.Empty()

    CheckConfig = _by_the_provider("CheckConfig")
    DiffConfig = _by_the_provider("DiffConfig")
    Configure = _by_the_provider("Configure")
    Check = _by_the_provider("Check")
    Diff = _by_the_provider("Diff")
    Create = _by_the_provider("Create")
    Read = _by_the_provider("Read")
    Update = _by_the_provider("Update")
    Delete = _by_the_provider("Delete")
    Invoke = _by_the_provider("Invoke")
    List = _by_the_provider("List")
