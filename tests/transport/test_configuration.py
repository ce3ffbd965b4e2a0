"""Settings: where they come from, and what is refused with its origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pulumi_managed_agents.config import configure
from pulumi_managed_agents.connect import connect
from pulumi_managed_agents.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

KEY = "key-of-the-account"


def test_stack_configuration_comes_before_the_environment() -> None:
    configuration = configure({"apiKey": "given"}, {"ANTHROPIC_API_KEY": "inherited"})

    assert configuration.settings.api_key is not None
    assert configuration.settings.api_key.get_secret_value() == "given"
    assert configuration.origin("apiKey") == "managed-agents:apiKey"


def test_a_key_is_taken_from_the_environment() -> None:
    configuration = configure({}, {"ANTHROPIC_API_KEY": "inherited"})

    assert configuration.origin("apiKey") == "environment variable ANTHROPIC_API_KEY"


def test_a_given_token_hides_a_key_of_the_environment() -> None:
    configuration = configure({"authToken": "given"}, {"ANTHROPIC_API_KEY": "inherited"})

    assert configuration.settings.api_key is None


@pytest.mark.parametrize(
    ("given", "environment", "sentence"),
    [
        ({"maxRetries": "many"}, {}, "managed-agents:maxRetries must be a valid integer"),
        ({"maxRetries": "-1"}, {}, "managed-agents:maxRetries must be greater than or equal to 0"),
        ({"platform": "other"}, {}, "managed-agents:platform must be 'claude'"),
        ({"baseUrl": "example.com"}, {}, "managed-agents:baseUrl is no address"),
        ({"baseUrl": "https://me:you@example.com"}, {}, "managed-agents:baseUrl must not hold a user name"),
        ({"baseUrl": "http://example.com"}, {}, "managed-agents:baseUrl is plain HTTP to example.com"),
        ({}, {"ANTHROPIC_BASE_URL": "http://example.com"}, "environment variable ANTHROPIC_BASE_URL is plain HTTP"),
    ],
)
def test_a_wrong_setting_is_named_with_its_origin(
    given: dict[str, str | None], environment: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        configure(given, environment)

    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_plain_http_is_fine_on_this_machine(host: str) -> None:
    assert configure({"baseUrl": f"http://{host}:1234"}, {}).settings.base_url == f"http://{host}:1234"


def test_without_a_key_the_error_says_how_to_set_one() -> None:
    with pytest.raises(ConfigError, match=r"pulumi config set --secret managed-agents:apiKey.*ANTHROPIC_API_KEY"):
        connect(configure({}, {}))


def test_a_configuration_never_shows_its_key() -> None:
    assert KEY not in repr(configure({"apiKey": KEY}, {}))


def test_an_emulator_s_file_that_cannot_be_used_is_named_with_the_setting(tmp_path: Path) -> None:
    (tmp_path / "world.emulator").mkdir()

    with pytest.raises(ConfigError, match="managed-agents:emulator: "):
        connect(configure({"emulator": "world.emulator"}, {}), tmp_path)
