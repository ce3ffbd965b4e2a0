"""What an API key does not open: a refusal says which credential does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...errors import Refused
from ...lifecycle.steps import T

if TYPE_CHECKING:
    from ...lifecycle.steps import Steps

_SHUT: Final = (401, 403)

SCOPE: Final = "workspace:manage_tunnels"

_ADVICE: Final = (
    f"Tunnels take no API key: they are opened by a federated credential whose rule has the scope `{SCOPE}`, which "
    "opens nothing else. Give these resources a provider instance of their own with that federation "
    "(docs/guides/tunnels.md)."
)


def opened(steps: Steps[T]) -> Steps[T]:
    """The steps, with what to do where the credential is refused."""
    try:
        return (yield from steps)
    except Refused as refused:
        if refused.refusal.status not in _SHUT or not refused.refusal.own:
            raise
        raise refused.advised(_ADVICE) from None
