"""What lies between the provider and the emulator: time passes on it, and the weather strikes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
from torture.weather import UNREACHABLE

if TYPE_CHECKING:
    from random import Random

    from torture.clock import Clock
    from torture.weather import Weather

    from pulumi_managed_agents.emulator import Emulator


class Wire(httpx.BaseTransport):
    """The emulator in this process, as a network would bring it."""

    def __init__(self, emulator: Emulator, clock: Clock, weather: Weather, random: Random) -> None:
        self._inner = httpx.WSGITransport(app=emulator.wsgi)
        self._control = emulator.control
        self._clock = clock
        self._weather = weather
        self._random = random
        self._told = 0.0
        self.requests = 0
        self.hits = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request through the weather."""
        fault = self._weather.fault(request.method)
        self._clock.sleep(self._random.uniform(0.02, 0.15))
        self.tell_time()
        self.requests += 1
        self.hits += fault is not None
        if fault is UNREACHABLE:
            raise httpx.ConnectError("connection refused", request=request)
        if fault is not None:
            self._control.faults([{**fault, "times": 1}])
        try:
            return self._exchanged(request)
        finally:
            if fault is not None:
                self._control.clear_faults()

    def tell_time(self) -> None:
        """Lets the emulator's clock catch up."""
        late = self._clock.passed - self._told
        if late > 0:
            self._control.clock(advance_seconds=late)
            self._told = self._clock.passed

    def _exchanged(self, request: httpx.Request) -> httpx.Response:
        try:
            response = self._inner.handle_request(request)
            content = response.read()
        except ConnectionError as error:
            raise httpx.ReadError(str(error), request=request) from None
        return httpx.Response(response.status_code, headers=response.headers, content=content)
