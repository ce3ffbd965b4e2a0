"""Ids become references where both ends are taken over, and nowhere else."""

from __future__ import annotations

from importing.declarations import declared

from pulumi_managed_agents.importing.program import Reference
from pulumi_managed_agents.importing.references import CIRCLE, linked


def test_ids_at_every_place_become_references_to_earlier_resources() -> None:
    mounts = [
        {"type": "memory_store", "memoryStoreId": "store_1"},
        {"type": "file", "fileId": "plan_1"},
        {"type": "file", "fileId": "file_not_taken"},
    ]
    roster = {"type": "coordinator", "agents": ["helper_1", {"type": "agent", "id": "helper_1", "version": 2}]}
    session = declared(
        "Session", "s", agent={"id": "lead_1"}, environmentId="box_1", vaultIds=["v_1"], resources=mounts
    )
    lead = declared("Agent", "lead", multiagent=roster, skills=[{"type": "custom", "skillId": "skill_1"}])
    others = [
        declared("Credential", "c", "v_1/c_1", vaultId="v_1"),
        declared("Vault", "v"),
        declared("Environment", "box"),
        declared("MemoryStore", "store"),
        declared("File", "plan"),
        declared("Skill", "skill"),
        declared("Agent", "helper"),
    ]

    done = {resource.name: resource.inputs for resource in linked([session, lead, *others])}

    assert done["s"] == {
        "agent": {"id": Reference("lead")},
        "environmentId": Reference("box"),
        "vaultIds": [Reference("v")],
        "resources": [
            {"type": "memory_store", "memoryStoreId": Reference("store")},
            {"type": "file", "fileId": Reference("plan")},
            {"type": "file", "fileId": "file_not_taken"},
        ],
    }
    assert done["lead"]["multiagent"]["agents"][0] == Reference("helper")
    assert done["lead"]["multiagent"]["agents"][1] == {"type": "agent", "id": Reference("helper"), "version": 2}
    assert done["lead"]["skills"] == [{"type": "custom", "skillId": Reference("skill")}]
    assert done["c"] == {"vaultId": Reference("v")}
    order = list(done)
    assert order.index("helper") < order.index("lead") < order.index("s")


def test_a_user_s_own_map_and_document_are_left_as_they_are() -> None:
    tool = {"type": "custom", "name": "t", "description": "d", "inputSchema": {"default": "box_1"}}
    agent = declared("Agent", "a", metadata={"made-for": "box_1"}, tools=[tool])

    *_, done = linked([declared("Environment", "box"), agent])

    assert done.inputs == agent.inputs


def test_of_a_circle_one_link_stays_an_id() -> None:
    def lead(name: str, other: str) -> object:
        return declared("Agent", name, multiagent={"type": "coordinator", "agents": [{"type": "agent", "id": other}]})

    first, second = linked([lead("a", "b_1"), lead("b", "a_1")])  # type: ignore[list-item]

    assert first.name == "b"
    assert first.inputs["multiagent"]["agents"][0]["id"] == "a_1"
    assert first.remarks == (CIRCLE,)
    assert second.inputs["multiagent"]["agents"][0]["id"] == Reference("b")
    assert second.remarks == ()
