"""The Python classes' provider in this process."""

from __future__ import annotations

from pulumi.dynamic import ConfigureRequest

from pulumi_managed_agents.dynamic import KindProvider
from pulumi_managed_agents.dynamic.connection import engine_provider, given


class Config:
    """The stack's configuration, as a dynamic provider asks for it."""

    def __init__(self, settings: dict[str, str]) -> None:
        self._settings = settings

    def get(self, name: str) -> str | None:
        """A value by its name with the namespace."""
        return self._settings.get(name.partition(":")[2])


def classes(kind: str, **settings: str) -> KindProvider:
    """The provider of a kind, configured."""
    provider = KindProvider(kind)
    provider.configure(ConfigureRequest(config=Config(settings)))
    return provider


def close(settings: dict[str, str]) -> None:
    """Closes the connections that all kinds share under the settings."""
    engine_provider(given(settings.get)).close()
