"""`including`: what a resource carries although its name says that it holds a secret."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from ...declaration.characters import seen_path
from ...declaration.marks import ByDigest, Local
from ...declaration.model import described

Including = Annotated[
    list[Annotated[str, AfterValidator(seen_path), Field(min_length=1, max_length=1024)]] | None,
    Local("the content is compared, whatever it is called"),
    ByDigest(),
    described(
        "Files and folders that are meant although their names say that they hold secrets (`.env`, `id_rsa`, `*.pem` "
        "and the like) or are left by tools, by name, path or pattern: `fixtures/*.pem`. All others are refused.",
        max_length=100,
    ),
]
