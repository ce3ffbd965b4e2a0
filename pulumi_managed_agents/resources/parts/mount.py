"""A repository as a session mounts it: the one declaration that sessions and RepositoryResource share."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal, get_args

from pydantic import AfterValidator, Field

from ...declaration.addresses import BLANKS, GITHUB, read_address, repository_at
from ...declaration.capabilities import Capabilities
from ...declaration.characters import seen_path
from ...declaration.marks import Canonical, Filled, Internal, Mark, NamesPath, Needed, NotIn, Only, Replaces, WriteOnly
from ...declaration.model import Failure, Model, described
from ...declaration.secrecy import REST_IS_OPEN
from ...declaration.secret_forms import is_like_a_token
from ...declaration.shape import Property, shape_of
from .tokens import Token, not_a_platform_s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...declaration.values import JSON, Bag, Path

HOST = GITHUB
_ELSEWHERE = f"is no repository on {HOST}"
_FORM = f"write it as `https://{HOST}/OWNER/REPOSITORY`"
_URL = re.compile(
    r"https://(?P<host>[A-Za-z0-9.-]+)/(?P<owner>[A-Za-z0-9_-]+)/(?P<name>(?!\.{1,2}\Z)[A-Za-z0-9._-]+)\Z"
)
_POINTED = "a mounted clone cannot be pointed elsewhere"
_MOVED = "a mounted clone cannot be moved"
_ONCE = "the clone happens once, when the session starts"
_ENDING = re.compile(r"(?:/|\.git|\s)+\Z", re.IGNORECASE)


def canonical_url(url: str) -> str:
    """The one spelling of a repository's address that the platform accepts, where the user's means the same."""
    address = read_address(url.strip(BLANKS))
    if address is None or address.scheme != "https" or address.user is not None or not address.rest.startswith("/"):
        return url
    return f"https://{address.server}/{_ENDING.sub('', address.rest[1:])}"


def address_key(url: str) -> str:
    """What tells whether two addresses name one repository: owners and names are the same in any case."""
    return canonical_url(url).lower()


def same_address(one: JSON, other: JSON) -> bool:
    """Whether two addresses, or what stands in their place, name one repository."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or address_key(one) == address_key(other)
    return bool(one == other)


def is_repository(url: str) -> bool:
    """Whether a text is the address of a repository, in its one spelling."""
    return _URL.match(url) is not None


def _repository_url(url: str) -> str:
    if _URL.match(url):
        return url
    raise ValueError(f"{_url_problem(url)}: {_FORM}")


def _url_problem(url: str) -> str:
    if "@" in url and "://" in url and not url.startswith("ssh:"):
        return "must not hold a user name or password (the token belongs in `authorizationToken`)"
    if url.startswith(("ssh:", "git@", "git:")) or re.match(r"[^/]+@[^/]+:", url):
        return "is an SSH address, and only HTTPS is cloned"
    if url.startswith("http://"):
        return "is plain HTTP, and only HTTPS is cloned"
    page = _PAGE.match(url)
    if page:
        return f"is a page of a repository: {_PAGES.get(page['what'], _OTHER_PAGE)}"
    if url.lower().startswith("https://"):
        return _ELSEWHERE
    return "is no address of a repository"


_PAGE = re.compile(rf"https://{re.escape(HOST)}/[^/?#]+/[^/?#]+/(?P<what>[a-z]+)/")
_PAGES: Mapping[str, str] = {
    **dict.fromkeys(
        ("tree", "blob"), 'name the branch in `checkout` (`{type: "branch", name: "BRANCH"}`), and the repository here'
    ),
    "commit": 'name the commit in `checkout` (`{type: "commit", sha: "SHA"}`), and the repository here',
}
_OTHER_PAGE = "name the repository here, and what to check out in `checkout`"


def _mount_path(path: str) -> str:
    if not path.startswith("/"):
        message = "must be absolute"
        raise ValueError(message)
    if ".." in path.split("/"):
        message = "must not contain `..`"
        raise ValueError(message)
    return seen_path(path)


def canonical_path(path: str) -> str:
    """The path without doubled or trailing slashes."""
    return posixpath.normpath(path).replace("//", "/") if path.startswith("/") and ".." not in path else path


class BranchCheckout(Model):
    """Check out the tip of a branch."""

    type: Annotated[Literal["branch"], described("A branch.")]
    name: Annotated[str, described("The branch's name.", min_length=1, max_length=255)]


class CommitCheckout(Model):
    """Check out one commit."""

    type: Annotated[Literal["commit"], described("A commit.")]
    sha: Annotated[
        str,
        Canonical(str.lower, "letters' case makes no difference"),
        described("The commit's SHA, in full.", min_length=7, max_length=64, pattern=r"^[0-9a-fA-F]+$"),
    ]


MountPath = Annotated[
    str | None,
    NamesPath(),
    Canonical(canonical_path, "doubled and trailing slashes make no difference"),
    AfterValidator(_mount_path),
    Filled(),
    Replaces(_MOVED),
    described("Where the clone is (default: a folder named after the repository).", min_length=1, max_length=4096),
]

Checkout = Annotated[
    Annotated[BranchCheckout | CommitCheckout, Field(discriminator="type")] | None,
    Replaces(_ONCE),
    described("What to check out (default: the repository's default branch)."),
]


_CHECKOUT_IT = 'write `checkout` (`{type: "branch", name: "BRANCH"}`, or `{type: "commit", sha: "SHA"}`)'
_NO_SUCH_CLONE = "no platform has a switch for it"

NOT_OF_A_MOUNT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("branch", "ref", "commit", "sha", "tag", "revision"), _CHECKOUT_IT),
    **dict.fromkeys(
        ("depth", "fetchDepth", "cloneDepth", "shallow", "singleBranch", "sparse", "sparseCheckout", "filter"),
        f"{_NO_SUCH_CLONE}: repositories are cloned in full, with their history",
    ),
    **dict.fromkeys(
        ("submodules", "recursive", "recurseSubmodules"),
        f"{_NO_SUCH_CLONE}: mount each of them as a repository of its own, or tell the agent to run "
        "`git submodule update --init` with a token that reads them too",
    ),
    "lfs": f"{_NO_SUCH_CLONE}: tell the agent to run `git lfs pull`",
    **dict.fromkeys(
        ("token", "authToken", "githubToken", "accessToken", "password"), "did you mean `authorizationToken`?"
    ),
    **dict.fromkeys(("path", "directory", "destination"), "did you mean `mountPath`?"),
}
"""What git, pipelines and other tools have for a clone."""


REPOSITORIES_NEED_A_CLOUD = NotIn(
    ("self-hosted",), "clone it in the worker, with `git` and a token that the worker has", inferred=True
)
"""On the hosted service they are cloned into environments of the cloud only, and a server of one's own has none."""


class RepositoryMount(Model):
    """A repository, where it is mounted, and the token that clones it."""

    absent: ClassVar[Mapping[str, str]] = NOT_OF_A_MOUNT

    url: Annotated[
        str,
        Canonical(
            canonical_url, "letters' case, the usual port, a trailing slash and `.git` make no difference", address_key
        ),
        AfterValidator(_repository_url),
        Replaces(_POINTED),
        described(
            f"The repository, as `https://{HOST}/OWNER/REPOSITORY`. A trailing slash or `.git` is removed.",
            min_length=1,
            max_length=2048,
        ),
    ]
    mount_path: MountPath = None
    checkout: Checkout = None
    authorization_token: Annotated[
        Annotated[Token, AfterValidator(not_a_platform_s)] | None,
        WriteOnly("sent and never returned; rotated on the running session"),
        Needed("nothing is cloned without a token there, even for a public repository", "sessionId", on="qoder"),
        Replaces("a token cannot be taken back from a running session", when="removed"),
        described(
            "GitHub token that clones the repository; needed for private ones. A fine-grained token with "
            "Contents: Read (and write, to push) is best.",
            min_length=1,
            max_length=4096,
        ),
    ] = None

    @classmethod
    def complete(cls, value: Bag, capabilities: Capabilities) -> Bag:
        """Fills the mount path where the platform documents its default."""
        match = _URL.match(value["url"]) if isinstance(value.get("url"), str) else None
        clones = match is not None and capabilities.repository_host in (None, match["host"])
        if value.get("mountPath") is None and match and clones and capabilities.mount_root:
            return {**value, "mountPath": f"{capabilities.mount_root}/{match['name']}"}
        return value


class RepositoryEntry(RepositoryMount):
    """A repository: what `RepositoryResource.mount` gives."""

    membership: ClassVar[Mark | None] = Replaces("a repository is attached when the session is created, for its life")

    type: Annotated[
        Literal["github_repository"],
        replace(REPOSITORIES_NEED_A_CLOUD, values=("github_repository",)),
        described("A repository."),
    ]
    rest_is_open: Annotated[
        bool | None,
        Internal("programs' hosts mark an object with a secret inside as a whole"),
        described("Whether its token is all that is secret in it; said by `RepositoryResource.mount`."),
    ] = None

    @classmethod
    def complete(cls, value: Bag, capabilities: Capabilities) -> Bag:
        """The same, without what the marks have been read by."""
        completed = super().complete(value, capabilities)
        return {wire: item for wire, item in completed.items() if wire != REST_IS_OPEN}


def _git_url(url: str) -> str:
    address = read_address(url)
    if address is None or not address.user or address.password is not None or repository_at(url) is None:
        message = "must be an HTTPS address with a user name and no password: `https://USER@HOST/PATH`"
        raise ValueError(message)
    if is_like_a_token(address.user):
        message = "must not hold a token as its user name: write the token as `password`, and a name such as `git` here"
        raise ValueError(message)
    return url


class GitRepositoryEntry(Model):
    """A repository on any git server."""

    membership: ClassVar[Mark | None] = RepositoryEntry.membership

    type: Annotated[
        Literal["git_repository"],
        Only("qoder", "mount it from GitHub, as `github_repository`", values=("git_repository",)),
        described("A repository on any git server."),
    ]
    url: Annotated[
        str,
        AfterValidator(_git_url),
        Replaces(_POINTED),
        described("The address, with the user name in it: `https://USER@HOST/PATH`.", min_length=1, max_length=2048),
    ]
    mount_path: MountPath = None
    checkout: Checkout = None
    password: Annotated[
        str | None,
        WriteOnly("sent and never returned; rotated on the running session"),
        Replaces("a password cannot be taken back from a running session", when="removed"),
        described("Password or token that clones the repository.", min_length=1, max_length=4096),
    ] = None


def _clone_token(entry: type[Model]) -> Property:
    return next(prop for prop in shape_of(entry).properties.values() if prop.mark(WriteOnly))


CLONE_TOKENS: Mapping[str, Property] = {
    tag: _clone_token(entry)
    for entry in (RepositoryEntry, GitRepositoryEntry)
    for tag in get_args(entry.model_fields["type"].annotation)
}
"""What clones each type of repository, by the entry's `type`."""


def mount_rules(mount: JSON, path: Path, capabilities: Capabilities) -> Iterator[Failure]:
    """A repository is where the platform clones from, and its mount path inside the platform's workspace."""
    address = _URL.match(mount["url"]) if isinstance(mount, dict) and isinstance(mount.get("url"), str) else None
    if address and capabilities.repository_host not in (None, address["host"]):
        other = f" ({capabilities.other_hosts})" if capabilities.other_hosts else ""
        yield Failure(
            (*path, "url"), f"{_ELSEWHERE}, and {capabilities.platform} clones from nowhere else{other}: {_FORM}"
        )
    place = mount.get("mountPath") if isinstance(mount, dict) else None
    root = capabilities.mount_root
    if isinstance(place, str) and root and place.startswith("/") and not place.startswith(f"{root}/"):
        yield Failure((*path, "mountPath"), f"is outside the workspace: {capabilities.platform} mounts below `{root}/`")
