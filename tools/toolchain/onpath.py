"""First route: a `pulumi` that is already on PATH, new enough and complete."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from toolchain import proof, recipe
from toolchain.unavailable import Unavailable


def kept(environ: Mapping[str, str]) -> Path | None:
    """The folder of a usable `pulumi` on PATH."""
    try:
        return obtain(environ)
    except Unavailable:
        return None


def obtain(environ: Mapping[str, str]) -> Path:
    """The folder of a usable `pulumi` on PATH, or the reason why there is none."""
    found = shutil.which("pulumi", path=environ.get("PATH", ""))
    if not found:
        raise Unavailable("pulumi is not on PATH")
    pulumi = Path(found).absolute()
    version = proof.version(pulumi)
    if _numbers(version) < recipe.MINIMUM:
        minimum = ".".join(map(str, recipe.MINIMUM))
        raise Unavailable(
            f"the pulumi on PATH is too old (version {version or 'unknown'}, at least {minimum} is needed)"
        )
    return _complete(pulumi)


def _complete(pulumi: Path) -> Path:
    """The folder with the language hosts: the link's own, or the one the link leads to."""
    for folder in (pulumi.parent, pulumi.resolve().parent):
        missing = [name for name in recipe.NEEDED if not (folder / name).exists()]
        if not missing:
            return folder
    raise Unavailable(f"the pulumi on PATH has no {missing[0]} beside it")


def _numbers(version: str) -> tuple[int, ...]:
    """The leading three numbers; a development build of a release counts as the release."""
    match = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    return tuple(map(int, match.groups())) if match else ()
