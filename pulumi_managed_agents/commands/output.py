"""What commands write: results on standard output, words beside them on standard error.

Every line passes here, since much of it was said by others.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from ..printable import printable


def show(*lines: str) -> None:
    """Writes lines of the result."""
    for line in lines:
        print(printable(line), flush=True)


def show_json(document: Any) -> None:
    """Writes the result as JSON, in which signs have escapes of their own."""
    print(json.dumps(document, indent=2))


def say_json(document: Any) -> None:
    """Tells a program something beside the result."""
    print(json.dumps(document, indent=2), file=sys.stderr)


def say(text: str) -> None:
    """Tells the user something that is no result."""
    print(printable(text), file=sys.stderr)
