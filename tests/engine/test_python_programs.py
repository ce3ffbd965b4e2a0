"""What a Python program may write: resources, paths and options as people who write Python expect them."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from engine import outside

if TYPE_CHECKING:
    from engine.stack import Stack

pytestmark = pytest.mark.front_end("dynamic")

RESOURCES_FOR_IDS = '''
"""Writes the resource wherever an id is wanted."""
import pulumi
import pulumi_managed_agents as ma

reviewer = ma.Agent("reviewer", model="claude-opus-4-8")
lead = ma.Agent("lead", model="claude-opus-4-8", multiagent={"type": "coordinator", "agents": [reviewer]})
other = ma.Agent("other", model="claude-opus-4-8", multiagent={
    "type": "coordinator", "agents": [{"type": "agent", "id": reviewer}]})
sandbox = ma.Environment("sandbox")
vault = ma.Vault("vault", display_name="keys")
store, notes = ma.MemoryStore("store"), ma.File("notes", text="notes", filename="notes.txt")
ma.Memory("memory", memory_store_id=store, path="/a.md", content="a")
plain = ma.Session("plain", agent=reviewer, environment_id=sandbox, vault_ids=[vault], resources=[store, notes])
ma.Session("nested", agent={"id": reviewer}, environment_id=pulumi.Output.from_input(sandbox), resources=[
    {"type": "file", "file_id": notes}, pulumi.Output.from_input({"type": "memory_store", "memory_store_id": store})])
ma.Session("later", agent=pulumi.Output.from_input(reviewer), environment_id=sandbox.id.apply(lambda _: sandbox))
hello = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
ma.SessionEvents("task", session_id=plain, events=[hello], wait_for_idle=False)
ma.Deployment("nightly", agent=lead, environment_id=sandbox, vault_ids=[vault], initial_events=[hello])
'''


def test_a_resource_stands_for_its_id_wherever_one_is_wanted(stack: Stack) -> None:
    stack.program(RESOURCES_FOR_IDS)
    stack.preview()

    stack.up()

    stack.quiet()
    state = stack.state()
    for name in ("plain", "nested", "later"):
        assert state[name]["inputs"]["environmentId"] == state["sandbox"]["id"]
        assert state["reviewer"]["id"] in str(state[name]["inputs"]["agent"])
        assert {state["reviewer"]["urn"], state["sandbox"]["urn"]} <= set(state[name]["dependencies"])
    assert state["plain"]["inputs"]["vaultIds"] == [state["vault"]["id"]]
    for name in ("plain", "nested"):
        mounted = state[name]["inputs"]["resources"]
        assert {state["store"]["id"], state["notes"]["id"]} == {
            entry.get("memoryStoreId") or entry.get("fileId") for entry in mounted
        }
    assert state["task"]["inputs"]["sessionId"] == state["plain"]["id"]
    assert state["nightly"]["inputs"]["agent"] == state["lead"]["id"]


MISPLACED = """
import pulumi_managed_agents as ma

reviewer = ma.Agent("reviewer", model="claude-opus-4-8")
sandbox = ma.Environment("sandbox")
"""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("agent=sandbox, environment_id=sandbox", "an Environment stands where the id of an Agent is wanted"),
        ("agent=reviewer, environment_id=reviewer", "an Agent stands where the id of an Environment is wanted"),
        ("agent=reviewer, environment_id=sandbox, resources=[sandbox]", "an Environment stands where"),
    ],
)
def test_a_resource_of_another_kind_is_refused_in_a_sentence(stack: Stack, line: str, told: str) -> None:
    stack.program(f'{MISPLACED}ma.Session("review", {line})\n')

    refused = stack.fail("preview")

    assert f"Session 'review': {told}" in refused.output


TRANSFORMED = '''
"""Repositories whose properties others than the program say."""
import pulumi
import pulumi_managed_agents as ma

def older(args):
    if args.name == "older":
        return pulumi.ResourceTransformationResult({**args.props, "mountPath": "/workspace/older"}, args.opts)

def newer(args):
    if args.name == "newer":
        return pulumi.ResourceTransformResult(
            {**args.props, "mountPath": "/workspace/newer", "checkout": {"type": "branch", "name": "main"}}, args.opts)

pulumi.runtime.register_stack_transformation(older)
pulumi.runtime.register_stack_transform(newer)
reviewer, sandbox = ma.Agent("reviewer", model="claude-opus-4-8"), ma.Environment("sandbox")
repositories = [
    ma.RepositoryResource("older", url="https://github.com/org/older"),
    ma.RepositoryResource("newer", url="https://github.com/org/newer"),
    ma.RepositoryResource.get("found", "https://github.com/org/found#/workspace/elsewhere"),
]
ma.Session("review", agent=reviewer.id, environment_id=sandbox.id, resources=repositories)
ma.Session("again", agent=reviewer.id, environment_id=sandbox.id, resources=[each.mount for each in repositories])
'''


def test_a_mount_says_what_transforms_and_look_ups_say(stack: Stack) -> None:
    stack.program(TRANSFORMED)
    stack.preview()

    stack.up()

    stack.quiet()
    for name in ("review", "again"):
        older, newer, found = stack.state()[name]["inputs"]["resources"]
        assert older == {
            "type": "github_repository",
            "url": "https://github.com/org/older",
            "mountPath": "/workspace/older",
        }
        assert (newer["mountPath"], newer["checkout"]["name"]) == ("/workspace/newer", "main")
        assert (found["url"], found["mountPath"]) == ("https://github.com/org/found", "/workspace/elsewhere")


FOUND = """
import pulumi
import pulumi_managed_agents as ma

agent = ma.Agent.get("theirs", pulumi.Config().require("agent"))
sandbox = ma.Environment("sandbox")
ma.Session("review", agent=agent.id, environment_id=sandbox.id)
ma.Session("again", agent=agent, environment_id=sandbox)
"""


def test_the_id_of_what_was_looked_up_is_known_in_a_preview(stack: Stack) -> None:
    with stack.emulator() as emulator:
        agent = outside.session(emulator)["agent"]
    stack.configure("agent", agent["id"])
    stack.program(FOUND)

    stack.up()

    stack.quiet()


OPTIONS = """
import json, pathlib
import pulumi
import pulumi_managed_agents as ma

given = json.loads(pathlib.Path("given.json").read_text())
tools = [{"type": "agent_toolset_20260401", "default_config": {
    "enabled": True, "permission_policy": {"type": given["policy"]}}}]
ignored = pulumi.ResourceOptions(ignore_changes=["tools[0].default_config.permission_policy"])
quoted = pulumi.ResourceOptions(ignore_changes=['tools[*]["default_config"]'])
reviewer = ma.Agent("reviewer", model="claude-opus-4-8", tools=tools, opts=ignored)
ma.Agent("quoted", model="claude-opus-4-8", tools=tools, opts=quoted)
ma.Agent("hidden", model="claude-opus-4-8", tools=tools, opts=pulumi.ResourceOptions(
    ignore_changes=["tools"], additional_secret_outputs=["execution_identity", "created_at"]))
sandbox = ma.Environment("sandbox", description=given["word"], config={
    "type": "cloud", "networking": {"type": "limited", "allow_mcp_servers": given["allow"]}},
    opts=pulumi.ResourceOptions(replace_on_changes=given["replace"], delete_before_replace=True))
"""


def test_options_take_pythons_names_at_any_depth(stack: Stack) -> None:
    def give(**given: object) -> None:
        words = {"policy": "always_ask", "word": "one", "allow": False, "replace": []}
        stack.write({"given.json": json.dumps({**words, **given})})

    stack.program(OPTIONS)
    give()
    stack.up()

    assert "ciphertext" in stack.state()["hidden"]["outputs"]["createdAt"]
    give(policy="always_allow")
    stack.quiet()
    give(word="two", replace=["config.networking.allow_mcp_servers"])
    assert stack.preview().operations == {"sandbox": ["update"]}
    give(allow=True, replace=["config.networking.allow_mcp_servers"])
    assert "replace" in stack.preview().operations["sandbox"]
    give(word="two", replace=["*"])
    assert "replace" in stack.up().operations["sandbox"]
    stack.quiet()


PATHS = """
import pathlib
import pulumi
import pulumi_managed_agents as ma

here = pathlib.Path("prompts")
ma.Agent("reviewer", model="claude-opus-4-8", source=here / "reviewer.md")
ma.File("notes", path=pulumi.Output.from_input(here / "reviewer.md"))
ma.RepositoryResource("app", url="https://github.com/org/app", mount_path=pathlib.PurePosixPath("/workspace/app"))
"""


def test_a_path_of_pathlib_is_taken_where_a_path_is_wanted(stack: Stack) -> None:
    stack.write({"prompts/reviewer.md": "You review.\n"})
    stack.program(PATHS)

    stack.up()

    state = stack.state()
    assert state["reviewer"]["inputs"]["source"] == state["notes"]["inputs"]["path"] == "prompts/reviewer.md"
    assert state["app"]["inputs"]["mountPath"] == "/workspace/app"


TIMES = """
import json, pathlib
import pulumi
import pulumi_managed_agents as ma

times = pulumi.CustomTimeouts(**json.loads(pathlib.Path("times.json").read_text()))
reviewer, sandbox = ma.Agent("reviewer", model="claude-opus-4-8"), ma.Environment("sandbox")
hello = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
ma.Session("review", agent=reviewer.id, environment_id=sandbox.id, initial_events=[hello], wait_for_ready=True,
    opts=pulumi.ResourceOptions(custom_timeouts=times))
"""


def test_custom_timeouts_bound_what_is_waited_for(stack: Stack) -> None:
    def give(**times: str) -> None:
        stack.write({"times.json": json.dumps(times)})

    stack.program(TIMES)
    with stack.emulator() as emulator:
        emulator.control.settings(run_ends="never")
    give(create="2s")
    began = time.monotonic()

    unready = stack.fail("up", "--yes", "--skip-preview")

    assert "the time that `custom_timeouts` gives it is over (2 s)" in stack.pending("review"), unready.output
    give(update="1.5s", delete="1m0.5s")
    unready = stack.fail("up", "--yes", "--skip-preview")
    assert "is over (1.5 s)" in unready.output
    with stack.emulator() as emulator:
        emulator.control.set_status(stack.id("review"), "idle")
    stack.up()
    stack.quiet()
    give(delete="1s")
    stack.up()
    stack.quiet()
    with stack.emulator() as emulator:
        emulator.control.set_status(stack.id("review"), "running")

    refused = stack.fail("destroy", "--yes", "--skip-preview")

    assert "is over (1 s)" in refused.output
    assert time.monotonic() - began < 250, "the session's own waits take 300 seconds"


NAMED = """
import pulumi_managed_agents as ma

ma.Agent("reviewer", model="claude-opus-4-8")
ma.Environment("sandbox")
"""


def test_autonaming_which_the_classes_cannot_follow_is_told_once(stack: Stack) -> None:
    stack.succeed("config", "set", "--path", "pulumi:autonaming.pattern", "made-${name}")
    stack.program(NAMED)

    told = [text for severity, text in stack.preview().diagnostics if severity == "warning"]

    assert len([text for text in told if "`pulumi:autonaming` has no effect on the Python classes" in text]) == 1


ON_THE_PLUGIN = """
import pulumi
import pulumi_managed_agents as ma


class RepositoryResource(pulumi.CustomResource):
    def __init__(self, name, url):
        super().__init__("managed-agents:index:RepositoryResource", name, {"url": url, "mount": None})

    mount: pulumi.Output = pulumi.property("mount")


class Agent(pulumi.CustomResource):
    def __init__(self, name):
        super().__init__("managed-agents:index:Agent", name, {"model": "claude-opus-4-8"})


app = RepositoryResource("app", "https://github.com/org/app")
ma.Session("review", agent=Agent("reviewer"), environment_id=ma.Environment("sandbox"), resources=[app])
ma.Session("again", agent=Agent("other").id, environment_id=ma.Environment("other-box"), resources=[app.mount])
"""


def test_resources_of_the_generated_sdk_stand_in_the_classes_too(stack: Stack) -> None:
    stack.program(ON_THE_PLUGIN)
    stack.preview()

    stack.up()

    stack.quiet()
    for name in ("review", "again"):
        with stack.emulator() as emulator:
            (mounted,) = emulator.control.mounts(stack.id(name))
        assert mounted["url"] == "https://github.com/org/app"


INSTANCE = """
import pulumi
import pulumi_managed_agents as ma

class Account(pulumi.ProviderResource):
    def __init__(self):
        super().__init__("managed-agents", "account", {"emulator": "account.emulator"})

ma.Vault("keys", opts=pulumi.ResourceOptions(provider=Account()))
"""


def test_a_class_with_a_provider_instance_is_refused_and_not_made_elsewhere(stack: Stack) -> None:
    stack.program(INSTANCE)

    refused = stack.fail("up", "--yes", "--skip-preview")

    told = " ".join(refused.output.split())
    assert "Vault 'keys': the Python classes take the settings of the stack and no provider instance" in told
    assert "leave `provider` out, or use the SDK that is generated from the plugin" in told
    assert not stack.emulator_path.exists() or stack.log() == []
