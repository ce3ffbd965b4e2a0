"""Where a place's own console shows an object: a link where that is known, and none elsewhere."""

from __future__ import annotations

import pytest

from pulumi_managed_agents.observation.console import console
from pulumi_managed_agents.platforms.settings import configure

HOSTED = {"apiKey": "made-up"}
PAGES = "https://platform.claude.com/workspaces"


@pytest.mark.parametrize(
    ("account", "workspace"),
    [("org/wrkspc_01", "wrkspc_01"), (None, "default"), ("org/", "default"), ("o/a b", "a%20b")],
)
def test_a_session_has_a_page_in_the_workspace_of_the_key(account: str | None, workspace: str) -> None:
    link = console(configure(HOSTED, {}).settings, account)

    assert link("Session", "sesn_1") == f"{PAGES}/{workspace}/sessions/sesn_1"
    assert link("Agent", "agent_1/../x") == f"{PAGES}/{workspace}/agents/agent_1%2F..%2Fx"
    assert link("Environment", "env_1") == ""


@pytest.mark.parametrize(
    "settings",
    [{"platform": "qoder"}, {"baseUrl": "https://proxy.example.com"}, {"emulator": "world.emulator"}],
    ids=str,
)
def test_elsewhere_there_is_none(settings: dict[str, str]) -> None:
    link = console(configure({**HOSTED, **settings}, {}).settings, "org/wrkspc_01")

    assert link("Session", "sesn_1") == ""
