"""What ends the waits of a lifecycle; those of the wire end with them."""

from __future__ import annotations

from ..transport.cancel import Cancellation, CancelledError

__all__ = ["Cancellation", "CancelledError"]
