"""User profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import story

if TYPE_CHECKING:
    from verify.run import Run


@story("user profiles: made, changed, removed", "claude")
def life(run: Run) -> None:
    """One profile to its end."""
    profiles = run.at("user_profiles")
    one = run.create("a create", "user_profiles", name="Ada", external_user_details={"country": "GB"}).id
    run.see("a read", profiles.retrieve, one)
    run.see("a change", profiles.update, one, external_user_details={"entity_type": "individual"})
    run.listed("a list", profiles.list)
    run.see("a removal", profiles.delete, one)
    run.see("a read of what is removed", profiles.retrieve, one)
