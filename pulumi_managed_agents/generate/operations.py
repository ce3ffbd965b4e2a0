"""The page of operations: which of the platforms' are used, and which are deliberately not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from ..declaration.platform import PLATFORMS
from ..platforms import PLATFORM_TYPES
from .sdk_operations import SDKS, SdkOperation, normal

if TYPE_CHECKING:
    from ..declaration.platform import PlatformKey


@dataclass(frozen=True)
class Unused:
    """Operations that are deliberately not used: a pattern of `METHOD path`, and why."""

    what: str
    pattern: str
    why: str
    is_foreign: bool = False
    """Whether they are about something else than managed agents."""

    def is_meant(self, operation: SdkOperation) -> bool:
        """Whether the operation is one of them."""
        return re.fullmatch(self.pattern, str(operation)) is not None


_READ_OTHERWISE: Final = "the list that `list…` functions and look-ups read tells the same"
_SHARED: Final = (
    Unused("a worker's traffic", r".*/environments/\{\}/work(/.*)?", "the worker of a self-hosted environment asks it"),
    Unused("streams of threads", r"GET .*/threads/\{\}/(events/)?stream", "`listThreadEvents` looks back"),
    Unused("one thread", r"GET .*/threads/\{\}", _READ_OTHERWISE),
    Unused("the archive of a thread", r"POST .*/threads/\{\}/archive", "its agent made it, and ends it"),
    Unused("downloads", r"GET .*/content", "what a stack uploads is at hand already"),
    Unused(
        "one version of a skill", r"(GET|DELETE) .*/skills/\{\}/versions/\{\}", "a skill goes with all its versions"
    ),
)

UNUSED: Final[dict[PlatformKey, tuple[Unused, ...]]] = {
    "claude": (
        Unused("messages", r".* /v1/messages(/.*)?", "they talk to a model, and no agent is managed", is_foreign=True),
        Unused(
            "the organization",
            r".* /v1/(organizations?|compliance)/.*",
            "its administration takes another key than agents do",
            is_foreign=True,
        ),
        *_SHARED,
        Unused("links for people", r"POST .*/(action_urls|enrollment_url)", "they are used once, and expire"),
        Unused("data controls of Google", r".*/providers/google/data_controls", "a beta; a UserProfile declares none"),
        Unused("one model", r"GET /v1/models/\{\}", _READ_OTHERWISE),
    ),
    "qoder": (
        Unused(
            "the forward API",
            r".* forward:.*",
            "another API, for an application's users: nothing is declared there",
            is_foreign=True,
        ),
        *_SHARED,
        Unused("runs of one deployment", r"GET /deployments/\{\}/runs(/\{\})?", "`listDeploymentRuns` narrows to it"),
        Unused("the end of a turn", r"POST /sessions/\{\}/cancel", "`user.interrupt` does it on both platforms"),
    ),
}
"""What no program needs, by platform; the first that is meant counts. A test holds it against the SDKs' sources."""


def unused(platform: PlatformKey, operation: SdkOperation) -> Unused | None:
    """Why an operation is not used, where that is deliberate."""
    return next((each for each in UNUSED[platform] if each.is_meant(operation)), None)


def used(platform: PlatformKey) -> set[SdkOperation]:
    """What of the platform is used."""
    return {SdkOperation(normal(route.path), route.method) for route in PLATFORM_TYPES[platform].routes.values()}


@cache
def official(platform: PlatformKey) -> list[SdkOperation]:
    """What the official SDKs of the platform ask for."""
    return [operation for sdk in SDKS[platform] for operation in sdk.operations()]


def summary() -> str:
    """The numbers, in a sentence for each platform."""
    rows = []
    for platform, name in PLATFORMS.items():
        every, ours = official(platform), used(platform)
        foreign = [each for each in UNUSED[platform] if each.is_foreign]
        about = [each for each in every if unused(platform, each) not in foreign]
        there = sum(operation in ours for operation in every)
        others = " and ".join(each.what for each in foreign)
        rows.append(
            f"- {name}: of the {len(about)} operations of the official SDK that are about managed agents, {there} are "
            f"used ({len(every)} with {others}).\n"
        )
    return "".join(rows)


def operations_page() -> str:
    """Every operation of the official SDKs: used, or why not."""
    parts = [
        "<!-- Written from the official SDKs' sources by `make generate`. -->\n",
        "# Operations\n",
        _ABOUT,
        summary(),
    ]
    for platform, name in PLATFORMS.items():
        every, ours = official(platform), used(platform)
        parts += [f"## {name}\n", "Deliberately not used:\n", _unused_table(platform)]
        parts += ["Used:\n", "".join(f"- `{operation}`\n" for operation in every if operation in ours)]
    return "\n".join(parts)


_ABOUT: Final = """What the platforms can be asked, as the sources of their official SDKs have it, without the ids in
the paths. Each operation is used by a kind, a function or a command, or stands in a table of what is deliberately not.
"""


def _unused_table(platform: PlatformKey) -> str:
    rows = ["| what | operations | why |", "| --- | --- | --- |"]
    left = [operation for operation in official(platform) if operation not in used(platform)]
    for reason in UNUSED[platform]:
        meant = [operation for operation in left if unused(platform, operation) is reason]
        shown = ", ".join(f"`{operation}`" for operation in meant[:_MOST_NAMED])
        more = f" and {len(meant) - _MOST_NAMED} more" if len(meant) > _MOST_NAMED else ""
        rows.append(f"| {reason.what} | {shown}{more} | {reason.why} |")
    return "\n".join(rows) + "\n"


_MOST_NAMED: Final = 8
