"""No secret gets into a program: what needs one takes it from the configuration."""

from __future__ import annotations

from importing.declarations import declared

from pulumi_managed_agents.importing.program import Setting
from pulumi_managed_agents.importing.settings import Settings


def test_every_secret_that_a_credential_needs_becomes_a_setting() -> None:
    auth = {
        "type": "mcp_oauth",
        "mcpServerUrl": "https://mcp.example.com/",
        "refresh": {"clientId": "us", "tokenEndpointAuth": {"type": "client_secret_post"}},
    }
    settings = Settings()

    done = settings.without_secrets(declared("Credential", "the-tickets", auth=auth))

    assert done.inputs["auth"]["accessToken"] == Setting("theTicketsAccessToken")
    assert done.inputs["auth"]["refresh"]["refreshToken"] == Setting("theTicketsRefreshToken")
    assert done.inputs["auth"]["refresh"]["tokenEndpointAuth"]["clientSecret"] == Setting("theTicketsClientSecret")
    assert set(settings.declared) == {"theTicketsAccessToken", "theTicketsRefreshToken", "theTicketsClientSecret"}
    assert done.remarks == ()


def test_a_token_that_can_be_left_out_is_left_out_with_a_word_about_it() -> None:
    settings, mount = Settings(), {"type": "github_repository", "url": "https://github.com/org/app"}

    done = settings.without_secrets(declared("Session", "s", resources=[mount]))

    assert done.inputs["resources"] == [mount]
    assert not settings.declared
    assert "`resources[0].authorizationToken`" in done.remarks[0]


def test_a_secret_that_stands_in_a_file_is_not_copied() -> None:
    mount = {"type": "github_repository", "url": "https://github.com/org/app", "authorizationToken": "made-up-token"}

    done = Settings().without_secrets(declared("Deployment", "d", resources=[mount, mount]))

    assert [entry["authorizationToken"] for entry in done.inputs["resources"]] == [
        Setting("dAuthorizationToken"),
        Setting("dAuthorizationToken2"),
    ]
