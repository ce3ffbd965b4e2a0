"""The addresses of repositories, and the names of the places they are cloned to (section 3)."""

from urllib.parse import SplitResult, urlsplit, urlunsplit

from .errors import Refused, invalid

GITHUB, GIT = "github_repository", "git_repository"
_SUFFIX = ".git"
_OWNER_AND_NAME = 2


def name(url: str, kind: str, param: str) -> str:
    """The repository's name, if the address has the form that its kind asks for.

    Any host will do, as GitHub Enterprise has no field of its own. A generic address names the user, and none holds a
    password. The address is never quoted: it may hold a credential.
    """
    refusal = invalid(f"{param}: must be an https address of a repository", param)
    parts = _split(url, refusal)
    segments = parts.path.strip("/").split("/")
    if parts.password is not None or len(segments) < _OWNER_AND_NAME or not all(segments):
        raise refusal
    if kind == GIT and not parts.username:
        raise invalid(f"{param}: must contain the user name", param)
    if kind == GITHUB and parts.username is not None:
        raise refusal
    last = segments[-1].removesuffix(_SUFFIX)
    if last in ("", ".", ".."):
        raise refusal
    return last


def plain(url: str) -> str:
    """The address without the user's name."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _split(url: str, refusal: Refused) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        raise refusal from None
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise refusal
    if not url.isascii() or any(character <= " " for character in url):
        raise refusal
    return parts
