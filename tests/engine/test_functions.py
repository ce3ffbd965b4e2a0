"""Looking up what exists: from a Python program and from YAML, with ids that are not known before the first `up`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from engine.declare import agent, environment, ref, repository, row, session
from engine.vault_fields import bearer

if TYPE_CHECKING:
    from engine.stack import Stack

TOKEN = "made-up-token-1"
PROGRAM = """
import pulumi
import pulumi_managed_agents as ma

agent = ma.Agent("reviewer", model="claude-opus-4-8", system="You review.")
sandbox = ma.Environment("sandbox")
vault = ma.Vault("vault", display_name="secrets")
auth = {{"type": "static_bearer", "mcp_server_url": "https://mcp.example.com/", "token": "{token}"}}
credential = ma.Credential("github", vault_id=vault.id, auth=auth)
repository = {{"type": "github_repository", "url": "https://github.com/org/app", "authorization_token": "{token}"}}
message = {{"type": "user.message", "content": [{{"type": "text", "text": "hello"}}]}}
session = ma.Session("review", agent=agent.id, environment_id=sandbox.id, resources=[repository])
said = ma.SessionEvents("said", session_id=session.id, events=[message])

pulumi.export("agent", ma.get_agent_output(agent))
pulumi.export("name", ma.get_agent_output(agent).name)
pulumi.export("versions", ma.get_agent_versions_output(agent.id))
pulumi.export("environment", ma.get_environment_output(sandbox.id))
pulumi.export("vault", ma.get_vault_output(vault.id))
pulumi.export("credential", ma.get_credential_output(credential.id))
pulumi.export("session", ma.get_session_output(session.id))
pulumi.export("mounts", ma.list_session_resources_output(session))
listed = said.session_id.apply(lambda id: ma.list_session_events(id, types=["user.message"], limit=5))
pulumi.export("events", listed)
pulumi.export("said", listed.apply(lambda found: [isinstance(each, ma.MessageEvent) for each in found.events]))
pulumi.export("models", ma.list_models().models[0].id)

sessions = pulumi.Output.all(agent.id, said.id).apply(lambda ids: ma.list_sessions(agent_id=ids[0], statuses=["idle"]))
pulumi.export("sessions", sessions.sessions)
pulumi.export("found", agent.id.apply(lambda _: ma.find_agent(name="reviewer")).system)
pulumi.export("first", ma.get_agent_output(agent, version=1).system)
threads = ma.list_threads_output(session_id=session.id)
pulumi.export("threads", threads.apply(lambda found: [each.agent.name for each in found.threads]))
pulumi.export("runs", said.id.apply(lambda _: ma.list_deployment_runs()).runs)
"""


@pytest.mark.front_end("dynamic")
def test_a_python_program_looks_things_up_and_sees_no_secret(stack: Stack) -> None:
    stack.secrets.add(TOKEN)
    stack.program(PROGRAM.format(token=TOKEN))
    stack.preview()
    stack.up()

    found = stack.outputs()

    assert (found["agent"]["system"], found["agent"]["version"], found["name"]) == ("You review.", 1, "reviewer")
    assert [entry["version"] for entry in found["versions"]["versions"]] == [1]
    assert found["environment"]["id"] == stack.id("sandbox")
    assert found["vault"]["display_name"] == "secrets"
    assert found["credential"]["auth"] == {"type": "static_bearer", "mcp_server_url": "https://mcp.example.com/"}
    assert [entry["mount_path"] for entry in found["mounts"]["resources"]] == ["/workspace/app"]
    assert [entry["text"] for entry in found["events"]["events"]] == ["hello"]
    assert found["session"]["resources"][0].keys() == {"type", "url", "mount_path"}
    assert found["models"].startswith("claude-")
    assert found["said"] == [True]
    assert [each["id"] for each in found["sessions"]] == [stack.id("review")]
    assert (found["found"], found["first"], found["threads"], found["runs"]) == (
        "You review.",
        "You review.",
        ["reviewer"],
        [],
    )


@pytest.mark.front_end("dynamic")
def test_a_look_up_that_finds_nothing_ends_the_program_with_a_sentence(stack: Stack) -> None:
    stack.program('import pulumi_managed_agents as ma\nma.get_agent("agent_01nowhere")\n')

    failed = stack.fail("preview").output

    assert "get_agent: Looking up an Agent: 404" in failed
    assert "there is no Agent 'agent_01nowhere', or it is archived" in " ".join(failed.split())


@pytest.mark.front_end("plugin")
def test_a_yaml_program_looks_things_up_and_sees_no_secret(stack: Stack) -> None:
    stack.secrets.add(TOKEN)
    stack.declare(
        agent(),
        environment(),
        repository("app", authorization_token=TOKEN),
        session(resources=[ref("app")]),
        row("Vault")("vault"),
        row("Credential")("github", vault_id=ref("vault.id"), **bearer(TOKEN)),
    )
    looked_up = {
        "agent": ("getAgent", {"id": "${reviewer.id}"}, "system"),
        "credential": ("getCredential", {"id": "${github.id}"}, "auth"),
        "mounts": ("listSessionResources", {"sessionId": "${review.id}"}, "resources"),
        "events": ("listSessionEvents", {"sessionId": "${review.id}"}, "events"),
        "models": ("listModels", {}, "models"),
    }
    path = stack.folder / "Pulumi.yaml"
    program = yaml.safe_load(path.read_text())
    program["variables"] = {
        name: {"fn::invoke": {"function": f"managed-agents:{function}", "arguments": arguments, "return": wanted}}
        for name, (function, arguments, wanted) in looked_up.items()
    }
    program["outputs"] |= {f"{name}-found": f"${{{name}}}" for name in looked_up if name != "agent"}
    path.write_text(yaml.safe_dump(program, sort_keys=False))
    stack.up()

    found = stack.outputs()

    assert found["credential-found"] == {"type": "static_bearer", "mcpServerUrl": "https://mcp.example.com/"}
    assert [entry["url"] for entry in found["mounts-found"]] == ["https://github.com/org/app"]
    assert isinstance(found["events-found"], list)
    assert found["models-found"]
