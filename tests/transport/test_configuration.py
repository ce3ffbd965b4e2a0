"""Settings: where they come from, and what is refused with its origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.errors import ConfigError, Refused
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.settings import Configuration, configure

if TYPE_CHECKING:
    from pathlib import Path

KEY = "key-of-the-account"
TOKEN = "token-of-last-week"


def credentials(configuration: Configuration) -> tuple[str | None, str | None]:
    """The key and the token, bare."""
    settings = configuration.settings
    found = (settings.api_key, settings.auth_token)
    key, token = (value.get_secret_value() if value else None for value in found)
    return key, token


PRECEDENCE: dict[str, tuple[dict[str, str | None], dict[str, str], tuple[str | None, str | None]]] = {
    "nothing": ({}, {}, (None, None)),
    "a given key": ({"apiKey": "given"}, {}, ("given", None)),
    "a given key over one of the environment": ({"apiKey": "given"}, {"ANTHROPIC_API_KEY": "env"}, ("given", None)),
    "a given key over a token of the environment": (
        {"apiKey": "given"},
        {"ANTHROPIC_AUTH_TOKEN": "env"},
        ("given", None),
    ),
    "a given token over a key of the environment": (
        {"authToken": "given"},
        {"ANTHROPIC_API_KEY": "env"},
        (None, "given"),
    ),
    "a key of the environment": ({}, {"ANTHROPIC_API_KEY": "env"}, ("env", None)),
    "a token of the environment": ({}, {"ANTHROPIC_AUTH_TOKEN": "env"}, (None, "env")),
    "an empty setting is none": ({"apiKey": "", "authToken": None}, {"ANTHROPIC_API_KEY": "env"}, ("env", None)),
    "an empty variable is none": ({}, {"ANTHROPIC_API_KEY": "", "ANTHROPIC_AUTH_TOKEN": "env"}, (None, "env")),
    "a variable for something else": ({}, {"GITHUB_TOKEN": "env", "ANTHROPIC_KEY": "env"}, (None, None)),
}


@pytest.mark.parametrize("case", PRECEDENCE)
def test_what_is_given_comes_before_the_environment(case: str) -> None:
    given, environment, expected = PRECEDENCE[case]

    assert credentials(configure(given, environment)) == expected


def test_each_value_knows_where_it_came_from() -> None:
    configuration = configure({"apiKey": "given"}, {"ANTHROPIC_BASE_URL": "https://example.com", "HOME": "somewhere"})

    assert configuration.origin("apiKey") == "managed-agents:apiKey"
    assert configuration.origin("baseUrl") == "environment variable ANTHROPIC_BASE_URL"
    assert configuration.origin("maxRetries") == "default of managed-agents:maxRetries"


def test_texts_of_the_stack_config_become_numbers() -> None:
    given = {"maxRetries": "0", "timeoutSeconds": "2.5", "requestsPerMinute": "300"}

    settings = configure(given, {}).settings

    assert (settings.max_retries, settings.timeout_seconds, settings.requests_per_minute) == (0, 2.5, 300)


WRONG: dict[str, tuple[dict[str, str | None], dict[str, str], str]] = {
    "no number": ({"maxRetries": "many"}, {}, "managed-agents:maxRetries must be a valid integer"),
    "a number below": ({"maxRetries": "-1"}, {}, "managed-agents:maxRetries must be greater than or equal to 0"),
    "a number above": ({"maxRetries": "21"}, {}, "managed-agents:maxRetries must be less than or equal to 20"),
    "no time at all": ({"timeoutSeconds": "0"}, {}, "managed-agents:timeoutSeconds must be greater than 0"),
    "time without end": ({"timeoutSeconds": "inf"}, {}, "managed-agents:timeoutSeconds must be"),
    "no time of any kind": ({"timeoutSeconds": "nan"}, {}, "managed-agents:timeoutSeconds must be"),
    "no rate": ({"requestsPerMinute": "0"}, {}, "managed-agents:requestsPerMinute must be greater than or equal to 1"),
    "half a request": ({"requestsPerMinute": "0.5"}, {}, "managed-agents:requestsPerMinute must be a valid integer"),
    "another platform": ({"platform": "other"}, {}, "managed-agents:platform must be 'claude'"),
    "no setting": ({"apikey": KEY}, {}, "managed-agents:apikey is no setting"),
    "no scheme": ({"baseUrl": "example.com"}, {}, "managed-agents:baseUrl is no address"),
    "another scheme": ({"baseUrl": "ftp://example.com"}, {}, "managed-agents:baseUrl is no address"),
    "no host": ({"baseUrl": "https://"}, {}, "managed-agents:baseUrl is no address"),
    "half an address": ({"baseUrl": "https://[::1"}, {}, "managed-agents:baseUrl is no address"),
    "a port that is none": ({"baseUrl": "https://example.com:http"}, {}, "managed-agents:baseUrl is no address"),
    "a port beyond": ({"baseUrl": "https://example.com:99999"}, {}, "managed-agents:baseUrl is no address"),
    "a space": ({"baseUrl": "https://exa mple.com"}, {}, "managed-agents:baseUrl is no address"),
    "a line break": ({"baseUrl": "https://example.com/\na"}, {}, "managed-agents:baseUrl is no address"),
    "a query": ({"baseUrl": "https://example.com/?a=b"}, {}, "managed-agents:baseUrl is no address"),
    "a user": ({"baseUrl": f"https://{TOKEN}@example.com"}, {}, "managed-agents:baseUrl must not hold a user name"),
    "a password": ({"baseUrl": f"https://me:{TOKEN}@example.com"}, {}, "managed-agents:baseUrl must not hold"),
    "plain HTTP": ({"baseUrl": "http://example.com"}, {}, "managed-agents:baseUrl is plain HTTP to example.com"),
    "plain HTTP of the environment": (
        {},
        {"ANTHROPIC_BASE_URL": "http://example.com"},
        "environment variable ANTHROPIC_BASE_URL is plain HTTP",
    ),
    "a host that only begins like this machine": (
        {"baseUrl": "http://127.0.0.1.example.com"},
        {},
        "managed-agents:baseUrl is plain HTTP",
    ),
    "a host that only ends like this machine": (
        {"baseUrl": "http://evil.localhost.com"},
        {},
        "managed-agents:baseUrl is plain HTTP",
    ),
    "any machine": ({"baseUrl": "http://0.0.0.0"}, {}, "managed-agents:baseUrl is plain HTTP"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_setting_is_named_with_its_origin(case: str) -> None:
    given, environment, sentence = WRONG[case]

    with pytest.raises(ConfigError) as refused:
        configure({"apiKey": KEY, **given}, environment)

    told = str(refused.value)
    assert told.startswith(sentence)
    assert KEY not in told
    assert TOKEN not in told


def test_all_wrong_settings_are_named_at_once() -> None:
    with pytest.raises(ConfigError) as refused:
        configure({"maxRetries": "many", "platform": "other", "colour": "red"}, {})

    assert [sentence.split()[0] for sentence in str(refused.value).split("; ")] == [
        "managed-agents:platform",
        "managed-agents:maxRetries",
        "managed-agents:colour",
    ]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "[::1]"])
def test_plain_http_is_fine_on_this_machine(host: str) -> None:
    assert configure({"baseUrl": f"http://{host}:1234"}, {}).settings.base_url == f"http://{host}:1234"


@given(st.text(max_size=30) | st.text("htps:/[]@.:#?%\\ \t-01x", max_size=30).map(lambda text: f"https:{text}"))
@example("https://[")
@example("https://\ud800")
def test_any_text_as_an_address_is_used_or_refused(address: str) -> None:
    try:
        connect(configure({"apiKey": KEY, "baseUrl": address}, {})).close()
    except ConfigError as error:
        assert str(error)


def test_without_a_key_the_error_says_how_to_set_one() -> None:
    with pytest.raises(ConfigError, match=r"pulumi config set --secret managed-agents:apiKey.*ANTHROPIC_API_KEY"):
        connect(configure({}, {}))


UNSENDABLE = {
    "a line break at its end": f"{KEY}\n",
    "a line break inside": f"{KEY}\r\nx-other: {KEY}",
    "a letter beyond ASCII": f"{KEY}\u00e4",
    "a zero byte": f"{KEY}\x00",
    "half a letter": f"{KEY}\ud800",
    "nothing but spaces": "   ",
}


@pytest.mark.parametrize("case", UNSENDABLE)
@pytest.mark.parametrize("setting", ["apiKey", "authToken"])
def test_a_credential_that_cannot_be_sent_is_named_and_not_shown(setting: str, case: str) -> None:
    with pytest.raises(ConfigError) as refused:
        connect(configure({setting: UNSENDABLE[case]}, {}))

    assert str(refused.value).startswith(f"managed-agents:{setting} ")
    assert KEY not in str(refused.value)


def test_a_workspace_that_cannot_be_sent_is_named() -> None:
    with pytest.raises(ConfigError, match="managed-agents:workspaceId "):
        connect(configure({"apiKey": KEY, "workspaceId": "wrkspc_1\n"}, {}))


def test_a_configuration_never_shows_its_key() -> None:
    configuration = configure({"apiKey": KEY, "authToken": TOKEN}, {})

    shown = f"{configuration} {configuration!r} {configuration.settings} {configuration.settings.model_dump()}"

    assert KEY not in shown
    assert TOKEN not in shown


# The embedded emulator


def test_an_emulator_needs_no_key(tmp_path: Path) -> None:
    backend = connect(configure({"emulator": "world.emulator"}, {}), tmp_path)

    assert backend.has(Operation("agents", "create"))
    assert (tmp_path / "world.emulator").is_file()
    backend.close()


BAD_FILES = {
    "a folder": "folder",
    "a file in a folder that is not there": "nowhere/world.emulator",
    "a file of another program": "notes.txt",
    "a file below a file": "notes.txt/world.emulator",
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_an_emulator_s_file_that_cannot_be_used_is_named_with_the_setting(case: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "notes.txt").write_text("These are notes, and no database of anybody's. " * 50)

    with pytest.raises(ConfigError, match="managed-agents:emulator: "):
        connect(configure({"emulator": BAD_FILES[case]}, {}), tmp_path)

    assert (tmp_path / "notes.txt").read_text().startswith("These are notes")


# A name that is no setting

MISSPELT = {
    "letters that changed places": ("emulater", "emulator"),
    "letters that changed places in a platform": ("platfrom", "platform"),
    "small letters": ("apikey", "apiKey"),
    "capitals": ("APIKEY", "apiKey"),
    "words joined by a line": ("api_key", "apiKey"),
    "words joined by a hyphen": ("base-url", "baseUrl"),
    "another unit": ("timeout", "timeoutSeconds"),
}


@pytest.mark.parametrize("case", MISSPELT)
def test_a_misspelt_setting_is_refused_with_what_was_meant(case: str) -> None:
    written, meant = MISSPELT[case]

    with pytest.raises(ConfigError) as refused:
        configure({written: KEY}, {})

    assert str(refused.value) == f"managed-agents:{written} is no setting: did you mean `managed-agents:{meant}`?"


def test_a_setting_like_none_is_refused_with_where_all_are() -> None:
    with pytest.raises(ConfigError, match=r"managed-agents:colour is no setting: there are `platform`, .*`emulator`"):
        configure({"colour": "red"}, {})


@pytest.mark.parametrize("word", ["true", "false", "False", "on", "0"])
def test_an_emulator_is_no_switch(word: str) -> None:
    with pytest.raises(ConfigError, match=r"managed-agents:emulator is the path of a file and no switch: .* or remove"):
        configure({"emulator": word}, {})


def test_an_emulator_s_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        connect(configure({"emulator": "nowhere/world.emulator"}, {}), tmp_path)

    assert f"there is no folder {str(tmp_path / 'nowhere')!r}" in str(refused.value)


def test_a_refused_key_is_blamed_on_where_it_came_from(tmp_path: Path) -> None:
    path = tmp_path / "world.emulator"
    with Emulator(path) as emulator:
        emulator.control.faults([{"path": "/v1/agents", "status": 401}])
        with emulator.serve() as server:
            environment = {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": server.url}
            backend = connect(configure({"maxRetries": "0"}, environment))
            with pytest.raises(Refused) as refused:
                backend.send(Call(Operation("agents", "list")))
            backend.close()

    assert "Check the environment variable ANTHROPIC_API_KEY" in str(refused.value)


# A key of somebody else

OF_CLAUDE, OF_QODER, OF_GITHUB = "sk-ant-api03-" + "x" * 40, "pt-" + "x" * 36, "github_pat_" + "x" * 40
SOMEBODY_ELSES: dict[str, tuple[dict[str, str | None], str]] = {
    "a token of GitHub": ({"apiKey": OF_GITHUB}, "managed-agents:apiKey holds a key of GitHub, and one of Claude"),
    "a key of Claude for GitHub": ({"githubToken": OF_CLAUDE}, "managed-agents:githubToken holds a key of Claude"),
    "a key of Claude for Qoder": (
        {"platform": "qoder", "apiKey": OF_CLAUDE},
        "managed-agents:apiKey holds a key of Claude, and one of Qoder",
    ),
    "a key of Qoder for Claude": ({"authToken": OF_QODER}, "managed-agents:authToken holds a key of Qoder"),
}


@pytest.mark.parametrize("case", SOMEBODY_ELSES)
def test_a_key_that_is_surely_somebody_else_s_is_refused(case: str) -> None:
    given, sentence = SOMEBODY_ELSES[case]

    with pytest.raises(ConfigError) as refused:
        configure(given, {})

    assert str(refused.value).startswith(sentence)
    assert not {value for value in given.values() if value in str(refused.value)} - {"qoder"}


def test_a_gateway_may_take_any_key() -> None:
    configure({"apiKey": OF_GITHUB, "baseUrl": "https://gateway.example.com"}, {})
    configure({"apiKey": OF_CLAUDE}, {})
    configure({"platform": "qoder", "apiKey": OF_QODER}, {})
