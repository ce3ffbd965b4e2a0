"""`pulumi up --otel-traces`: the provider's calls and requests among the engine's own spans."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.declare import agent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.stack import Stack


def spans(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The service and each of its spans, of a file of OTLP documents."""
    for line in file.read_text().splitlines():
        for resource in json.loads(line)["resourceSpans"]:
            names = {item["key"]: item["value"].get("stringValue") for item in resource["resource"]["attributes"]}
            for scope in resource["scopeSpans"]:
                yield from ((names["service.name"], span) for span in scope["spans"])


def test_an_update_is_traced_down_to_its_requests(stack: Stack) -> None:
    stack.declare(agent())
    file = stack.folder / "traces.json"

    stack.succeed("up", "--yes", "--otel-traces", f"file://{file}")

    ours = [span for service, span in spans(file) if service == "managed-agents"]
    (request,) = (span for span in ours if span["name"] == "POST")
    created = next(span for span in ours if span["spanId"] == request["parentSpanId"])
    assert created["name"] == "pulumirpc.ResourceProvider/Create"
    if stack.token.startswith("managed-agents:"):
        others = {span["spanId"] for service, span in spans(file) if service != "managed-agents"}
        assert created["parentSpanId"] in others
