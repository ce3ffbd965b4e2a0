"""What a session mounts: GitHub repositories, files, memory stores (section 3)."""

import posixpath
import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .. import clock, github, ids, settings
from ..closed import Closed
from ..platform import Answer, Call, Refusal
from ..world import JSON, Record, Transaction
from . import files, lifecycle, paging, references, schema
from .errors import invalid, missing
from .kinds import MEMORY_STORE
from .schema import Id

WORKSPACE = "/workspace"
UPLOADS = "/mnt/session/uploads"
MAX_FILES, MAX_STORES = 500, 8
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_URL = re.compile(r"https://github\.com/[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/([A-Za-z0-9._-]{1,100})")

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


class Rotation(Closed):
    """The only change that a mounted resource takes: another token."""

    authorization_token: Token


Sent = Repository | File | MemoryStore


def fingerprints(tx: Transaction, sent: list[Sent]) -> list[str | None]:
    """The marks of the tokens that came with resources, in their places. Nothing else of a token is kept."""
    return [_mark(tx, resource, f"resources.{n}") for n, resource in enumerate(sent)]


def attach(tx: Transaction, record: Record, sent: list[Sent], marks: list[str | None], time: str) -> None:
    """Mounts resources on a new session. The caller stores the session and clones afterwards."""
    record.hidden["tokens"] = {}
    for index, (resource, mark) in enumerate(zip(sent, marks, strict=True)):
        mounted = _mounted(tx, resource, time, f"resources.{index}")
        record.body["resources"].append(mounted)
        if mark is not None:
            record.hidden["tokens"][mounted["id"]] = mark
    check_counts(record.body["resources"])
    check_paths(tx, record.body["resources"])


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


def list_all(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions/{session_id}/resources, oldest first; without a limit all of them."""
    record = lifecycle.find(tx, call.ids["session_id"])
    part = paging.window(call.query, default=None, maximum=1000, order="asc")
    items: list[paging.Item] = [(("", n), resource) for n, resource in enumerate(record.body["resources"])]
    return Answer(document=paging.page(part, paging.among(items), lambda _: True))


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions/{session_id}/resources/{resource_id}."""
    return Answer(document=_find(lifecycle.find(tx, call.ids["session_id"]), call.ids["resource_id"]))


def add(tx: Transaction, call: Call) -> Answer:
    """POST /v1/sessions/{session_id}/resources: files only."""
    sent = schema.body(File, call)
    record = _open_session(tx, call)
    resource = _mounted(tx, sent, clock.stamp(tx), "")
    record.body["resources"].append(resource)
    check_counts(record.body["resources"])
    check_paths(tx, record.body["resources"])
    tx.save(record)
    return Answer(document=resource)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/sessions/{session_id}/resources/{resource_id}: rotates a repository's token, in any live status."""
    sent = schema.body(Rotation, call)
    record = _open_session(tx, call)
    resource = _find(record, call.ids["resource_id"])
    if resource["type"] != "github_repository":
        raise invalid("Only a github_repository resource can be updated.")
    time = clock.stamp(tx)
    mark = github.fingerprint(tx, sent.authorization_token)
    resource["updated_at"] = time
    record.hidden["tokens"][resource["id"]] = mark
    tx.add_rotation(record.id, resource["id"], time, mark)
    lifecycle.clone(tx, record, resource["id"])
    tx.save(record)
    return Answer(document=resource)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /v1/sessions/{session_id}/resources/{resource_id}; a repository stays for the session's life."""
    record = _open_session(tx, call)
    resource = _find(record, call.ids["resource_id"])
    if resource["type"] == "github_repository":
        status = settings.value(tx, "repository_delete_status")
        raise Refusal(status, "A repository stays mounted for the life of its session.")
    record.body["resources"].remove(resource)
    tx.save(record)
    return Answer(document={"id": resource["id"], "type": "session_resource_deleted"})


def _mark(tx: Transaction, sent: Sent, path: str) -> str | None:
    if not isinstance(sent, Repository):
        return None
    if "authorization_token" not in sent.model_fields_set and settings.value(tx, "repository_token") == "required":
        raise invalid(f"{path}.authorization_token: Field required")
    return github.fingerprint(tx, sent.authorization_token) if sent.authorization_token else None


def _mounted(tx: Transaction, sent: Sent, time: str, path: str) -> JSON:
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
    record = references.resolve_known(tx, MEMORY_STORE, sent.memory_store_id, f"{path}.memory_store_id")
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
    found = _URL.fullmatch(url)
    if found is None or found[1].lower().endswith(".git") or found[1] in (".", ".."):
        raise invalid(f"{path}: must be https://github.com/<owner>/<repo>")
    return found[1]


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


def _open_session(tx: Transaction, call: Call) -> Record:
    record = lifecycle.find(tx, call.ids["session_id"])
    if record.body["status"] == "terminated":
        raise Refusal(settings.value(tx, "archived_refusal_status"), "The session has ended and is read-only.")
    return record


def _find(record: Record, resource_id: str) -> JSON:
    for resource in record.body["resources"]:
        if resource.get("id") == resource_id:
            found: JSON = resource
            return found
    raise missing("Resource", resource_id)
