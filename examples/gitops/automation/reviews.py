"""Review sessions: one stack for each pull request, through Pulumi's Automation API."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from command import Command
from pulumi.automation import ConfigValue, LocalWorkspaceOptions, create_or_select_stack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi.automation import Stack
    from webhook import PullRequest

PROGRAM = Path(__file__).resolve().parent / "review"
HANDLED, CLOSED = "handledAt", "closed"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reviews:
    """Opens and archives review sessions. Doing the same again changes nothing."""

    agent: str
    environment_id: str
    clone_token: str = field(repr=False)
    variables: Mapping[str, str]
    """Where the state is and how to reach the platform, beside what is passed on of the service's own environment."""
    program: Path = PROGRAM
    """Holds the stacks' configuration, too: keep the folder as long as the state."""

    def settle(self, wanted: PullRequest) -> None:
        """Makes the platform what a pull request asks for. What is older than what was handled asks for nothing."""
        options = LocalWorkspaceOptions(
            work_dir=str(self.program), env_vars=dict(self.variables), pulumi_command=Command(self.clone_token)
        )
        stack = create_or_select_stack(wanted.stack, work_dir=str(self.program), opts=options)
        kept = {name.rpartition(":")[2]: item.value for name, item in stack.get_all_config().items()}
        closed = kept.get(CLOSED) == "true"
        if wanted.updated_at < kept.get(HANDLED, "") or (closed and wanted.updated_at == kept.get(HANDLED)):
            log.info("%s: nothing to do for what happened at %s", wanted.stack, wanted.updated_at)
            return
        if wanted.wanted == "closed":
            stack.destroy(on_output=log.debug)
        else:
            self._open(stack, wanted)
        done = {HANDLED: wanted.updated_at, CLOSED: str(wanted.wanted == "closed").lower()}
        stack.set_all_config({name: ConfigValue(value) for name, value in done.items()})
        log.info("%s: %s", wanted.stack, wanted.wanted)

    def _open(self, stack: Stack, wanted: PullRequest) -> None:
        plain = {
            "repository": f"https://github.com/{wanted.repository}",
            "number": str(wanted.number),
            "branch": wanted.branch,
            "commit": wanted.commit,
            "agent": self.agent,
            "environmentId": self.environment_id,
        }
        stack.set_all_config({name: ConfigValue(value) for name, value in plain.items()})
        stack.up(on_output=log.debug)
