"""`source`: a declaration, or the text in it, as a file that can be reviewed as prose."""

from __future__ import annotations

from typing import Annotated

from ...declaration.marks import ByDigest, Local, NamesPath
from ...declaration.model import described

Source = Annotated[
    str | None,
    Local("the file is read by each preview, and its text compared"),
    NamesPath(),
    ByDigest(),
    described(
        "A text or Markdown file, no link to one. Its text is the resource's prose; front matter (YAML between two "
        "lines `---`, in snake_case) gives further properties. What the program says itself comes first.",
        min_length=1,
    ),
]
