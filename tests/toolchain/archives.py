"""What Pulumi publishes, in small: archives of scripts, and a site that has them."""

import hashlib
import io
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field

from toolchain import recipe

PROGRAM = f"#!/bin/sh\necho v{recipe.VERSION}\n"


def packed(**contents: str) -> bytes:
    """An archive as Pulumi's, of small scripts; what is named has another content, or none."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as members:
        for name in ("pulumi", *recipe.NEEDED):
            content = contents.get(name, PROGRAM).encode()
            member = tarfile.TarInfo(f"pulumi/{name}")
            member.size = len(content)
            members.addfile(member, io.BytesIO(content))
    return archive.getvalue()


@dataclass
class Site:
    """What serves archives: at which address, and how often it was asked."""

    serve: Callable[[bytes], str]
    asked: list[str] = field(default_factory=list)

    def offer(self, content: bytes) -> dict[str, str]:
        """Serves an archive; the variables with which somebody says that he wants it."""
        address = self.serve(content)
        return {
            "MANAGED_AGENTS_TOOLCHAIN_ARCHIVE": address,
            "MANAGED_AGENTS_TOOLCHAIN_SHA256": hashlib.sha256(content).hexdigest(),
        }
