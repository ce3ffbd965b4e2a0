"""Where the objects of an exported state are: what its providers were told, beside what is configured here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from ..declaration.platform import PLATFORMS, UNSAID
from ..declaration.tokens import PACKAGE
from .accounts import differ

if TYPE_CHECKING:
    from ..declaration.values import Bag
    from ..platforms.settings import Settings

PROVIDERS: Final = "pulumi:providers:"


@dataclass(frozen=True)
class Whereabouts:
    """The place that one provider of a state was configured for, as far as the state tells."""

    platform: str | None = None
    base_url: str | None = None
    emulator: str | None = None
    account: str | None = None
    """That of the objects that it has already."""

    @classmethod
    def told(cls, inputs: Bag, account: str | None) -> Whereabouts:
        """From the provider's inputs: those of the plugin, or a Python program's whole configuration."""

        def setting(name: str) -> str | None:
            value = inputs.get(name, inputs.get(f"{PACKAGE}:{name}"))
            return value if isinstance(value, str) and value else None

        return cls(setting("platform") or UNSAID, setting("baseUrl"), setting("emulator"), account)

    def is_of_another_platform(self, here: Settings) -> str | None:
        """Why nothing of it can be found here at all."""
        if self.platform in (None, here.platform):
            return None
        wanted = PLATFORMS.get(self.platform, self.platform)  # type: ignore[call-overload]
        return f"it is on {wanted}, and this command asks {PLATFORMS[here.platform]}: use --platform {self.platform}"

    def doubt(self, here: Settings, asked: str | None) -> str | None:
        """Why what is not found here, with a key of the account that was `asked`, may be elsewhere."""
        if self.account and asked and differ(self.account, asked):
            return f"it was not found, and the key is of another account ({asked}) than the stack ({self.account})"
        if _file(self.emulator) != _file(here.emulator):
            there = f"the emulator in {self.emulator}" if self.emulator else "no emulator"
            return f"it was not found, and its provider was configured for {there}"
        if self.base_url and self.base_url.rstrip("/") != (here.base_url or "").rstrip("/"):
            return f"it was not found, and its provider was configured for {self.base_url}"
        return None


def _file(path: str | None) -> str | None:
    """What can be compared of paths that start at different folders."""
    return PurePath(path).name if path else None
