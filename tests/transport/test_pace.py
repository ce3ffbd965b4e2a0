"""Requests keep to a rate, and all of a group wait when the platform asks one to."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest
from transport.wire import CREATE, GET, POST, Clock, Script, answer, transport

from pulumi_managed_agents.transport.exchange import Answer
from pulumi_managed_agents.transport.pace import Pace

OK = Answer(200, {}, {})


def starts(pace: Pace, clock: Clock, number: int, takes: float = 0.0, answer: Answer = OK) -> list[float]:
    """When each of so many requests goes, one after the other."""
    found = []
    for _ in range(number):
        with pace.turn("create", clock.sleep) as turn:
            found.append(turn.sent)
            clock.now += takes
            turn.answer = answer
    return found


def refused(seconds: float) -> Answer:
    return Answer(429, {}, {"retry-after": f"{seconds}"})


def test_without_a_rate_nothing_waits() -> None:
    clock = Clock()

    starts(Pace(None, clock), clock, 1000)

    assert clock.slept == []


@pytest.mark.parametrize("per_minute", [1, 60, 300])
def test_so_many_go_at_once_and_no_more_in_any_minute(per_minute: int) -> None:
    clock = Clock()
    began = clock.now

    moments = starts(Pace(per_minute, clock), clock, 3 * per_minute)

    assert moments == [began + 60.0 * (number // per_minute) for number in range(3 * per_minute)]


def test_a_minute_is_counted_from_the_answer_for_nobody_knows_when_the_platform_counted() -> None:
    clock = Clock()
    pace, began = Pace(2, clock), clock.now

    assert starts(pace, clock, 4, takes=10.0) == [began, began + 10, began + 70, began + 80]


def test_a_pause_is_not_made_up_for_by_a_rush() -> None:
    clock = Clock()
    pace = Pace(60, clock)
    starts(pace, clock, 3)
    clock.now += 3600
    began = clock.now

    assert starts(pace, clock, 61) == [*[began] * 60, began + 60]


def test_a_refusal_lets_nobody_go_before_the_time_that_it_says() -> None:
    clock = Clock()
    pace = Pace(None, clock)
    began = clock.now

    starts(pace, clock, 1, answer=refused(10))

    assert starts(pace, clock, 3) == [began + 10.0] * 3


def test_the_longest_wait_counts() -> None:
    clock = Clock()
    pace = Pace(None, clock)
    began = clock.now
    with pace.turn("create", clock.sleep) as one, pace.turn("create", clock.sleep) as other:
        one.answer, other.answer = refused(10), refused(2)

    assert starts(pace, clock, 1) == [began + 10.0]


def test_after_a_refusal_the_rate_holds_as_before() -> None:
    clock = Clock()
    pace = Pace(2, clock)
    began = clock.now
    starts(pace, clock, 1, answer=refused(10))

    assert starts(pace, clock, 3) == [began + 10, began + 10, began + 70]


def test_one_goes_to_try_before_the_others_follow() -> None:
    clock = Clock()
    pace = Pace(None, clock)
    starts(pace, clock, 1, answer=refused(10))
    began = clock.now + 10

    with pace.turn("create", clock.sleep) as tried:
        assert tried.sent == began
        tried.answer = OK

        def asked(seconds: float) -> None:
            raise TimeoutError(seconds)

        with pytest.raises(TimeoutError), pace.turn("create", asked):
            pytest.fail("another one went")

    assert starts(pace, clock, 1) == [began]


def test_somebody_who_gives_up_waiting_keeps_nobody_from_going() -> None:
    clock = Clock()
    pace = Pace(1, clock)
    began = clock.now

    def cancelled(seconds: float) -> None:
        raise KeyboardInterrupt(seconds)

    starts(pace, clock, 1)
    with pytest.raises(KeyboardInterrupt), pace.turn("create", cancelled):
        pytest.fail("it went")

    assert starts(pace, clock, 1) == [began + 60]


def test_a_request_that_fails_is_over() -> None:
    clock = Clock()
    pace = Pace(None, clock)
    starts(pace, clock, 1, answer=refused(10))

    with pytest.raises(ValueError, match="broken"), pace.turn("create", clock.sleep):
        raise ValueError("broken")

    assert len(starts(pace, clock, 2)) == 2


def test_what_never_came_to_the_platform_counts_for_nothing() -> None:
    clock = Clock()
    pace = Pace(1, clock)
    began = clock.now
    with pace.turn("create", clock.sleep) as turn:
        turn.unsent = True

    assert starts(pace, clock, 2) == [began, began + 60]


def test_threads_share_the_rate() -> None:
    pace, barrier = Pace(40, lambda: 1000.0), Barrier(8)

    class Waited(Exception):
        pass

    def sleep(seconds: float) -> None:
        raise Waited(seconds)

    def send(_: int) -> int:
        barrier.wait(timeout=60)
        gone = 0
        for _ in range(10):
            try:
                with pace.turn("read", sleep):
                    gone += 1
            except Waited:
                continue
        return gone

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(8))) == 40


def test_a_refusal_for_haste_holds_the_requests_of_others() -> None:
    clock, server = Clock(), Script([answer(429, retry_after="20"), answer()])
    wire = transport(server, clock=clock, retries=0)
    began = clock.now

    assert wire.send(CREATE).status == 429
    wire.send(CREATE)

    assert clock.now - began == pytest.approx(20.0)


@pytest.mark.parametrize("other", [GET, POST], ids=["a read", "a change"])
def test_a_refusal_for_haste_holds_no_requests_of_another_kind(other: object) -> None:
    clock, server = Clock(), Script([answer(429, retry_after="20"), answer()])
    wire = transport(server, clock=clock, retries=0)

    assert wire.send(CREATE).status == 429
    wire.send(other)  # type: ignore[arg-type]

    assert clock.slept == []


@pytest.mark.parametrize("status", [500, 503, 529])
def test_trouble_of_another_kind_holds_nobody_else(status: int) -> None:
    clock, server = Clock(), Script([answer(status, retry_after="20"), answer()])
    wire = transport(server, clock=clock, retries=0)

    assert wire.send(GET).status == status
    wire.send(GET)

    assert clock.slept == []


def test_repetitions_count_against_the_rate_too() -> None:
    moments: list[float] = []
    clock = Clock()

    def server(request: httpx.Request) -> httpx.Response:
        del request
        moments.append(clock.now)
        return answer(503, retry_after="0")

    began = clock.now
    transport(server, clock=clock, per_minute=2, retries=3).send(GET)

    assert moments == [began, began, began + 60, began + 60]


@pytest.mark.parametrize("retries", [1, 4])
def test_a_request_that_is_refused_for_haste_spends_no_repetition(retries: int) -> None:
    clock, server = Clock(), Script([*[answer(429, retry_after="1")] * 8, answer(503), answer()])

    assert transport(server, clock=clock, retries=retries).send(GET).status == 200


def test_a_platform_that_always_says_later_is_not_asked_for_ever() -> None:
    clock, server = Clock(), Script([answer(429, retry_after="1")])
    began = clock.now

    assert transport(server, clock=clock).send(CREATE).status == 429
    assert 300 <= clock.now - began < 400
    assert len(server.asked) < 40


def test_six_hundred_creates_at_three_hundred_a_minute_take_one() -> None:
    clock, server = Clock(), Script([answer()])
    wire = transport(server, clock=clock, per_minute=300)
    began = clock.now

    for _ in range(600):
        wire.send(CREATE)

    assert clock.now - began == pytest.approx(60.0, rel=0.05)
