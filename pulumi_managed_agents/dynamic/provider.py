"""The dynamic provider of a kind.

The engine's behaviour that shaped it: a dynamic provider is pickled into the state, so it is a class that holds a
kind's name and nothing else. A program makes one for each resource and hands it on; only a process of the engine's
configures it, and loads what it works with.
"""

from __future__ import annotations

import base64
import pickle
from typing import TYPE_CHECKING, Final

from pulumi.dynamic import (
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from ..on_demand import defined

if TYPE_CHECKING:
    from ..declaration.values import Bag
    from .operations import Operations

LOGICAL_NAME: Final = "logicalName"
"""Carries the resource's name to Check, which is not told it otherwise; never in the state."""

RESOURCE_URN: Final = "resourceUrn"
"""The same for its URN. There is no id of the stack to go with it: two stacks of one name are not told apart."""


class KindProvider(ResourceProvider):
    """The provider of one kind. Its pickled form is a reference to this class and the kind's name."""

    serialize_as_secret_always = False

    _operations: Operations

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def configure(self, req: ConfigureRequest) -> None:
        """Takes the stack's configuration; nothing is asked of the platform yet."""
        self._operations = defined(".operations:Operations", __package__)(self.kind, req.config)

    def check(self, olds: Bag, news: Bag) -> CheckResult:
        """The inputs with defaults and in their one spelling, and what is wrong with them."""
        return self._operations.check(olds, news)

    def diff(self, id_: str, olds: Bag, news: Bag) -> DiffResult:
        """Which properties change, and which of them need a new object."""
        return self._operations.diff(id_, olds, news)

    def create(self, props: Bag) -> CreateResult:
        """Makes the object."""
        return self._operations.create(props)

    def read(self, id_: str, props: Bag) -> ReadResult:
        """The object as it is now."""
        return self._operations.read(id_, props)

    def update(self, id_: str, olds: Bag, news: Bag) -> UpdateResult:
        """Makes the object what is wanted."""
        return self._operations.update(id_, olds, news)

    def delete(self, id_: str, props: Bag) -> None:
        """Removes the object, or finds it gone."""
        self._operations.delete(id_, props)


def pickled(kind: str) -> str:
    """The kind's provider as states hold it: what the SDK would write, and any version of Python reads."""
    return base64.b64encode(pickle.dumps(KindProvider(kind), protocol=_PROTOCOL)).decode()


_PROTOCOL: Final = 4
