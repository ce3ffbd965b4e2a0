"""Who may ask a server of this machine: its programs, and the page that it shows itself.

A browser on the machine reaches the server too, for any page that its user has open. What such a page sends is known by
its `Origin`, or by what the browser says of the page that wants something (`Sec-Fetch-Site`). A name of somebody else
that leads here (rebinding) makes a page look like ours, so the name has to be this machine's own.
"""

import ipaddress
import re
from collections.abc import Mapping

PAGE = "/"
"""Where a link may lead: the page is a document, and shows itself in no frame."""

_HOST = re.compile(r"(?P<name>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_READS = ("GET", "HEAD")
_OWN_SITES = (None, "none", "same-origin")


def refusal(method: str, path: str, headers: Mapping[str, str], port: int | None = None) -> str | None:
    """Why a request is not answered; None where it is. Names of headers are in small letters.

    What port a request names does not matter: one of this machine may have been forwarded here.
    """
    where = "http://127.0.0.1" if port is None else f"http://127.0.0.1:{port}"
    if not _is_own_name(headers.get("host", "")):
        return f"This server answers under the names of this machine only: ask for {where}."
    if not (_is_own_origin(method, headers) and _is_own_site(method, path, headers)):
        return f"This server does not answer to pages of a browser: open {where} itself, or ask from a program."
    return None


def _is_own_name(host: str) -> bool:
    found = _HOST.fullmatch(host)
    name = found["name"].strip("[]").lower() if found else ""
    try:
        return name == "localhost" or name.endswith(".localhost") or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _is_own_origin(method: str, headers: Mapping[str, str]) -> bool:
    """Our page only reads: nothing that changes the world has an origin."""
    origin = headers.get("origin")
    return origin is None or (method in _READS and origin.lower() == f"http://{headers['host'].lower()}")


def _is_own_site(method: str, path: str, headers: Mapping[str, str]) -> bool:
    if headers.get("sec-fetch-site") in _OWN_SITES:
        return True
    followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return followed and path == PAGE and method in _READS
