"""Whom a rule takes, as its reference says, and what of issuers and rules the emulator does not play and says so."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from credentials.identities import AUDIENCE, ISSUER, ORGANIZATION, RULE, SUBJECT, identity, key, trust
from jwt.algorithms import RSAAlgorithm

from pulumi_managed_agents.emulator import Emulator, EmulatorError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Emulator]:
    with Emulator(tmp_path / "world.emulator") as emulator:
        yield emulator


def exchanged(world: Emulator, token: str) -> str:
    """What the authentication history says of an exchange."""
    body = {
        "grant_type": JWT_BEARER,
        "assertion": token,
        "federation_rule_id": RULE,
        "organization_id": ORGANIZATION,
    }
    with httpx.Client(transport=httpx.WSGITransport(app=world.wsgi), base_url="http://localhost") as client:
        answer = client.post("/v1/oauth/token", json=body)
    assert answer.status_code in (200, 401), answer.text
    (*_, last) = world.control.authentication_history()
    assert (answer.status_code == 200) == (last["result"] == "success")
    return str(last["result"])


TAKEN: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "the subject itself": ({"subject_prefix": SUBJECT}, {}, "success"),
    "what only begins with it": ({"subject_prefix": SUBJECT[:-1]}, {}, "match_subject_prefix"),
    "what begins with what stands before a star": ({"subject_prefix": "repo:org/app:*"}, {}, "success"),
    "what does not": ({"subject_prefix": "repo:org/other:*"}, {}, "match_subject_prefix"),
    "the audience of the rule": ({"audience": "mine"}, {"aud": ["other", "mine"]}, "success"),
    "the platform's own audience, where the rule has none": ({"audience": None}, {"aud": AUDIENCE}, "success"),
    "another one, where the rule has none": ({"audience": None}, {"aud": "mine"}, "match_audience"),
    "no audience": ({"audience": None}, {"aud": None}, "match_audience"),
    "a claim": ({"claims": {"environment": "prod"}}, {"environment": "prod"}, "success"),
    "a claim that is missing": ({"claims": {"environment": "None"}}, {}, "match_claims"),
    "a claim that is no text": ({"claims": {"admin": "True"}}, {"admin": True}, "match_claims"),
    "a claim that is a number": ({"claims": {"run": "1"}}, {"run": 1}, "match_claims"),
    "an end that is no number": ({}, {"exp": float("nan")}, "missing_claim"),
    "an end that never comes": ({}, {"exp": float("inf")}, "missing_claim"),
}


@pytest.mark.parametrize("case", TAKEN)
def test_a_rule_takes(world: Emulator, case: str) -> None:
    rule, claims, result = TAKEN[case]
    trust(world, **rule)

    assert exchanged(world, identity(**claims)) == result


def test_a_head_that_is_nested_without_end_is_denied(world: Emulator) -> None:
    trust(world)
    deep = base64.urlsafe_b64encode(b"[" * 9_000).decode().rstrip("=")

    assert exchanged(world, f"{deep}.e30.c") == "invalid_signature"


JWK = {**json.loads(RSAAlgorithm.to_jwk(key().public_key())), "kid": "one"}
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a condition": (
        {"rules": [{"id": RULE, "issuer_url": ISSUER, "condition": "claims.run == 1"}]},
        "no CEL conditions: say it with subject_prefix, audience and claims",
    ),
    "attributes": (
        {"rules": [{"id": RULE, "issuer_url": ISSUER, "subject_prefix": "a*", "attributes": {"a": "b"}}]},
        "attributes",
    ),
    "nobody in particular": (
        {"rules": [{"id": RULE, "issuer_url": ISSUER, "audience": AUDIENCE}]},
        "subject_prefix or claims",
    ),
    "anybody": ({"rules": [{"id": RULE, "issuer_url": ISSUER, "subject_prefix": "*"}]}, "subject_prefix or claims"),
    "keys that are discovered": (
        {"issuers": [{"issuer_url": ISSUER, "jwks": {"type": "discovery"}}]},
        "asks no other server for keys: give them inline",
    ),
    "keys at an address": (
        {"issuers": [{"issuer_url": ISSUER, "jwks": {"type": "explicit_url", "url": "https://issuer.example/keys"}}]},
        "asks no other server for keys: give them inline",
    ),
    "no keys": ({"issuers": [{"issuer_url": ISSUER}]}, "asks no other server for keys: give them inline"),
    "a private key": ({"issuers": [{"issuer_url": ISSUER, "keys": [{**JWK, "d": "AQAB"}]}]}, "public key"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_played_is_refused_in_words(world: Emulator, case: str) -> None:
    described, words = REFUSED[case]

    with pytest.raises(EmulatorError) as told:
        world.control.federation(**described)

    assert words in str(told.value)


def test_keys_may_be_given_as_the_platform_has_them(world: Emulator) -> None:
    world.control.federation(
        issuers=[{"issuer_url": ISSUER, "jwks": {"type": "inline", "keys": [JWK]}}],
        rules=[{"id": RULE, "issuer_url": ISSUER, "subject_prefix": SUBJECT}],
    )

    assert exchanged(world, identity()) == "success"
