"""Faults by rule: which requests they hit, and what they do to the answer."""

import json
import re
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from . import clock, ids
from .errors import EmulatorError
from .world import JSON, Transaction

Seconds = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(ge=1)]
_WRITTEN = "last write at"


class Fault(BaseModel):
    """One rule. The first five fields choose requests, `times` ends it, the rest say what happens.

    Without nth, every or probability each matching request is hit. `path` is a regular expression that is searched
    in the request's path.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    method: str | None = None
    path: str | None = None
    operation: str | None = None
    nth: Count | None = None
    every: Count | None = None
    probability: Annotated[float, Field(ge=0, le=1)] | None = None
    times: Count | None = None

    status: Annotated[int, Field(ge=400, le=599)] | None = None
    error_type: str | None = None
    message: str | None = None
    after_commit: bool = False
    """With `status`: the request is carried out all the same."""
    retry_after: Seconds | None = None
    latency_seconds: Seconds | None = None
    """Holds the answer, after the commit."""
    drop: Literal["before", "after"] | None = None
    """Resets the connection, before or after the commit."""
    body: Literal["truncated", "garbage", "ingress", "gateway", "empty"] | None = None
    """What arrives in place of the answer; the last three need a `status`, and stand for something in front of the
    platform that answers in its place: a page, a JSON document of its own, nothing."""
    stale: bool = False
    """A read that does not see the last write. Requests that write are let alone."""
    stale_seconds: Seconds | None = None
    """With `stale`: how far the replica is behind at most; an older write is seen."""
    slow_headers_seconds: Seconds | None = None
    """Drips the headers, so that no single read of the client times out."""

    @field_validator("path")
    @classmethod
    def _compiles(cls, path: str | None) -> str | None:
        if path is not None:
            try:
                re.compile(path)
            except re.error as error:
                raise ValueError(f"no regular expression: {error}") from error
        return path

    @model_validator(mode="after")
    def _does_something(self) -> "Fault":
        acts = (self.status, self.latency_seconds, self.drop, self.body, self.slow_headers_seconds)
        if not self.stale and all(act is None for act in acts):
            raise ValueError("the rule does nothing: give it a status, a latency, a drop, a body or a stale read")
        if self.is_foreign and self.status is None:
            raise ValueError("give the rule the status of what answers in the platform's place")
        return self

    @property
    def is_foreign(self) -> bool:
        """Whether something else answers in the platform's place."""
        return self.body in ("ingress", "gateway", "empty")

    @property
    def only_lags(self) -> bool:
        """Whether a stale read is all that it does."""
        return self.name() == "stale"

    def matches(self, method: str, path: str, operation: str | None) -> bool:
        """Whether a request is one of those that the rule counts."""
        return (
            self.method in (None, method)
            and (method == "GET" or not self.only_lags)
            and self.operation in (None, operation)
            and (self.path is None or re.search(self.path, path) is not None)
        )

    def name(self) -> str:
        """The rule's effects in a few words, for the request log."""
        words = [f"status {self.status}{' after commit' if self.after_commit else ''}"] if self.status else []
        words += [f"drop {self.drop}"] if self.drop else []
        words += [f"body {self.body}"] if self.body else []
        words += ["stale"] if self.stale else []
        words += [f"latency {self.latency_seconds:g}s"] if self.latency_seconds else []
        words += [f"slow headers {self.slow_headers_seconds:g}s"] if self.slow_headers_seconds else []
        return ", ".join(words)


@dataclass(frozen=True)
class _Row:
    n: int
    fault: Fault
    seen: int
    fired: int


def add(tx: Transaction, rules: list[JSON]) -> None:
    """Adds rules behind those that are there, all or none."""
    for rule in rules:
        try:
            fault = Fault.model_validate(rule)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise EmulatorError(f"Fault rule {'.'.join(map(str, first['loc']))}: {first['msg']}.") from None
        tx.add_fault(fault.model_dump_json(exclude_none=True))


def clear(tx: Transaction) -> None:
    """Removes every rule. Draws depend on a rule's number, which begins anew."""
    tx.remove_faults()


def rules(tx: Transaction) -> list[JSON]:
    """The rules with how many requests each has seen and hit."""
    return [json.loads(rule) | {"seen": seen, "fired": fired} for _, rule, seen, fired in tx.faults()]


def strike(tx: Transaction, method: str, path: str, operation: str | None) -> Fault | None:
    """Counts the request with every rule that matches, and answers the first that hits it."""
    hit: Fault | None = None
    for row in _matching(tx, method, path, operation):
        fires = hit is None and _fires(tx, row)
        tx.count_fault(row.n, fired=fires)
        hit = row.fault if fires else hit
    return hit


def _matching(tx: Transaction, method: str, path: str, operation: str | None) -> list[_Row]:
    rows = [_Row(n, Fault.model_validate_json(rule), seen + 1, fired) for n, rule, seen, fired in tx.faults()]
    return [row for row in rows if row.fault.matches(method, path, operation)]


def lags(tx: Transaction, fault: Fault | None) -> bool:
    """Whether a read that the rule hits is answered by a replica that has not seen the last write."""
    if fault is None or not fault.stale:
        return False
    age = clock.now(tx).timestamp() - tx.state(_WRITTEN, 0.0)
    return fault.stale_seconds is None or age < fault.stale_seconds


def written(tx: Transaction) -> None:
    """Notes when a client last changed something."""
    tx.set_state(_WRITTEN, clock.now(tx).timestamp())


def _fires(tx: Transaction, row: _Row) -> bool:
    fault = row.fault
    if fault.times is not None and row.fired >= fault.times:
        return False
    if fault.nth is not None and row.seen != fault.nth:
        return False
    if fault.every is not None and row.seen % fault.every:
        return False
    return fault.probability is None or ids.fraction(tx, "fault", row.n, row.seen) < fault.probability
