"""What a session mounts: repositories, files, memory stores (sections 2.4 and 3)."""

import posixpath
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .. import github, settings
from ..platform.bodies import Closed
from ..world import JSON, Record, Transaction
from . import files, ids, references, repositories
from .errors import INVALID, Refused, invalid
from .kinds import FILES, MEMORY_STORES
from .schema import Id

UPLOADS = "/mnt/session/uploads"
MEMORIES = "/mnt/memory"
REPOSITORIES = (repositories.GITHUB, repositories.GIT)

MountPath = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
Url = Annotated[str, StringConstraints(min_length=1, max_length=2048)]
Secret = Annotated[str, StringConstraints(min_length=1)]


class Branch(Closed):
    """A branch to check out."""

    type: Literal["branch"]
    name: Annotated[str, StringConstraints(min_length=1)]


class Commit(Closed):
    """A commit to check out."""

    type: Literal["commit"]
    sha: Annotated[str, StringConstraints(min_length=1)]


Checkout = Annotated[Branch | Commit, Field(discriminator="type")]


class GithubRepository(Closed):
    """A repository that is cloned with a GitHub token."""

    type: Literal["github_repository"]
    url: Url
    authorization_token: Secret | None = None
    mount_path: MountPath | None = None
    checkout: Checkout | None = None


class GitRepository(Closed):
    """A repository elsewhere: the address names the user, the password comes beside it."""

    type: Literal["git_repository"]
    url: Url
    password: Secret | None = None
    mount_path: MountPath | None = None
    checkout: Checkout | None = None


class File(Closed):
    """An uploaded file."""

    type: Literal["file"]
    file_id: Id
    mount_path: MountPath | None = None


class MemoryStore(Closed):
    """A memory store."""

    type: Literal["memory_store"]
    memory_store_id: Id
    access: Literal["read_write", "read_only"] | None = None
    instructions: str | None = None


AnyResource = GithubRepository | GitRepository | File | MemoryStore
Resource = Annotated[AnyResource, Field(discriminator="type")]
Fingerprint = str | None
"""The salted fingerprint of a token, where there is one. Tokens themselves go no further than `fingerprints`."""


def fingerprints(tx: Transaction, sent: list[AnyResource]) -> list[Fingerprint]:
    """The fingerprints of the tokens that came with resources."""
    return [_fingerprint(tx, resource, f"resources.{index}") for index, resource in enumerate(sent)]


def _fingerprint(tx: Transaction, sent: AnyResource, path: str) -> Fingerprint:
    if isinstance(sent, GitRepository):
        return None if sent.password is None else github.fingerprint(tx, sent.password)
    if not isinstance(sent, GithubRepository):
        return None
    if sent.authorization_token is None and settings.value(tx, "qoder_repository_token") == "required":
        raise invalid(f"{path}.authorization_token: Field required", f"{path}.authorization_token")
    return None if sent.authorization_token is None else github.fingerprint(tx, sent.authorization_token)


def attach(tx: Transaction, record: Record, sent: list[AnyResource], tokens: list[Fingerprint], time: str) -> None:
    """Mounts resources on a new session. The caller stores the session and clones afterwards."""
    record.hidden["tokens"] = {}
    for index, (resource, token) in enumerate(zip(sent, tokens, strict=True)):
        mounted = mount(tx, record.body["resources"], resource, time, f"resources.{index}.")
        record.body["resources"].append(mounted)
        if token is not None:
            record.hidden["tokens"][mounted["id"]] = token


def repositories_of(record: Record) -> list[tuple[JSON, Fingerprint]]:
    """The repositories of a session with the fingerprints of their tokens."""
    tokens = record.hidden["tokens"]
    resources = record.body["resources"]
    return [(resource, tokens.get(resource["id"])) for resource in resources if resource["type"] in REPOSITORIES]


def check(tx: Transaction, sent: list[AnyResource]) -> None:
    """Refuses what could not be mounted together."""
    mounted: list[JSON] = []
    for index, resource in enumerate(sent):
        mounted.append(mount(tx, mounted, resource, "", f"resources.{index}."))


def mount(tx: Transaction, mounted: list[JSON], sent: AnyResource, time: str, path: str = "") -> JSON:
    """One more resource beside those that are mounted."""
    resource: JSON = {"id": ids.new(tx, "sesr_"), "type": sent.type}
    if isinstance(sent, File):
        resource |= _file(tx, mounted, sent, path)
    elif isinstance(sent, MemoryStore):
        resource |= _store(tx, sent, path)
    else:
        resource |= _repository(tx, sent, path)
    _check_path(tx, mounted, resource, path)
    return resource | {"created_at": time, "updated_at": time}


def _repository(tx: Transaction, sent: GithubRepository | GitRepository, path: str) -> JSON:
    name = repositories.name(sent.url, sent.type, f"{path}url")
    root = settings.value(tx, "qoder_mount_root")
    return {
        "url": sent.url,
        "mount_path": sent.mount_path or posixpath.join(root, name),
        "checkout": None if sent.checkout is None else sent.checkout.sent(),
    }


def _file(tx: Transaction, mounted: list[JSON], sent: File, path: str) -> JSON:
    file = references.resolve(tx, FILES, sent.file_id, f"{path}file_id")
    files.settle(tx, file)
    if file.body["status"] != "ready":
        raise _unmountable(f"File '{file.id}' is not ready.", f"{path}file_id")
    if any(resource.get("file_id") == file.id for resource in mounted):
        raise _unmountable(f"File '{file.id}' is already attached.", f"{path}file_id")
    return {"file_id": file.id, "mount_path": sent.mount_path or f"{UPLOADS}/{file.id}"}


def _store(tx: Transaction, sent: MemoryStore, path: str) -> JSON:
    store = references.resolve(tx, MEMORY_STORES, sent.memory_store_id, f"{path}memory_store_id")
    return {
        "memory_store_id": store.id,
        "access": sent.access or "read_write",
        "instructions": sent.instructions,
        "name": store.body["name"],
        "description": store.body["description"],
        "mount_path": f"{MEMORIES}/{store.id}",
    }


def _check_path(tx: Transaction, mounted: list[JSON], resource: JSON, path: str) -> None:
    place = resource["mount_path"]
    if not place.startswith("/") or ".." in place.split("/"):
        raise invalid(f"{path}mount_path: must be an absolute path", f"{path}mount_path")
    taken = {posixpath.normpath(each["mount_path"]) for each in mounted}
    if posixpath.normpath(place) in taken and settings.value(tx, "duplicate_mount_path") == "refuse":
        raise invalid(f"{path}mount_path: is used twice", f"{path}mount_path")


def _unmountable(message: str, param: str) -> Refused:
    """Documented: 409, and yet the type of a bad request."""
    return Refused(409, message, param, INVALID)
