"""What a killed engine left pending is found by what it noted, and goes into the state as it is found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from core.crashed import APP, HELLO, TOKEN, Crashed, shown

from pulumi_managed_agents.declaration.signatures import SIGNATURE
from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.resources.registry import KINDS

WORLDS = [(front_end, platform) for front_end in ("plugin", "dynamic") for platform in ("claude", "qoder")]
STAMPED = [name for name, kind in KINDS.items() if kind.lifecycle.stamped]
BY_THEIR_LOOKS = ["Memory", "SessionEvents", "File", "Skill", "Tunnel", "TunnelCertificate", "Dream"]
TRACELESS = ["RepositoryResource", "GitHubInstallationToken"]


@pytest.fixture(params=WORLDS, ids="-".join)
def crashed(request: pytest.FixtureRequest, tmp_path: Path) -> Crashed:
    front_end, platform = request.param
    return Crashed(tmp_path / "world.emulator", platform, front_end)


@pytest.fixture
def one(tmp_path: Path) -> Crashed:
    """Where the front end and the platform are of no account."""
    return Crashed(tmp_path / "world.emulator")


def skip_absent(crashed: Crashed, kind: str) -> None:
    if not KINDS[kind].is_on(crashed.platform):
        pytest.skip("the platform has no such kind")


def test_every_kind_has_its_row() -> None:
    assert {*STAMPED, *BY_THEIR_LOOKS, *TRACELESS} == KINDS.keys()


@pytest.mark.parametrize("kind", [*STAMPED, *BY_THEIR_LOOKS])
def test_what_a_create_made_goes_into_the_state_as_it_is_found(crashed: Crashed, kind: str) -> None:
    skip_absent(crashed, kind)
    inputs = crashed.checked(kind, crashed.declared(kind))
    crashed.noted = crashed.moment()
    made = crashed.creates(kind, inputs)
    pending = crashed.pending(kind, inputs)

    (entry,) = crashed.found()

    assert entry["id"] == made.id
    assert entry["inputs"] == pending["inputs"]
    # Between the create and the look, a session may have come to rest, and its clock has gone on, or a dream ended.
    unlike = {"usage", "stats", "status", "updatedAt", "mountedResources", "endedAt", "outputMemoryStoreId"}
    wanted = {**made.outputs, **pending["inputs"]}
    assert {**entry["outputs"], **dict.fromkeys(unlike)} == {**wanted, **dict.fromkeys(unlike)}
    assert {wire for wire in made.outputs if wire not in unlike} <= entry["outputs"].keys()


@pytest.mark.parametrize("kind", [*STAMPED, *BY_THEIR_LOOKS, *TRACELESS])
def test_where_nothing_was_made_the_operation_goes(crashed: Crashed, kind: str) -> None:
    skip_absent(crashed, kind)
    crashed.pending(kind, crashed.checked(kind, crashed.declared(kind)))

    assert crashed.found() == []


@pytest.mark.parametrize("kind", ["File", "Skill", "SessionEvents"])
@pytest.mark.parametrize("seconds", [None, 5, -300], ids=["no-moment", "earlier", "much-later"])
def test_what_only_its_looks_tell_has_to_have_come_just_after_the_note(
    crashed: Crashed, kind: str, seconds: float | None
) -> None:
    inputs = crashed.checked(kind, crashed.declared(kind))
    made = crashed.creates(kind, inputs)
    crashed.noted = "" if seconds is None else crashed.moment(seconds)
    crashed.pending(kind, inputs)

    deployment, (finding,) = crashed.recover()
    assert finding.kept
    assert made.id.rpartition("/")[2] in finding.text
    assert len(deployment["pending_operations"]) == 1
    taken, _ = crashed.recover(it=made.id)
    assert taken["resources"][-1]["id"] == made.id
    dropped, _ = crashed.recover(it=None)
    assert (dropped["pending_operations"], len(dropped["resources"])) == ([], 2)


@pytest.mark.parametrize("kind", ["File", "Skill"])
def test_what_has_others_like_it_is_left_to_a_person(crashed: Crashed, kind: str) -> None:
    inputs = crashed.checked(kind, crashed.declared(kind))
    crashed.creates(kind, crashed.checked(kind, crashed.declared(kind)))
    crashed.noted = crashed.moment()
    crashed.creates(kind, inputs)
    crashed.pending(kind, inputs)

    _, (finding,) = crashed.recover()

    assert finding.kept
    assert "nobody can tell" in finding.text


def test_a_file_of_another_size_is_another_one(crashed: Crashed) -> None:
    crashed.creates("File", crashed.checked("File", {"text": "another", "filename": "a.txt"}))
    crashed.pending("File", crashed.checked("File", crashed.declared("File")))

    assert crashed.found() == []


def test_an_id_that_is_none_is_not_believed(one: Crashed) -> None:
    one.pending("File", one.checked("File", one.declared("File")))

    _, (finding,) = one.recover(it="file_nobody_knows")

    assert finding.kept
    assert "there is no File with the id file_nobody_knows" in finding.text


def test_what_stands_in_the_state_already_is_left_alone(crashed: Crashed) -> None:
    inputs = crashed.checked("Agent", crashed.declared("Agent"))
    made = crashed.creates("Agent", inputs)
    crashed.resources.append(crashed.entry("Agent", inputs, "it", id=made.id, outputs=made.outputs))
    crashed.pending("Agent", inputs)
    before = crashed.resources[-1]

    deployment, (finding,) = crashed.recover()

    assert finding.text == f"the state has it already, as {made.id}"
    assert deployment["pending_operations"] == []
    assert deployment["resources"][-1] == before


def test_events_that_another_resource_sent_are_not_taken_for_the_ones_that_were_cut_off(crashed: Crashed) -> None:
    declared = crashed.declared("SessionEvents")
    crashed.noted = crashed.moment()
    first = crashed.creates("SessionEvents", crashed.checked("SessionEvents", declared))
    crashed.resources.append(crashed.entry("SessionEvents", {}, "first", id=first.id, outputs=first.outputs))
    inputs = crashed.checked("SessionEvents", declared)
    crashed.pending("SessionEvents", inputs, "second")
    assert crashed.found("second") == []
    second = crashed.creates("SessionEvents", inputs)

    (entry,) = crashed.found("second")

    assert entry["id"] == second.id != first.id


def test_a_memory_with_another_text_is_nobody_knows_whose(crashed: Crashed) -> None:
    inputs = crashed.checked("Memory", crashed.declared("Memory"))
    crashed.creates("Memory", {**inputs, "content": "what an agent wrote"})
    crashed.pending("Memory", inputs)

    _, (finding,) = crashed.recover()

    assert finding.kept
    assert "has another text" in finding.text


@pytest.mark.parametrize("others", [0, 1])
def test_an_object_without_room_for_a_stamp_is_told_by_its_labels_if_it_is_the_only_one(
    crashed: Crashed, others: int
) -> None:
    labels = {f"label-{number}": "x" for number in range(16)}
    declared = {**crashed.declared("Agent"), "metadata": labels}
    inputs = crashed.checked("Agent", declared)
    crashed.creates("Agent", crashed.checked("Agent", {**declared, "name": "other"}))
    for _ in range(others):
        crashed.creates("Agent", crashed.checked("Agent", declared))
    crashed.pending("Agent", inputs)
    assert others or crashed.found() == []
    crashed.noted = crashed.moment()
    made = crashed.creates("Agent", inputs)

    deployment, (finding,) = crashed.recover()

    assert finding.kept == bool(others)
    assert made.id in finding.text
    assert others or deployment["resources"][-1]["id"] == made.id


def test_inputs_without_a_stamp_are_left_to_a_person(one: Crashed) -> None:
    inputs = one.checked("Agent", one.declared("Agent"))
    one.pending("Agent", {wire: value for wire, value in inputs.items() if wire != "creationId"})

    _, (finding,) = one.recover()

    assert finding.kept
    assert "hold no stamp" in finding.text


@pytest.mark.parametrize("front_end", ["plugin", "dynamic"])
def test_a_resource_of_the_other_platform_is_not_looked_for(tmp_path: Path, front_end: str) -> None:
    there = Crashed(tmp_path / "world.emulator", "qoder", front_end)
    inputs = there.checked("Agent", there.declared("Agent"))
    there.creates("Agent", inputs)
    there.pending("Agent", inputs)
    here = Crashed(there.path, "claude", front_end, there.resources, there.operations)

    _, (finding,) = here.recover()

    assert finding.kept
    assert "Qoder Cloud Agents" in finding.text
    assert "use --platform qoder" in finding.text


@pytest.mark.parametrize("told", [{"emulator": "another.emulator"}, {"baseUrl": "https://elsewhere.example.com"}, {}])
def test_what_is_not_found_in_another_place_than_its_provider_was_told_is_not_settled(
    one: Crashed, told: dict[str, Any]
) -> None:
    one.pending("Agent", one.checked("Agent", one.declared("Agent")))
    one.resources[1]["inputs"] = told

    _, (finding,) = one.recover()

    assert finding.kept
    assert "its provider was configured for" in finding.text


def test_a_key_of_another_account_settles_nothing(one: Crashed) -> None:
    elsewhere = {"account": "another-organization/another-workspace"}
    one.resources.append(one.entry("Vault", {}, "other", id="vlt_other", outputs=elsewhere))
    one.pending("Agent", one.checked("Agent", one.declared("Agent")))

    _, (finding,) = one.recover()

    assert finding.kept
    assert "the key is of another account" in finding.text


def test_a_list_that_breaks_off_settles_nothing_for_anybody(one: Crashed) -> None:
    for _ in range(101):
        one.creates("Vault", one.checked("Vault", {}))
    for name in ("first", "second"):
        one.pending("Vault", one.checked("Vault", {}), name)
    with Emulator(one.path) as emulator:
        emulator.control.faults([{"operation": "vaults.list", "nth": 2, "status": 400, "error_type": "api_error"}])

    _, findings = one.recover()

    assert [finding.kept for finding in findings] == [True, True]
    assert all("GET /v1/vaults: 400 api_error" in finding.text for finding in findings)


def test_an_old_create_is_found_on_the_last_page(one: Crashed) -> None:
    inputs = one.checked("Vault", {})
    made = one.creates("Vault", inputs)
    for _ in range(420):
        one.creates("Vault", one.checked("Vault", {}))
    one.pending("Vault", inputs)

    (entry,) = one.found()

    assert entry["id"] == made.id


def test_many_creates_turn_the_pages_once(one: Crashed) -> None:
    wanted = [one.checked("Vault", {}) for _ in range(150)]
    for number, inputs in enumerate(wanted):
        one.creates("Vault", inputs)
        one.pending("Vault", inputs, f"vault-{number}")
    with Emulator(one.path) as emulator:
        before = Counter(emulator.control.counters())

        deployment, _ = one.recover()

        asked = Counter(emulator.control.counters()) - before
        # Two pages tell which object each create made, and two how each of them is now.
        assert asked["vaults.list"] <= 4
        assert asked["vaults.retrieve"] <= 3
    assert len(deployment["resources"]) == 152


def test_one_that_arrives_a_moment_later_is_found(one: Crashed) -> None:
    inputs = one.checked("Vault", {})
    one.pending("Vault", inputs)
    waited: list[float] = []

    class Late(list[float]):
        def append(self, seconds: float) -> None:
            waited.append(seconds)
            one.slept = []
            one.creates("Vault", inputs)

    one.slept = Late()

    assert len(one.found()) == 1
    assert waited == [1.0]


def test_an_archived_one_is_gone(one: Crashed) -> None:
    inputs = one.checked("Agent", one.declared("Agent"))
    one.creates("Agent", inputs)
    one.pending("Agent", inputs)
    with Emulator(one.path) as emulator:
        (agent,) = emulator.control.objects("agents")
        emulator.control.change("agents", agent["id"], archived_at="2026-11-21T10:00:00Z")

    assert one.found() == []


def test_what_was_encrypted_stays_the_very_same_ciphertext(crashed: Crashed) -> None:
    inputs = crashed.checked("Session", crashed.declared("Session"))
    crashed.creates("Session", inputs)
    pending = crashed.pending("Session", inputs)
    ciphertext = pending["inputs"]["resources"][0]["authorizationToken"]
    assert "ciphertext" in ciphertext

    (entry,) = crashed.found()

    assert entry["outputs"]["resources"][0]["authorizationToken"] == ciphertext
    assert entry["outputs"]["mountedResources"][0]["url"] == APP["url"]


def test_a_list_that_is_one_ciphertext_is_carried_through_whole(crashed: Crashed) -> None:
    inputs = crashed.checked("Session", crashed.declared("Session"))
    crashed.creates("Session", inputs)
    pending = crashed.pending("Session", inputs)
    pending["inputs"]["resources"] = {SIGNATURE: shown(1)[SIGNATURE], "ciphertext": "v1:the-list"}

    (entry,) = crashed.found()

    assert entry["inputs"] == pending["inputs"]
    assert entry["outputs"]["resources"] == pending["inputs"]["resources"]
    assert entry["outputs"]["mountedResources"][0]["url"] == APP["url"]


def test_secrets_that_the_export_shows_stay_secrets(crashed: Crashed) -> None:
    inputs = crashed.checked("Session", crashed.declared("Session"))
    crashed.creates("Session", {**inputs, "title": "as it is"})
    pending = crashed.pending("Session", inputs)
    pending["inputs"] |= {"title": shown("as declared"), "resources": shown(inputs["resources"])}

    (entry,) = crashed.found()

    assert entry["outputs"]["resources"] == shown(inputs["resources"])
    assert entry["outputs"]["title"] == shown("as it is")
    assert entry["outputs"]["agent"] == inputs["agent"]


@pytest.mark.parametrize(("kind", "wire"), [("Credential", "vaultId"), ("Memory", "content"), ("Memory", "path")])
def test_an_encrypted_value_that_the_search_needs_is_asked_for(one: Crashed, kind: str, wire: str) -> None:
    inputs = one.checked(kind, one.declared(kind))
    made = one.creates(kind, inputs)
    pending = one.pending(kind, inputs)
    secret = shown(inputs[wire])
    pending["inputs"][wire] = {SIGNATURE: secret[SIGNATURE], "ciphertext": "v1:abc"}

    _, (finding,) = one.recover()
    assert finding.kept
    assert f"its `{wire}` is encrypted in this export: use `pulumi stack export --show-secrets`" in finding.text

    pending["inputs"][wire] = secret
    (entry,) = one.found()
    assert entry["id"] == made.id
    assert entry["outputs"][wire] == secret


def test_a_secret_run_trigger_and_a_secret_label_need_not_be_read(one: Crashed) -> None:
    inputs = one.checked("Deployment", {**one.declared("Deployment"), "runTrigger": "one", "metadata": {"a": "b"}})
    one.creates("Deployment", inputs)
    pending = one.pending("Deployment", inputs)
    hidden = {SIGNATURE: shown(1)[SIGNATURE], "ciphertext": "v1:abc"}
    pending["inputs"] |= {"runTrigger": hidden, "metadata": hidden}

    (entry,) = one.found()

    assert (entry["outputs"]["runTrigger"], entry["outputs"]["metadata"]) == (hidden, hidden)
    assert "triggeredRunId" in entry["outputs"]


def test_a_deployment_that_was_run_keeps_its_run(crashed: Crashed) -> None:
    inputs = crashed.checked("Deployment", {**crashed.declared("Deployment"), "runTrigger": "one"})
    made = crashed.creates("Deployment", inputs)
    crashed.pending("Deployment", inputs)

    (entry,) = crashed.found()

    assert entry["outputs"]["runTrigger"] == entry["inputs"]["runTrigger"] == "one"
    for wire in ("triggeredRunId", "triggeredSessionId"):
        assert entry["outputs"][wire] == made.outputs[wire]


def test_a_deployment_that_was_not_run_yet_is_run_by_the_next_update(crashed: Crashed) -> None:
    cron = {"type": "cron", "expression": "0 8 * * 1", "timezone": "UTC"}
    declared = {**crashed.declared("Deployment"), "schedule": cron}
    inputs = crashed.checked("Deployment", {**declared, "runTrigger": "one", "paused": True})
    crashed.creates(
        "Deployment", {wire: value for wire, value in inputs.items() if wire not in ("runTrigger", "paused")}
    )
    crashed.pending("Deployment", inputs)

    (entry,) = crashed.found()

    assert entry["outputs"]["paused"] is False
    assert "runTrigger" not in entry["outputs"]
    assert "runTrigger" not in entry["inputs"]


def test_other_operations_are_told_and_those_of_other_providers_are_not(one: Crashed) -> None:
    for kind in ("updating", "deleting", "reading", "importing", "dreaming"):
        one.operations.append({"resource": one.entry("Agent", {}, kind), "type": kind})
    foreign = {"urn": "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::b", "type": "aws:s3/bucket:Bucket"}
    one.operations.append({"resource": foreign, "type": "creating"})
    before = list(one.operations)

    deployment, findings = one.recover()

    assert [finding.text.partition(":")[0] for finding in findings] == [
        "was updating",
        "was deleting",
        "was reading",
        "was importing",
        "was dreaming",
    ]
    assert deployment["pending_operations"] == before
    assert not any(finding.kept for finding in findings)


def test_a_module_in_the_middle_of_a_type_is_one_of_ours_too(one: Crashed) -> None:
    inputs = one.checked("Agent", one.declared("Agent"))
    one.creates("Agent", inputs)
    one.pending("Agent", inputs)["type"] = "managed-agents:index/agent:Agent"

    assert len(one.found()) == 1


def test_session_inputs_are_as_they_were_declared(crashed: Crashed) -> None:
    events = {"initialEvents": [HELLO]} if crashed.platform == "claude" else {}
    inputs = crashed.checked("Session", {**crashed.declared("Session"), **events, "waitForReady": True})
    made = crashed.creates("Session", {**inputs, "waitForReady": False})
    crashed.pending("Session", inputs)

    (entry,) = crashed.found()

    assert entry["id"] == made.id
    assert entry["outputs"].get("initialEvents") == events.get("initialEvents")
    assert TOKEN not in str(entry)
