"""What Qoder words otherwise than the declarations do, both ways: tool names, whole configs, flat preconditions.

Each collection has at most one function for calls and one for answers; both take and give plain values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ..lifecycle.steps import Operation

if TYPE_CHECKING:
    from ..declaration.values import JSON, Bag
    from ..lifecycle.steps import Call

BROWSER = "browser_toolset_20260714"

TOOL_NAMES = {
    "bash": "Bash",
    "read": "Read",
    "write": "Write",
    "edit": "Edit",
    "glob": "Glob",
    "grep": "Grep",
    "web_fetch": "WebFetch",
    "web_search": "WebSearch",
    "image_gen": "ImageGen",
    "image_search": "ImageSearch",
    "deliver_artifacts": "DeliverArtifacts",
}
"""The declarations' names of the platform's tools, and its own."""

_DECLARED_NAMES = {theirs: ours for ours, theirs in TOOL_NAMES.items()}
_ONLY_IN_APT_NPM_PIP = ("cargo", "gem", "go")


def worded(call: Call) -> Call:
    """The call in the platform's words."""
    word = _WORDED.get(call.operation.collection)
    if call.body and call.body.get("description", "") is None:
        # A description that went is an empty one here.
        call = replace(call, body={**call.body, "description": ""})
    return word(call) if word else call


def understood(operation: Operation, answer: Bag) -> Bag:
    """The answer in the declarations' words, be it an object or a list of them."""
    understand = _UNDERSTOOD.get(operation.collection)
    if understand is None:
        return answer
    if operation.verb == "list":
        data = answer.get("data")
        return {**answer, "data": [_if_it_can(understand, item) for item in data]} if isinstance(data, list) else answer
    understood: Bag = _if_it_can(understand, answer)
    return understood


def _if_it_can(understand: Callable[[Bag], Bag], answer: JSON) -> JSON:
    """The object in the declarations' words; one that makes no sense stays as it is, and so its id is kept."""
    try:
        return understand(answer)
    except (LookupError, TypeError, AttributeError, ValueError):
        return answer


def uses_browser(call: Call) -> bool:
    """Whether an agent gets the browser's tools, which are a beta."""
    if call.operation.root != "agents" or call.body is None:
        return False
    return any(tool.get("type") == BROWSER for tool in call.body.get("tools") or ())


def _agent_worded(call: Call) -> Call:
    body = call.body or {}
    changed: Bag = {}
    if "system" in body:
        changed["system"] = body["system"] or ""
    if body.get("tools"):
        changed["tools"] = [_renamed(tool, TOOL_NAMES) for tool in body["tools"]]
    model = body.get("model")
    if isinstance(model, dict) and isinstance(model.get("effort"), dict):
        changed["model"] = {**model, "effort": model["effort"]["type"]}
    return replace(call, body={**body, **changed}) if call.body is not None else call


def _agent_understood(agent: Bag) -> Bag:
    changed: Bag = {}
    if agent.get("tools"):
        changed["tools"] = [_renamed(tool, _DECLARED_NAMES) for tool in agent["tools"]]
    if agent.get("mcp_servers"):
        changed["mcp_servers"] = [{**server, "type": "url"} for server in agent["mcp_servers"]]
    model = agent.get("model")
    if isinstance(model, dict) and isinstance(model.get("effort"), str):
        changed["model"] = {**model, "effort": {"type": model["effort"]}}
    return {**agent, **changed}


def _renamed(tool: Bag, names: dict[str, str]) -> Bag:
    """The toolset with its tools under other names; what is no name of a tool stays."""
    if tool.get("type") != "agent_toolset_20260401":
        return tool
    lists = {
        key: [names.get(name, name) for name in tool[key]]
        for key in ("enabled_tools", "disallowed_tools")
        if tool.get(key)
    }
    configs = [_config(config, names) for config in tool["configs"]] if tool.get("configs") else None
    return {**tool, **lists, **({"configs": configs} if configs else {})}


def _config(config: Bag, names: dict[str, str]) -> Bag:
    # The entry's `type` repeats its name, and only the other platform has it.
    settings = {key: value for key, value in config.items() if key != "type"}
    return {**settings, "name": names.get(config["name"], config["name"])}


def _environment_worded(call: Call) -> Call:
    """The config whole: what it leaves out is the platform's own."""
    body = call.body or {}
    if call.operation.creates:
        body = {"config": {"type": "cloud"}, **body}
    config = body.get("config")
    if not isinstance(config, dict) or config.get("type") != "cloud":
        return replace(call, body=body) if call.body is not None else call
    config = {key: value for key, value in config.items() if value is not None}
    if isinstance(config.get("packages"), dict):
        config["packages"] = {
            manager: names
            for manager, names in config["packages"].items()
            if names or manager not in _ONLY_IN_APT_NPM_PIP
        }
    return replace(call, body={**body, "config": config})


def _memory_worded(call: Call) -> Call:
    body = call.body
    if body and "precondition" in body:
        sha = body["precondition"]["content_sha256"]
        body = {**{key: value for key, value in body.items() if key != "precondition"}, "content_sha256": sha}
    query = {key: value for key, value in call.query.items() if key not in ("view", "path_prefix")}
    return replace(call, body=body, query=query)


def _models_worded(call: Call) -> Call:
    """All at once: there are no pages."""
    return replace(call, query={})


def _threads_worded(call: Call) -> Call:
    """Whoever wants those of a status has to look through all."""
    return replace(call, query={name: value for name, value in call.query.items() if name != "statuses[]"})


def _skill_worded(call: Call) -> Call:
    body = dict(call.body or {})
    if "display_name" in body:
        body["display_title"] = body.pop("display_name")
    files = tuple(replace(file, name="files") for file in call.files)
    return replace(call, body=body or call.body, files=files)


def _skill_understood(skill: Bag) -> Bag:
    return {**skill, "display_name": skill.get("display_title"), "latest_version_id": skill.get("latest_version")}


def _version_understood(version: Bag) -> Bag:
    """A version by what agents name it with."""
    named = version.get("version")
    return {**version, "id": str(named)} if isinstance(named, str | int) and named else version


def _deployment_worded(call: Call) -> Call:
    body = call.body or {}
    if "environment_variables" not in body:
        return call
    variables = body["environment_variables"] or {}
    lines = "\n".join(f"{name}={value}" for name, value in variables.items())
    return replace(call, body={**body, "environment_variables": lines})


def _deployment_understood(deployment: Bag) -> Bag:
    text = deployment.get("environment_variables")
    if not isinstance(text, str):
        return deployment
    pairs = (line.partition("=") for line in text.replace(";", "\n").splitlines() if line.strip())
    variables: JSON = {name.strip(): value for name, _, value in pairs}
    return {**deployment, "environment_variables": variables or None}


_WORDED: dict[str, Callable[[Call], Call]] = {
    "agents": _agent_worded,
    "environments": _environment_worded,
    "memory_stores.memories": _memory_worded,
    "models": _models_worded,
    "sessions.threads": _threads_worded,
    "skills": _skill_worded,
    "skills.versions": _skill_worded,
    "deployments": _deployment_worded,
}

_UNDERSTOOD: dict[str, Callable[[Bag], Bag]] = {
    "agents": _agent_understood,
    "skills": _skill_understood,
    "skills.versions": _version_understood,
    "deployments": _deployment_understood,
}
