"""What no SDK would send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import story

if TYPE_CHECKING:
    from verify.run import Run

BETA: Final = "managed-agents-2026-04-01"


@story("requests: a path and a method that are not there")
def wrong_ways(run: Run) -> None:
    """Refused, each in its own way."""
    root = "/v1" if run.platform == "claude" else ""
    run.see("an unknown path", run.client.bare, "GET", f"{root}/galaxies", BETA)
    run.see("a method that a collection does not have", run.client.bare, "PUT", f"{root}/agents", BETA)


@story("requests: without the beta", "claude")
def no_beta(run: Run) -> None:
    """The beta of managed agents is asked for."""
    run.see("a list without the beta header", run.client.bare, "GET", "/v1/agents")
    run.see("the memory stores without any", run.client.bare, "GET", "/v1/memory_stores")
