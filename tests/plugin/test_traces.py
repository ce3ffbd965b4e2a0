"""Spans of calls and requests, as a collector of OpenTelemetry gets them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as otlp
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2_grpc
from plugin.client import Client, urn
from pulumi.runtime.proto import provider_pb2 as pb

from pulumi_managed_agents.declaration.values import Secret
from pulumi_managed_agents.plugin.codec import encode
from pulumi_managed_agents.provider.tracing import ENDPOINT, traces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
OF_THE_ENGINE = (("traceparent", f"00-{TRACE}-{SPAN}-01"),)
TOKEN = "token-of-last-week"


class Collector(trace_service_pb2_grpc.TraceServiceServicer):
    """Keeps what is sent to it."""

    def __init__(self) -> None:
        self.batches: list[Any] = []

    def Export(self, request: Any, context: grpc.ServicerContext) -> otlp.ExportTraceServiceResponse:  # noqa: N802 - its name
        del context
        self.batches.append(request)
        return otlp.ExportTraceServiceResponse()

    @property
    def spans(self) -> list[Any]:
        return [
            span
            for batch in self.batches
            for resource in batch.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@contextmanager
def collecting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """A collector that the environment names, as the engine's does."""
    collector, server = Collector(), grpc.server(ThreadPoolExecutor(2))
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(collector, server)
    monkeypatch.setenv(ENDPOINT, f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}")
    server.start()
    try:
        yield collector
    finally:
        server.stop(0).wait(timeout=60)


def attributes(span: Any) -> dict[str, Any]:
    return {item.key: getattr(item.value, item.value.WhichOneof("value")) for item in span.attributes}


def test_a_call_and_its_requests_are_spans_below_the_engine_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was asked of whom and how it ended: nothing that was sent or answered."""
    with collecting(monkeypatch) as collector:
        with Client() as client:
            client.configure(emulator=str(tmp_path / "world.emulator"))
            agent, _ = client.make("Agent", {"model": "claude-opus-5-5", "system": "Be brief."})
            vault, _ = client.make("Vault", {"displayName": "vault"})
            auth = {"type": "static_bearer", "mcpServerUrl": "https://mcp.example.com/", "token": Secret(TOKEN)}
            inputs = client.check("Credential", {"vaultId": vault, "auth": auth})
            client.stub.Create(
                pb.CreateRequest(urn=urn("Credential", "login"), properties=encode(inputs)), metadata=OF_THE_ENGINE
            )
            with pytest.raises(grpc.RpcError):
                client.update("Agent", "agent_01nobody", {"version": 1}, {"model": "claude-opus-5-5", "system": TOKEN})

        spans = {attributes(span).get("pulumi.urn", ""): span for span in collector.spans}
        created = spans[urn("Credential", "login")]
        below = [span for span in collector.spans if span.parent_span_id == created.span_id]
        whole = b"".join(batch.SerializeToString() for batch in collector.batches)

    assert (created.name, created.trace_id.hex()) == ("pulumirpc.ResourceProvider/Create", TRACE)
    assert created.parent_span_id.hex() == SPAN
    assert [attributes(span)["http.request.method"] for span in below] == ["POST"]
    assert attributes(below[0])["http.response.status_code"] == 200
    assert attributes(below[0])["url.path"] == f"/v1/vaults/{vault}/credentials"
    assert all(text.encode() not in whole for text in (TOKEN, "Be brief.", "mcp.example.com"))
    failed = [span for span in collector.spans if span.name.endswith("/Update")]
    assert [attributes(span)["error.type"] for span in failed] == ["NotFound"]
    assert agent


def test_without_a_collector_nothing_is_loaded_and_without_opentelemetry_one_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is an extra: whoever collects traces hears what to install."""
    heard: list[str] = []
    assert traces({}, heard.append) is None
    assert heard == []

    monkeypatch.setitem(__import__("sys").modules, "pulumi_managed_agents.provider.traces", None)
    assert traces({ENDPOINT: "127.0.0.1:1"}, heard.append) is None
    assert "pip install 'pulumi-managed-agents[traces]'" in heard[0]
