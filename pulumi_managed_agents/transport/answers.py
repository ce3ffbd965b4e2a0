"""What came back, read within bounds of size, time and depth."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from ..declaration.values import JSON
from ..errors import GarbledAnswer

if TYPE_CHECKING:
    import httpx

LARGEST_ANSWER = 64 * 2**20
"""Bytes of an answer that are read; more is not an answer of this API."""

DEEPEST_ANSWER = 100
"""Levels of nesting in an answer; no object of this API comes near, and whoever walks through one may recurse."""


def read(response: httpx.Response, attempt: str, patience: float | None) -> bytes:
    """The body, within bounds of size and time: a client's own timeouts only bound each piece of it."""
    deadline = time.monotonic() + (patience or 600.0)
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise GarbledAnswer(attempt, f"the answer is larger than {LARGEST_ANSWER >> 20} MiB")
        if time.monotonic() > deadline:
            raise GarbledAnswer(attempt, "the answer took too long to arrive")
    return bytes(body)


def decoded(response: httpx.Response, body: bytes, attempt: str) -> JSON:
    """The JSON object in an answer; empty for an error that holds none."""
    if response.is_redirect:
        # Following it would hand the credential to whoever is named there.
        raise GarbledAnswer(attempt, f"{response.status_code}: a redirect, which is not followed", "Check `baseUrl`.")
    document, problem = _parsed(body)
    if not problem:
        return document
    if response.is_error:
        return {}
    raise GarbledAnswer(attempt, f"{response.status_code}: the answer is {problem}")


def _parsed(body: bytes) -> tuple[JSON, str]:
    """The JSON object in an answer, or what it is instead."""
    try:
        decoded = json.loads(body) if body else {}
    except (ValueError, RecursionError):
        return {}, "not JSON"
    if not isinstance(decoded, dict):
        return {}, "not a JSON object"
    return ({}, "nested too deeply") if _is_deeper(decoded, DEEPEST_ANSWER) else (decoded, "")


def _is_deeper(value: JSON, levels: int) -> bool:
    """Whether objects and lists are nested beyond so many levels; walks level by level, since recursion would fail."""
    level = [value]
    for _ in range(levels):
        inside = (item.values() if isinstance(item, dict) else item for item in level)
        level = [item for items in inside for item in items if isinstance(item, dict | list)]
        if not level:
            return False
    return True
