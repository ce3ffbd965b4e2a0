"""What an agent may do with the platform's own tools."""

from __future__ import annotations

from collections.abc import Mapping

from .view import JSON, Withheld, entries, listed, withheld_among, within

_TOOLSET = "agent_toolset_"


def permission(tools: JSON, name: str) -> JSON:
    """Who decides about calls of a tool, in the platform's words: None when it cannot be used at all."""
    toolset = next((tool for _, tool in entries(tools) if str(tool.get("type")).startswith(_TOOLSET)), None)
    if toolset is None:
        return withheld_among(tools)
    left_in = _left_in(toolset, name)
    return _permission(toolset, name) if left_in is True else left_in or None


def _left_in(toolset: Mapping[str, JSON], name: str) -> JSON:
    """Whether the lists of one of the platforms leave the tool in."""
    only, without = toolset.get("enabledTools"), toolset.get("disallowedTools")
    if _holds(without, name):
        return False
    hidden = withheld_among(without) or (None if _holds(only, name) else withheld_among(only))
    return hidden or not listed(only) or _holds(only, name)


def _holds(names: JSON, name: str) -> bool:
    return any(isinstance(item, str) and _plain(item) == _plain(name) for item in listed(names))


def _plain(name: str) -> str:
    """`WebFetch` and `web_fetch` are one tool."""
    return name.replace("_", "").lower()


def _permission(toolset: Mapping[str, JSON], name: str) -> JSON:
    configs = toolset.get("configs")
    own = next((config for _, config in entries(configs) if _holds([config.get("name")], name)), None)
    hidden = withheld_among([configs, *listed(configs), *(config.get("name") for _, config in entries(configs))])
    if own is None and hidden is not None:
        return hidden
    usual = toolset.get("defaultConfig")
    enabled = _first(within(own, "enabled"), within(usual, "enabled"), True)
    if enabled is False or isinstance(enabled, Withheld):
        return enabled or None
    return _first(within(own, "permissionPolicy", "type"), within(usual, "permissionPolicy", "type"), "always_allow")


def _first(*values: JSON) -> JSON:
    """The first that says something: a tool's own word, then the toolset's, then the platform's."""
    return next(value for value in values if value is not None)
