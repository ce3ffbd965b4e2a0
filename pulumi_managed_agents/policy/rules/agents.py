"""Rules about agents: what they may do, what they can do, and what they are told."""

from __future__ import annotations

import re

from pydantic import Field

from ...declaration.tool_names import ALLOW, DENY
from ..kinds import ToolName
from ..mounts import Mount
from ..overrides import of_agent
from ..rule import Broken, Outcomes, Parameters, ResourceRule, StackRule, Unchecked, unchecked
from ..tools import mcp_toolsets, permission
from ..view import JSON, Declared, Stack, Withheld, text
from ..workers import Worker, workers

_TOOLS = "its list of tools"


class WriteTools(Parameters):
    """Which tools a person is asked about."""

    write_tools: list[ToolName] = Field(
        default=["bash", "write", "edit"], description="The platform's own tools that count as writing."
    )


def _unasked(declared: Declared, parameters: WriteTools) -> Outcomes:
    tools = of_agent(declared, "tools")
    found = {name: permission(tools, name) for name in parameters.write_tools}
    for who in found.values():
        yield from unchecked(declared, _TOOLS, who)
    free = [name for name, who in found.items() if who == ALLOW]
    if free:
        yield Broken(declared, f"may use these tools without asking anybody: {', '.join(free)}")
    for index, who in mcp_toolsets(tools):
        yield from unchecked(declared, f"`tools[{index}]`", who)
        if who == ALLOW:
            yield Broken(declared, f"may use every tool of an MCP server without asking anybody: see `tools[{index}]`")


ASKED_BEFORE_WRITING = ResourceRule(
    name="asked-before-writing",
    sentence="Tools that write are not run without asking.",
    severity="medium",
    fix="Set their `permissionPolicy` to `always_ask`, or disable what is not needed.",
    level="disabled",
    parameters=WriteTools,
    notes="The platform runs its own tools without asking unless it is told otherwise, so an agent that says nothing "
    "breaks the rule; what any of several toolsets allows is allowed. An MCP toolset breaks it when all its tools are "
    "allowed, since their names do not tell which of "
    "them write; single tools that are allowed by name are somebody's decision. Custom tools are run by your own "
    "application and are left out. Agents, those of rosters included, and overrides in sessions. Disabled by default: "
    "a session that works alone cannot wait for a person.",
    kinds=("Agent", "Session"),
    check=_unasked,
)


class WorkTools(Parameters):
    """What work on a repository needs."""

    required_tools: list[ToolName] = Field(
        default=["bash", "read", "write", "edit", "glob", "grep"],
        description="The platform's own tools that have to be there.",
    )


_FOLLOWED = (
    "Sessions and deployments are followed to the agent that they run, and to those of its roster, as far as these are "
    "declared in the same stack; of others, and of other versions than the declared one, it is told that they were not "
    "checked."
)


def _without_tools(stack: Stack, parameters: WorkTools) -> Outcomes:
    judged: set[str] = set()
    for worker in workers(stack):
        if isinstance(worker, Unchecked):
            yield worker
            continue
        subject, tools = worker.declared("tools")
        if subject.urn not in judged:
            judged.add(subject.urn)
            yield from _missing_tools(subject, tools, parameters)


def _missing_tools(subject: Declared, tools: JSON, parameters: WorkTools) -> Outcomes:
    found = {name: permission(tools, name) for name in parameters.required_tools}
    for who in found.values():
        yield from unchecked(subject, _TOOLS, who)
    missing = [name for name, who in found.items() if who in (None, DENY)]
    if missing:
        yield Broken(subject, f"works on repositories without these tools: {', '.join(missing)}")


TOOLS_FOR_REPOSITORIES = StackRule(
    name="tools-for-repositories",
    sentence="An agent that mounts repositories has the tools to work on them.",
    severity="medium",
    fix="Enable them in an `agent_toolset_20260401`.",
    level="advisory",
    parameters=WorkTools,
    notes=_FOLLOWED,
    check=_without_tools,
)


def _unnamed_paths(stack: Stack, parameters: Parameters) -> Outcomes:
    del parameters
    unnamed: dict[str, tuple[Declared, list[Mount]]] = {}
    for worker in workers(stack):
        if isinstance(worker, Unchecked):
            yield worker
            continue
        subject, given = worker.declared("system")
        system = text(given)
        yield from unchecked(subject, "its system prompt", system)
        for mount in worker.mounted:
            yield from unchecked(mount.declared, mount.which("mount path"), mount.path)
        found = unnamed.setdefault(subject.urn, (subject, []))[1]
        found += [mount for mount in _missing(worker, system) if mount not in found]
    for subject, missing in unnamed.values():
        if missing:
            titles = ", ".join(mount.title for mount in missing)
            yield Broken(subject, f"is not told by its system prompt where this is mounted: {titles}")


def _missing(worker: Worker, system: JSON) -> list[Mount]:
    if isinstance(system, Withheld):
        return []
    paths = ((mount, mount.path) for mount in worker.mounted)
    return [mount for mount, path in paths if isinstance(path, str) and not _names(system or "", path)]


def _names(prompt: str, path: str) -> bool:
    """Whether the text names the path or something below it, and not only a longer name."""
    return re.search(rf"(?:(?<![\w.~/-])|(?<=file://)){re.escape(path)}(?![\w-]|\.\w)", prompt) is not None


MOUNT_PATH_IN_PROMPT = StackRule(
    name="mount-path-in-prompt",
    sentence="The system prompt of an agent names where its repositories are mounted.",
    severity="low",
    fix="Name the mount path in `system`, as in: Your working directory is /workspace/app.",
    level="advisory",
    parameters=Parameters,
    notes=f"A mount path that the platform chooses is not seen in a preview, and not asked for. {_FOLLOWED}",
    check=_unnamed_paths,
)
