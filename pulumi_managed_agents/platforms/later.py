"""Services that are connected when they are first asked: most previews send nothing, and need no key."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from ..declaration.capabilities import Capabilities
    from ..declaration.values import Bag
    from ..lifecycle.steps import Call, Operation

from .service import Accounted, Backend, Service

ServiceT = TypeVar("ServiceT", bound=Service)


class Later(Generic[ServiceT]):
    """A service that `connect` reaches, once, whichever thread asks first."""

    def __init__(self, connect: Callable[[], ServiceT]) -> None:
        self._connect = connect
        self._lock = threading.Lock()
        self._connected: ServiceT | None = None

    @property
    def service(self) -> ServiceT:
        """The service, connected.

        Raises:
            ConfigError: there is no key, or the emulator's file cannot be used.
        """
        with self._lock:
            if self._connected is None:
                self._connected = self._connect()
            return self._connected

    def send(self, call: Call) -> Bag:
        """Makes the call and returns the answer."""
        return self.service.send(call)

    def has(self, operation: Operation) -> bool:
        """Whether the service knows the operation."""
        return self.service.has(operation)

    def close(self) -> None:
        """Closes the connections, if there are any."""
        with self._lock:
            if self._connected is not None:
                self._connected.close()


BackendT = TypeVar("BackendT", bound="AccountedBackend")


class AccountedBackend(Backend, Accounted, Protocol):
    """A platform whose answers tell whose key it is."""


class BackendLater(Later[BackendT]):
    """A platform that is connected when it is first asked; what it can do is known before."""

    def __init__(self, capabilities: Capabilities, connect: Callable[[], BackendT]) -> None:
        super().__init__(connect)
        self.capabilities = capabilities

    @property
    def account(self) -> str | None:
        """The account that the key is of, as far as answers have told."""
        with self._lock:
            return self._connected.account if self._connected is not None else None
