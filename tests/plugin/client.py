"""A client in the engine's place."""

from __future__ import annotations

from typing import Any, Self

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import provider_pb2_grpc, status_pb2

from pulumi_managed_agents.plugin.codec import decode, encode
from pulumi_managed_agents.plugin.plugin import Plugin
from pulumi_managed_agents.plugin.serve import start

SEED = bytes(range(32))


def urn(kind: str, name: str, parent: str = "") -> str:
    """A resource's URN; inside a component its type is preceded by the parent's."""
    return f"urn:pulumi:dev::test::{parent}managed-agents:index:{kind}::{name}"


class Client:
    """Asks a plugin in this process, or the one at a port; bags are values of the core."""

    def __init__(self, port: int | None = None) -> None:
        self.provider = Plugin()
        self._server, own = start(self.provider)
        port = own if port is None else port
        self._channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        self.stub: Any = provider_pb2_grpc.ResourceProviderStub(self._channel)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._channel.close()
        self._server.stop(0).wait(timeout=60)
        self.provider.close()

    def configure(self, **settings: str) -> None:
        """Handshake and Configure."""
        self.stub.Handshake(pb.ProviderHandshakeRequest(engine_address="127.0.0.1:1"))
        self.stub.Configure(pb.ConfigureRequest(args=encode(settings), acceptSecrets=True))

    def check(self, kind: str, news: dict[str, Any], olds: dict[str, Any] | None = None, **more: Any) -> Any:
        """The checked inputs; `more` goes into the request."""
        name = more.pop("name", "thing")
        request = pb.CheckRequest(
            urn=urn(kind, name), name=name, olds=encode(olds or {}), news=encode(news), randomSeed=SEED, **more
        )
        answer = self.stub.Check(request)
        self.failures = _by_path(answer.failures)
        return decode(answer.inputs)

    def create(self, kind: str, inputs: dict[str, Any], *, preview: bool = False) -> tuple[str, dict[str, Any]]:
        """The id and the outputs."""
        answer = self.stub.Create(pb.CreateRequest(urn=urn(kind, "thing"), properties=encode(inputs), preview=preview))
        return answer.id, decode(answer.properties)

    def make(self, kind: str, news: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Checks and creates."""
        inputs = self.check(kind, news)
        assert self.failures == {}
        return self.create(kind, inputs)

    def diff(self, kind: str, outputs: dict[str, Any], news: dict[str, Any], id_: str = "x") -> Any:
        """The answer itself."""
        return self.stub.Diff(pb.DiffRequest(id=id_, urn=urn(kind, "thing"), olds=encode(outputs), news=encode(news)))

    def update(
        self, kind: str, id_: str, outputs: dict[str, Any], news: dict[str, Any], *, preview: bool = False
    ) -> dict[str, Any]:
        """The outputs."""
        request = pb.UpdateRequest(
            id=id_, urn=urn(kind, "thing"), olds=encode(outputs), news=encode(news), preview=preview
        )
        return decode(self.stub.Update(request).properties)

    def read(
        self, kind: str, id_: str, outputs: dict[str, Any] | None = None, inputs: dict[str, Any] | None = None
    ) -> Any:
        """The answer itself: an empty one when the object is gone."""
        request = pb.ReadRequest(
            id=id_, urn=urn(kind, "thing"), properties=encode(outputs or {}), inputs=encode(inputs or {})
        )
        return self.stub.Read(request)

    def delete(self, kind: str, id_: str, outputs: dict[str, Any]) -> None:
        """Removes the object."""
        self.stub.Delete(pb.DeleteRequest(id=id_, urn=urn(kind, "thing"), properties=encode(outputs)))

    def invoke(self, function: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """What the function found."""
        request = pb.InvokeRequest(tok=f"managed-agents:index:{function}", args=encode(arguments))
        answer = self.stub.Invoke(request)
        self.failures = _by_path(answer.failures)
        return decode(getattr(answer, "return"))

    def list(self, kind: str, limit: int = 0) -> list[tuple[str, str]]:
        """Id and name of what there is."""
        answers = self.stub.List(pb.ListRequest(token=f"managed-agents:index:{kind}", limit=limit))
        return [(answer.result.id, answer.result.name) for answer in answers]

    def cancel(self) -> None:
        """What Ctrl-C becomes."""
        self.stub.Cancel(empty_pb2.Empty())


def _by_path(failures: Any) -> dict[str, str]:
    """The failures by the property that their text names; the engine is never told a property, whose value it shows."""
    assert all(failure.property == "" for failure in failures)
    named = (failure.reason.removeprefix("`").partition("` ") for failure in failures)
    return {path: reason for path, _, reason in named}


def init_failed(error: grpc.RpcError) -> Any:
    """The detail of a failure that keeps the object."""
    metadata = dict(error.trailing_metadata())
    status = status_pb2.Status.FromString(metadata["grpc-status-details-bin"])
    detail = pb.ErrorResourceInitFailed()
    assert status.details[0].Unpack(detail)
    return detail
