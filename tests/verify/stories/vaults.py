"""Vaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import story

if TYPE_CHECKING:
    from verify.run import Run


@story("vaults: made, read, removed")
def life(run: Run) -> None:
    """One vault to its end."""
    vaults = run.at("vaults")
    one = run.create("a create", "vaults", display_name="keys", metadata={"team": "a"}).id
    run.see("a read", vaults.retrieve, one)
    if run.platform == "claude":
        run.see("a change of its name", vaults.update, one, display_name=f"{run.label} other keys")
        run.see("metadata is merged, null removes", vaults.update, one, metadata={"team": None, "tier": "1"})
    run.listed("a list", vaults.list)
    run.see("an archive", vaults.archive, one)
    run.see("a second archive", vaults.archive, one)
    run.listed("a list without what is archived", vaults.list)
    run.see("a removal", vaults.delete, one)
    run.see("a read of what is removed", vaults.retrieve, one)


@story("vaults: refused")
def refused(run: Run) -> None:
    """Nothing is made by any of these."""
    run.create("a create without a name", "vaults", display_name="", extra_body={"display_name": ""})
    run.create("a create with an unknown field", "vaults", display_name="never", extra_body={"colour": "red"})
    run.see("a read of what is not there", run.at("vaults").retrieve, "vlt_011111111111111111111111")
