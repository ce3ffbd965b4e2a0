"""Somebody else: `python outside.py ADDRESS` creates an agent, an environment and a session by plain requests.

It prints what to import, in the form that `pulumi import --file` takes.
"""

import json
import os
import sys
import urllib.request
from typing import Any

HEADERS = {
    "x-api-key": os.environ.get("ANTHROPIC_API_KEY", "any key will do for the emulator"),
    "anthropic-version": "2023-06-01",
    "anthropic-beta": "managed-agents-2026-04-01",
    "content-type": "application/json",
}


def create(path: str, body: dict[str, Any]) -> dict[str, Any]:
    """What the platform made of the body."""
    request = urllib.request.Request(sys.argv[1] + path, json.dumps(body).encode(), HEADERS)  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        made: dict[str, Any] = json.load(answer)
    return made


agent = create(
    "/v1/agents",
    {
        "name": "Code reviewer",
        "model": "claude-sonnet-4-6",
        "system": "You review code.",
        "tools": [{"type": "agent_toolset_20260401"}],
    },
)
environment = create("/v1/environments", {"name": "review", "config": {"type": "cloud"}})
session = create(
    "/v1/sessions",
    {
        "agent": agent["id"],
        "environment_id": environment["id"],
        "title": "Review",
        "resources": [
            {
                "type": "github_repository",
                "url": "https://github.com/org/app",
                "mount_path": "/workspace/app",
                "authorization_token": "token-of-somebody-else",
            }
        ],
    },
)

found = {
    "reviewer": ("Agent", agent["id"]),
    "sandbox": ("Environment", environment["id"]),
    "review": ("Session", session["id"]),
    "app": ("RepositoryResource", f"{session['id']}/{session['resources'][0]['id']}"),
}
rows = [{"type": f"managed-agents:index:{kind}", "name": name, "id": id_} for name, (kind, id_) in found.items()]
json.dump({"resources": rows}, sys.stdout, indent=2)
