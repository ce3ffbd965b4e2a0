"""Which operation a request asks for."""

from collections.abc import Iterable

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule


class Routes:
    """Operations by method and path; names in angle brackets stand for ids."""

    def __init__(self, rows: Iterable[tuple[str, str, str]], *, strict_slashes: bool = False) -> None:
        """Rows of operation, methods (between blanks) and path."""
        rules = [Rule(path, methods=methods.split(), endpoint=operation) for operation, methods, path in rows]
        self._map = Map(rules, strict_slashes=strict_slashes, merge_slashes=False)

    def match(self, method: str, path: str) -> tuple[str | None, dict[str, str]]:
        """The operation of a request and the ids in its path."""
        try:
            operation, found = self._map.bind("emulator").match(path, method=method)
        except HTTPException:
            return None, {}
        return operation, dict(found)

    def known(self, path: str) -> bool:
        """Whether another method would find something here."""
        try:
            self._map.bind("emulator").match(path, method="TRACE")
        except MethodNotAllowed:
            return True
        except HTTPException:
            return False
        return True
