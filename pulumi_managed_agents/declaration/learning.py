"""Secrets that come up while requests are made, such as an access token that replaces one that expires."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from .scrubbing import Scrubber

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .values import JSON


class Learned:
    """The secrets that came up until now. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.secrets: frozenset[str] = frozenset()

    def learn(self, *secrets: str) -> None:
        """Notes more of them."""
        with self._lock:
            if not self.secrets.issuperset(secrets):
                self.secrets = self.secrets.union(secrets)


class LearningScrubber(Scrubber):
    """A scrubber that also knows what was learned meanwhile, by this or any other operation."""

    def __init__(self, learned: Learned, *secrets: Iterable[str]) -> None:
        super().__init__(*secrets)
        self._learned = learned
        self._latest: tuple[frozenset[str], Scrubber] | None = None

    def knowing(self, *secrets: Iterable[str]) -> Scrubber:
        """One that knows these too."""
        return LearningScrubber(self._learned, self._secrets, *secrets)

    def text(self, said: str) -> str:
        """Somebody's words without any secret in them."""
        return self._now.text(said)

    def words(self, value: JSON) -> JSON:
        """The value with each text in it, names included, without any secret."""
        return self._now.words(value)

    def finds(self, value: str) -> bool:
        """Whether a text is a secret or holds one."""
        return self._now.finds(value)

    def marked(self, value: JSON) -> JSON:
        """The value with each part that is or holds a secret marked as one."""
        return self._now.marked(value)

    @property
    def _now(self) -> Scrubber:
        learned, latest = self._learned.secrets, self._latest
        if latest is None or latest[0] is not learned:
            latest = self._latest = (learned, Scrubber(self._secrets, learned))
        return latest[1]
