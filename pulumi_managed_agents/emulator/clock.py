"""The emulator's clock: real time, or the time that a test sets. Stamps never stand still and never run back."""

import time
from datetime import UTC, datetime, timedelta

from .errors import EmulatorError
from .world import JSON, Transaction

_TICK = timedelta(microseconds=1)


def now(tx: Transaction) -> datetime:
    """The present moment: a set clock stands still until it is advanced, the real one runs with its offset."""
    clock: JSON = tx.state("clock", {})
    if clock.get("still"):
        return parse(clock["still"])
    return datetime.fromtimestamp(time.time() + clock.get("offset", 0.0), UTC)


def stamp(tx: Transaction) -> str:
    """The present moment as text, at least one microsecond after the stamp before, so that order is stable."""
    last = tx.state("last_stamp")
    moment = now(tx)
    if last is not None:
        moment = max(moment, parse(last) + _TICK)
    text = write(moment)
    tx.set_state("last_stamp", text)
    return text


def move(tx: Transaction, to: str | None, seconds: float | None) -> str:
    """Sets the clock, advances it, or both; answers where it stands."""
    clock: JSON = tx.state("clock", {})
    if to is not None:
        clock = {"still": write(parse(to))}
        tx.set_state("last_stamp", None)
    if seconds is not None and clock.get("still"):
        clock["still"] = write(parse(clock["still"]) + timedelta(seconds=seconds))
    elif seconds is not None:
        clock["offset"] = clock.get("offset", 0.0) + seconds
    tx.set_state("clock", clock)
    return write(now(tx))


def later(tx: Transaction, seconds: float) -> str:
    """The moment that lies so many seconds ahead."""
    return write(now(tx) + timedelta(seconds=seconds))


def parse(text: str) -> datetime:
    """Reads an RFC 3339 moment; one without a zone is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise EmulatorError(f"{text!r} is no RFC 3339 time.") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def write(moment: datetime) -> str:
    """A moment as every answer writes it: fixed width, so that text order is time order."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
