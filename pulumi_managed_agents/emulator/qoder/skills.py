"""Skills: a title and a row of versions (section 2.9). New content is a new version."""

import base64

from .. import clock
from ..platform import Answer, Call
from ..world import JSON, Record, Transaction
from . import bundles, forms, paging, records
from .bundles import Bundle
from .errors import invalid, missing
from .forms import Form
from .kinds import SKILL_VERSIONS, SKILLS

_SOURCE = "custom"
_PARTS = {"file", "files"}
# The name and the description of the front matter win over those of the form.
_FIELDS = {"display_title", "metadata", "type", "name", "description"}


def create(tx: Transaction, call: Call) -> Answer:
    """POST /skills: the skill with its first version."""
    form = forms.read(call, _FIELDS, _PARTS)
    if form.fields.get("type", _SOURCE) != _SOURCE:
        raise invalid(f"type: must be '{_SOURCE}'", "type")
    bundle = _bundle(form)
    skill = {
        "display_title": form.fields.get("display_title") or bundle.name,
        "source": _SOURCE,
        "latest_version": None,
        "metadata": forms.metadata(form),
    }
    record = records.make(tx, SKILLS, skill)
    _add_version(tx, record, bundle)
    return Answer(document=record.body)


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /skills/{skill_id}."""
    return Answer(document=_skill(tx, call).body)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /skills/{skill_id} with all its versions. Agents that use it are not changed."""
    record = _skill(tx, call)
    for version in records.owned(tx, SKILL_VERSIONS, record.id):
        tx.remove(SKILL_VERSIONS.table, version.id)
    tx.remove(SKILLS.table, record.id)
    return records.deleted(SKILLS, record.id)


def list_all(tx: Transaction, call: Call) -> Answer:
    """GET /skills; the platform's own skills are none here, and the filters take whole names (inferred)."""
    source = paging.choice(call.query, "source", _SOURCE, "qoder")
    title, name = call.query.get("display_title"), call.query.get("name")
    named = {each.body["skill_id"] for each in tx.scan(SKILL_VERSIONS.table) if each.body["name"] == name}

    def keep(body: JSON) -> bool:
        wanted = {"source": source, "display_title": title}
        return paging.passes(body, wanted) and (name is None or body["id"] in named)

    return records.listed(tx, call, SKILLS, keep, bounds=())


def create_version(tx: Transaction, call: Call) -> Answer:
    """POST /skills/{skill_id}/versions."""
    bundle = _bundle(forms.read(call, set(), _PARTS))
    return Answer(document=_add_version(tx, _skill(tx, call), bundle))


def retrieve_version(tx: Transaction, call: Call) -> Answer:
    """GET /skills/{skill_id}/versions/{version}."""
    return Answer(document=_version(tx, call).body)


def list_versions(tx: Transaction, call: Call) -> Answer:
    """GET /skills/{skill_id}/versions; the one list without first_id and last_id."""
    skill = _skill(tx, call)
    wanted = {"skill_id": skill.id}
    page = paging.page(call.query, paging.stored(tx, SKILL_VERSIONS.table), lambda body: paging.passes(body, wanted))
    return Answer(document={name: page[name] for name in ("data", "has_more", "next_page")})


def delete_version(tx: Transaction, call: Call) -> Answer:
    """DELETE /skills/{skill_id}/versions/{version}. The newest that is left becomes the latest (inferred)."""
    skill, version = _skill(tx, call), _version(tx, call)
    tx.remove(SKILL_VERSIONS.table, version.id)
    left = records.owned(tx, SKILL_VERSIONS, skill.id)
    skill.body["latest_version"] = left[-1].body["version"] if left else None
    _touch(tx, skill)
    return records.deleted(SKILL_VERSIONS, version.body["version"])


def download(tx: Transaction, call: Call) -> Answer:
    """GET /skills/{skill_id}/versions/{version}/content: a zip."""
    version = _version(tx, call)
    return Answer(content=base64.b64decode(version.hidden["archive"]), headers={"content-type": "application/zip"})


def _bundle(form: Form) -> Bundle:
    if not form.files:
        raise invalid("files: Field required", "files")
    return bundles.read(form.files)


def _add_version(tx: Transaction, skill: Record, bundle: Bundle) -> JSON:
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
    _touch(tx, skill)
    return made.body


def _touch(tx: Transaction, skill: Record) -> None:
    if skill.hidden["versions"] > 1:
        skill.body["updated_at"] = clock.stamp(tx)
    tx.save(skill)


def _skill(tx: Transaction, call: Call) -> Record:
    return records.find(tx, SKILLS, call.ids["skill_id"])


def _version(tx: Transaction, call: Call) -> Record:
    skill = _skill(tx, call)
    for record in records.owned(tx, SKILL_VERSIONS, skill.id):
        if record.body["version"] == call.ids["version"]:
            return record
    raise missing(SKILL_VERSIONS.title, call.ids["version"])
