"""Environments: what is filled in, what an update keeps, when one cannot be removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from . import story

if TYPE_CHECKING:
    from verify.run import Run

LIMITED: Final = {"type": "limited", "allowed_hosts": ["api.example.com"]}
CLOUD: Final = {
    "type": "cloud",
    "networking": LIMITED | {"allow_package_managers": True},
    "packages": {"pip": ["ruff"]},
}


@story("environments: made, read, changed")
def life(run: Run) -> None:
    """One environment to its end."""
    environments = run.at("environments")
    fields = {"name": "box", "description": "d", "config": CLOUD, "metadata": {"team": "a", "tier": "1"}}
    one = run.create("a create with all of it", "environments", **fields).id
    run.see("a read", environments.retrieve, one)
    run.see("a change of one field", environments.update, one, description="e")
    run.see("metadata is merged, null removes", environments.update, one, metadata={"team": "b", "tier": None})
    run.see("null clears a text", environments.update, one, description=None)
    run.see("packages stay when others are named", environments.update, one, config=_config(packages={"npm": ["yarn"]}))
    run.see("its kind cannot change", environments.update, one, config={"type": "self_hosted"})
    run.see("an archive", environments.archive, one)
    run.see("a change of an archived one", environments.update, one, description="f")
    run.listed("a list with what is archived", environments.list, include_archived=True)
    run.see("a removal", environments.delete, one)
    run.see("a read of what is removed", environments.retrieve, one)
    run.see("a removal of what is removed", environments.delete, one)


def _config(**fields: Any) -> dict[str, Any]:
    return {"type": "cloud"} | fields


@story("environments: with nothing said")
def defaults(run: Run) -> None:
    """What the platform fills in."""
    one = run.create("a create with a name alone", "environments", name="bare").id
    run.listed("a list", run.at("environments").list)
    run.see("a removal", run.at("environments").delete, one)


@story("environments: self-hosted", "claude")
def self_hosted(run: Run) -> None:
    """Has no options."""
    one = run.create("a create", "environments", name="own", config={"type": "self_hosted"}).id
    run.see("a removal", run.at("environments").delete, one)


@story("environments: refused")
def refused(run: Run) -> None:
    """Nothing is made by any of these."""
    wrong: dict[str, dict[str, Any]] = {
        "no name": {"name": ""},
        "a kind that is not there": {"config": {"type": "moon"}},
        "a host with a scheme": {"config": _config(networking=LIMITED | {"allowed_hosts": ["https://a.example"]})},
        "an unknown package manager": {"config": _config(packages={"brew": []})},
        "a field that is not there": {"extra_body": {"colour": "red"}},
    }
    for step, fields in wrong.items():
        run.create(f"a create with {step}", "environments", **{"name": "never"} | fields)
