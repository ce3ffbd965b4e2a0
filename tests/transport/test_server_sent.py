"""Server-sent events out of bytes, however they arrive, and within bounds."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_managed_agents.transport import server_sent
from pulumi_managed_agents.transport.server_sent import Sent, TooLarge, sent

CASES = {
    "one": (b"event: a\ndata: 1\n\n", [Sent("a", "1")]),
    "an id stays": (b"id: 7\ndata: 1\n\ndata: 2\n\n", [Sent("message", "1", "7"), Sent("message", "2", "7")]),
    "lines of data": (b"data: 1\ndata:2\n\n", [Sent("message", "1\n2")]),
    "a comment keeps the line open": (b": ping\n\ndata: 1\n\n", [Sent("message", "1")]),
    "no data is no event": (b"event: a\n\n", []),
    "an unfinished one is none": (b"data: 1\n\ndata: 2\n", [Sent("message", "1")]),
    "all ends of lines": (b"data: 1\r\n\r\ndata: 2\r\rdata: 3\n\n", [Sent("message", each) for each in "123"]),
    "another language": ("data: ä€\n\n".encode(), [Sent("message", "ä€")]),
    "no UTF-8": (b"data: \xff\n\n", [Sent("message", "\ufffd")]),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_events_are_the_same_however_they_arrive(name: str, size: int) -> None:
    text, expected = CASES[name]
    pieces = [text[at : at + size] for at in range(0, len(text), size)]

    assert list(sent(pieces)) == expected


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=5))
def test_no_bytes_are_too_odd(text: bytes, cuts: list[int]) -> None:
    bounds = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[begin:end] for begin, end in itertools.pairwise(bounds)]

    assert list(sent(pieces)) == list(sent([text]))


def test_what_has_no_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_sent, "LARGEST_EVENT", 1000)

    with pytest.raises(TooLarge):
        list(sent(b"data: x" for _ in itertools.repeat(None)))
    with pytest.raises(TooLarge):
        list(sent(b"data: x\n" for _ in itertools.repeat(None)))
