"""The GitHub App whose tokens programs mint."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from engine.installation import pair

if TYPE_CHECKING:
    from pulumi_managed_agents.emulator import Control

APP, INSTALLATIONS = "4711", ("99", "100")


@cache
def app_key() -> tuple[str, str]:
    """The app's key: the private and the public half."""
    return pair()


def describe_app(control: Control) -> None:
    """Tells the emulated GitHub of the app, and where it is installed."""
    rights = {"contents": "write", "issues": "write", "metadata": "read"}
    places = [{"id": int(place), "account": "org", "permissions": rights} for place in INSTALLATIONS]
    control.github_apps([{"app_id": int(APP), "public_key": app_key()[1], "installations": places}])
