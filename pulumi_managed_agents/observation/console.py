"""Where a place's own console shows an object, for those places of which that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..platforms.settings import Settings

_CLAUDE: Final = "https://platform.claude.com/workspaces/{workspace}/{collection}/{id}"
_SHOWN: Final = {"Agent": "agents", "Session": "sessions"}
"""The kinds that have a page of their own there, as far as is known."""


def console(settings: Settings, account: str | None) -> Callable[[str, str], str]:
    """The link to an object, by its kind and id; an empty text where none is known."""
    if settings.emulator or settings.base_url or settings.where != "hosted":
        return lambda _, __: ""
    named = (account or "").partition("/")[2] or settings.workspace_id or "default"
    workspace = quote(named, safe="")

    def link(kind: str, id: str) -> str:
        if kind not in _SHOWN or not id:
            return ""
        return _CLAUDE.format(workspace=workspace, collection=_SHOWN[kind], id=quote(id, safe=""))

    return link
