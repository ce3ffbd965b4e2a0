"""The operations that most kinds answer alike, as the routes ask for them."""

from dataclasses import dataclass

from ..world import Transaction
from . import records
from .bodies import Bodies, NoBody
from .calls import Answer, Call
from .kinds import Kind


@dataclass(frozen=True)
class Usual:
    """What a kind does unless it says otherwise."""

    kind: Kind
    inside: tuple[Kind, ...] = ()
    """What is deleted with one of them."""

    def retrieve(self, tx: Transaction, call: Call) -> Answer:
        """GET, by id."""
        return Answer(document=records.locate(tx, self.kind, call).body)

    def archive(self, tx: Transaction, call: Call) -> Answer:
        """POST .../archive; silent when it is repeated."""
        Bodies(self.kind.dialect).read(NoBody, call)
        record = records.locate(tx, self.kind, call)
        records.archive(tx, record)
        return Answer(document=record.body)

    def delete(self, tx: Transaction, call: Call) -> Answer:
        """DELETE, whatever refers to it."""
        record = records.locate(tx, self.kind, call)
        records.remove(tx, record, self.inside)
        return records.removed(self.kind, record.id)
