"""What one account makes is not there for another one, and no answer tells whose a token is."""

from typing import Any

import loopback


def test_the_objects_of_another_account_are_not_there(world: Any) -> None:
    agent = world.agent()
    world.control.settings(accounts={"token-of-others": {"organization_id": "org-of-others"}})
    others = {"authorization": "Bearer token-of-others"}

    with loopback.client(base_url=f"{world.server.url}/api/v1/cloud/", headers=others) as http:
        missing = http.get(f"agents/{agent.id}")
        listed = http.get("agents").json()["data"]

    assert (missing.status_code, missing.json()["error"]["type"]) == (404, "not_found_error")
    assert listed == []
    assert not [name for name in missing.headers if "organization" in name or "workspace" in name]
    assert world.agents.retrieve(agent.id).id == agent.id
