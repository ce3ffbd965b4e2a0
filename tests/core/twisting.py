"""Answers as nobody would give them: of a good one, something is gone, of another form, or added."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from core.noise import NOISE
from core.odd_states import WRONG, at_place, without
from core.places import places, put

if TYPE_CHECKING:
    import random

MARK = "4dabf18193072939515e22adb298388d"
SIGNED = (
    "c44067f5952c0a294b673a41bacd8c17",
    "0def7320c3a5731c473e5ecbe6d01bc7",
    "1b47061264138c4ac30d75fd1eb44270",
    "5cf8f73096256a8f31e491e813e4eb8e",
    "d0e6a833031e9bbcd3f4e8bde6ca49a4",
    "zebra",
)
"""Asset, archive, secret, resource, output, and nothing that is known."""

UNKNOWN_TEXTS = ("04da6b54-80e4-46f7-96ec-b56ff0331ba9", "dd056dcd-154b-4c76-9bd3-c8f88648b5ff")

MOMENTS = ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-01-31T09:00:00", "yesterday")
NUMBERS = (10**400, -(10**400), 2**63, 1e308, float("nan"), float("inf"), -0.0, 1.5, 10**17)
TEXTS = (
    NOISE,
    "\ud800",
    "a\udfffb",
    "\x00",
    "a/b",
    "..",
    " ",
    "\u202e",
    "x" * 70_000,
    "9" * 5_000,
    "[secret]",
    "__proto__",
)
SIGNATURES = tuple({MARK: sign, "path": "/etc/hostname", "value": "v", "text": "t", "urn": "u"} for sign in SIGNED)
MAPS = (
    {"": 1},
    {NOISE: 1},
    {"a\ud800": 1},
    {"__provider": "x", "__defaults": []},
    {"\0untold": 1},
    {"fn::secret": "x"},
)


def nested(levels: int) -> Any:
    """A list in a list in a list."""
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


VALUES: tuple[Any, ...] = (
    *WRONG,
    *UNKNOWN_TEXTS,
    *MOMENTS,
    *NUMBERS,
    *TEXTS,
    *SIGNATURES,
    *MAPS,
    nested(99),
    nested(300),
)


def twisted(draw: random.Random, answer: Any) -> Any:
    """Of a good answer, one that is not; at times, as bytes that JSON's own writer would not write."""
    for _ in range(draw.randint(1, 3)):
        place = draw.choice(places(answer)[1:] or [()])
        match draw.choice(("another", "another", "gone", "more")):
            case "another":
                answer = put(answer, place, draw.choice(VALUES))
            case "gone" if place:
                answer = without(answer, place)
            case "more":
                parent = at_place(answer, place[:-1])
                extra = draw.choice(
                    (MARK, "", NOISE, "\ud800", "archived_at", "id", "type", "metadata", "error", "data")
                )
                if isinstance(parent, dict):
                    answer = put(answer, place[:-1], {**parent, extra: draw.choice(VALUES)})
        if not isinstance(answer, dict | list):
            break
    return raw(draw, json.dumps(answer).encode()) if draw.random() < 0.2 else answer


def raw(draw: random.Random, content: bytes) -> bytes:
    """The document with what no writer of JSON writes."""
    more = draw.choice(
        (
            b'"id": 3, "id": "agent_twice"',
            b'"a": 1e999',
            b'"a": ' + b"9" * 6_000,
            b'"a": ' + b"[" * 3_000 + b"]" * 3_000,
            b'"a": "\xff\xfe"',
            b'"a": "\xed\xa0\x80"',
            b'"a": NaN, "b": -Infinity',
        )
    )
    return b"{" + more + b", " + content[1:] if content[:1] == b"{" and len(content) > 2 else content
