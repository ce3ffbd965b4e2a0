"""Tunnels: a token that is rotated in place, certificates told by their fingerprints, and a credential of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.bags import CONTEXT
from core.platform import Platform, bent, mounted
from cryptography.hazmat.primitives import hashes
from resources.authorities import authority

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.errors import CallFailed, NotReady, Refused
from pulumi_managed_agents.functions.registry import FUNCTIONS
from pulumi_managed_agents.resources.tunnel import TUNNEL
from pulumi_managed_agents.resources.tunnel_certificate import TUNNEL_CERTIFICATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.steps import State


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    with mounted(tmp_path / "world.db") as found:
        yield found


def made(platform: Platform, **bag: Any) -> State:
    state = platform.create("Tunnel", {"displayName": "office", **bag})
    platform.traffic()
    return state


def certificate(platform: Platform, tunnel: State, pem: str) -> State:
    return platform.create("TunnelCertificate", {"tunnelId": tunnel.id, "caCertificatePem": pem})


def test_a_tunnel_has_a_domain_and_a_token_that_a_refresh_asks_for_again(platform: Platform) -> None:
    state = made(platform)

    assert state.id.startswith("tnl_")
    assert state.outputs.keys() >= {"domain", "token", "tokenId", "createdAt"}
    assert platform.read("Tunnel", state.id, state.outputs) == state
    assert platform.traffic() == ["tunnels.retrieve", "tunnels.reveal_token"]


@pytest.mark.parametrize("before", [{}, {"rotationTrigger": "June"}])
def test_another_trigger_rotates_the_token_in_place(platform: Platform, before: Bag) -> None:
    state = made(platform, **before)

    rotated = platform.update("Tunnel", state, {"displayName": "office", "rotationTrigger": "July"})

    assert platform.traffic() == ["tunnels.rotate_token"]
    moved = {wire for wire, value in rotated.outputs.items() if state.outputs.get(wire) != value}
    assert moved == {"token", "tokenId", "rotationTrigger"}
    assert platform.read("Tunnel", state.id, rotated.outputs) == rotated


def test_taking_the_trigger_away_rotates_nothing(platform: Platform) -> None:
    state = made(platform, rotationTrigger="June")

    after = platform.update("Tunnel", state, {"displayName": "office"})

    assert platform.traffic() == []
    assert after.outputs == {wire: value for wire, value in state.outputs.items() if wire != "rotationTrigger"}


def test_a_token_that_could_not_be_asked_for_is_asked_for_by_the_next_update(platform: Platform) -> None:
    platform.control.faults([{"operation": "tunnels.reveal_token", "nth": 1, "status": 403}])
    with pytest.raises(NotReady) as unready:
        platform.create("Tunnel", {"displayName": "office"})

    state = platform.update("Tunnel", unready.value.state, {"displayName": "office"}, unready.value.id)

    assert state.outputs["token"]
    assert len(platform.control.objects("tunnels")) == 1


def test_a_rotation_that_failed_is_tried_again(platform: Platform) -> None:
    state = made(platform)
    wanted = {"displayName": "office", "rotationTrigger": "July"}
    platform.control.faults([{"operation": "tunnels.rotate_token", "nth": 1, "status": 400}])
    with pytest.raises(CallFailed):
        platform.update("Tunnel", state, wanted)

    assert plan.diff(TUNNEL, state.outputs, platform.checked("Tunnel", wanted, state.outputs))
    assert platform.update("Tunnel", state, wanted).outputs["tokenId"] != state.outputs["tokenId"]


def test_an_answer_that_is_lost_makes_no_second_tunnel(platform: Platform) -> None:
    made(platform)
    platform.control.faults([{"operation": "tunnels.create", "nth": 1, "drop": "after"}])

    state = platform.create("Tunnel", {"displayName": "office"})

    there = {item["id"] for item in platform.control.objects("tunnels")}
    assert len(there) == 2
    assert state.id in there


def test_a_refused_credential_is_told_which_one_is_wanted(platform: Platform) -> None:
    platform.control.settings(tunnel_api_keys=403)

    with pytest.raises(Refused, match=r"403.*workspace:manage_tunnels.*provider instance of their own"):
        platform.create("Tunnel", {"displayName": "office"})


def test_who_only_looks_is_shown_no_token_and_has_none_revealed(platform: Platform) -> None:
    state = made(platform)

    found = apply.look_up(FUNCTIONS["getTunnel"].steps({"id": state.id}), platform.context)

    assert "token" not in found
    assert state.outputs["token"] not in str(found)
    assert platform.traffic() == ["tunnels.retrieve"]


def test_a_change_of_name_makes_another_tunnel(platform: Platform) -> None:
    state = made(platform)

    changed = plan.diff(TUNNEL, state.outputs, platform.checked("Tunnel", {"displayName": "hq"}, state.outputs))

    assert [(change.name, bool(change.replaces)) for change in changed] == [("displayName", True)]


def test_a_removed_tunnel_is_archived_with_its_certificates(platform: Platform) -> None:
    tunnel = made(platform)
    certificate(platform, tunnel, authority())

    platform.delete("Tunnel", tunnel)

    found = [*platform.control.objects("tunnels"), *platform.control.objects("certificates")]
    assert [item["archived_at"] is None for item in found] == [False, False]
    assert platform.read("Tunnel", tunnel.id, tunnel.outputs) is None


def test_a_certificate_is_told_by_its_fingerprint_however_it_is_written(platform: Platform) -> None:
    pem, tunnel = authority(), made(platform)
    state = certificate(platform, tunnel, pem)

    assert state.id.startswith(f"{tunnel.id}/tcrt_")
    assert platform.read("TunnelCertificate", state.id, state.outputs) == state
    spelt = {"tunnelId": tunnel.id, "caCertificatePem": f"our own\n{pem.replace(chr(10), chr(13) + chr(10))}"}
    assert plan.diff(TUNNEL_CERTIFICATE, state.outputs, platform.checked("TunnelCertificate", spelt)) == ()
    other = {**spelt, "caCertificatePem": authority("other")}
    changed = plan.diff(TUNNEL_CERTIFICATE, state.outputs, platform.checked("TunnelCertificate", other))
    assert [(change.name, bool(change.replaces)) for change in changed] == [("fingerprint", True)]


def test_an_imported_certificate_is_compared_with_what_is_declared(platform: Platform) -> None:
    pem, tunnel = authority(), made(platform)
    id_ = certificate(platform, tunnel, pem).id

    found = platform.read("TunnelCertificate", id_)

    assert found is not None
    wanted = {"tunnelId": tunnel.id, "caCertificatePem": pem}
    assert plan.diff(TUNNEL_CERTIFICATE, found.outputs, platform.checked("TunnelCertificate", wanted)) == ()


def test_a_tunnel_has_two_certificates_at_most(platform: Platform) -> None:
    tunnel = made(platform)
    certificate(platform, tunnel, authority("one"))
    two = certificate(platform, tunnel, authority("two"))

    with pytest.raises(Refused, match="at most 2"):
        certificate(platform, tunnel, authority("three"))
    platform.delete("TunnelCertificate", two)
    certificate(platform, tunnel, authority("three"))


def test_a_lost_answer_makes_no_second_certificate(platform: Platform) -> None:
    tunnel = made(platform)
    platform.control.faults([{"operation": "tunnels.certificates.create", "nth": 1, "drop": "after"}])

    state = certificate(platform, tunnel, authority())

    assert [f"{tunnel.id}/{item['id']}" for item in platform.control.objects("certificates")] == [state.id]


def problems(pem: str) -> list[str]:
    bag = {"tunnelId": "tnl_1", "caCertificatePem": pem}
    _, failures = plan.check(TUNNEL_CERTIFICATE, {"creationId": "0" * 24}, bag, CONTEXT)
    return [str(failure) for failure in failures]


KEY = "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    ("pem", "said"),
    [
        (authority(flaw="no authority"), "`CA:TRUE`"),
        (authority(flaw="critical"), "not marked critical"),
        (authority(flaw="usage"), "`keyCertSign`"),
        (authority(flaw="identifier"), "subject key identifier"),
        (authority(key="rsa1024"), "1024 bits: 2048"),
        (authority(key="p192"), "P-256"),
        (authority(key="ed25519"), "neither RSA"),
        (authority(digest=hashes.SHA224), "SHA-256 is the least"),
        (authority() + authority("two"), "holds 2 certificates"),
        (authority() + KEY, "holds a private key"),
        ("words", "no certificate in PEM"),
        (authority()[:200], "cannot be read"),
        ("# why\n" * 1500 + authority(), "8192"),
    ],
    ids=lambda value: value if len(value) < 40 else "",
)
def test_what_a_tunnel_would_not_take_is_refused_by_the_preview(pem: str, said: str) -> None:
    (problem,) = problems(pem)

    assert problem.startswith("`caCertificatePem`")
    assert said in problem


@pytest.mark.parametrize("key", ["p256", "rsa2048"])
def test_a_good_one_is_taken(key: str) -> None:
    assert problems(authority(key=key)) == []


@pytest.mark.parametrize(
    ("days", "known", "failed", "warned"),
    [
        ((-1, 365), False, "", ""),
        ((1, 365), False, "is not valid before", ""),
        ((-9, -1), False, "give one that is valid", ""),
        ((-9, -1), True, "", "ended at"),
        ((-9, 5), False, "", "ends at"),
    ],
)
def test_the_time_of_a_certificate_is_looked_at(
    platform: Platform, days: tuple[float, float], known: bool, failed: str, warned: str
) -> None:
    inputs = platform.checked("TunnelCertificate", {"tunnelId": "tnl_1", "caCertificatePem": authority(days=days)})
    old = inputs if known else {}

    found = apply.verify(TUNNEL_CERTIFICATE, old, inputs, platform.context)

    assert [failed in str(failure) for failure in found] == ([True] if failed else [])
    assert [warned in text for text in platform.warnings] == ([True] if warned else [])


def test_an_answer_without_a_token_is_no_answer(platform: Platform) -> None:
    def without(answer: Bag) -> Bag:
        return {name: value for name, value in answer.items() if name != "tunnel_token"}

    with bent(platform, r"POST .*/reveal_token", without), pytest.raises((CallFailed, NotReady)):
        platform.create("Tunnel", {"displayName": "office"})
