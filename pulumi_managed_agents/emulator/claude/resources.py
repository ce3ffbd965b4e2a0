"""What a session mounts: GitHub repositories, files, memory stores (section 3)."""

import posixpath
import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .. import github, ids, settings
from ..platform.bodies import Closed
from ..world import JSON, Record, Transaction
from . import files, references
from .errors import invalid
from .kinds import MEMORY_STORES
from .schema import Id

WORKSPACE = "/workspace"
UPLOADS = "/mnt/session/uploads"
MAX_FILES, MAX_STORES = 500, 8
REPOSITORY = "github_repository"
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_URL = re.compile(r"https://github\.com/[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})/([A-Za-z0-9._-]{1,100})")

MountPath = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=4096)]


class Branch(Closed):
    """A branch to check out."""

    type: Literal["branch"]
    name: Annotated[str, StringConstraints(min_length=1, max_length=255)]


class Commit(Closed):
    """A commit to check out."""

    type: Literal["commit"]
    sha: Annotated[str, StringConstraints(min_length=7, max_length=64)]


class Repository(Closed):
    """A GitHub repository."""

    type: Literal["github_repository"]
    url: Annotated[str, StringConstraints(min_length=1, max_length=2048)]
    authorization_token: Token = ""
    mount_path: MountPath | None = None
    checkout: Annotated[Branch | Commit, Field(discriminator="type")] | None = None


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
    instructions: Annotated[str, StringConstraints(max_length=4096)] | None = None


Resource = Annotated[Repository | File | MemoryStore, Field(discriminator="type")]


Sent = Repository | File | MemoryStore


def fingerprints(tx: Transaction, sent: list[Sent]) -> list[str | None]:
    """The fingerprints of the tokens that came with resources, in their places. Nothing else of a token is kept."""
    return [_fingerprint(tx, resource, f"resources.{n}") for n, resource in enumerate(sent)]


def attach(tx: Transaction, record: Record, sent: list[Sent], tokens: list[str | None], time: str) -> None:
    """Mounts resources on a new session. The caller stores the session and clones afterwards."""
    record.hidden["tokens"] = {}
    for index, (resource, token) in enumerate(zip(sent, tokens, strict=True)):
        mounted = mount(tx, resource, time, f"resources.{index}")
        record.body["resources"].append(mounted)
        if token is not None:
            record.hidden["tokens"][mounted["id"]] = token
    check_counts(record.body["resources"])
    check_paths(tx, record.body["resources"])


def repositories_of(record: Record) -> list[tuple[JSON, str | None]]:
    """The repositories of a session or a deployment with the fingerprints of their tokens."""
    tokens = record.hidden["tokens"]
    resources = enumerate(record.body["resources"])
    return [
        (resource, tokens[index] if isinstance(tokens, list) else tokens.get(resource["id"]))
        for index, resource in resources
        if resource["type"] == REPOSITORY
    ]


def check_counts(mounted: list[JSON]) -> None:
    """The caps of a session."""
    kinds = [resource["type"] for resource in mounted]
    if kinds.count("file") > MAX_FILES:
        raise invalid(f"resources: at most {MAX_FILES} files")
    if kinds.count("memory_store") > MAX_STORES:
        raise invalid(f"resources: at most {MAX_STORES} memory stores")


def check_paths(tx: Transaction, mounted: list[JSON]) -> None:
    """Two mounts cannot share a place; undocumented, hence a setting."""
    paths = [posixpath.normpath(resource["mount_path"]) for resource in mounted if resource["type"] != "memory_store"]
    if len(set(paths)) != len(paths) and settings.value(tx, "duplicate_mount_path") == "refuse":
        raise invalid("resources: mount_path is used twice")


def _fingerprint(tx: Transaction, sent: Sent, path: str) -> str | None:
    if not isinstance(sent, Repository):
        return None
    if "authorization_token" not in sent.model_fields_set and settings.value(tx, "repository_token") == "required":
        raise invalid(f"{path}.authorization_token: Field required")
    return github.fingerprint(tx, sent.authorization_token) if sent.authorization_token else None


def mount(tx: Transaction, sent: Sent, time: str, path: str) -> JSON:
    """A resource as a session shows it."""
    if isinstance(sent, MemoryStore):
        return _mounted_store(tx, sent, path)
    stamps = {"created_at": time, "updated_at": time}
    shown = _mounted_repository(sent, path) if isinstance(sent, Repository) else _mounted_file(tx, sent, path)
    return {"id": ids.new(tx, "sesrsc_"), "type": sent.type} | shown | stamps


def _mounted_file(tx: Transaction, sent: File, path: str) -> JSON:
    files.attach(tx, sent.file_id, f"{path}.file_id".lstrip("."))
    return {"file_id": sent.file_id, "mount_path": _upload_path(sent.mount_path or sent.file_id)}


def _mounted_repository(sent: Repository, path: str) -> JSON:
    return {
        "url": sent.url,
        "mount_path": workspace_path(sent, path),
        # Without a checkout the echo is null: the default branch is not resolved (inferred).
        "checkout": sent.checkout.model_dump() if sent.checkout else None,
    }


def _mounted_store(tx: Transaction, sent: MemoryStore, path: str) -> JSON:
    """A store as it is now. It has no resource id; for one that nobody made, its id stands in for the name."""
    record = references.resolve_known(tx, MEMORY_STORES, sent.memory_store_id, f"{path}.memory_store_id")
    name = sent.memory_store_id if record is None else record.body["name"]
    slug = name if record is None else _NO_SLUG.sub("-", name.lower())
    return {
        "type": "memory_store",
        "memory_store_id": sent.memory_store_id,
        "access": sent.access or "read_write",
        "instructions": sent.instructions,
        "name": name,
        "description": "" if record is None else record.body["description"],
        "mount_path": f"/mnt/memory/{slug}",
    }


def _repository_name(url: str, path: str) -> str:
    """The documented form and nothing else. The address is not quoted: it may hold a credential."""
    match = _URL.fullmatch(url)
    if match is None or match[1].lower().endswith(".git") or match[1] in (".", ".."):
        raise invalid(f"{path}: must be https://github.com/<owner>/<repo>")
    return match[1]


def workspace_path(sent: Repository, path: str = "") -> str:
    """Where a repository is mounted."""
    name = _repository_name(sent.url, f"{path}.url")
    mount_path = f"{WORKSPACE}/{name}" if sent.mount_path is None else sent.mount_path
    if not posixpath.normpath(mount_path).startswith(f"{WORKSPACE}/") or ".." in mount_path.split("/"):
        raise invalid(f"{path}.mount_path: must be a directory under {WORKSPACE}")
    return mount_path


def _upload_path(mount_path: str) -> str:
    rooted = posixpath.normpath("/" + mount_path.removeprefix(UPLOADS + "/"))
    return UPLOADS + "/" + rooted.lstrip("/")
