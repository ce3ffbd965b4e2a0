"""What removing a resource does to its object, where the platform has more than one way."""

from __future__ import annotations

from typing import Annotated, Literal

from ...declaration.marks import Local
from ...declaration.model import described

Removal = Annotated[Literal["archive", "delete"] | None, Local("read when the resource is removed")]

ArchivedUnlessSaid = Annotated[
    Removal,
    described(
        "What removing the resource does: `archive` (the default) keeps a record, `delete` keeps nothing, and cannot "
        "be taken back."
    ),
]
DeletedUnlessSaid = Annotated[
    Removal,
    described(
        "What removing the resource does: `delete` (the default) keeps nothing, `archive` erases the secret and keeps "
        "a record."
    ),
]
