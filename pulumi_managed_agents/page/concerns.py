"""What of an overview needs somebody: what waits, what failed, what drifted, which tokens are old or end soon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .overview import SESSION, SEVERITIES, Concern, ago, seconds_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .overview import Run, Severity, Thing

SOON_SECONDS: Final = 20 * 60
"""A token that has no more than this to live is about to expire."""

OLD_SECONDS: Final = 30 * 86_400
"""A token that was not rotated for longer is old."""

NEARLY: Final = 0.8
"""The part of a budget that is nearly all of it."""


def concerns(things: Sequence[Thing], runs: Sequence[Run], unread: Iterable[str], now: str) -> tuple[Concern, ...]:
    """What needs somebody, the worst first."""
    found = [each for thing in things for each in _of(thing, now)]
    names = {thing.key: thing.name for thing in things}
    found += [each for run in _newest_of_each(runs) if run.error for each in _of_run(run, names)]
    found += [Concern("warn", "unread", text) for text in unread]
    return tuple(sorted(found, key=lambda concern: SEVERITIES.index(concern.severity)))


def _newest_of_each(runs: Sequence[Run]) -> Iterator[Run]:
    """The newest run of each deployment: what failed before it no longer matters."""
    newest: dict[str, Run] = {}
    for run in runs:
        known = newest.get(run.deployment)
        if known is None or run.at > known.at:
            newest[run.deployment] = run
    return iter(newest.values())


def _of_run(run: Run, names: dict[str, str]) -> Iterator[Concern]:
    name = names.get(run.deployment, run.deployment)
    yield Concern("bad", "failed", f"the last run of {name} failed: {run.error}", run.deployment, run.at)


def _of(thing: Thing, now: str) -> Iterator[Concern]:
    if thing.state in ("archived", "deleted"):
        return
    if thing.state:
        yield Concern("bad", "gone", f"{thing.name} is gone: the next update makes it again", thing.key)
        return
    yield from _failures(thing)
    if thing.waiting:
        yield Concern("warn", "waits", f"{thing.name} waits for {thing.waiting.what}", thing.key, thing.waiting.since)
    if thing.drift:
        yield Concern("warn", "drifted", f"{thing.name}: {_listed(thing.drift)}", thing.key)
    yield from _money(thing)
    yield from _tokens(thing, now)


_ENDED: Final[dict[str, tuple[Severity, str]]] = {
    "terminated": ("bad", "has ended, because of an error that it could not recover from"),
    "rescheduling": ("warn", "is tried again by the platform"),
}


def _failures(thing: Thing) -> Iterator[Concern]:
    if thing.kind == SESSION and thing.status in _ENDED:
        severity, text = _ENDED[thing.status]
        yield Concern(severity, "failed", f"{thing.name} {text}", thing.key)
    if thing.error and not thing.error.is_past:
        said = f": {thing.error.message}" if thing.error.message else ""
        text = f"{thing.name} reports {thing.error.type.replace('_', ' ')}{said}"
        yield Concern("bad", "failed", text, thing.key, thing.error.at)


def _money(thing: Thing) -> Iterator[Concern]:
    share = thing.spend.share if thing.spend else None
    if thing.spend and share is not None and share >= NEARLY:
        severity: Severity = "bad" if share >= 1 else "warn"
        yield Concern(severity, "budget", f"{thing.name} has spent {thing.spend.words()}", thing.key)


def _tokens(thing: Thing, now: str) -> Iterator[Concern]:
    if thing.expires_at:
        yield from _ending(f"{thing.name}", thing.expires_at, thing.key, now)
    for mount in thing.mounts:
        where = f"the token of {short(mount.url)} in {thing.name}"
        if mount.expires_at:
            yield from _ending(where, mount.expires_at, thing.key, now)
        age = seconds_between(mount.rotated_at, now)
        if age is not None and age > OLD_SECONDS:
            text = f"{where} was last rotated {ago(mount.rotated_at, now)}"
            yield Concern("warn", "old token", text, thing.key, mount.rotated_at)


def _ending(what: str, at: str, key: str, now: str) -> Iterator[Concern]:
    left = seconds_between(now, at)
    if left is not None and left <= 0:
        yield Concern("bad", "expired", f"{what} expired {ago(at, now)}", key, at)
    elif left is not None and left <= SOON_SECONDS:
        yield Concern("warn", "expires", f"{what} expires {ago(at, now)}", key, at)


def short(url: str) -> str:
    """A repository's address as people call it."""
    return url.removeprefix("https://").removeprefix("github.com/")


_SHOWN: Final = 3


def _listed(texts: Sequence[str]) -> str:
    more = len(texts) - _SHOWN
    return "; ".join([*texts[:_SHOWN], *([f"and {more} more"] if more > 0 else [])])
