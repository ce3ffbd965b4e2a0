"""The primary rate limit: so many requests in an hour for each caller, by the clock of the emulator.

The hour begins with the first request. Installations are one caller, whatever tokens they have; so is everybody
without a token. Source: GitHub's documentation of rate limits.
"""

from dataclasses import dataclass

from .. import clock, github_access, settings
from ..platform import Answer, Call, Refusal
from ..world import JSON, Transaction
from . import errors, headers

_HOUR = 3600


@dataclass(frozen=True)
class Rate:
    """Where a caller stands."""

    caller: str
    limit: int
    used: int
    reset: int

    def shown(self) -> JSON:
        """The members that GitHub shows."""
        used = min(self.used, self.limit)
        return {"limit": self.limit, "used": used, "remaining": self.limit - used, "reset": self.reset}


def stand(tx: Transaction, call: Call) -> Rate:
    """Where the sender of a request stands before it."""
    caller = _caller(tx, call)
    limit = settings.value(tx, "github_anonymous_rate_limit" if caller == "anonymous" else "github_rate_limit")
    present = int(clock.now(tx).timestamp())
    kept: JSON = tx.state(f"github rate {caller}", {})
    if not kept or kept["reset"] <= present:
        kept = {"used": 0, "reset": present + _HOUR}
    return Rate(caller, limit, kept["used"], kept["reset"])


def check(tx: Transaction, call: Call) -> None:
    """Refuses a request beyond the limit."""
    rate = stand(tx, call)
    if rate.used >= rate.limit:
        raise Refusal(settings.value(tx, "github_rate_limit_status"), "", errors.PRIMARY)


def counted_headers(tx: Transaction, call: Call, *, counts: bool) -> dict[str, str]:
    """The headers of an answer; the request that it answers is counted now."""
    rate = stand(tx, call)
    if counts:
        rate = Rate(rate.caller, rate.limit, rate.used + 1, rate.reset)
        tx.set_state(f"github rate {rate.caller}", {"used": rate.used, "reset": rate.reset})
    return {f"x-ratelimit-{name}": str(value) for name, value in rate.shown().items()} | {
        "x-ratelimit-resource": "core"
    }


def get(tx: Transaction, call: Call) -> Answer:
    """GET /rate_limit, which counts nothing. Since version 2026-03-10 without `rate`."""
    who = headers.bearer(tx, call)
    strict = settings.value(tx, "unknown_repositories") == "refuse"
    if who is not None and (who.state == "dead" or (strict and who.state == "unknown")):
        raise errors.bad_credentials()
    core = stand(tx, call).shown()
    legacy = {"rate": core} if headers.version(call) == headers.VERSIONS[0] else {}
    return Answer(document={"resources": {"core": core}} | legacy)


def _caller(tx: Transaction, call: Call) -> str:
    sent = headers.mark(tx, call)
    if sent is None:
        return "anonymous"
    minted = github_access.minted(tx, sent, "", "")
    return f"installation {minted.installation_id}" if minted and minted.installation_id else sent
