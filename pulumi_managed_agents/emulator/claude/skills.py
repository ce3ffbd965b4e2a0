"""Skills: a name that holds versions (section 2.4). A new upload is a new version; the slug never changes."""

from typing import Annotated

from pydantic import StringConstraints

from .. import settings
from ..platform import Answer, Call, records
from ..platform.bodies import Closed
from ..world import JSON, Record, Transaction
from . import paging, references, schema, skill_bundles, uploads
from .kinds import SKILL_VERSIONS, SKILLS
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
    form = uploads.read(call, "files[]", "display_name")
    sent = schema.check(CreateSkill, form.fields)
    bundle = skill_bundles.read(form.files)
    fields = {
        "display_name": sent.display_name or bundle.name,
        "latest_version_id": "",
        "source": {"type": "custom"},
    }
    record = records.make(tx, SKILLS, fields, {"name": bundle.name})
    record.body["latest_version_id"] = add_version(tx, record, bundle).id
    tx.save(record)
    return Answer(document=record.body)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/skills, newest first (inferred). Those of the vendor are not among them."""
    source = call.query.get("source")
    return paging.answer(tx, call, SKILLS, maximum=1000, keep=lambda body: source in (None, body["source"]["type"]))


def add_version(tx: Transaction, record: Record, bundle: Bundle) -> Record:
    """Stores an upload; the caller makes it the newest."""
    fields = {"skill_id": record.id, "name": bundle.name, "description": bundle.description}
    return records.make(tx, SKILL_VERSIONS, fields, {"files": bundle.files})


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
    return references.resolve_known(tx, SKILLS, skill_id, path, prefix="")


def check_version(tx: Transaction, skill_id: str, version: str, path: str) -> None:
    """Refuses a version that the skill does not have."""
    record = tx.get(SKILL_VERSIONS.table, version)
    if version != LATEST and (record is None or record.body["skill_id"] != skill_id):
        raise references.missing(tx, SKILLS, f"{path}: {version!r}")
