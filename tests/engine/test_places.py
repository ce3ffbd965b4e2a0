"""A stack in a place that lacks something: the preview refuses it with the way out, and warns of what is inferred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.declare import agent, environment, repository, row, session

if TYPE_CHECKING:
    from engine.stack import Stack


def test_a_preview_says_what_a_self_hosted_server_lacks_and_the_rest_runs_there(stack: Stack) -> None:
    stack.configure("managed-agents:place", "self-hosted")
    oauth = {"type": "mcp_oauth", "mcp_server_url": "https://mcp.example.com/", "access_token": "token-of-last-week"}
    refused = {
        "`cloud` does not exist on self-hosted Claude Managed Agents: write `self_hosted`": environment(
            config={"type": "cloud"}
        ),
        "File does not exist on self-hosted Claude Managed Agents: put the file into the directory": row("File")(
            "notes", text="notes", filename="notes.txt"
        ),
        "`mcp_oauth` does not exist on self-hosted Claude Managed Agents: store a token that lasts": row("Credential")(
            "login", vault_id="vlt_1", auth=oauth
        ),
    }

    for sentence, declared in refused.items():
        stack.declare(declared)
        assert sentence in " ".join(stack.fail("preview").output.split())

    stack.declare(repository())
    warned = " ".join(stack.run("preview").output.split())
    assert "RepositoryResource app: RepositoryResource probably does not work on self-hosted" in warned
    assert "inferred" in warned

    stack.declare(environment(), agent(), session(), row("MemoryStore")("knowledge"))
    stack.up()
    assert stack.up().operations == {}
    (made,) = stack.objects("environments")
    assert made["config"] == {"type": "self_hosted"}
