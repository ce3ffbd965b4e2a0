"""When a token is renewed: early for one of all, late for all who wait, and never twice at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from pulumi_managed_agents.declaration.learning import Learned
from pulumi_managed_agents.errors import Unsigned
from pulumi_managed_agents.platforms.credentials.exchange import AccessToken, TokenDenied
from pulumi_managed_agents.platforms.credentials.federation import Federation
from pulumi_managed_agents.platforms.credentials.kept import NoFile
from pulumi_managed_agents.platforms.credentials.renewal import Renewal


@dataclass
class Numbered:
    """An exchange that gives one token after the other, or fails."""

    lifetime: float = 600.0
    fails: bool = False
    made: int = 0
    going: threading.Event = field(default_factory=threading.Event)
    early = staticmethod(Federation.early)
    late = staticmethod(Federation.late)

    def token(self, now: float) -> AccessToken:
        self.made += 1
        self.going.wait(0.05)
        if self.fails:
            raise TokenDenied("Exchanging", "no")
        return AccessToken(f"token-number-{self.made}", now + self.lifetime, self.lifetime)


@dataclass
class At:
    """A moment."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


MOMENTS = {
    "most of its time": (400.0, 1),
    "the last two minutes": (500.0, 2),
    "the last seconds": (580.0, 2),
    "its end": (601.0, 2),
}


@pytest.mark.parametrize("case", MOMENTS)
def test_a_token_is_renewed_before_its_end(case: str) -> None:
    after, made = MOMENTS[case]
    exchange, clock = Numbered(), At()
    renewal = Renewal(exchange, NoFile(), Learned(), clock)
    renewal.current()
    clock.now += after

    assert renewal.current() == f"token-number-{made}"


def test_one_that_lives_for_a_minute_is_not_renewed_at_every_request() -> None:
    exchange, clock = Numbered(lifetime=60.0), At()
    renewal = Renewal(exchange, NoFile(), Learned(), clock)
    for _ in range(40):
        renewal.current()
        clock.now += 1

    assert exchange.made == 1


@pytest.mark.parametrize("after", [580.0, 601.0])
def test_all_who_come_at_its_end_share_one_exchange(after: float) -> None:
    exchange, clock = Numbered(), At()
    renewal = Renewal(exchange, NoFile(), Learned(), clock)
    renewal.current()
    clock.now += after

    with ThreadPoolExecutor(64) as threads:
        found = {future.result(timeout=60) for future in [threads.submit(renewal.current) for _ in range(64)]}

    assert found == {"token-number-2"}


def test_all_who_were_refused_share_one_exchange() -> None:
    exchange = Numbered()
    renewal = Renewal(exchange, NoFile(), Learned(), At())
    refused = renewal.current()

    with ThreadPoolExecutor(64) as threads:
        found = {future.result(timeout=60) for future in [threads.submit(renewal.after, refused) for _ in range(64)]}

    assert found == {"token-number-2"}


def test_an_early_renewal_in_vain_is_no_failure_and_is_not_repeated_at_once() -> None:
    exchange, clock = Numbered(), At()
    renewal = Renewal(exchange, NoFile(), Learned(), clock)
    renewal.current()
    clock.now += 500
    exchange.fails = True

    assert {renewal.current() for _ in range(10)} == {"token-number-1"}
    assert exchange.made == 2
    clock.now += 6
    renewal.current()
    assert exchange.made == 3


def test_all_who_wait_for_a_denied_exchange_hear_of_it_and_make_no_other() -> None:
    exchange = Numbered(fails=True)
    renewal = Renewal(exchange, NoFile(), Learned(), At())

    with ThreadPoolExecutor(64) as threads:
        futures = [threads.submit(renewal.current) for _ in range(64)]
    failures = [future.exception() for future in futures]

    assert all(isinstance(failure, Unsigned) for failure in failures)
    assert len(set(map(id, failures))) == 64
    assert exchange.made == 1
