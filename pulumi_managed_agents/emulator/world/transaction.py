"""What can be read and written inside one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from .history import Events, Versions
from .objects import Objects
from .requests import Requests
from .tables import Faults, Repositories, Rotations
from .views import Views


class Transaction(Objects, Versions, Events, Requests, Faults, Repositories, Rotations, Views):
    """Reads and writes of one short transaction, opened by `World.transaction`."""

    @contextmanager
    def undone_on_error(self) -> Iterator[None]:
        """What is written inside is undone when it raises; the rest of the transaction stays."""
        self._db.execute("SAVEPOINT step")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK TO step")
            raise
        finally:
            self._db.execute("RELEASE step")
