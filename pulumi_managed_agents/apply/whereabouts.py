"""Where the objects of an exported state are: what its providers were told, beside what is configured here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from ..declaration.platform import PLACE_NAMES, PLATFORMS, UNSAID, usual_place
from ..declaration.tokens import DYNAMIC_FAMILY, PACKAGE
from .accounts import account_of, differ

if TYPE_CHECKING:
    from ..declaration.values import Bag
    from ..platforms.settings import Settings
    from .exported import Exported

PROVIDER: Final = f"pulumi:providers:{PACKAGE}"
"""The type of the plugin's providers in a state."""

_PROVIDERS: Final = (PROVIDER, f"pulumi:providers:{DYNAMIC_FAMILY.partition(':')[0]}")


@dataclass(frozen=True)
class Whereabouts:
    """The place that one provider of a state was configured for, as far as the state tells."""

    platform: str
    base_url: str | None = None
    emulator: str | None = None
    place: str | None = None
    account: str | None = None
    """That of the objects that it has already."""

    @classmethod
    def told(cls, inputs: Bag, account: str | None) -> Whereabouts:
        """From the provider's inputs: those of the plugin, or a Python program's whole configuration."""

        def setting(name: str) -> str | None:
            value = inputs.get(name, inputs.get(f"{PACKAGE}:{name}"))
            return value if isinstance(value, str) and value else None

        return cls(setting("platform") or UNSAID, setting("baseUrl"), setting("emulator"), setting("place"), account)

    def is_elsewhere(self, here: Settings) -> str | None:
        """Why nothing of it can be found here at all."""
        if self.platform != here.platform:
            wanted = next((name for key, name in PLATFORMS.items() if key == self.platform), self.platform)
            way = f"use --platform {self.platform}"
            return f"it is on {wanted}, and this command asks {PLATFORMS[here.platform]}: {way}"
        place = self.place or usual_place(here.platform)
        if place != here.where:
            wanted = next((name for key, name in PLACE_NAMES.items() if key == place), place)
            return f"it is on {wanted}, and this command asks {PLACE_NAMES[here.where]}: use --place {place}"
        return None

    def doubt(self, here: Settings, asked: str | None) -> str | None:
        """Why what is not found here, with a key of the account that was `asked`, may be elsewhere."""
        if self.account and asked and differ(self.account, asked):
            return f"the key is of another account ({asked}) than the stack ({self.account})"
        if _file(self.emulator) != _file(here.emulator):
            there = f"the emulator in {self.emulator}" if self.emulator else "no emulator"
            return f"its provider was configured for {there}"
        if self.base_url and self.base_url.rstrip("/") != (here.base_url or "").rstrip("/"):
            return f"its provider was configured for {self.base_url}"
        return None


def places(exported: Exported) -> dict[str, Whereabouts]:
    """Where each provider of ours in a state was told to look, by its reference."""
    accounts = {str(entry.get("provider")): account_of(_bag(entry.get("outputs"))) for _, entry in exported.ours()}
    providers = (entry for entry in exported.resources if entry["type"] in _PROVIDERS)
    references = ((f"{entry['urn']}::{entry.get('id')}", _bag(entry.get("inputs"))) for entry in providers)
    return {reference: Whereabouts.told(inputs, accounts.get(reference)) for reference, inputs in references}


def _file(path: str | None) -> str | None:
    """What can be compared of paths that start at different folders."""
    return PurePath(path).name if path else None


def _bag(value: object) -> Bag:
    return value if isinstance(value, dict) else {}
