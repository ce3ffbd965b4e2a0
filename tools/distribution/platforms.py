"""The platforms that archives are made for: facts only, nothing runs here."""

import platform
import sys
from dataclasses import dataclass

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""An archive holds the compiled libraries for each: the user's Python is one of them."""

MANYLINUX = ("manylinux_2_28", "manylinux_2_27", "manylinux2014", "manylinux_2_17")


@dataclass(frozen=True)
class Platform:
    """A platform in Pulumi's words (`linux`, `amd64`), in Python's (`linux-x86_64`) and in those of wheels."""

    os: str
    arch: str
    folder: str
    tags: tuple[str, ...]

    @property
    def name(self) -> str:
        """The platform as a release's file name ends."""
        return f"{self.os}-{self.arch}"


PLATFORMS = {
    made.name: made
    for made in (
        Platform("linux", "amd64", "linux-x86_64", tuple(f"{tag}_x86_64" for tag in MANYLINUX)),
        Platform("linux", "arm64", "linux-aarch64", tuple(f"{tag}_aarch64" for tag in MANYLINUX)),
        Platform("darwin", "amd64", "darwin-x86_64", ("macosx_11_0_x86_64",)),
        Platform("darwin", "arm64", "darwin-arm64", ("macosx_11_0_arm64",)),
    )
}


def current() -> str:
    """The name of the platform that this runs on."""
    arch = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    return f"{sys.platform}-{arch}"
