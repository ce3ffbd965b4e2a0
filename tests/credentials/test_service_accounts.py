"""Qoder's service accounts: the key goes to the exchange and nowhere else."""

from __future__ import annotations

import pytest

from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.errors import ConfigError, Unsigned
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.rest import RestBackend
from pulumi_managed_agents.platforms.service import WHO_ASKS
from pulumi_managed_agents.platforms.settings import configure

KEY = "key-of-the-service-account"
EXCHANGE = "service_tokens.exchange"


def backend(address: str, **given: str) -> RestBackend:
    usual = {"platform": "qoder", "baseUrl": f"{address}/api/v1/cloud", "exchangeUrl": address, "maxRetries": "1"}
    return connect(configure({**usual, **given}, {"QODER_SA_KEY": KEY}))


def test_the_key_is_exchanged_once_for_all_processes_and_again_at_its_end(world: Emulator, address: str) -> None:
    world.control.federation(service_accounts=[{"key": KEY}])
    for _ in range(2):
        platform = backend(address)
        platform.send(WHO_ASKS)
        platform.close()
    assert world.control.counters() == {EXCHANGE: 1, "agents.list": 2}

    world.control.clock(advance_seconds=7200)
    platform = backend(address)
    platform.send(WHO_ASKS)
    platform.close()

    assert world.control.counters()[EXCHANGE] == 2


@pytest.mark.parametrize("given", [{"scopes": "qca.access qca.other"}, {"saKey": "key-of-nobody"}], ids=str)
def test_a_denial_names_the_key_and_the_scopes(world: Emulator, address: str, given: dict[str, str]) -> None:
    world.control.federation(service_accounts=[{"key": KEY}])
    platform = backend(address, **given)

    with pytest.raises(Unsigned, match="scopes") as told:
        platform.send(WHO_ASKS)
    platform.close()

    assert KEY not in str(told.value)
    assert world.control.counters() == {EXCHANGE: 1}


def test_no_other_host_gets_the_key_unasked(address: str) -> None:
    with pytest.raises(ConfigError, match="exchangeUrl"):
        backend(address, exchangeUrl="")
