from typing import Any

import anthropic
import pytest
from contract.refusals import absent, refused
from credentials.identities import ORGANIZATION, RULE, identity, trust
from resources.authorities import authority


@pytest.fixture
def tunnels(world: Any) -> Any:
    world.control.settings(tunnel_api_keys="accept")
    return world.client.beta.tunnels


def test_a_new_tunnel_comes_back_whole(tunnels: Any) -> None:
    tunnel = tunnels.create(display_name="office")

    assert tunnel.id.startswith("tnl_")
    assert tunnel.to_dict() == {
        "id": tunnel.id,
        "type": "tunnel",
        "display_name": "office",
        "domain": tunnel.domain,
        "created_at": tunnel.to_dict()["created_at"],
        "archived_at": None,
    }
    assert tunnels.retrieve(tunnel.id) == tunnel
    assert tunnels.create().domain != tunnel.domain


def test_a_token_is_the_same_until_it_is_rotated(tunnels: Any) -> None:
    tunnel = tunnels.create()
    first = tunnels.reveal_token(tunnel.id)

    assert first.type == "tunnel_token"
    assert tunnels.reveal_token(tunnel.id) == first
    second = tunnels.rotate_token(tunnel.id, reason="it was shown to somebody")
    assert (second.id == first.id, second.tunnel_token == first.tunnel_token) == (False, False)
    assert tunnels.reveal_token(tunnel.id) == second


def test_an_archived_tunnel_takes_its_certificates_and_its_token_along(tunnels: Any) -> None:
    tunnel, kept = tunnels.create(), tunnels.create()
    certificate = tunnels.certificates.create(tunnel.id, ca_certificate_pem=authority())

    archived = tunnels.archive(tunnel.id)

    assert archived.archived_at is not None
    assert tunnels.archive(tunnel.id) == archived
    assert tunnels.certificates.retrieve(certificate.id, tunnel_id=tunnel.id).archived_at is not None
    refused(lambda: tunnels.reveal_token(tunnel.id))
    refused(lambda: tunnels.certificates.create(tunnel.id, ca_certificate_pem=authority()))
    assert [each.id for each in tunnels.list()] == [kept.id]
    assert len(list(tunnels.list(include_archived=True, limit=1))) == 2


def test_a_certificate_is_told_by_its_fingerprint(tunnels: Any) -> None:
    tunnel = tunnels.create()
    certificate = tunnels.certificates.create(tunnel.id, ca_certificate_pem=authority())

    assert certificate.id.startswith("tcrt_")
    assert (certificate.type, certificate.tunnel_id, len(certificate.fingerprint)) == (
        "tunnel_certificate",
        tunnel.id,
        64,
    )
    assert certificate.expires_at is not None
    assert "pem" not in str(certificate.to_dict())
    assert list(tunnels.certificates.list(tunnel.id)) == [certificate]
    tunnels.certificates.archive(certificate.id, tunnel_id=tunnel.id)
    assert list(tunnels.certificates.list(tunnel.id)) == []


def test_a_tunnel_has_two_certificates(tunnels: Any) -> None:
    tunnel = tunnels.create()
    first, _ = (tunnels.certificates.create(tunnel.id, ca_certificate_pem=authority(name)) for name in ("one", "two"))

    refused(lambda: tunnels.certificates.create(tunnel.id, ca_certificate_pem=authority("three")))
    tunnels.certificates.archive(first.id, tunnel_id=tunnel.id)
    tunnels.certificates.create(tunnel.id, ca_certificate_pem=authority("three"))


@pytest.mark.parametrize("flaw", ["no authority", "critical", "usage", "identifier"])
def test_a_certificate_that_is_no_authority_s_is_refused(tunnels: Any, flaw: str) -> None:
    tunnel = tunnels.create()

    refused(lambda: tunnels.certificates.create(tunnel.id, ca_certificate_pem=authority(flaw=flaw)))


@pytest.mark.parametrize("pem", ["words", authority() * 2, authority(key="rsa1024"), authority(days=(-9, -1))])
def test_a_text_that_holds_no_good_certificate_is_refused(tunnels: Any, pem: str) -> None:
    tunnel = tunnels.create()

    refused(lambda: tunnels.certificates.create(tunnel.id, ca_certificate_pem=pem))


@pytest.mark.parametrize("status", [400, 409])
def test_a_certificate_that_is_there_may_be_refused(tunnels: Any, world: Any, status: int) -> None:
    world.control.settings(tunnel_duplicate_certificate=status)
    tunnel = tunnels.create()
    tunnels.certificates.create(tunnel.id, ca_certificate_pem=authority("one"))
    same = authority("two")
    tunnels.certificates.create(tunnel.id, ca_certificate_pem=same)

    refused(lambda: tunnels.certificates.create(tunnel.id, ca_certificate_pem=same), status=status)


@pytest.mark.parametrize("call", ["retrieve", "archive", "reveal_token", "rotate_token"])
def test_a_tunnel_that_is_not_there(tunnels: Any, call: str) -> None:
    absent(lambda: getattr(tunnels, call)("tnl_1"))


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_opens_no_tunnel(world: Any, status: int) -> None:
    world.control.settings(tunnel_api_keys=status)

    refused(world.client.beta.tunnels.create, "API keys", status=status)


@pytest.mark.parametrize(("scope", "opens"), [("workspace:manage_tunnels", True), ("workspace:developer", False)])
def test_a_federated_credential_opens_what_its_scope_says(
    world: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, scope: str, opens: bool
) -> None:
    trust(world.emulator, oauth_scope=scope)
    (tmp_path / "identity").write_text(identity())
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    monkeypatch.setenv("ANTHROPIC_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("ANTHROPIC_FEDERATION_RULE_ID", RULE)
    monkeypatch.setenv("ANTHROPIC_ORGANIZATION_ID", ORGANIZATION)
    monkeypatch.setenv("ANTHROPIC_IDENTITY_TOKEN_FILE", str(tmp_path / "identity"))
    with anthropic.Anthropic(base_url=world.server.url, max_retries=0) as client:
        shut, opened = (client.beta.agents, client.beta.tunnels) if opens else (client.beta.tunnels, client.beta.agents)

        assert list(opened.list()) == []
        refused(shut.list, "scope", status=403)
