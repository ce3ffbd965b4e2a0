"""What a test says about a request that the platform refuses."""

from collections.abc import Callable
from typing import Any

import anthropic
import pytest


def refused(call: Callable[[], Any], *words: str, status: int = 400) -> Any:
    """The error document of a call that is refused with this status and with these words."""
    with pytest.raises(anthropic.APIStatusError) as caught:
        call()
    assert caught.value.status_code == status
    for word in words:
        assert word in caught.value.body["error"]["message"]  # type: ignore[index]
    return caught.value.body["error"]  # type: ignore[index]


def absent(*calls: Callable[[], Any]) -> None:
    """Every call asks for something that is not there."""
    for call in calls:
        assert refused(call, "was not found", status=404)["type"] == "not_found_error"
