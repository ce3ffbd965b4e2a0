"""Whatever others say, no error and no warning holds a sign that a terminal obeys."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from core.noise import NOISE, NOISES, obeyed
from core.platform import MODEL, Platform, bent
from google.protobuf import empty_pb2
from hypothesis import given
from pulumi.runtime.proto import engine_pb2_grpc

from pulumi_managed_agents import errors
from pulumi_managed_agents.declaration.model import Failure
from pulumi_managed_agents.errors import CallFailed, ConfigError, NotReady, Refusal, Refused
from pulumi_managed_agents.importing.problem import ImportProblem
from pulumi_managed_agents.policy.configuration import PolicyConfigError
from pulumi_managed_agents.printable import printable
from pulumi_managed_agents.provider.engine_log import EngineLog
from pulumi_managed_agents.resources.parts.access import Denied

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY_ERROR: dict[str, Exception] = {
    **{
        name: kind(NOISE)
        for name, kind in vars(errors).items()
        if isinstance(kind, type)
        and issubclass(kind, errors.ManagedAgentsError)
        and not issubclass(kind, CallFailed | NotReady)
    },
    "ImportProblem": ImportProblem(NOISE),
    "PolicyConfigError": PolicyConfigError(NOISE),
    "CallFailed": CallFailed(NOISE, NOISE),
    "advised": CallFailed(NOISE, NOISE, NOISE).advised(NOISE),
    "Refused": Refused(NOISE, Refusal(400, NOISE, NOISE, NOISE)),
    "NotReady": NotReady(NOISE, {"name": NOISE}, [NOISE, NOISE]),
}


@pytest.mark.parametrize("name", EVERY_ERROR)
def test_an_error_shows_what_it_holds_and_obeys_nothing(name: str) -> None:
    text = str(EVERY_ERROR[name])

    assert obeyed(text) == []
    assert "\\x1b[2J" in text
    assert "\n" not in text


def test_the_reasons_of_what_is_not_ready_obey_nothing() -> None:
    assert [obeyed(reason) for reason in NotReady("x", {}, [NOISE, NOISE]).reasons] == [[], []]


def test_a_failure_of_a_check_obeys_nothing() -> None:
    text = str(Failure(("metadata", NOISE, 3), NOISE))

    assert obeyed(text) == []
    assert "\n" not in text


def test_what_is_printable_stays_as_it_is() -> None:
    text = "Caf\u00e9 \u4e2d\u6587 \U0001f600 `a` \\n \u0301"

    assert str(CallFailed("a", text)) == f"a: {text}"


def test_a_refusal_of_a_platform_obeys_nothing(platform: Platform) -> None:
    platform.control.faults([{"operation": "agents.create", "status": 400, "error_type": NOISE, "message": NOISE}])

    with pytest.raises(CallFailed) as caught:
        platform.create("Agent", {"name": "worker", "model": MODEL})

    assert obeyed(str(caught.value)) == []
    assert "FORGED" in str(caught.value)


class Listener(engine_pb2_grpc.EngineServicer):
    """An engine that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def Log(self, request: Any, context: Any) -> empty_pb2.Empty:  # noqa: N802 - the protocol's name
        del context
        self.told.append(request.message)
        return empty_pb2.Empty()


@pytest.fixture
def engine() -> Iterator[tuple[Listener, EngineLog]]:
    listener = Listener()
    server = grpc.server(ThreadPoolExecutor(2))
    engine_pb2_grpc.add_EngineServicer_to_server(listener, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield listener, EngineLog(f"127.0.0.1:{port}")
    server.stop(0).wait(timeout=60)


@pytest.mark.parametrize(
    "text", [NOISE, f"{NOISE}\ud800", NOISE * 100_000], ids=["noise", "half of a character", "long"]
)
def test_a_word_to_the_engine_obeys_nothing(text: str, engine: tuple[Listener, EngineLog]) -> None:
    listener, log = engine

    log.warn(text)  # noqa: G010 - it is the engine's
    log.info(text)

    assert [obeyed(said) for said in listener.told] == [[], []]
    assert all(len(said) < 100_000 for said in listener.told)


def test_a_word_that_no_engine_hears_obeys_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    EngineLog(None).warn(f"{NOISE}\ud800")

    told = capsys.readouterr().err
    assert obeyed(told) == []
    assert told.count("\n") == 1


def test_a_warning_about_a_session_obeys_nothing(platform: Platform, capsys: pytest.CaptureFixture[str]) -> None:
    state = platform.session(resources=[{"type": "github_repository", "url": "https://github.com/org/app"}])
    error = {"type": f"repository_{NOISE}", "message": NOISE, "repository_url": None}
    event = {"type": "session.error", "id": "e1", "error": error}

    with bent(platform, "GET /v1/sessions/[^/]+/events", lambda _: {"data": [event]}):
        platform.read("Session", state.id, state.outputs)
    for warning in platform.warnings:
        EngineLog(None).warn(warning)

    told = capsys.readouterr().err
    assert obeyed(told) == []
    assert "FORGED" in told


@given(NOISES)
def test_any_text_is_printable_once_and_stays_so(text: str) -> None:
    shown = printable(text)

    assert obeyed(shown) == []
    assert shown.isprintable()
    assert printable(shown) == shown
    shown.encode()
    assert not text.isprintable() or shown == text


@given(NOISES, NOISES, NOISES, NOISES)
def test_any_text_of_somebody_else_is_printable_in_every_error(one: str, two: str, three: str, four: str) -> None:
    errors_of = [
        Refused(one, Refusal(400, two, three, four), one).advised(two),
        CallFailed(one, two, three),
        NotReady(one, {}, [two, three]),
        ConfigError(four),
        Denied(Failure((one, two), three)),
    ]

    for error in errors_of:
        assert obeyed(str(error)) == []
        str(error).encode()
    assert obeyed(str(Failure((one, 3, two), three))) == []
