"""OpenTelemetry spans of the engine's calls and of the requests that they lead to (`pulumi up --otel-traces ...`).

The engine tells its plugins where it collects spans in an environment variable, and with each call which of its own
spans the call belongs to. A span says what was asked of whom, how that ended and how long it took: no body, no header
and no query, so no secret. Names are those of OpenTelemetry's conventions for RPC and HTTP.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from ..declaration.tokens import PACKAGE
from ..version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from opentelemetry.trace import Span

    from ..transport.exchange import Request
    from ..transport.following import Told

_SERVICE: Final = "pulumirpc.ResourceProvider"
_ERROR: Final = 400


class Traces:
    """Spans on their way to a collector; what is collected when the process ends is sent first."""

    def __init__(self, endpoint: str) -> None:
        """`endpoint` is the address of the engine's own collector, on this machine."""
        about = Resource.create({"service.name": PACKAGE, "service.version": __version__})
        self._provider = TracerProvider(resource=about)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint, insecure=True)))
        self._tracer = self._provider.get_tracer("pulumi_managed_agents", __version__)

    @contextmanager
    def call(self, method: str, urn: str = "", metadata: Iterable[tuple[str, Any]] = ()) -> Iterator[None]:
        """One call of the engine's, below the span that its metadata name; a failure is told by its type alone."""
        attributes = {"rpc.system": "grpc", "rpc.service": _SERVICE, "rpc.method": method}
        if urn:
            attributes["pulumi.urn"] = urn
        with self._span(f"{_SERVICE}/{method}", SpanKind.SERVER, attributes, _parent(metadata)):
            yield

    @contextmanager
    def request(self, request: Request, host: str) -> Iterator[Told]:
        """One attempt of a request, below the call that it is made for."""
        attributes = {"http.request.method": request.method, "server.address": host, "url.path": request.path}
        with self._span(request.method, SpanKind.CLIENT, attributes) as span:

            def told(status: int) -> None:
                span.set_attribute("http.response.status_code", status)
                if status >= _ERROR:
                    span.set_status(StatusCode.ERROR)

            yield told

    def close(self) -> None:
        """Sends what was collected."""
        self._provider.shutdown()

    @contextmanager
    def _span(
        self, name: str, kind: SpanKind, attributes: Mapping[str, str], parent: Context | None = None
    ) -> Iterator[Span]:
        # The text of an exception may hold anything that somebody answered.
        with self._tracer.start_as_current_span(
            name, parent, kind, attributes, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except BaseException as error:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(StatusCode.ERROR)
                raise


def _parent(metadata: Iterable[tuple[str, Any]]) -> Context:
    carried = {key: value for key, value in metadata if isinstance(value, str)}
    return TraceContextTextMapPropagator().extract(carried, Context())
