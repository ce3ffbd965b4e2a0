"""What a platform can do, as far as declarations depend on it."""

from __future__ import annotations

from dataclasses import dataclass

from .platform import PLACE_NAMES, UNSAID, WHERE, PlaceKey, PlatformKey, usual_place


@dataclass(frozen=True)
class Capabilities:
    """What a platform can do, as far as declarations depend on it."""

    key: PlatformKey
    mount_root: str | None
    """The directory under which repositories are mounted; also where one lands without a mount path.

    None where the platform computes the path and documents no rule.
    """

    repository_host: str | None = "github.com"
    """The host whose repositories can be mounted; None for any, such as a GitHub Enterprise server."""

    other_hosts: str = ""
    """Which platform clones from other hosts, where this one does not."""

    opens_for_packages: bool = True
    """Whether a limited network has to be opened for package managers where packages are installed."""

    place: PlaceKey = "hosted"
    """Where the platform runs."""

    environment_type: str = "cloud"
    """What an environment is that does not say it."""

    @property
    def platform(self) -> str:
        """The platform's name, for people, and where it runs."""
        return PLACE_NAMES[self.place]

    @property
    def origin(self) -> dict[str, str]:
        """What an object says of where it is: nothing of what is usual."""
        said = zip(WHERE, (self.key, self.place), (UNSAID, usual_place(self.key)), strict=True)
        return {name: here for name, here, usual in said if here != usual}
