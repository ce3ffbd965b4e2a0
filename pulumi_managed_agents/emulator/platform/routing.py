"""Which operation a request asks for, and what answers it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule

from ..world import Transaction
from .calls import Answer, Call, Refusal

Handler = Callable[[Transaction, Call], Answer]

_OF_COLLECTION = {"create": "POST", "upload": "POST", "add": "POST", "send": "POST", "list": "GET"}
_OF_ITEM = {"retrieve": "GET", "retrieve_metadata": "GET", "update": "POST", "delete": "DELETE"}
_LIST = "list_page"
"""The function for `list`, whose name is taken."""


@dataclass(frozen=True)
class Route:
    """One operation: its methods (between blanks), its path below the platform's, and what answers it.

    Names in angle brackets stand for ids.
    """

    operation: str
    methods: str
    path: str
    handler: Handler


AnyRoute = TypeVar("AnyRoute", bound=Route)


class Table(Generic[AnyRoute]):
    """The routes of a service by operation, and by method and path."""

    def __init__(self, root: str, routes: Iterable[AnyRoute], *, strict_slashes: bool = False) -> None:
        rows = list(routes)
        rules = [Rule(root + row.path, methods=row.methods.split(), endpoint=row.operation) for row in rows]
        self.routes = {row.operation: row for row in rows}
        self._map = Map(rules, strict_slashes=strict_slashes, merge_slashes=False)

    def match(self, method: str, path: str) -> tuple[str | None, dict[str, str]]:
        """The operation of a request and the ids in its path."""
        try:
            operation, ids = self._map.bind("emulator").match(path, method=method)
        except HTTPException:
            return None, {}
        return operation, dict(ids)

    def handler(self, call: Call) -> Handler:
        """What answers a call, or a refusal where nothing does."""
        if call.operation is not None:
            return self.routes[call.operation].handler
        if self._known(call.path):
            raise Refusal(405, f"{call.method} is not allowed here.")
        raise Refusal(404, "There is nothing at this path.")

    def _known(self, path: str) -> bool:
        """Whether another method would find something here."""
        try:
            self._map.bind("emulator").match(path, method="TRACE")
        except MethodNotAllowed:
            return True
        except HTTPException:
            return False
        return True


def collection(item: str, *sources: tuple[object, str], update: str = "POST", name: str | None = None) -> list[Route]:
    """The routes of a collection by the path of its items.

    Each source answers some operations, by functions of their names: a module what is special about a kind, `Usual`
    what is not. An operation that is not among the usual ones is posted to an item, as `archive` is.
    """
    path = item.rpartition("/")[0]
    name = name or ".".join(part for part in path.split("/") if not part.startswith("<"))
    routes: list[Route] = []
    for source, operations in sources:
        for operation in operations.split():
            handler = getattr(source, _LIST if operation == "list" else operation)
            methods, where = _place(operation, path, item, update)
            routes.append(Route(f"{name}.{operation}", methods, where, handler))
    return routes


def _place(operation: str, path: str, item: str, update: str) -> tuple[str, str]:
    if operation in _OF_COLLECTION:
        return _OF_COLLECTION[operation], path
    if operation == "update":
        return update, item
    if operation == "download":
        return "GET", f"{item}/content"
    return (_OF_ITEM[operation], item) if operation in _OF_ITEM else ("POST", f"{item}/{operation}")
