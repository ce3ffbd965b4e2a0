"""What every platform of agents does with a request before and behind its own rules."""

from typing import ClassVar

from .outside import Outside
from .routing import Route, Table

_READS = ("retrieve", "retrieve_metadata", "list", "stream", "download", "bytes")
_CREATES = ("create", "upload")


class AgentPlatform:
    """A platform by its routes, and by what a test may change of it."""

    table: ClassVar[Table[Route]]
    outside: Outside

    def match(self, method: str, path: str) -> tuple[str | None, dict[str, str]]:
        """The operation of a request and the ids in its path."""
        return self.table.match(method, path)

    def classify(self, operation: str | None) -> str:
        """Which limit a request counts against: create, read or write, by the operation's last word.

        Claude documents limits of their own for creates and reads; Qoder documents none, so its groups are inferred.
        """
        verb = (operation or "").rpartition(".")[2]
        if verb in _READS:
            return "read"
        return "create" if verb in _CREATES else "write"
