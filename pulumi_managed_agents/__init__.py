"""Pulumi for managed-agent platforms: agents, environments, sessions, and the repositories that they mount.

    import pulumi_managed_agents as ma

    app = ma.RepositoryResource("app", url="https://github.com/org/app", authorization_token=token)
    ma.Session("review", agent=reviewer, environment_id=sandbox, resources=[app])

The classes are loaded when they are first used: the plugin and the emulator live in this package too, and need none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .on_demand import loaded as _loaded
from .version import __version__ as __version__

if TYPE_CHECKING:
    from .dynamic.classes import *  # noqa: F403 - the module is generated and lists its names


def __getattr__(name: str) -> Any:
    # Classes are capitalised and functions begin with a verb, modules do neither: importing one of those must not load
    # the Pulumi SDK.
    if name == "__all__" or name[:1].isupper() or name.startswith(("get_", "find_", "list_")):
        classes = _loaded(".dynamic.classes", __name__)
        return [*classes.__all__, "__version__"] if name == "__all__" else getattr(classes, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    # What a program imports, and nothing of how it comes to be here.
    return [*__getattr__("__all__"), *(name for name in globals() if name.startswith("__") and name != "__version__")]
