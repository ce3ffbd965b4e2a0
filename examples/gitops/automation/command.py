"""Pulumi's command, as the service runs it: with an environment of its own."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

from pulumi.automation import CommandResult, PulumiCommand
from pulumi.automation.errors import create_command_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi.automation import OnOutput

PASSED_ON = re.compile(
    r"PATH|HOME|USER|LANG|LC_\w+|TZ|TMPDIR|TE?MP|XDG_\w+|VIRTUAL_ENV|PYTHONPATH|SSL_CERT_\w+|(HTTPS?|NO|ALL)_PROXY"
    r"|SYSTEMROOT|APPDATA|LOCALAPPDATA|USERPROFILE|PATHEXT|COMSPEC|PULUMI_\w+|ANTHROPIC_\w+|QODER_\w+",
    re.IGNORECASE,
)
"""What a command gets of the service's environment. Add what your state's backend needs, such as `AWS_\\w+`."""


class Command(PulumiCommand):
    """Hands on what is listed above, and the token that clones to the one command that mounts with it.

    The SDK's own hands on all that the service has: the webhook's secret, too. Nothing secret is ever among the words
    of a command, which every process of the machine can read.
    """

    def __init__(self, clone_token: str) -> None:
        self.command = "pulumi"
        self.version = None
        self._clone_token = clone_token

    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: OnOutput | None = None,
        on_error: OnOutput | None = None,
    ) -> CommandResult:
        """Runs a command of Pulumi."""
        passed = {name: value for name, value in os.environ.items() if PASSED_ON.fullmatch(name)}
        token = {"CLONE_TOKEN": self._clone_token} if args[0] == "up" else {}
        done = subprocess.run(  # noqa: S603 - the words are the SDK's and the service's own
            [self.command, "--non-interactive", *args],
            cwd=cwd,
            env={**passed, "PULUMI_AUTOMATION_API": "true", **additional_env, **token},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        for told, text in ((on_output, done.stdout), (on_error, done.stderr)):
            if told:
                for line in text.splitlines():
                    told(line)
        result = CommandResult(done.stdout.rstrip(), done.stderr.rstrip(), done.returncode)
        if result.code != 0:
            raise create_command_error(result)
        return result
