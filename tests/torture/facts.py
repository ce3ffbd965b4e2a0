"""What the world must show of what was declared: written down a second time, in the platforms' own fields."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from core.bags import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from torture.reader import Reader, Stored

    from pulumi_managed_agents.declaration.values import Bag

STAMP = "pulumi_creation_id"


def wrong(reader: Reader, kind: str, stored: Stored, inputs: Bag) -> list[str]:
    """The names of what is not as declared."""
    expected = EXPECTED[kind](reader, inputs)
    shown = SHOWN[kind](stored)
    return [name for name, value in expected.items() if shown.get(name) != value] + _labels(stored, inputs)


def _labels(stored: Stored, inputs: Bag) -> list[str]:
    if "metadata" not in inputs:
        return []
    labels = {name: value for name, value in stored.body["metadata"].items() if name != STAMP}
    return [] if labels == inputs["metadata"] else ["metadata"]


def _plain(*names: str, **other: str) -> Callable[[Reader, Bag], Bag]:
    """Fields that are stored as they are declared, some of them under another name."""
    wires = {name: name for name in names} | other
    return lambda _, inputs: {name: inputs.get(wire) or None for name, wire in wires.items()}


def _body(stored: Stored) -> Bag:
    return {name: value or None for name, value in stored.body.items()}


def _tokens(reader: Reader, inputs: Bag) -> Bag:
    """The token of each mounted repository, by its place; how many files there are."""
    entries = inputs.get("resources", [])
    tokens = {
        entry["mountPath"]: reader.fingerprint(entry["authorizationToken"])
        for entry in entries
        if entry["type"] == "github_repository" and entry.get("authorizationToken")
    }
    return {**tokens, "files": sum(entry["type"] == "file" for entry in entries)}


def _session(reader: Reader, inputs: Bag) -> Bag:
    return {"title": inputs.get("title"), **_tokens(reader, inputs)}


def _session_shown(stored: Stored) -> Bag:
    mounted = stored.body["resources"]
    tokens = {each["mount_path"]: stored.hidden["tokens"].get(each["id"]) for each in mounted if "url" in each}
    return {"title": stored.body["title"], **tokens, "files": sum(each["type"] == "file" for each in mounted)}


def _credential(reader: Reader, inputs: Bag) -> Bag:
    return {"secret": reader.fingerprint(inputs["auth"]["token"]), "address": inputs["auth"]["mcpServerUrl"]}


def _credential_shown(stored: Stored) -> Bag:
    return {"secret": stored.hidden["secrets"]["auth.token"], "address": stored.body["auth"]["mcp_server_url"]}


def _memory(_: Reader, inputs: Bag) -> Bag:
    content = inputs.get("content") or ""
    return {"path": inputs["path"], "content_sha256": sha256(content.encode()).hexdigest()}


def _deployment(_: Reader, inputs: Bag) -> Bag:
    said = [block["text"] for event in inputs["initialEvents"] for block in event["content"]]
    paused = {"status": "paused" if inputs["paused"] else "active"} if "paused" in inputs else {}
    return {"name": inputs["name"], "description": inputs.get("description"), "said": said, **paused}


def _deployment_shown(stored: Stored) -> Bag:
    said = [block["text"] for event in stored.body["initial_events"] for block in event["content"]]
    return {**_body(stored), "said": said}


def _file(_: Reader, inputs: Bag) -> Bag:
    return {"filename": inputs["filename"], "size_bytes": len(inputs["text"].encode())}


EXPECTED: dict[str, Callable[[Reader, Bag], Bag]] = {
    "Agent": _plain("name", "system", "description"),
    "Environment": _plain("name", "description"),
    "Vault": _plain(display_name="displayName"),
    "MemoryStore": _plain("name", "description"),
    "UserProfile": _plain("name"),
    "Skill": lambda _, inputs: {"title": inputs["displayName"]} if "displayName" in inputs else {},
    "Session": _session,
    "Credential": _credential,
    "Memory": _memory,
    "Deployment": _deployment,
    "File": _file,
}

SHOWN: dict[str, Callable[[Stored], Bag]] = {
    **dict.fromkeys(EXPECTED, _body),
    "Skill": lambda stored: {"title": stored.body.get("display_name") or stored.body.get("display_title")},
    "Session": _session_shown,
    "Credential": _credential_shown,
    "Deployment": _deployment_shown,
}


def content_of(inputs: Bag) -> Any:
    """What each event of a declaration says."""
    return [event["content"] for event in inputs["events"]]


def skill_digest(inputs: Bag) -> str:
    """The digest of the `SKILL.md` that a declaration names."""
    return Shelf().tree(inputs["path"], 10**6)["SKILL.md"].sha256
