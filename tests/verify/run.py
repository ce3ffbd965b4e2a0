"""One run: stories are told to a server, and what it answers is written down, step by step.

A story does not say what is right. It is told to the emulator and to the server, and the answers are compared.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from .client import STATUS, UNANSWERED, UNFIT
from .kinds import KINDS, MARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from .client import Client
    from .wire import Answer

BROKEN: Final = 500
AT_REST: Final = {"idle", "terminated"}


class Ended(Exception):
    """A story cannot go on: an answer lacks what the next step needs."""


@dataclass(frozen=True)
class Step:
    """One thing that was asked, and the answer; without one, the server gave none."""

    story: str
    name: str
    answer: Answer | None
    unfit: bool = False
    """The SDK cannot read the answer."""
    own: bool = False
    """A list, of which only what the run made counts."""


@dataclass(frozen=True)
class Seen:
    """An answer, for the next step of the story."""

    body: Any

    def __getitem__(self, name: str) -> Any:
        try:
            return self.body[name]
        except (KeyError, TypeError, IndexError):
            raise Ended(f"the answer has no {name}") from None

    @property
    def id(self) -> str:
        """Whose id it is."""
        found = self["id"]
        if not isinstance(found, str):
            raise Ended("the answer has no id")
        return found


@dataclass
class Run:
    """A server, a label, and what was seen so far."""

    client: Client
    label: str
    model: str
    work: bool = False
    """Whether sessions may work: that costs."""
    steps: list[Step] = field(default_factory=list)
    made: list[tuple[str, str]] = field(default_factory=list)
    """Kinds and ids, in the order of their creation."""
    ended: dict[str, str] = field(default_factory=dict)
    """Stories that could not be told to their end, and why."""
    told: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    """What was sent and must not come back."""
    _story: str = ""
    _shared: dict[str, str] = field(default_factory=dict)

    @property
    def platform(self) -> str:
        """Which API is spoken."""
        return self.client.platform

    @property
    def lost(self) -> bool:
        """Whether something may have been made that no answer named."""
        return any(step.answer is None or step.answer.status >= BROKEN for step in self.steps)

    def tell(self, name: str, story: Callable[[Run], None]) -> None:
        """Tells one story to its end, or as far as the answers carry it."""
        self._story = name
        try:
            story(self)
        except Ended as reason:
            self.ended[name] = str(reason)
        except STATUS + UNANSWERED:
            self.ended[name] = "what the story has to know was refused"
        self.told.append(name)

    def at(self, name: str) -> Any:
        """The SDK's resource of a collection."""
        return self.client.at(name)

    def at_ease(self, name: str) -> Any:
        """The same, for what a story has to know and nobody compares."""
        return self.client.at(name, strict=False)

    def see(self, step: str, call: Callable[..., Any], *args: Any, **fields: Any) -> Seen:
        """Makes one call and writes down its answer, whatever it is."""
        return self._see(step, call, args, fields)

    def _see(self, step: str, call: Callable[..., Any], args: tuple[Any, ...], fields: dict[str, Any]) -> Seen:
        unfit = self._call(call, args, fields)
        return self._note(step, self.client.wire.taken(), unfit=unfit)

    def _call(self, call: Callable[..., Any], args: tuple[Any, ...], fields: dict[str, Any]) -> bool:
        try:
            call(*args, **fields)
        except STATUS + UNANSWERED:
            return False
        except UNFIT:
            return True
        except Exception:  # what an SDK trips over is an answer that it cannot read
            if self.client.wire.answered():
                return True
            raise
        return False

    def _note(self, step: str, answer: Answer | None, *, unfit: bool = False, own: bool = False) -> Seen:
        self.steps.append(Step(self._story, step, answer, unfit, own))
        if answer is None:
            raise Ended("the server gave no answer")
        return Seen(answer.body)

    def secret(self) -> str:
        """Made up, and looked for in every answer."""
        made = f"token-of-a-verification-{secrets.token_hex(8)}"
        self.secrets.add(made)
        return made

    def create(self, step: str, kind: str, call: Callable[..., Any] | None = None, **fields: Any) -> Seen:
        """Makes an object that bears the label, and remembers to remove it."""
        call = call or self.at(kind).create
        self.client.wire.watch(kind, self.made)
        try:
            return self._see(step, call, (), self.labelled(kind, fields))
        finally:
            self.client.wire.watch(None, self.made)

    def labelled(self, kind: str, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields of an object, with the label where its kind has room for it."""
        found = next(each for each in KINDS[self.platform] if each.name == kind)
        titles = {title: f"{self.label} {fields[title]}" for title in found.titles if fields.get(title)}
        marked = {"metadata": {MARK: self.label} | fields.get("metadata", {})} if found.metadata else {}
        return fields | titles | marked

    def listed(self, step: str, call: Callable[..., Any], *args: Any, **query: Any) -> Seen:
        """Reads a list as far as the run's own objects reach; others do not count."""
        self._call(call, args, {"limit": 100} | query)
        answer = self.client.wire.taken()
        return self._note(step, answer, own=True)

    def rest(self, session: str, reads: int) -> None:
        """Waits until a session has come to rest, for a number of looks."""
        for turn in range(reads):
            found = self.at_ease("sessions").retrieve(session)
            if turn and found.status in AT_REST:
                return
            time.sleep(0 if self.client.emulated else 2)

    def agent(self) -> str:
        """An agent that several stories share: one platform cannot remove any."""
        fields = {"name": "worker", "model": self.model}
        return self._share("agents", lambda: self.create("the agent that others use", "agents", **fields).id)

    def environment(self) -> str:
        """An environment that several stories share."""
        made = lambda: self.create("the environment that others use", "environments", name="sandbox").id  # noqa: E731
        return self._share("environments", made)

    def _share(self, name: str, make: Callable[[], str]) -> str:
        if name not in self._shared:
            story, self._story = self._story, "ground"
            try:
                self._shared[name] = make()
            finally:
                self._story = story
        return self._shared[name]
