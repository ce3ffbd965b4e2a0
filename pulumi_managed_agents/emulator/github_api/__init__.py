"""GitHub's REST API as far as access to repositories goes, under `/github/`: the access check, and apps with tokens.

The world behind it is that of the sessions' clones: `emulator/github.py`. Fault rules reach it by operation, as
`github.repos.get`; their `error_type` may be `primary_rate_limit` or `secondary_rate_limit`.
"""

from ..platform import Answer, Call, Refusal
from ..world import Transaction
from . import errors, headers, rates
from .routes import TABLE


class GitHub:
    """The service as the generic parts see it. It has no sessions, so it is no platform to `Control.on`."""

    def match(self, method: str, path: str) -> tuple[str | None, dict[str, str]]:
        """The operation of a request and the names in its path."""
        return TABLE.match(method, path)

    def perform(self, tx: Transaction, call: Call) -> Answer:
        """Checks the headers and the rate limit, then lets the operation answer."""
        headers.admit(call)
        if call.operation is None:
            raise errors.Refused(404, "Not Found")  # a method that is not there is no other thing
        route = TABLE.routes[call.operation]
        if route.limited:
            rates.check(tx, call)
        return route.handler(tx, call)

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """The error document of a refusal."""
        return errors.document(refusal, TABLE.routes[call.operation].page if call.operation else "")

    def identify(self, tx: Transaction, call: Call) -> dict[str, str]:
        """The request's id, the version, what is known of the token and of the rate limit, which counts here."""
        route = TABLE.routes.get(call.operation or "")
        counts = route is None or route.limited
        answered = {
            "x-github-request-id": call.request_id,
            "x-github-media-type": "github.v3; format=json",
            "x-github-api-version-selected": headers.version(call),
        }
        answered |= headers.of_token(tx, call, route.permission if route else None)
        return answered | rates.counted_headers(tx, call, counts=counts)

    def classify(self, operation: str | None) -> str:
        """The group of `rate_limit_per_minute`, which is GitHub's secondary limit here."""
        del operation
        return "github"
