"""When an object was made and changed, as most kinds show it."""

from __future__ import annotations

from typing import Annotated

from ...declaration.marks import Lasting
from ...declaration.model import described

CreatedAt = Annotated[str, Lasting(), described("When it was created (RFC 3339).")]
UpdatedAt = Annotated[str, described("When it was last changed (RFC 3339).")]
