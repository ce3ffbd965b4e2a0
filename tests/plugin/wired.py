"""Both front ends, asked as the engine asks them: what they hand over is what goes over the wire."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

import grpc
from google.protobuf import struct_pb2
from plugin.client import Client, init_failed, urn
from plugin.front_ends import classes
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2 as pb

from pulumi_managed_agents.dynamic.connection import engine_provider, given
from pulumi_managed_agents.dynamic.errors import Error
from pulumi_managed_agents.dynamic.provider import LOGICAL_NAME
from pulumi_managed_agents.plan.state import PENDING, SECRET_INPUTS
from pulumi_managed_agents.plugin.codec import decode, encode

if TYPE_CHECKING:
    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.dynamic import KindProvider

Made = tuple[str, struct_pb2.Struct]
"""The id and the outputs that the engine is given."""


class Failed(Exception):
    """The engine is told that the call failed, and keeps nothing."""


class FrontEnd(Protocol):
    """What a test asks of either."""

    def check(self, kind: str, bag: Bag) -> Bag:
        """The checked inputs."""

    def create(self, kind: str, inputs: Bag) -> Made:
        """Makes an object; one that is not ready counts as made."""

    def read(self, kind: str, id_: str, outputs: Bag, inputs: Bag) -> struct_pb2.Struct | None:
        """The outputs of an object; None where it is gone."""

    def update(self, kind: str, id_: str, outputs: Bag, inputs: Bag) -> struct_pb2.Struct:
        """The outputs of an object that became what the inputs say."""

    def close(self) -> None:
        """Ends it."""


class Plugin:
    """The plugin, over gRPC."""

    def __init__(self, settings: dict[str, str]) -> None:
        self._client = Client()
        self._client.configure(**settings)

    def check(self, kind: str, bag: Bag) -> Bag:
        inputs: Bag = self._client.check(kind, bag)
        assert self._client.failures == {}
        return inputs

    def create(self, kind: str, inputs: Bag) -> Made:
        try:
            answer = self._client.stub.Create(pb.CreateRequest(urn=urn(kind, "thing"), properties=encode(inputs)))
        except grpc.RpcError as error:
            detail = _kept(error)
            return detail.id, detail.properties
        return answer.id, answer.properties

    def read(self, kind: str, id_: str, outputs: Bag, inputs: Bag) -> struct_pb2.Struct | None:
        try:
            answer = self._client.read(kind, id_, outputs, inputs)
        except grpc.RpcError as error:
            raise Failed(_text(error)) from None
        return answer.properties if answer.id else None

    def update(self, kind: str, id_: str, outputs: Bag, inputs: Bag) -> struct_pb2.Struct:
        request = pb.UpdateRequest(id=id_, urn=urn(kind, "thing"), olds=encode(outputs), news=encode(inputs))
        try:
            found: struct_pb2.Struct = self._client.stub.Update(request).properties
        except grpc.RpcError as error:
            found = _kept(error).properties
        return found

    def close(self) -> None:
        self._client.__exit__()


def _kept(error: grpc.RpcError) -> Any:
    text = _text(error)
    if "grpc-status-details-bin" not in dict(error.trailing_metadata()):
        raise Failed(text)
    try:
        return init_failed(error)
    except IndexError:
        raise Failed(text) from None


def _text(error: grpc.RpcError) -> str:
    text = str(error.details())
    assert error.code() not in (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN), text
    assert "defect" not in text, text
    return text


class Classes:
    """The Python classes' provider, with the SDK's own form of what it hands over."""

    def __init__(self, settings: dict[str, str]) -> None:
        self._settings = settings

    def check(self, kind: str, bag: Bag) -> Bag:
        found = self._of(kind).check({}, {**bag, LOGICAL_NAME: "thing"})
        assert found.failures == []
        return dict(found.inputs)

    def create(self, kind: str, inputs: Bag) -> Made:
        made = self._told(self._of(kind).create, inputs)
        assert isinstance(made.id, str)
        return made.id, _wire({**made.outs, "__provider": "x"})

    def read(self, kind: str, id_: str, outputs: Bag, inputs: Bag) -> struct_pb2.Struct | None:
        del inputs
        found = self._told(self._of(kind).read, id_, outputs)
        return None if found.id is None else _wire(found.outs)

    def update(self, kind: str, id_: str, outputs: Bag, inputs: Bag) -> struct_pb2.Struct:
        return _wire(self._told(self._of(kind).update, id_, outputs, inputs).outs)

    def close(self) -> None:
        engine_provider(given(self._settings.get)).close()

    def _of(self, kind: str) -> KindProvider:
        return classes(kind, **self._settings)

    def _told(self, method: Any, *arguments: Any) -> Any:
        try:
            return method(*arguments)
        except Error as error:
            assert "defect" not in str(error), str(error)
            raise Failed(str(error)) from None


def _wire(outs: Bag) -> struct_pb2.Struct:
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(rpc.serialize_properties(outs, {}))
    finally:
        loop.close()


FRONT_ENDS: dict[str, type[Plugin | Classes]] = {"plugin": Plugin, "classes": Classes}


def bag_of(outputs: struct_pb2.Struct) -> Bag:
    """The outputs as the engine hands them back, without what only the SDK keeps."""
    return {key: value for key, value in decode(outputs).items() if key not in ("__provider", PENDING, SECRET_INPUTS)}
