"""Metadata, as every kind that has it declares it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from ...declaration.marks import Lines, MergePatch
from ...declaration.model import described
from ...declaration.stamp import METADATA_LIMIT, STAMP


def _own(key: str) -> str:
    if key == STAMP:
        message = "is how the provider finds the object again, and not for programs: leave it out"
        raise ValueError(message)
    return key


Label = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(_own)]
"""A key among the labels of an object that carries a stamp."""

Metadata = Annotated[
    dict[Label, Annotated[str, Lines(), Field(max_length=512)]] | None,
    MergePatch(),
    described(
        "Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone.",
        max_length=METADATA_LIMIT,
    ),
]
