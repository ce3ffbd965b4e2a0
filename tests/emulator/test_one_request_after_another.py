"""Where a request ends and the next one begins: nobody's body is ever taken for a request."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

import pytest
from emulator.wire import KEY, answers, chunked, creation, fault, made, request, statuses, told, untouched

if TYPE_CHECKING:
    from pulumi_managed_agents.emulator import Control, Server

FOREIGN = {"Origin": "https://evil.example"}
PATHS = ["/_emulator/reset", "/_emulator/nothing", "/_emulator/page/style.css", "/", "/nothing", "/github/nothing"]
HIDDEN = creation() + fault()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("sender", [{}, FOREIGN, {"Host": "evil.example"}], ids=["own", "page", "name"])
def test_the_body_of_an_answered_request_is_no_request(
    server: Server, control: Control, path: str, sender: dict[str, str]
) -> None:
    answers(server, request("POST", path, HIDDEN, **sender))

    assert made(control) == []
    assert control.fault_rules() == []


CHUNKED = {"Content_Length": "", "Transfer_Encoding": "chunked"}


def creating(body: bytes, version: str = "1.1", path: str = "/v1/agents", **headers: str) -> bytes:
    return request("POST", path, body, version, **{**KEY, **headers})


def mended(old: bytes, new: bytes) -> bytes:
    return creating(HIDDEN).replace(old, new, 1)


DOUBTFUL = {
    "a length that is no number": creating(HIDDEN, Content_Length="four"),
    "a length with a sign": creating(HIDDEN, Content_Length="+4"),
    "a length below nothing": creating(HIDDEN, Content_Length="-4"),
    "two lengths": creating(HIDDEN, Content_Length="4, 5"),
    "two headers with lengths": creating(HIDDEN, Content_Length="4\r\nContent-Length: 2"),
    "length and chunks": creating(chunked(b"{}") + HIDDEN, Transfer_Encoding="chunked")
    .replace(b"Content-Length: ", b"X: ")
    .replace(b"Host: ", b"Content-Length: 3\r\nHost: "),
    "another coding": creating(HIDDEN, Content_Length="", Transfer_Encoding="gzip"),
    "two codings": creating(HIDDEN, Content_Length="", Transfer_Encoding="gzip, chunked"),
    "a coding that is spelt oddly": creating(HIDDEN, Content_Length="", Transfer_Encoding="xchunked"),
    "a chunk with a sign": creating(b"+2\r\n{}\r\n0\r\n\r\n", **CHUNKED) + HIDDEN,
    "a chunk with a line between digits": creating(b"0_2\r\n{}\r\n0\r\n\r\n", **CHUNKED) + HIDDEN,
    "a chunk that is longer than it says": creating(b"2\r\n{}" + HIDDEN, **CHUNKED),
    "a blank before the colon": mended(b"Content-Length:", b"Content-Length :"),
    "a line that is no header": mended(b"Host:", b"nothing\r\nHost:"),
    "a header with NUL": mended(b"test-key", b"test\x00key"),
    "a version from tomorrow": creating(HIDDEN, version="2.0"),
    "no version": b"POST /v1/agents\r\n\r\n" + HIDDEN,
    "a target that is an address": creating(HIDDEN, path="http://evil.example/v1/agents"),
    "no request at all": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n" + HIDDEN,
}


@pytest.mark.parametrize("sent", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_request_whose_end_is_in_doubt_ends_the_connection(server: Server, control: Control, sent: bytes) -> None:
    found = statuses(server, sent)

    assert made(control) == []
    assert untouched(control)
    assert len(found) <= 1
    assert all(400 <= status < 506 for status in found)


def test_requests_that_come_at_once_are_answered_in_order(server: Server, control: Control) -> None:
    body = json.dumps({"name": "third", "model": "claude-opus-5-5"}).encode()
    in_chunks = creating(chunked(body[:9], body[9:]), **CHUNKED)

    found = statuses(server, creation("first") + request("GET", "/nothing"), creation("second"), in_chunks, fault())

    assert found == [200, 404, 200, 200, 200]
    assert made(control) == ["first", "second", "third"]


def test_a_client_that_asks_before_it_sends_is_told_to_go_on(server: Server, control: Control) -> None:
    assert statuses(server, creation("asked", Expect="100-continue")) == [100, 200]
    assert made(control) == ["asked"]


def test_nobody_is_told_to_go_on_with_what_is_refused(server: Server, control: Control) -> None:
    assert statuses(server, creation(Expect="100-continue", **FOREIGN)) == [403]
    assert untouched(control)


def test_an_old_client_gets_an_answer_that_it_understands(server: Server, control: Control) -> None:
    control.settings(stream_seconds=0)
    statuses(server, creation("old", version="1.0"))
    answer = answers(server, request("GET", "/v1/agents", version="1.0", **KEY) + creation())

    assert b"chunked" not in answer
    assert re.search(rb"(?i)\r\nconnection: close\r\n", answer)
    assert made(control) == ["old"]


def test_an_old_client_can_keep_its_connection_where_it_says_so(server: Server) -> None:
    asked = request("GET", "/_emulator/counters", version="1.0", Connection="keep-alive")

    assert statuses(server, asked + asked)[0] == 200


def test_the_answer_to_a_look_at_the_head_has_no_body(server: Server) -> None:
    assert answers(server, request("HEAD", "/")).endswith(b"\r\n\r\n")


def test_a_body_that_ends_early_does_nothing(server: Server, control: Control) -> None:
    assert len(statuses(server, creation("half")[:-4])) <= 1
    assert len(statuses(server, request("POST", "/_emulator/faults", fault()[-40:], Content_Length="4000"))) <= 1
    assert untouched(control)


BIGGEST = 100 * 1024 * 1024


@pytest.mark.parametrize("path", ["/_emulator/repositories", "/v1/agents", "/api/v1/cloud/agents", "/nothing", "/"])
@pytest.mark.parametrize("told_before", [True, False], ids=["by length", "in chunks"])
def test_a_body_has_a_bound_on_every_path(server: Server, control: Control, path: str, told_before: bool) -> None:
    headers = {"Content_Length": str(BIGGEST)} if told_before else CHUNKED
    part = b" " * (1 << 20) if told_before else b"100000\r\n" + b" " * (1 << 20) + b"\r\n"
    end = b"" if told_before else b"0\r\n\r\n"
    started = time.monotonic()

    head = creating(b"", path=path, Authorization="Bearer k", **headers)
    found = statuses(server, head, *[part] * (BIGGEST >> 20), end)

    assert found == [{"/": 405, "/nothing": 404, "/api/v1/cloud/agents": 400}.get(path, 413)]
    assert untouched(control) or path not in ("/", "/nothing")
    assert time.monotonic() - started < 60


@pytest.mark.parametrize("path", ["/_emulator/repositories", "/v1/agents", "/api/v1/cloud/agents"])
def test_a_body_that_is_nested_deeply_is_refused(server: Server, path: str) -> None:
    keys = KEY | {"Authorization": "Bearer test"}

    assert statuses(server, request("POST", path, b"[" * 100_000 + b"]" * 100_000, **keys)) == [400]


def test_a_control_call_that_nobody_thought_of_is_refused(server: Server) -> None:
    found = {
        query: statuses(server, request("GET", f"/_emulator/requests?since={query}"))
        for query in ("9" * 30, "9" * 5000, "-1", "x", "%00", "%ff")
    }

    assert {status for each in found.values() for status in each} <= {200, 400}
    assert all(found.values())


def test_a_head_has_a_bound(server: Server, control: Control) -> None:
    assert statuses(server, request("GET", "/v1/agents", X="x" * 1_000_000, **KEY)) in ([], [431], [400])
    assert untouched(control)


def test_a_refusal_is_heard_although_its_body_was_not_read(server: Server) -> None:
    big = request("POST", "/_emulator/reset", b" " * 2_000_000, **FOREIGN)

    for _ in range(5):
        status, document = told(server, big)
        assert status == 403
        assert document["error"]
