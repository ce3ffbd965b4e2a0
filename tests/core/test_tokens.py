"""What a token may look like: it goes into a header, and a client that cannot send it shows it in its complaint."""

from __future__ import annotations

import pytest
from core.bags import failures_of

from pulumi_managed_agents.resources.registry import KINDS

URL = "https://github.com/org/app"
SERVER = {"mcpServerUrl": "https://mcp.example.com/"}
WRONG = {
    "a line break at its end": "token-of-last-week\n",
    "a blank at its front": " token-of-last-week",
    "a blank inside": "token of-last-week",
    "a letter that no header takes": "t\u00f6ken-of-last-week",
    "a control character": "token-\x1b-of-last-week",
    "nothing but a line break": "\n",
}
PLACES = {
    "authorizationToken": ("RepositoryResource", lambda token: {"url": URL, "authorizationToken": token}),
    "resources[0].authorizationToken": (
        "Session",
        lambda token: {
            "agent": "agent_1",
            "environmentId": "env_1",
            "resources": [{"type": "github_repository", "url": URL, "authorizationToken": token}],
        },
    ),
    "auth.token": (
        "Credential",
        lambda token: {"vaultId": "vlt_1", "auth": {"type": "static_bearer", **SERVER, "token": token}},
    ),
    "auth.accessToken": (
        "Credential",
        lambda token: {"vaultId": "vlt_1", "auth": {"type": "mcp_oauth", **SERVER, "accessToken": token}},
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("path", PLACES)
def test_a_token_that_is_no_header_is_refused_without_being_shown(path: str, wrong: str) -> None:
    kind, bag = PLACES[path]

    found = failures_of(KINDS[kind], bag(WRONG[wrong]))

    assert list(found) == [path]
    assert "of-last-week" not in found[path]
