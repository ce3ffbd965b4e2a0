"""GitHub's refusals: a message, the page that documents the operation, and the status once more as text.

A refusal of one of the KINDS has its own words; a fault rule asks for them by its `error_type`.
"""

from ..platform import Answer, Refusal

DOCS = "https://docs.github.com/rest"
USER_AGENT, PRIMARY, SECONDARY = "user_agent", "primary_rate_limit", "secondary_rate_limit"
_LIMITS_PAGE = "/overview/rate-limits-for-the-rest-api"
_AGENT = "https://docs.github.com/rest/overview/resources-in-the-rest-api#user-agent-required"

KINDS = {
    USER_AGENT: (
        f"Request forbidden by administrative rules. Please make sure your request has a User-Agent header ({_AGENT}).",
        "",
    ),
    PRIMARY: ("API rate limit exceeded for this caller.", _LIMITS_PAGE),
    SECONDARY: (
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        f"{_LIMITS_PAGE}#about-secondary-rate-limits",
    ),
}


class Refused(Refusal):
    """A refusal that names a page of its own, below the REST documentation or elsewhere, not the operation's."""

    def __init__(self, status: int, message: str, page: str = "", **headers: str) -> None:
        super().__init__(status, message, **headers)
        self.page = page


def document(refusal: Refusal, page: str) -> Answer:
    """The answer of a refusal. A 429 that says nothing else is the secondary limit."""
    page = refusal.page if isinstance(refusal, Refused) else page
    kind = refusal.kind or (SECONDARY if refusal.status == 429 else "")  # noqa: PLR2004 - HTTP
    message, page = KINDS.get(kind, (refusal.message, page))
    if kind == USER_AGENT:
        # The one refusal that comes from before the API, as a page.
        return Answer(refusal.status, content=f"{message}\n".encode(), headers={"content-type": "text/html"})
    headers = refusal.headers | ({"x-ratelimit-remaining": "0"} if kind == PRIMARY else {})
    address = page if page.startswith("https:") else DOCS + page
    body = {"message": message, "documentation_url": address, "status": str(refusal.status)}
    return Answer(refusal.status, body, headers)


def bad_credentials() -> Refusal:
    """A credential that nobody knows, or that is dead."""
    return Refused(401, "Bad credentials")


def not_found() -> Refusal:
    """What is not there, and what is not to be seen: GitHub does not tell them apart."""
    return Refusal(404, "Not Found")


def suspended() -> Refusal:
    """An installation that its account has suspended."""
    return Refusal(403, "This installation has been suspended")


def invalid(field: str, expected: str) -> Refusal:
    """A member of a body with the wrong type. What was sent is not quoted."""
    return Refusal(422, f"Invalid request.\n\nFor '{field}', the value is not {expected}.")
