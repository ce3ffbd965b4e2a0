"""What a GitHub App signs to prove itself."""

import jwt
import pytest
from engine.installation import pair

from pulumi_managed_agents.resources.parts.github_app import LIFE_SECONDS, SKEW_SECONDS, UnusableKey, app_token

NOW = 1_793_534_400.75


def test_the_proof_is_signed_by_the_app_and_lives_for_minutes() -> None:
    private, public = pair()

    claims = jwt.decode(app_token("4711", private, NOW), public, algorithms=["RS256"], options={"verify_exp": False})

    assert claims == {"iss": "4711", "iat": int(NOW) - SKEW_SECONDS, "exp": int(NOW) + LIFE_SECONDS}


@pytest.mark.parametrize(
    "key", ["", "no key", "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n"]
)
def test_a_key_that_cannot_sign_is_told_without_showing_it(key: str) -> None:
    with pytest.raises(UnusableKey, match="`privateKey` cannot sign: it is no RSA key in PEM") as caught:
        app_token("4711", key, NOW)

    assert caught.value.__suppress_context__
    assert "bm90IGEga2V5" not in repr(caught.value)
