"""`managed-agents doctor`: whether everything is in place, one line each."""

from __future__ import annotations

import os
import platform as machine
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import ConfigError, ManagedAgentsError
from ..platforms.claude import ACCOUNT_HEADERS
from ..platforms.service import WHO_ASKS
from ..platforms.settings import Configuration
from ..version import __version__
from .output import show
from .target import add_target, configuration, provider

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

LIMITS = "ratelimit"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is as it should be, what it is, and what to do where it is not."""

    good: bool
    what: str
    finding: str
    advice: str = ""

    def __str__(self) -> str:
        advice = f" -> {self.advice}" if self.advice else ""
        return f"{'ok ' if self.good else 'BAD'}  {self.what:12} {self.finding}{advice}"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    doctor = commands.add_parser(
        "doctor",
        help="look at versions, the engine, the plugin, credentials and the platform",
        description="Exit code 0: all is well; 1: something is not, with what to do about it.",
    )
    add_target(doctor)
    doctor.set_defaults(command=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    findings = list(_findings(options))
    for finding in findings:
        show(str(finding))
    return 0 if all(finding.good for finding in findings) else 1


def _findings(options: argparse.Namespace) -> Iterator[Finding]:
    yield Finding(
        good=True, what="package", finding=f"pulumi-managed-agents {__version__}, Python {machine.python_version()}"
    )
    yield _engine()
    yield _plugin()
    try:
        settings = configuration(options)
    except ConfigError as error:
        yield Finding(good=False, what="settings", finding=str(error))
        return
    yield _credential(settings)
    yield from _platform(options)


def _engine() -> Finding:
    version = _output_of("pulumi", "version")
    if version is None:
        advice = "install the Pulumi CLI, or run `make toolchain` in a checkout"
        return Finding(good=False, what="engine", finding="there is no `pulumi` on PATH", advice=advice)
    return Finding(good=True, what="engine", finding=f"pulumi {version}")


def _plugin() -> Finding:
    listed = _output_of("pulumi", "plugin", "ls") or ""
    line = next((line for line in listed.splitlines() if line.startswith("managed-agents")), None)
    executable = shutil.which("pulumi-resource-managed-agents")
    if line:
        return Finding(good=True, what="plugin", finding=" ".join(line.split()[:3]))
    if executable:
        return Finding(good=True, what="plugin", finding="on PATH")
    absent = "not installed: Python programs need none, other languages do"
    return Finding(good=True, what="plugin", finding=absent)


def _credential(settings: Configuration) -> Finding:
    chosen = settings.settings
    if chosen.emulator:
        return Finding(good=True, what="credential", finding="none is needed: the emulator answers")
    name = "apiKey" if chosen.api_key else "authToken"
    if not (chosen.api_key or chosen.auth_token):
        advice = "set the environment variable of the platform, or `managed-agents:apiKey` in a stack"
        return Finding(good=False, what="credential", finding="there is none", advice=advice)
    return Finding(good=True, what="credential", finding=f"from {settings.origin(name)}")


def _platform(options: argparse.Namespace) -> Iterator[Finding]:
    chosen = provider(options)
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


def _output_of(*command: str) -> str | None:
    """What a command prints; None where there is none, or it fails."""
    run: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        done = run(command, check=False, capture_output=True, text=True, timeout=60, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
