"""What an engine consists of and which versions are built: facts only, nothing runs here."""

import hashlib
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent

RECIPE = "1"
"""Raise it when the way of building changes but no go.mod does: it is part of the cache key."""

VERSION = "3.259.0"
"""The engine that is installed or built; the test suite was proved with it."""


@dataclass(frozen=True)
class Archive:
    """What Pulumi publishes of a version for one kind of machine."""

    kind: str
    sha256: str

    @property
    def address(self) -> str:
        """Where it can be had."""
        return f"https://get.pulumi.com/releases/sdk/pulumi-v{VERSION}-{self.kind}.tar.gz"


ARCHIVES = {
    ("linux", "x86_64"): Archive("linux-x64", "94ba357acac23d01474084c4b00098dc0f7bc70ce13f34c777459254a5f718e5"),
    ("linux", "aarch64"): Archive("linux-arm64", "edc8327463a72160bb36cf82cf5062da9c8a244290a706d9980988e7bf486853"),
    ("darwin", "x86_64"): Archive("darwin-x64", "eaca4c3b8277bfa3ab061fa3b270d1c66358a0b2e613da8c5587a04b7226c534"),
    ("darwin", "arm64"): Archive("darwin-arm64", "57c27f179e527e2cf9f62b841a448af72a020e44b2fb4ee0d9bd85556c00c864"),
}
"""By system and machine. The checksums are those of Pulumi's own formula for Homebrew (pulumi/homebrew-tap)."""


def archive() -> Archive | None:
    """The archive for this machine."""
    return ARCHIVES.get((sys.platform, platform.machine()))


HOSTS_VERSION = "3.187.0"
"""The language hosts are published without tags; this is the release their commit belongs to."""

YAML_VERSION = "1.38.3"

MINIMUM = (3, 221, 0)
"""Oldest `pulumi` on PATH that is used: from here on Python policy packs need no script beside the engine."""

GO_VERSION = "1.26"
HOSTS_TOOLCHAIN = "go1.25.11"
"""A Node host compiled with Go 1.26 generates SDKs that do not compile."""

SDK_SYMBOL = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
SDK_MODULE = "github.com/pulumi/pulumi/sdk/v3"


@dataclass(frozen=True)
class Binary:
    """One program of the engine and the version stamped into it: without it Pulumi's Automation API refuses the CLI."""

    name: str
    package: str
    version: str
    symbol: str = SDK_SYMBOL
    hint: str = ""


@dataclass(frozen=True)
class Module:
    """A folder with a go.mod and go.sum that pins everything its binaries are made of."""

    folder: Path
    binaries: tuple[Binary, ...]
    toolchain: str = ""

    @property
    def size(self) -> int:
        """How many modules the go.mod requires."""
        return sum(line.startswith("\t") and " v" in line for line in (self.folder / "go.mod").read_text().splitlines())


CLI = Module(
    HERE / "cli",
    (
        Binary(
            "pulumi",
            "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
            VERSION,
            hint="about 5 minutes the first time",
        ),
        Binary(
            "pulumi-language-yaml",
            "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
            YAML_VERSION,
            "github.com/pulumi/pulumi-yaml/pkg/version.Version",
        ),
    ),
)

HOSTS = Module(
    HERE / "hosts",
    (
        Binary(
            "pulumi-language-python",
            "github.com/pulumi/pulumi/sdk/python/cmd/pulumi-language-python/v3",
            HOSTS_VERSION,
            hint="about 2 minutes the first time",
        ),
        Binary(
            "pulumi-language-nodejs",
            "github.com/pulumi/pulumi/sdk/nodejs/cmd/pulumi-language-nodejs/v3",
            HOSTS_VERSION,
        ),
        Binary("pulumi-language-go", "github.com/pulumi/pulumi/sdk/go/pulumi-language-go/v3", HOSTS_VERSION),
    ),
    HOSTS_TOOLCHAIN,
)

MODULES = (CLI, HOSTS)

SCRIPTS = (
    "python/cmd/pulumi-language-python-exec",
    "python/dist/pulumi-resource-pulumi-python",
    "nodejs/dist/pulumi-resource-pulumi-nodejs",
)
"""Taken from the sdk module the CLI pins: they start programs and dynamic providers."""

NEEDED = (
    "pulumi-language-python",
    "pulumi-language-python-exec",
    "pulumi-resource-pulumi-python",
    "pulumi-language-yaml",
)
"""What must stand beside a `pulumi` from elsewhere: the quick start and the tests run Python and YAML programs."""


def key(route: str) -> str:
    """Name of the cache folder: it changes with the pinned versions, the recipe and the machine's kind."""
    digest = hashlib.sha256()
    for part in _ingredients():
        digest.update(part + b"\0")
    return f"{route}-{VERSION}-{digest.hexdigest()[:16]}"


def _ingredients() -> Iterator[bytes]:
    yield from (RECIPE.encode(), VERSION.encode(), sys.platform.encode(), platform.machine().encode())
    for module in MODULES:
        yield (module.folder / "go.mod").read_bytes()
        yield (module.folder / "go.sum").read_bytes()
