"""Skills: a title and a row of versions (section 2.9). New content is a new version."""

import base64

from .. import clock
from ..platform import Answer, Call, records
from ..platform.multipart import Form
from ..world import JSON, Record, Transaction
from . import paging, skill_bundles, uploads
from .errors import invalid
from .kinds import SKILL_VERSIONS, SKILLS
from .skill_bundles import Bundle

_SOURCE = "custom"
PARTS = {"file", "files"}
# The name and the description of the front matter win over those of the form.
_FIELDS = ("display_title", "metadata", "type", "name", "description")


def create(tx: Transaction, call: Call) -> Answer:
    """POST /skills: the skill with its first version."""
    form = uploads.read(call, PARTS, *_FIELDS)
    if form.fields.get("type", _SOURCE) != _SOURCE:
        raise invalid(f"type: must be '{_SOURCE}'", "type")
    bundle = bundle_of(form)
    skill = {
        "display_title": form.fields.get("display_title") or bundle.name,
        "source": _SOURCE,
        "latest_version": None,
        "metadata": uploads.metadata(form),
    }
    record = records.make(tx, SKILLS, skill)
    add_version(tx, record, bundle)
    return Answer(document=record.body)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /skills; the platform's own skills are none here, and the filters take whole names (inferred)."""
    source = paging.choice(call.query, "source", _SOURCE, "qoder")
    title, name = call.query.get("display_title"), call.query.get("name")
    named = {each.body["skill_id"] for each in tx.scan(SKILL_VERSIONS.table) if each.body["name"] == name}

    def keep(body: JSON) -> bool:
        wanted = {"source": source, "display_title": title}
        return paging.passes(body, wanted) and (name is None or body["id"] in named)

    return paging.answer(tx, call, SKILLS, keep=keep)


def bundle_of(form: Form) -> Bundle:
    """What an upload brings."""
    if not form.files:
        raise invalid("files: Field required", "files")
    return skill_bundles.read(form.files)


def add_version(tx: Transaction, skill: Record, bundle: Bundle) -> JSON:
    """Stores an upload as the newest version."""
    skill.hidden["versions"] = skill.hidden.get("versions", 0) + 1
    number = str(skill.hidden["versions"])
    version = {
        "skill_id": skill.id,
        "version": number,
        "name": bundle.name,
        "description": bundle.description,
        "directory": bundle.directory,
    }
    made = records.make(tx, SKILL_VERSIONS, version, {"archive": base64.b64encode(bundle.archive).decode()})
    skill.body["latest_version"] = number
    touch(tx, skill)
    return made.body


def touch(tx: Transaction, skill: Record) -> None:
    """Stores a skill whose versions have changed; its first one moves no time."""
    if skill.hidden["versions"] > 1:
        skill.body["updated_at"] = clock.stamp(tx)
    tx.save(skill)
