"""A provider that echoes: what the engine, gRPC and Python cost by themselves."""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pulumi_managed_agents.plugin import stubs

stubs.load()

import grpc  # noqa: E402 - the stubs have to be in place first
from google.protobuf import empty_pb2  # noqa: E402
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc  # noqa: E402
from pulumi.runtime.proto import provider_pb2 as pb  # noqa: E402

ANYTHING = {"$ref": "pulumi.json#/Any"}
NAMES = ("model", "system", "tools", "metadata", "name", "config", "agent", "environmentId")
PROPERTIES = dict.fromkeys(NAMES, ANYTHING)
THING = {"inputProperties": PROPERTIES, "properties": PROPERTIES}
SCHEMA = {"name": "echo", "version": "1.0.0", "resources": {"echo:index:Thing": THING}}

CREATE_SECONDS = 0.05
"""What a request takes that makes something."""


class Echo(provider_pb2_grpc.ResourceProviderServicer):
    """Answers without looking; what is made takes as long as a request."""

    def Handshake(self, request: Any, context: Any) -> Any:  # noqa: N802 - the protocol names the methods
        """Secrets are taken."""
        del request, context
        return pb.ProviderHandshakeResponse(accept_secrets=True)

    def GetPluginInfo(self, request: Any, context: Any) -> Any:  # noqa: N802
        """A version."""
        del request, context
        return plugin_pb2.PluginInfo(version="1.0.0")

    def GetSchema(self, request: Any, context: Any) -> Any:  # noqa: N802
        """One type, of any form."""
        del request, context
        return pb.GetSchemaResponse(schema=json.dumps(SCHEMA))

    def CheckConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        """The settings as they came."""
        del context
        return pb.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        """No change."""
        del request, context
        return pb.DiffResponse(changes=pb.DiffResponse.DIFF_NONE)

    def Configure(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Previews are taken."""
        del request, context
        return pb.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Check(self, request: Any, context: Any) -> Any:  # noqa: N802
        """The inputs as they came."""
        del context
        return pb.CheckResponse(inputs=request.news)

    def Diff(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Whether the inputs are others."""
        del context
        same = request.old_inputs == request.news
        return pb.DiffResponse(changes=pb.DiffResponse.DIFF_NONE if same else pb.DiffResponse.DIFF_SOME)

    def Create(self, request: Any, context: Any) -> Any:  # noqa: N802
        """An object, after as long as a request takes."""
        del context
        if not request.preview:
            time.sleep(CREATE_SECONDS)
        return pb.CreateResponse(id=request.urn.rpartition("::")[2], properties=request.properties)

    def Read(self, request: Any, context: Any) -> Any:  # noqa: N802
        """The object as it was."""
        del context
        return pb.ReadResponse(id=request.id, properties=request.properties, inputs=request.inputs)

    def Update(self, request: Any, context: Any) -> Any:  # noqa: N802
        """The object as it is wanted."""
        del context
        return pb.UpdateResponse(properties=request.news)

    def Delete(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Nothing."""
        del request, context
        return empty_pb2.Empty()

    def Cancel(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Nothing."""
        del request, context
        return empty_pb2.Empty()


def main() -> None:
    """Serves until it is killed."""
    server = grpc.server(ThreadPoolExecutor(64))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Echo(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    server.wait_for_termination()


if __name__ == "__main__":
    main()
