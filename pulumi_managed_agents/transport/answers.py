"""What came back, read within bounds of size, time, depth and number of parts."""

from __future__ import annotations

import json
import re
import time
from itertools import islice
from typing import TYPE_CHECKING

from ..declaration.values import JSON
from ..errors import GarbledAnswer
from .unpacking import Unpackable, pieces

if TYPE_CHECKING:
    import httpx

LARGEST_ANSWER = 64 * 2**20
"""Bytes of an answer that are read; more is not an answer of this API."""

MOST_PARTS = 4_000_000
"""Commas, brackets and texts in an answer: what is made of them takes far more memory than the bytes it comes in."""

DEEPEST_ANSWER = 100
"""Levels of nesting in an answer; no object of this API comes near, and whoever walks through one may recurse."""

LONGEST_NUMBER = 400
"""Digits of a number: no double has more."""


def read(response: httpx.Response, attempt: str, patience: float | None) -> bytes:
    """The body, within bounds of size and time: a client's own timeouts only bound each piece of it."""
    deadline = time.monotonic() + (patience or 600.0)
    body = bytearray()
    try:
        for piece in pieces(response):
            body += piece
            if len(body) > LARGEST_ANSWER:
                raise GarbledAnswer(attempt, f"the answer is larger than {LARGEST_ANSWER >> 20} MiB")
            if time.monotonic() > deadline:
                raise GarbledAnswer(attempt, "the answer took too long to arrive")
    except Unpackable as problem:
        raise GarbledAnswer(attempt, f"{response.status_code}: the answer is {problem}") from None
    return bytes(body)


def decoded(response: httpx.Response, body: bytes, attempt: str, *, array: bool = False) -> JSON:
    """The JSON object in an answer; of an error that holds none, its words. An `array` becomes the object's `data`.

    What it has beyond all bounds stands in it as a number that is none, so that the rest of it counts.
    """
    if response.is_redirect:
        # Following it would hand the credential to whoever is named there.
        raise GarbledAnswer(attempt, f"{response.status_code}: a redirect, which is not followed", "Check `baseUrl`.")
    document, problem = _parsed(body)
    if not problem and array and isinstance(document, list):
        return {"data": document}
    problem = problem or ("" if isinstance(document, dict) else "not a JSON object")
    if not problem:
        return document
    if response.is_error:
        return _in_markup(body)
    raise GarbledAnswer(attempt, f"{response.status_code}: the answer is {problem}")


_MARKUP = re.compile(rb"<(Code|Message)>([^<]{1,2000})</\1>")
_LOOKED_AT = 16_384
"""Bytes in which an error in XML has said what it is."""


def _in_markup(body: bytes) -> JSON:
    """What a gateway says in XML: its `Code` and its `Message`, the first of each."""
    found = reversed(_MARKUP.findall(body[:_LOOKED_AT]))
    return {name.decode(): text.decode(errors="replace") for name, text in found}


def _parsed(body: bytes) -> tuple[JSON, str]:
    """The JSON in an answer, or what it is instead."""
    if _has_more_parts(body, MOST_PARTS):
        return {}, f"made of more than {MOST_PARTS:,} parts"
    try:
        found = json.loads(body) if body else {}
        if _is_deeper(found, DEEPEST_ANSWER):
            found = _bounded(body)
    except (ValueError, RecursionError):
        try:
            found = _bounded(body)
        except (ValueError, RecursionError):
            return {}, "not JSON"
    return found, ""


_TEXT = rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)'
"""A text; one that does not end is one too, or each quote in it would be tried."""

_PART = re.compile(_TEXT + rb"|[,\[\]{}]", re.DOTALL)
_NESTING = re.compile(_TEXT + rb"|[\[\]{}]", re.DOTALL)


def _has_more_parts(body: bytes, most: int) -> bool:
    """Whether there are more; only where there are so many signs, perhaps in texts, are they told apart."""
    signs = sum(map(body.count, (b",", b"[", b"]", b"{", b"}"))) + body.count(b'"') // 2
    return signs > most and sum(1 for _ in islice(_PART.finditer(body), most + 1)) > most


def _bounded(body: bytes) -> JSON:
    """The document with a number that is none in place of what is nested too deeply or has too many digits.

    Bytes that are no text are replaced: what else is said there counts.
    """
    text = _shallow(body).decode(errors="replace")
    return json.loads(text, parse_int=lambda digits: int(digits) if len(digits) <= LONGEST_NUMBER else float("inf"))


def _shallow(body: bytes) -> bytes:
    """The document with NaN for each list or object that is nested too deeply."""
    kept: list[bytes] = []
    level = begin = 0
    for found in _NESTING.finditer(body):
        sign = found[0]
        if sign in b"[{":
            level += 1
            if level == DEEPEST_ANSWER + 1:
                kept += [body[begin : found.start()], b"NaN"]
        elif sign in b"]}":
            begin = found.end() if level == DEEPEST_ANSWER + 1 else begin
            level -= 1
    return b"".join(kept) + (body[begin:] if level <= DEEPEST_ANSWER else b"")


def _is_deeper(value: JSON, levels: int) -> bool:
    """Whether objects and lists are nested beyond so many levels; walks level by level, since recursion would fail."""
    level = [value]
    for _ in range(levels):
        inside = (item.values() if isinstance(item, dict) else item for item in level if isinstance(item, dict | list))
        level = [item for items in inside for item in items if isinstance(item, dict | list)]
        if not level:
            return False
    return True
