"""What every test shares: no test reaches a host that is not this machine."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, Any

import pytest
from twins import twin_of

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["distribution.fixtures", "examples.fixtures"]


COLLECTED = pytest.StashKey[set[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What has a twin runs with `make test-all`."""
    config.stash[COLLECTED] = {item.nodeid for item in items}
    for item in items:
        if twin_of(item.nodeid):
            item.add_marker(pytest.mark.nightly)


@pytest.fixture
def collected(pytestconfig: pytest.Config) -> set[str]:
    """The names of all tests there are, run or not."""
    if pytestconfig.args != pytestconfig.getini("testpaths"):
        pytest.skip("only some tests were looked for")
    return pytestconfig.stash[COLLECTED]


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
