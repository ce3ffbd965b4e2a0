"""A servicer that echoes: what gRPC in Python costs by itself."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pulumi_managed_agents.plugin import stubs

stubs.load()

import grpc  # noqa: E402 - the stubs have to be in place first
from pulumi.runtime.proto import provider_pb2 as pb  # noqa: E402
from pulumi.runtime.proto import provider_pb2_grpc  # noqa: E402


class Echo(provider_pb2_grpc.ResourceProviderServicer):
    """Answers without looking."""

    def Check(self, request: Any, context: Any) -> Any:  # noqa: N802 - the protocol names the methods
        """The inputs as they came."""
        del context
        return pb.CheckResponse(inputs=request.news)

    def Diff(self, request: Any, context: Any) -> Any:  # noqa: N802
        """No change."""
        del request, context
        return pb.DiffResponse(changes=pb.DiffResponse.DIFF_NONE)


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
