"""Requests that no SDK would send."""

import json
import urllib.error
import urllib.request
from typing import Any

HEADERS = {
    "x-api-key": "test-key",
    "anthropic-version": "2023-06-01",
    "anthropic-beta": "managed-agents-2026-04-01",
}


def ask(world: Any, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Any]:
    """The status and the document of the answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(world.server.url + path, headers=HEADERS | named, method=method, data=body)  # noqa: S310
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())
