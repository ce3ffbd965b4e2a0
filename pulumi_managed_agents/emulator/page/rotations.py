"""The token rotations of the world, found by what they happened to."""

from collections import defaultdict

from ..world import JSON, Transaction
from . import summary

MOST = 10_000
"""So many of the newest are looked at."""


class Rotations:
    """Rotations with their owner (a session, a credential) and place (a mount, a field), the newest first."""

    def __init__(self, tx: Transaction) -> None:
        self.all: list[JSON] = [
            {"owner": owner, "place": place, "time": time, "fingerprint": summary.mark(token)}
            for owner, place, time, token in tx.newest_rotations(MOST)
        ]
        self._places: dict[tuple[str, str | None], list[JSON]] = defaultdict(list)
        self._last: dict[str, JSON] = {}
        for each in self.all:
            self._places[each["owner"], each["place"]].append(each)
            self._last.setdefault(each["owner"], each)

    def last(self, owner: str) -> JSON | None:
        """The newest rotation of anything that an object has."""
        return self._last.get(owner)

    def at(self, owner: str, place: str | None) -> list[JSON]:
        """The rotations of one mount or one field: time and fingerprint."""
        rotations = self._places.get((owner, place), [])
        return [{"time": each["time"], "fingerprint": each["fingerprint"]} for each in rotations]
