"""Whatever comes over a connection, the world holds what allowed requests asked for, and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from emulator.wire import KEY, answers, chunked, creation, fault, made, request
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

from pulumi_managed_agents.emulator import Emulator, Server

EXAMPLES = 400
NESTED = creation() + fault() + request("POST", "/_emulator/reset", b"{}")
"""Requests that stand in bodies, where they are nobody's."""


@dataclass(frozen=True)
class Sent:
    """Some bytes, the name of the agent that they rightly make, and whether another request can follow them."""

    content: bytes
    name: str = ""
    goes_on: bool = True


def agent(name: str) -> bytes:
    return json.dumps({"name": name, "model": "claude-opus-5-5"}).encode()


def in_chunks(body: bytes, cuts: list[int]) -> bytes:
    places = sorted({min(cut, len(body)) for cut in cuts} | {0, len(body)})
    parts = [body[start:end] for start, end in pairwise(places) if start != end]
    return chunked(*parts)


CHUNKED = {"Content_Length": "", "Transfer_Encoding": "chunked"}
NAMES = st.integers(0, 10**9).map("agent-{}".format)
OTHERS = st.sampled_from(["evil.example", "127.0.0.1.evil.example", "evil.example:80", "10.1.2.3", "127.0.0.1:x"])
ORIGINS = st.sampled_from(["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])
PATHS = st.sampled_from(["/", "/nothing", "/_emulator/reset", "/_emulator/faults", "/v1/agents", "/github/user"])
BODIES = st.binary(max_size=30).map(lambda before: before + NESTED) | st.just(NESTED)

GOOD = st.builds(lambda name: Sent(creation(name), name), NAMES)
GOOD_IN_CHUNKS = st.builds(
    lambda name, cuts: Sent(request("POST", "/v1/agents", in_chunks(agent(name), cuts), **KEY, **CHUNKED), name),
    NAMES,
    st.lists(st.integers(1, 60), max_size=5),
)
NOTHING_THERE = st.builds(
    lambda body, method, path: Sent(request(method, path, body)),
    BODIES,
    st.sampled_from(["POST", "PUT", "GET", "DELETE"]),
    st.sampled_from(["/nothing", "/_emulator/nothing", "/_emulator/page/style.css"]),
)
FOREIGN = st.builds(
    lambda path, body, headers: Sent(request("POST", path, body, **headers), goes_on=False),
    PATHS,
    BODIES,
    OTHERS.map(lambda host: {"Host": host})
    | ORIGINS.map(lambda origin: {"Origin": origin})
    | st.just({"Sec_Fetch_Site": "cross-site"}),
)
LENGTHS = st.sampled_from(["-1", "+1", "1, 2", "0x10", "1 1", "1_0", "\u00b2", "four", "9" * 30]).map(str)
WRONG_LENGTH = st.builds(
    lambda body, length: Sent(request("POST", "/nothing", body, Content_Length=length), goes_on=False), BODIES, LENGTHS
)
TOO_SHORT = st.builds(
    lambda body, less: Sent(
        request("POST", "/nothing", body + b"\x00" * less, Content_Length=str(len(body))), goes_on=False
    ),
    st.binary(max_size=30),
    st.integers(1, 40),
)
WRONG_CHUNKS = st.builds(
    lambda size, body: Sent(request("POST", "/nothing", size + b"\r\n" + body, **CHUNKED), goes_on=False),
    st.sampled_from([b"-1", b"+1", b"x", b"0x1", b"1_0", b"", b"9" * 30, b"1"]),
    BODIES,
)
CODINGS = st.sampled_from(
    ["gzip", "gzip, chunked", "chunked, gzip", "xchunked", "identity", "chunked, chunked", "\x0bchunked"]
)
WRONG_CODING = st.builds(
    lambda coding, body: Sent(
        request("POST", "/nothing", body, Content_Length="", Transfer_Encoding=coding), goes_on=False
    ),
    CODINGS,
    BODIES,
)
BOTH = st.builds(
    lambda body: Sent(request("POST", "/nothing", b"0\r\n\r\n" + body, Transfer_Encoding="chunked"), goes_on=False),
    BODIES,
)
NOISE = st.builds(lambda noise: Sent(noise + b"\r\n\r\n" + NESTED, goes_on=False), st.binary(min_size=1, max_size=60))
ANY = (
    GOOD
    | GOOD_IN_CHUNKS
    | NOTHING_THERE
    | FOREIGN
    | WRONG_LENGTH
    | TOO_SHORT
    | WRONG_CHUNKS
    | WRONG_CODING
    | BOTH
    | NOISE
)
SEQUENCES = st.lists(ANY, min_size=1, max_size=6)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Emulator, Server]]:
    folder: Path = tmp_path_factory.mktemp("served")
    with Emulator(folder / "emulator.sqlite") as emulator, emulator.serve() as server:
        yield emulator, server


@given(sequence=SEQUENCES, cut=st.integers(1, 4000))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_world_holds_what_allowed_requests_asked_for(
    served: tuple[Emulator, Server], sequence: list[Sent], cut: int
) -> None:
    emulator, server = served
    emulator.control.reset()
    whole = b"".join(sent.content for sent in sequence)
    certain = [sent.name for sent in before_the_end(sequence) if sent.name]

    answers(server, whole[:cut], whole[cut:])

    found = made(emulator.control)
    assert found == certain
    assert emulator.control.fault_rules() == []
    asked = [(row["method"], row["path"]) for row in emulator.control.requests()]
    assert asked == [("POST", "/v1/agents")] * len(found)


def before_the_end(sequence: list[Sent]) -> Iterator[Sent]:
    for sent in sequence:
        yield sent
        if not sent.goes_on:
            return
