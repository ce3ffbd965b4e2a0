"""Models: which there are differs, how one looks does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import story

if TYPE_CHECKING:
    from verify.run import Run


@story("models: reading")
def reading(run: Run) -> None:
    """A list of which no item counts, and a model that is not there."""
    run.listed("a list", run.at("models").list)
    if run.platform == "claude":
        run.see("an unknown model", run.at("models").retrieve, "claude-of-nobody")
