"""What stands in front of a platform in its places: in which words it refuses, and what to do about that.

The gateway of AWS answers `{"message"}` or `{"Message"}` with the type in a header or `__type`, or in XML; Google Cloud
`{"error": {code, message, status}}`. None of it is the platform's envelope, and without it nobody finds the fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.platform import PlaceKey
    from ..declaration.values import Bag
    from ..transport.exchange import Answer

REQUEST_IDS: Final = ("request-id", "x-amzn-requestid")
"""Headers that name a request."""

_TYPE: Final = "x-amzn-errortype"


def said(answer: Answer, error: Bag) -> tuple[str, str]:
    """The type and the words of an error, as far as it has them; `error` is what the platform's envelope would hold."""
    body = answer.body if isinstance(answer.body, dict) else {}
    kinds = (error.get("type"), error.get("status"), answer.headers.get(_TYPE), body.get("__type"), body.get("Code"))
    texts = (error.get("message"), body.get("message"), body.get("Message"))
    kind = _first(kinds).partition(":")[0].rpartition("#")[2]
    return kind or "error", _first(texts) or "the answer is not in the platform's form"


def _first(found: tuple[object, ...]) -> str:
    return next((each for each in found if isinstance(each, str) and each), "")


ADVICE: Final[Mapping[PlaceKey, Mapping[int, str]]] = {
    "self-hosted": {403: "{key} has no role on your server that may do this: it takes `developer` or `admin`."},
    "aws": {
        403: (
            "Allow the action of `aws-external-anthropic` to who asks ({key}), for this workspace. A signature is good "
            "for minutes: where it is refused, look at this machine's clock. What AWS lacks, it refuses so too."
        )
    },
    "google-cloud": {
        401: (
            "Check {key}: an access token of Google Cloud lives for an hour, and `gcloud auth print-access-token` "
            "gives another."
        ),
        403: "Check the role of who asks ({key}), and that `claude.googleapis.com` is enabled in the project.",
    },
}
"""What to do about a refusal, where a place has other reasons than a key of the hosted service."""
