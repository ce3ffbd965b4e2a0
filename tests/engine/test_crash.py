"""The engine is killed in the middle: what was made goes into the state again, once, and nothing is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engine.crash import cut_off, exported, recover, target
from engine.declare import agent, environment, ref, repository, row, session

from pulumi_managed_agents.declaration.stamp import STAMP

if TYPE_CHECKING:
    from engine.stack import Stack

TOKEN = "token-of-last-week"
HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
BEARER = {"type": "static_bearer", "token": {"$secret": TOKEN}}


def mounted_at(path: str) -> list[dict[str, Any]]:
    """A session that has to be replaced when the path changes."""
    app = repository("app", mount_path=path, authorization_token=TOKEN)
    return [agent(), environment(), app, session(resources=[ref("app")])]


def credential_for(address: str) -> list[dict[str, Any]]:
    """A credential whose old one goes first when the address changes."""
    auth = {**BEARER, "mcp_server_url": address}
    return [row("Vault")("vault"), row("Credential")("bearer", vault_id=ref("vault.id"), auth=auth)]


def living(stack: Stack, collection: str) -> set[str]:
    """The ids of what the platform has and has not archived."""
    return {item["id"] for item in stack.objects(collection) if not item.get("archived_at")}


def settled(stack: Stack) -> None:
    """After a refresh, `up` has nothing to do, and every object of the world is the state's."""
    stack.refresh()
    assert stack.up().operations == {}
    stack.quiet()


def test_a_create_that_was_cut_off_is_pending_in_the_state_with_the_stamp_of_its_object(stack: Stack) -> None:
    stack.declare(agent())
    cut_off(stack, "agents.create")
    (made,) = stack.objects("agents")

    assert "reviewer" not in stack.state()
    (pending,) = stack.deployment["pending_operations"]

    assert pending["type"] == "creating"
    assert pending["resource"]["inputs"]["name"] == made["name"]
    assert pending["resource"]["inputs"]["creationId"] == made["metadata"][STAMP]


@pytest.mark.parametrize("shown", [False, True], ids=["encrypted", "shown"])
def test_what_a_cut_off_create_made_is_kept_with_its_secrets(stack: Stack, shown: bool) -> None:
    if not shown:
        stack.secrets.add(TOKEN)
    stack.declare(*mounted_at("/workspace/app"))
    cut_off(stack, "sessions.create")
    (made,) = living(stack, "sessions")

    told = recover(stack, shown=shown)

    assert f"found as {made}" in told
    assert not exported(stack).get("pending_operations")
    assert TOKEN not in str(exported(stack))
    settled(stack)
    assert living(stack, "sessions") == {stack.id("review")} == {made}
    stack.declare(
        *mounted_at("/workspace/app")[:2],
        repository("app", mount_path="/workspace/app", authorization_token="token-of-this-week"),
        session(resources=[ref("app")]),
    )
    assert stack.up().operations["review"] == ["update"]


def test_a_replacement_that_was_cut_off_goes_on_with_the_new_object(stack: Stack) -> None:
    stack.declare(*mounted_at("/workspace/app"))
    stack.up()
    (old,) = living(stack, "sessions")
    stack.declare(*mounted_at("/workspace/other"))
    cut_off(stack, "sessions.create")
    (new,) = living(stack, "sessions") - {old}

    told = recover(stack)

    assert f"found as {new}; the next `pulumi up` removes the one that it replaces" in told
    entries = [
        (entry["id"], bool(entry.get("delete")))
        for entry in exported(stack)["resources"]
        if entry.get("id") in (old, new)
    ]
    assert entries == [(new, False), (old, True)]
    stack.refresh()
    assert stack.up().operations == {"review": ["delete-replaced"], "app": ["delete-replaced"]}
    stack.quiet()
    assert living(stack, "sessions") == {stack.id("review")} == {new}


def test_a_replacement_whose_old_object_went_first_goes_on_with_the_new_one(stack: Stack) -> None:
    stack.secrets.add(TOKEN)
    stack.declare(*credential_for("https://a.example.com/"))
    stack.up()
    stack.declare(*credential_for("https://b.example.com/"))
    cut_off(stack, "vaults.credentials.create")

    told = recover(stack)

    assert "in place of the one that is removed" in told
    settled(stack)
    (left,) = living(stack, "credentials")
    assert stack.id("bearer").endswith(left)


def test_an_object_of_the_other_platform_is_looked_for_there(stack: Stack) -> None:
    stack.use("qoder")
    stack.declare(agent(model="ultimate"))
    cut_off(stack, "agents.create")
    (made,) = living(stack, "agents")

    told = recover(stack, "--emulator", stack.emulator_path.name, code=1)
    assert "it is on Qoder Cloud Agents, and this command asks Claude Managed Agents: use --platform qoder" in told
    assert f"found as {made}" in recover(stack)

    settled(stack)
    assert living(stack, "agents") == {stack.id("reviewer")}


def test_a_create_that_never_arrived_is_made_by_the_next_up(stack: Stack) -> None:
    stack.declare(agent())
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": "agents.create", "status": 503, "retry_after": 60}])
    cut_off(stack, "agents.create")
    assert living(stack, "agents") == set()

    assert "nothing was created" in recover(stack)

    assert stack.up().operations == {"reviewer": ["create"]}
    assert living(stack, "agents") == {stack.id("reviewer")}


def test_one_that_was_made_meanwhile_keeps_its_place_and_the_first_is_removed(stack: Stack) -> None:
    stack.declare(agent())
    cut_off(stack, "agents.create")
    (first,) = living(stack, "agents")
    # On the machine that was at work, the journal would have told the next `up` already.
    stack.environment["XDG_STATE_HOME"] = str(stack.folder / "another-machine")
    stack.up()
    second = stack.id("reviewer")

    told = recover(stack)

    assert f"found as {first}; a newer one has its place, so the next `pulumi up` removes it" in told
    stack.refresh()
    stack.up()
    stack.quiet()
    assert living(stack, "agents") == {stack.id("reviewer")} == {second}


def test_a_replacement_under_a_new_name_goes_on_too(stack: Stack) -> None:
    stack.declare(agent(), environment(), session())
    stack.up()
    before = f"urn:pulumi:dev::under-test::{stack.token}Session::review"
    renamed = session("renamed", options={"aliases": [before]}, agent=ref("other.id"))
    stack.declare(agent(), environment(), agent("other"), renamed)
    cut_off(stack, "sessions.create")

    recover(stack)

    stack.refresh()
    assert stack.up().operations == {"renamed": ["delete-replaced"]}
    stack.quiet()
    assert living(stack, "sessions") == {stack.id("renamed")}


@pytest.mark.parametrize("moment", ["deployments.create", "deployments.run"])
def test_a_deployment_runs_once_whenever_it_was_cut_off(stack: Stack, moment: str) -> None:
    needs = {"agent": ref("reviewer.id"), "environment_id": ref("sandbox.id"), "initial_events": [HELLO]}
    stack.declare(agent(), environment(), row("Deployment")("weekly", run_trigger="one", **needs))
    cut_off(stack, moment)

    recover(stack)

    stack.refresh()
    stack.up()
    stack.quiet()
    (run,) = stack.objects("deployment_runs")
    assert stack.state()["weekly"]["outputs"]["triggeredRunId"] == run["id"]
    assert living(stack, "deployments") == {stack.id("weekly")}


def test_what_the_engine_goes_on_with_by_itself_is_told(stack: Stack) -> None:
    stack.declare(agent(), environment())
    stack.up()
    stack.declare(agent(system="Review."), environment())
    cut_off(stack, "agents.update")
    assert "was updating: the next `pulumi up` compares it" in recover(stack)
    assert stack.up().operations == {"reviewer": ["update"]}
    stack.declare(agent(system="Review."))
    cut_off(stack, "environments.delete")

    assert "was deleting: the next `pulumi up` or `pulumi destroy` goes on" in recover(stack)

    assert stack.up().operations == {"sandbox": ["delete"]}
    stack.quiet()


def test_a_file_is_told_by_its_name_its_size_and_the_moment(stack: Stack) -> None:
    stack.write({"plan.txt": "The plan."})
    stack.declare(row("File")("plan", path="plan.txt"))
    cut_off(stack, "files.upload")

    recover(stack)

    settled(stack)
    assert living(stack, "files") == {stack.id("plan")}


def test_what_cannot_be_settled_stays_pending(stack: Stack) -> None:
    stack.write({"plan.txt": "The plan."})
    stack.declare(row("File")("plan", path="plan.txt"))
    stack.up()
    nobodys = stack.id("plan")
    stack.succeed("state", "delete", stack.state()["plan"]["urn"], "--yes")
    cut_off(stack, "files.upload")
    (made,) = living(stack, "files") - {nobodys}
    (pending,) = exported(stack)["pending_operations"]

    told = recover(stack, code=1)

    assert "nobody can tell whether this is it" in told
    assert made in told
    assert exported(stack)["pending_operations"] == [pending]
    assert f"found as {made}" in recover(stack, "--made", pending["resource"]["urn"], made, *target(stack))
    settled(stack)
    assert living(stack, "files") == {stack.id("plan"), nobodys}
