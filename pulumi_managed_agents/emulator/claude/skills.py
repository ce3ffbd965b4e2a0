"""Skills: a name that holds versions (section 2.4). A new upload is a new version; the slug never changes."""

from typing import Annotated

from pydantic import StringConstraints

from .. import settings
from ..closed import Closed
from ..platform import Answer, Call
from ..world import JSON, Record, Transaction
from . import records, references, schema, skill_bundles, uploads
from .kinds import SKILL, SKILL_VERSION
from .skill_bundles import Bundle
from .tools import Skill

LATEST = "latest"


class CreateSkill(Closed):
    """The fields of an upload beside its files. The label is one line."""

    display_name: (
        Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")] | None
    ) = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/skills, as multipart/form-data: the skill and its first version."""
    form = uploads.form(call, "files[]", "display_name")
    sent = schema.check(CreateSkill, form.fields)
    bundle = skill_bundles.read(form.files)
    fields = {
        "display_name": sent.display_name or bundle.name,
        "latest_version_id": "",
        "source": {"type": "custom"},
    }
    record = records.make(tx, SKILL, fields, {"name": bundle.name})
    record.body["latest_version_id"] = add_version(tx, record, bundle).id
    tx.save(record)
    return Answer(document=record.body)


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/skills/{skill_id}."""
    return Answer(document=find(tx, call).body)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /v1/skills/{skill_id}, with every version."""
    record = find(tx, call)
    remove(tx, record)
    return Answer(document={"id": record.id, "type": "skill_deleted"})


def remove(tx: Transaction, record: Record) -> None:
    """Takes a skill away with its versions."""
    for version in records.belonging(tx, SKILL_VERSION, record.id):
        tx.remove(version.kind, version.id)
    tx.remove(record.kind, record.id)


def list_all(tx: Transaction, call: Call) -> Answer:
    """GET /v1/skills, newest first (inferred). Those of the vendor are not among them."""
    source = call.query.get("source")
    return records.listing(
        tx, call, SKILL.name, maximum=1000, keep=lambda body: source in (None, body["source"]["type"])
    )


def find(tx: Transaction, call: Call) -> Record:
    """The skill of a path."""
    return records.find(tx, SKILL, call.ids["skill_id"])


def add_version(tx: Transaction, record: Record, bundle: Bundle) -> Record:
    """Stores an upload; the caller makes it the newest."""
    fields = {"skill_id": record.id, "name": bundle.name, "description": bundle.description}
    return records.make(tx, SKILL_VERSION, fields, {"files": bundle.files})


def pin(tx: Transaction, sent: Skill, path: str) -> JSON:
    """A reference with its version, which the SDK's "resolved skill" suggests (inferred)."""
    record = None
    if sent.type == "custom":
        record = known(tx, sent.skill_id, f"{path}.skill_id")
    newest = settings.value(tx, "latest_skill_version") if record is None else record.body["latest_version_id"]
    pins_latest = sent.version == LATEST and settings.value(tx, "explicit_latest_skill") == "pin"
    wanted = newest if sent.version is None or pins_latest else sent.version
    if record is not None:
        check_version(tx, record.id, wanted, f"{path}.version")
    return {"type": sent.type, "skill_id": sent.skill_id, "version": wanted}


def known(tx: Transaction, skill_id: str, path: str) -> Record | None:
    """The skill of a reference; None for a made-up id of whatever form, where such are accepted."""
    return references.resolve_known(tx, SKILL, skill_id, path, prefix="")


def check_version(tx: Transaction, skill_id: str, version: str, path: str) -> None:
    """Refuses a version that the skill does not have."""
    found = tx.get(SKILL_VERSION.name, version)
    if version != LATEST and (found is None or found.body["skill_id"] != skill_id):
        raise references.missing(tx, SKILL, f"{path}: {version!r}")
