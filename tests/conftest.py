"""What every test shares: no test reaches a host that is not this machine."""

from __future__ import annotations

import ipaddress
import signal
import socket
from typing import TYPE_CHECKING, Any

import pytest
from twins import slice_of, twin_of
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["distribution.fixtures", "examples.fixtures"]


ON_THE_ENGINE = 600
"""Seconds that a test with the engine may take, on a machine that has other things to do; others have the default."""

COLLECTED = pytest.StashKey[set[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What has a twin runs with `make test-all`; what takes long has the time."""
    config.stash[COLLECTED] = {item.nodeid for item in items}
    for item in items:
        if twin_of(item.nodeid):
            item.add_marker(pytest.mark.nightly)
        if item.get_closest_marker("engine") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(ON_THE_ENGINE))
    # The long ones first: at the end no worker is left alone with one.
    items.sort(key=lambda item: item.get_closest_marker("engine") is None)
    wanted = config.getoption("slice")
    if wanted:
        _keep_slice(config, items, wanted)


TOGETHER = {"tests/core/test_faults.py", "tests/distribution/test_archive.py", "tests/engine/test_cleared.py"}
"""Files whose tests look at one world that takes long to make: one worker makes it and runs them all."""


class _Schedule(LoadScopeScheduling):
    """Hands out tests one by one, and the files of TOGETHER as a whole."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return path if path in TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Several workers share the tests so."""
    return _Schedule(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which part of what `make test` leaves out is to run."""
    parser.addoption("--slice", metavar="N/OF", help="run the N-th of so many slices of what `make test` leaves out")


def _keep_slice(config: pytest.Config, items: list[pytest.Item], wanted: str) -> None:
    number, of = map(int, wanted.split("/"))
    kept, others = [], []
    for item in items:
        chosen = item.get_closest_marker("nightly") and slice_of(item.nodeid, of) == number % of
        (kept if chosen else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = kept


@pytest.fixture
def collected(pytestconfig: pytest.Config) -> set[str]:
    """The names of all tests there are, run or not."""
    if pytestconfig.args != pytestconfig.getini("testpaths"):
        pytest.skip("only some tests were looked for")
    return pytestconfig.stash[COLLECTED]


@pytest.fixture(autouse=True, scope="session")
def _hears_interrupts() -> None:
    """What a shell starts in the background ignores SIGINT, and so would every program that a test interrupts."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def _own_journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Unfinished creates and tokens of tests are nobody else's, and the user's own are not looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("ANTHROPIC_CONFIG_DIR", str(tmp_path_factory.mktemp("no profiles")))
        yield


@pytest.fixture(autouse=True, scope="session")
def _only_loopback() -> Iterator[None]:
    """Refuses connections to other hosts, so that a test that needs one fails at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            message = f"a test tried to reach {address[0]}"
            raise RuntimeError(message)
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
