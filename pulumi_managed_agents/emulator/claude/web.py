"""Configuration of the web tools: domain lists and the sources of fetchable addresses."""

import ipaddress
import re
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from ..platform.bodies import Closed
from ..world import JSON
from .policy import ToolSettings

_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))+")
_LOCAL = (".local", ".localhost", ".internal")
# The whole list of public suffixes is a project of its own; these stand for its two-label entries (inferred).
_SUFFIXES = {"co.uk", "org.uk", "com.au", "co.jp", "co.nz", "com.br", "github.io"}
_SOURCES = ("client_tool_results", "server_tool_results", "user_input")

Domains = Annotated[
    list[Annotated[str, StringConstraints(min_length=1, max_length=255)]], Field(min_length=1, max_length=64)
]


class _Domains(ToolSettings):
    allowed_domains: Domains | None = None
    blocked_domains: Domains | None = None

    @model_validator(mode="after")
    def _one_list(self) -> "_Domains":
        if self.allowed_domains is not None and self.blocked_domains is not None:
            raise ValueError("allowed_domains and blocked_domains cannot be combined")
        domains = self.allowed_domains or self.blocked_domains or []
        if len(set(domains)) != len(domains):
            raise ValueError("a domain is listed twice")
        for domain in domains:
            _check_domain(domain, path_allowed=isinstance(self, SearchConfig))
        return self


class UserLocation(Closed):
    """Where a search is asked from."""

    type: Literal["approximate"]
    city: str | None = None
    region: str | None = None
    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")] | None = None
    timezone: str | None = None


class SearchConfig(_Domains):
    """Settings of web_search."""

    name: Literal["web_search"]
    type: Literal["web_search"] = "web_search"
    user_location: UserLocation | None = None

    def extras(self) -> JSON:
        """What the answer says beside name, type, enabled and policy."""
        return self.model_dump(include={"allowed_domains", "blocked_domains", "user_location"}, exclude_unset=True)


class _ToolReference(Closed):
    type: Literal["tool_reference"]
    name: str


class _Whole(Closed):
    type: Literal["all", "none"]


class _Part(Closed):
    type: Literal["only", "except"]
    tools: Annotated[list[_ToolReference], Field(min_length=1, max_length=128)]

    @model_validator(mode="after")
    def _different(self) -> "_Part":
        if len({tool.name for tool in self.tools}) != len(self.tools):
            raise ValueError("a tool is named twice")
        return self


class UrlSources(Closed):
    """Which addresses web_fetch may fetch."""

    client_tool_results: Literal["all", "none"] | _Whole | _Part | None = None
    server_tool_results: Literal["all", "none"] | _Whole | _Part | None = None
    user_input: Literal["all", "none"] | _Whole | None = None

    @model_validator(mode="after")
    def _not_nothing(self) -> "UrlSources":
        if all((form := object_form(getattr(self, source))) and form["type"] == "none" for source in _SOURCES):
            raise ValueError("all three sources are none")
        return self


class FetchConfig(_Domains):
    """Settings of web_fetch."""

    name: Literal["web_fetch"]
    type: Literal["web_fetch"] = "web_fetch"
    max_content_tokens: Annotated[int, Field(ge=1)] | None = None
    url_sources: UrlSources | None = None

    def extras(self) -> JSON:
        """What the answer says beside name, type, enabled and policy."""
        sources = self.url_sources
        shown = self.model_dump(
            include={"allowed_domains", "blocked_domains", "max_content_tokens"}, exclude_unset=True
        )
        return shown | {
            "url_sources": None
            if sources is None
            else {source: object_form(getattr(sources, source)) for source in _SOURCES}
        }


def object_form(source: Any) -> JSON | None:
    """A source in the object form that answers use."""
    if source is None or isinstance(source, str):
        return None if source is None else {"type": source}
    return dict(source.model_dump())


def unknown_source_tool(config: JSON, custom_tools: set[str]) -> str | None:
    """The first tool that a url source names and that its list may not name."""
    for source, allowed in (
        ("client_tool_results", custom_tools),
        ("server_tool_results", {"web_search", "web_fetch"}),
    ):
        for tool in ((config.get("url_sources") or {}).get(source) or {}).get("tools", []):
            if tool["name"] not in allowed:
                return str(tool["name"])
    return None


def _check_domain(domain: str, *, path_allowed: bool) -> None:
    host, slash, _ = domain.partition("/")
    if slash and not path_allowed:
        raise ValueError("a domain has no path")
    if not _HOST.fullmatch(host) or host.lower().endswith(_LOCAL) or _address(host) or host.lower() in _SUFFIXES:
        raise ValueError("a domain is a public host name in ASCII, without scheme or port")


def _address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
