"""`managed-agents doctor`: whether everything is in place, one line each."""

from __future__ import annotations

import platform as machine
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ConfigError, ManagedAgentsError
from ..platforms.claude import ACCOUNT_HEADERS
from ..platforms.credentials.choice import choose, profile_of
from ..platforms.service import WHO_ASKS
from ..provider.configured import ConfiguredProvider
from ..version import __version__
from .output import say, show, show_json
from .stack import NoStack, Stack, output_of, project_folder, read_stack
from .target import settings_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from ..platforms.credentials.profiles import Profile
    from ..platforms.settings import Configuration

LIMITS = "ratelimit"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is as it should be, what it is, and what to do where it is not."""

    good: bool
    what: str
    finding: str
    advice: str = ""

    def told(self) -> dict[str, object]:
        """The finding as a document."""
        advice = {"advice": self.advice} if self.advice else {}
        return {"what": self.what, "good": self.good, "finding": self.finding, **advice}

    def __str__(self) -> str:
        advice = f" -> {self.advice}" if self.advice else ""
        return f"{'ok ' if self.good else 'BAD'}  {self.what:12} {self.finding}{advice}"


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    folder = project_folder(options.cwd)
    findings = []
    for finding in _findings(options, folder):
        findings.append(finding)
        if not options.json:
            show(str(finding))
    if options.json:
        show_json([finding.told() for finding in findings])
    return 0 if all(finding.good for finding in findings) else 1


def _findings(options: argparse.Namespace, folder: Path | None) -> Iterator[Finding]:
    yield Finding(
        good=True, what="package", finding=f"pulumi-managed-agents {__version__}, Python {machine.python_version()}"
    )
    yield _engine()
    yield _plugin()
    stack: Stack | None = None
    if folder is not None or options.stack:
        try:
            stack = read_stack(folder or options.cwd, options.stack)
            yield Finding(good=True, what="stack", finding=_known_of(stack))
            yield from _plain(stack)
        except NoStack as problem:
            advice = "select one with `pulumi stack select`, or see what `pulumi config` says there"
            yield Finding(good=False, what="stack", finding=str(problem), advice=advice)
    try:
        found, start = settings_of(options, stack)
    except ConfigError as error:
        yield Finding(good=False, what="settings", finding=str(error))
        return
    yield from _credential(found)
    yield from _platform(found, start)


def _known_of(stack: Stack) -> str:
    named = ", ".join(sorted(stack.settings))
    return f"{stack.name} sets {named}" if named else f"{stack.name} sets nothing of ours"


def _plain(stack: Stack) -> Iterator[Finding]:
    """What everybody reads who reads the stack's file."""
    for key in stack.plain:
        shown = f"{key} is a secret and stands in the clear in {stack.file_of(key)}"
        advice = f"`pulumi config set --secret {key} --stack {stack.name}`; if others had the file, get a new one"
        yield Finding(good=False, what="secret", finding=shown, advice=advice)


def _engine() -> Finding:
    version = output_of("pulumi", "version")
    if version is None:
        advice = "install the Pulumi CLI, or run `make toolchain` in a checkout"
        return Finding(good=False, what="engine", finding="there is no `pulumi` on PATH", advice=advice)
    return Finding(good=True, what="engine", finding=f"pulumi {version}")


def _plugin() -> Finding:
    listed = output_of("pulumi", "plugin", "ls") or ""
    line = next((line for line in listed.splitlines() if line.startswith("managed-agents")), None)
    executable = shutil.which("pulumi-resource-managed-agents")
    if line:
        return Finding(good=True, what="plugin", finding=" ".join(line.split()[:3]))
    if executable:
        return Finding(good=True, what="plugin", finding="on PATH")
    absent = "not installed: Python programs need none, other languages do"
    return Finding(good=True, what="plugin", finding=absent)


def _credential(settings: Configuration) -> Iterator[Finding]:
    """Which credential is used and why, and whether a lasting key hides one that lasts for minutes."""
    if settings.settings.emulator:
        yield Finding(good=True, what="credential", finding="none is needed: the emulator answers")
        return
    try:
        choice = choose(settings)
        told = f"{choice.kind} from {choice.origin}: {choice.why}"
        told += _of_profile(profile_of(settings, choice)) if choice.kind == "profile" else ""
    except ConfigError as error:
        yield Finding(good=False, what="credential", finding=str(error))
        return
    yield Finding(good=True, what="credential", finding=told)
    for other in choice.hidden:
        if choice.warning:
            advice = "unset the key, wherever it comes from, to be without one that lasts"
            yield Finding(good=False, what="credential", finding=f"{choice.origin} hides {other}", advice=advice)
        else:
            yield Finding(good=True, what="credential", finding=f"not used: {other}")


def _of_profile(profile: Profile) -> str:
    return f" ({profile.type}, {profile.credentials})"


def _platform(settings: Configuration, start: Path) -> Iterator[Finding]:
    world = settings.settings.emulator
    if world and not (start / world).exists():
        yield Finding(good=True, what="emulator", finding=f"there is no {world} yet: the first `pulumi up` makes it")
        return
    with closing(ConfiguredProvider(settings, say, directory=start)) as chosen:
        yield from _answering(chosen)


def _answering(chosen: ConfiguredProvider) -> Iterator[Finding]:
    title = chosen.capabilities.platform
    try:
        headers = chosen.platform.service.probe(WHO_ASKS)
    except ManagedAgentsError as error:
        yield Finding(good=False, what="platform", finding=f"{title}: {error}")
        return
    yield Finding(good=True, what="platform", finding=f"{title} answers")
    account = ", ".join(
        f"{name.removeprefix('anthropic-')} {headers[name]}" for name in ACCOUNT_HEADERS if name in headers
    )
    yield Finding(good=True, what="account", finding=account or "the platform does not say")
    limits = ", ".join(f"{name} {value}" for name, value in headers.items() if LIMITS in name)
    yield Finding(good=True, what="limits", finding=limits or "the platform does not say")
