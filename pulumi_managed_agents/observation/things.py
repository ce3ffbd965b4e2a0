"""Objects as an overview tells them: what the platform says now, beside what a state says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ..page.overview import Mount, Problem, Spend, Thing, Waiting
from .drift import drift

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..declaration.values import JSON, Bag
    from .expiry import Expiries
    from .kept import Kept
    from .reading import Reading

_REPOSITORY: Final = "github_repository"

_OF_EVENTS: Final = ("lastError", "stopReason")
"""What is read from a session's events."""

_FACTS: Final = {
    "model": "model",
    "version": "version",
    "agentVersion": "agent version",
    "environmentId": "environment",
    "vaultId": "vault",
    "memoryStoreId": "memory store",
    "sessionId": "session",
    "url": "repository",
    "path": "path",
    "filename": "file",
    "displayName": "name",
    "schedule": "schedule",
}
"""The properties that say most about an object, and what they are called."""


class Things:
    """Makes things of readings."""

    def __init__(
        self,
        link: Callable[[str, str], str],
        expiries: Expiries,
        doubt: Callable[[Kept], str],
        called: Callable[[str, str], str],
    ) -> None:
        self._link = link
        self._expiries = expiries
        self._doubt = doubt
        """Why an object that is not found may be elsewhere."""
        self._called = called
        """What a stack calls the object with an id."""

    def thing(self, reading: Reading, uses: tuple[str, ...]) -> Thing:
        """One object."""
        kept, unread = reading.kept, reading.unread
        gone = not (reading.state or reading.skipped or unread)
        doubt = self._doubt(kept) if gone or unread else ""
        unread = unread or (f"not found: {doubt}" if doubt else "")
        now = reading.state.outputs if reading.state else kept.outputs
        if reading.half:
            now = {**{wire: kept.outputs[wire] for wire in _OF_EVENTS if wire in kept.outputs}, **now}
        return Thing(
            key=kept.urn,
            kind=kept.kind.name,
            id=kept.id,
            name=kept.name,
            stack=kept.stack,
            urn=kept.urn,
            status=_text(now.get("status")),
            state="gone" if gone and not doubt else "",
            unread=unread,
            error=_error(now),
            waiting=_waiting(now),
            spend=_spend(now),
            drift=drift(kept.kind, kept.outputs, now) if reading.state else (),
            mounts=tuple(self._mounts(kept, now)),
            uses=uses,
            facts=tuple((label, self._called(kept.stack, text)) for label, text in _facts(now)),
            next_run=next(iter(_list(now.get("upcomingRunsAt"))), ""),
            last_run=_text(now.get("lastRunAt")),
            expires_at=self._expiries.own(kept),
            created_at=_text(now.get("createdAt")),
            changed_at=_text(now.get("updatedAt")) or _text(now.get("createdAt")),
            link=self._link(kept.kind.name, kept.id),
        )

    def _mounts(self, kept: Kept, now: Bag) -> Iterator[Mount]:
        if kept.kind.name == "RepositoryResource" and kept.outputs.get("resourceId"):
            url, path = _text(now.get("url")), _text(now.get("mountPath"))
            changed = _text(now.get("updatedAt")) or _text(now.get("createdAt"))
            expires = self._expiries.of(kept)
            yield Mount(url, path, _checkout(now.get("checkout")), rotated_at=changed, expires_at=expires)
        for entry in _list(now.get("mountedResources")):
            if isinstance(entry, dict) and entry.get("type") == _REPOSITORY:
                url = _text(entry.get("url"))
                yield Mount(
                    url,
                    _text(entry.get("mountPath")),
                    id=_text(entry.get("id")),
                    rotated_at=_text(entry.get("updatedAt")),
                    expires_at=self._expiries.of_mount(kept, url),
                )


def _error(now: Bag) -> Problem | None:
    last, paused, rest = now.get("lastError"), now.get("pausedReason"), _bag(now.get("stopReason"))
    if isinstance(last, dict):
        return Problem(_text(last.get("type")), _text(last.get("message")), _text(last.get("occurredAt")))
    if isinstance(paused, dict) and paused.get("type") == "error":
        return Problem("paused", f"the platform paused it: {_text(paused.get('errorType'))}")
    return Problem(_text(rest["type"]), "it came to rest before it was done") if rest.get("type") in _GAVE_UP else None


_GAVE_UP: Final = ("retries_exhausted", "refusal")


def _waiting(now: Bag) -> Waiting | None:
    rest = _bag(now.get("stopReason"))
    if rest.get("type") != "requires_action" or now.get("status") != "idle":
        return None
    return Waiting("somebody's answer", tuple(_text(each) for each in _list(rest.get("eventIds"))))


def _spend(now: Bag) -> Spend | None:
    """What a session has cost, in dollars or credits."""
    usage, budget = _bag(now.get("usage")), _bag(now.get("budget"))
    cost, limit = _bag(usage.get("list_cost")), _bag(budget.get("maxListCost"))
    if cost or limit:
        spent, most = _number(cost.get("amount")), _number(limit.get("amount"))
        return Spend((spent or 0) / 100, most / 100 if most is not None else None, "USD")
    used, most = _number(usage.get("total_credits")), _number(budget.get("maxCreditCost"))
    if used is None and most is None:
        return None
    return Spend(used or 0, most, "credits")


def _facts(now: Bag) -> Iterator[tuple[str, str]]:
    for wire, label in _FACTS.items():
        value = now.get(wire)
        if isinstance(value, dict):
            value = value.get("id") or value.get("expression")
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value):
            yield label, _line(str(value))
    agent = _bag(now.get("resolvedAgent")) or _bag(now.get("agent"))
    if agent.get("id"):
        version = f" (version {agent['version']})" if agent.get("version") else ""
        yield "agent", f"{_line(_text(agent.get('name')) or _text(agent['id']))}{version}"


def _checkout(value: JSON) -> str:
    choice = _bag(value)
    return _text(choice.get("name")) or _text(choice.get("sha"))[:12]


_LINE: Final = 200


def _line(text: str) -> str:
    return text if len(text) <= _LINE else text[: _LINE - 1] + "…"


def _number(value: JSON) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _text(value: JSON) -> str:
    return value if isinstance(value, str) else ""


def _bag(value: JSON) -> Bag:
    return value if isinstance(value, dict) else {}


def _list(value: JSON) -> list[Any]:
    return value if isinstance(value, list) else []
