"""What an agent may do with the platform's own tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..declaration.tool_names import AGENT_TOOLSET, ALLOW, MCP_TOOLSET, OTHER_TOOLS, PERMISSIONS, is_same_tool
from .view import JSON, Withheld, entries, first_hidden, hidden_in, listed, text, within


def permission(tools: JSON, name: str) -> JSON:
    """Who decides about calls of a tool, in the platform's words: None when it cannot be used at all.

    What any of the toolsets allows is allowed.
    """
    return _loosest([hidden_in(tools), *(_in_toolset(tool, name) for _, tool in entries(tools))])


def _loosest(found: list[JSON]) -> JSON:
    """The one that leaves the most open; what cannot be seen may leave anything open."""
    if ALLOW in found:
        return ALLOW
    return first_hidden(found) or next((word for word in PERMISSIONS if word in found), None)


def _in_toolset(toolset: Mapping[str, JSON], name: str) -> JSON:
    kind = text(toolset.get("type"))
    if kind in (MCP_TOOLSET, *OTHER_TOOLS):
        return None
    if kind != AGENT_TOOLSET:
        return kind if isinstance(kind, Withheld) else Withheld.UNREADABLE
    left_in = _left_in(toolset, name)
    return _permission(toolset, name) if left_in is True else left_in or None


def _left_in(toolset: Mapping[str, JSON], name: str) -> JSON:
    """Whether the lists of one of the platforms leave the tool in."""
    only, without = toolset.get("enabledTools"), toolset.get("disallowedTools")
    hidden = [hidden_in(only, str), hidden_in(without, str)]
    if Withheld.UNREADABLE in hidden:
        return Withheld.UNREADABLE
    if _holds(without, name):
        return False
    return hidden[1] or (None if _holds(only, name) else hidden[0]) or not listed(only) or _holds(only, name)


def _holds(names: JSON, name: str) -> bool:
    return any(isinstance(item, str) and is_same_tool(item, name) for item in listed(names))


def _permission(toolset: Mapping[str, JSON], name: str) -> JSON:
    """The tool's own word, then the toolset's, then the platform's; of several words of its own the loosest."""
    configs = toolset.get("configs")
    names = [text(config.get("name")) or Withheld.UNREADABLE for _, config in entries(configs)]
    hidden = first_hidden([hidden_in(configs), *names])
    own: list[JSON] = [config for _, config in entries(configs) if _holds([config.get("name")], name)]
    if hidden is Withheld.UNREADABLE or (hidden and not own):
        return hidden
    return _loosest([decided(config, toolset.get("defaultConfig"), ALLOW) for config in own or [None]])


def decided(own: JSON, usual: JSON, otherwise: str) -> JSON:
    """Who decides by a tool's own configuration, the usual one of its toolset, and the platform's default."""
    enabled = _first(_switch(own), _switch(usual), True)
    if enabled is not True:
        return enabled or None
    return _first(_policy(own), _policy(usual), otherwise)


def _switch(config: JSON) -> JSON:
    enabled = within(config, "enabled")
    return enabled if enabled is None or isinstance(enabled, bool | Withheld) else Withheld.UNREADABLE


def _policy(config: JSON) -> JSON:
    word = text(within(config, "permissionPolicy", "type"))
    return word if word in (None, *PERMISSIONS) or isinstance(word, Withheld) else Withheld.UNREADABLE


def _first(*values: JSON) -> JSON:
    return next(value for value in values if value is not None)


def mcp_toolsets(tools: JSON) -> Iterator[tuple[int, JSON]]:
    """The toolsets of MCP servers by their position, each with who decides about calls of all its tools."""
    for index, tool in entries(tools):
        if tool.get("type") == MCP_TOOLSET:
            yield index, decided(None, tool.get("defaultConfig"), "always_ask")
