"""Whatever a server sends: bounded time, bounded memory, and a clear error."""

import gzip
import json
import math
import time
import tracemalloc
from collections.abc import Iterator
from itertools import repeat
from typing import Any

import httpx
import pytest
from transport.wire import CREATE, GET, Script, answer, stream, transport

from pulumi_managed_agents.errors import GarbledAnswer, LostAnswer
from pulumi_managed_agents.transport.answers import DEEPEST_ANSWER, LARGEST_ANSWER, MOST_PARTS

NO_JSON = {
    "a page": b"<html><body>hello</body></html>",
    "half a document": b'{"id": "agent_1", "na',
    "a list": b"[1, 2]",
    "a text": b'"hello"',
    "a number": b"7",
    "null": b"null",
    "bytes that are no text": b"\xff\xfe\x00",
    "two documents": b"{}{}",
    "a number of many digits that breaks off": b'{"a": ' + b"9" * 10_000,
    "lists in lists without end": b'{"a": ' + b"[" * 100_000,
    "lists that end before they begin": b'{"a": ' + b"]" * 100_000,
    "a text without an end": b'{"a": "' + b'\\"' * 1_000_000 + b"\\",
}
BEYOND = {
    "a number of many digits": b"9" * 10_000,
    "a number that is none": b"NaN",
    "an endless number": b"-1e999",
    "lists in lists": b"[" * 100_000 + b"]" * 100_000,
    "objects in objects": b'{"a": ' * 50_000 + b"1" + b"}" * 50_000,
    "lists in lists that can be read just so": b"[" * 300 + b"]" * 300,
}
"""What a document may hold of which nothing can be made."""


@pytest.mark.parametrize("case", BEYOND)
@pytest.mark.parametrize("status", [200, 400])
def test_what_is_beyond_all_bounds_is_no_number_and_the_rest_counts(case: str, status: int) -> None:
    content = b'{"before": "]\\"[", "it": ' + BEYOND[case] + b', "id": "agent_1"}'

    found = transport(Script([httpx.Response(status, content=content)])).send(GET).body

    assert (found["before"], found["id"]) == (']"[', "agent_1")
    assert not math.isfinite(innermost(found["it"]))


def innermost(value: Any) -> Any:
    while isinstance(value, dict | list):
        value = next(iter(value.values())) if isinstance(value, dict) else value[0]
    return value


def test_a_document_is_cut_where_it_is_too_deep() -> None:
    content = b'{"a": [' + b"[" * (DEEPEST_ANSWER - 2) + b"[1]" + b"]" * (DEEPEST_ANSWER - 2) + b', 2], "id": "x"}'

    found = transport(Script([httpx.Response(200, content=content)])).send(GET).body

    level, value = 1, found["a"]
    while isinstance(value, list):
        level, value = level + 1, value[0]
    assert (level, math.isnan(value), found["a"][1], found["id"]) == (DEEPEST_ANSWER, True, 2, "x")


def test_bytes_that_are_no_text_are_replaced_and_the_rest_counts() -> None:
    found = transport(Script([httpx.Response(200, content=b'{"id": "agent_1", "name": "a\xffb"}')])).send(GET).body

    assert found == {"id": "agent_1", "name": "a\ufffdb"}


@pytest.mark.parametrize("case", NO_JSON)
def test_what_is_no_json_object_is_told(case: str) -> None:
    with pytest.raises(GarbledAnswer) as caught:
        transport(Script([httpx.Response(200, content=NO_JSON[case])]), retries=1).send(GET)

    assert str(caught.value).startswith("GET /v1/agents/agent_1: 200: the answer is ")
    assert caught.value.may_exist


@pytest.mark.parametrize("case", NO_JSON)
def test_an_error_that_is_no_json_object_is_an_error_of_its_status(case: str) -> None:
    found = transport(Script([httpx.Response(404, content=NO_JSON[case])])).send(GET)

    assert (found.status, found.body) == (404, {})


def test_no_body_is_an_empty_object() -> None:
    assert transport(Script([httpx.Response(200)])).send(GET).body == {}


def test_a_document_of_usual_depth_is_read() -> None:
    document = {"a": [{"b": [{"c": [[[[[1]]]]]}]}]}

    assert transport(Script([answer(200, document)])).send(GET).body == document


def test_an_answer_without_an_end_is_cut_off() -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for piece in repeat(b" " * 2**20):
            sent += len(piece)
            yield piece

    tracemalloc.start()
    with pytest.raises(GarbledAnswer, match="larger than 64 MiB"):
        transport(Script([stream(endless())]), retries=0).send(CREATE)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sent <= LARGEST_ANSWER + 2 * 2**20
    assert most < 3 * LARGEST_ANSWER


def test_an_answer_that_unpacks_without_an_end_is_cut_off() -> None:
    packed = gzip.compress(b"\x00" * 2**28)
    pieces = (packed[n : n + 1024] for n in range(0, len(packed), 1024))

    with pytest.raises(GarbledAnswer, match="larger than 64 MiB"):
        transport(Script([stream(pieces, content_encoding="gzip")]), retries=0).send(CREATE)


def packed_in_one(content: bytes, encoding: str = "gzip") -> httpx.Response:
    return stream(iter([content]), content_encoding=encoding)


def test_what_is_packed_costs_no_more_than_what_is_read() -> None:
    packed = gzip.compress(b"\x00" * 2**28)

    tracemalloc.start()
    with pytest.raises(GarbledAnswer, match="larger than 64 MiB"):
        transport(Script([packed_in_one(packed)]), retries=0).send(CREATE)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 3 * LARGEST_ANSWER


@pytest.mark.parametrize("encoding", ["gzip, gzip", "deflate", "br", "zstd", "gzip, identity, gzip", "zebra"])
def test_what_is_packed_as_nobody_asked_for_is_told(encoding: str) -> None:
    content = gzip.compress(gzip.compress(b"{}")) if "," in encoding else b"{}"

    with pytest.raises(GarbledAnswer, match="packed"):
        transport(Script([packed_in_one(content, encoding)]), retries=0).send(CREATE)


def test_nothing_else_than_gzip_is_asked_for() -> None:
    server = Script([answer()])

    transport(server).send(GET)

    assert server.asked[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP", "identity", ""])
def test_what_is_packed_as_asked_is_read(encoding: str) -> None:
    content = gzip.compress(b'{"id": "agent_1"}') if "gzip" in encoding.lower() else b'{"id": "agent_1"}'

    assert transport(Script([packed_in_one(content, encoding)])).send(GET).body == {"id": "agent_1"}


@pytest.mark.parametrize("value", ["{}", '{"a":0}'])
def test_a_small_answer_of_very_many_parts_is_told(value: str) -> None:
    content = gzip.compress(('{"data": [' + ",".join([value] * (MOST_PARTS // 3 + 1)) + "]}").encode(), 1)

    tracemalloc.start()
    with pytest.raises(GarbledAnswer, match="4,000,000 parts"):
        transport(Script([packed_in_one(content)]), retries=0).send(CREATE)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 3 * LARGEST_ANSWER


def test_a_long_text_of_signs_that_mean_something_in_json_is_one_value() -> None:
    document = {"id": "agent_1", "system": '[{"a":1},' * 300_000}

    assert transport(Script([answer(200, document)])).send(GET).body == document


def test_what_only_claims_to_be_packed_is_told() -> None:
    with pytest.raises(LostAnswer):
        transport(Script([stream(iter([b"{}"]), content_encoding="gzip")]), retries=0).send(CREATE)


def test_an_answer_that_drips_is_given_up() -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(1000):
            time.sleep(0.01)
            yield b" "

    began = time.monotonic()
    with pytest.raises(GarbledAnswer, match="too long"):
        transport(Script([stream(drip())]), retries=0, timeout=0.2).send(CREATE)

    assert time.monotonic() - began < 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_told_and_not_followed(status: int) -> None:
    server = Script([httpx.Response(status, headers={"location": "https://evil.example.com/"})])

    with pytest.raises(GarbledAnswer) as caught:
        transport(server, retries=0).send(GET)

    assert len(server.asked) == 1
    assert "redirect" in str(caught.value)
    assert "`baseUrl`" in str(caught.value)


@pytest.mark.parametrize("status", [300, 304, 305, 399])
def test_a_status_that_is_no_answer_of_an_api_is_no_success(status: int) -> None:
    with pytest.raises(GarbledAnswer) as caught:
        transport(Script([httpx.Response(status)]), retries=0).send(CREATE)

    assert str(status) in str(caught.value)


def test_a_header_of_any_kind_is_kept_out_of_errors() -> None:
    noise = json.dumps("\x1b[31m")
    reply = httpx.Response(200, headers={"x-noise": "a" * 10_000}, content=noise.encode())

    with pytest.raises(GarbledAnswer) as caught:
        transport(Script([reply]), retries=0).send(GET)

    assert len(str(caught.value)) < 200
