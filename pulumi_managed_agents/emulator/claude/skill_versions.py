"""Versions of a skill: whole uploads that never change (section 2.4). `latest` names the newest."""

from .. import settings
from ..platform import Answer, Call, Refusal, records
from ..world import JSON, Record, Transaction
from . import paging, skill_bundles, skills, uploads
from .errors import invalid
from .kinds import SKILL_VERSIONS, SKILLS


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/skills/{skill_id}/versions, as multipart/form-data."""
    skill = records.locate(tx, SKILLS, call)
    bundle = skill_bundles.read(uploads.read(call, "files[]").files)
    if bundle.name != skill.hidden["name"]:
        raise invalid(f"SKILL.md: the name of this skill is {skill.hidden['name']!r} and cannot change")
    version = skills.add_version(tx, skill, bundle)
    records.change(tx, SKILLS, skill, {"latest_version_id": version.id})
    return Answer(document=version.body)


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/skills/{skill_id}/versions/{version}."""
    return Answer(document=_find(tx, call).body)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /v1/skills/{skill_id}/versions/{version}, also of one that agents are pinned to (inferred)."""
    record = _find(tx, call)
    if len(records.owned(tx, SKILL_VERSIONS, record.body["skill_id"])) == 1:
        raise Refusal(settings.value(tx, "last_skill_version_status"), "A skill holds at least one version.")
    remove(tx, record)
    return records.removed(SKILL_VERSIONS, record.id)


def remove(tx: Transaction, record: Record) -> None:
    """Takes a version away; the newest of those that are left is then the latest."""
    records.remove(tx, record)
    skill = tx.get(SKILLS.table, record.body["skill_id"])
    left = records.owned(tx, SKILL_VERSIONS, record.body["skill_id"])
    if skill is not None and left:
        records.change(tx, SKILLS, skill, {"latest_version_id": left[-1].id})


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/skills/{skill_id}/versions, newest first (inferred)."""
    skill = records.locate(tx, SKILLS, call)
    return paging.answer(tx, call, SKILL_VERSIONS, maximum=1000, keep=lambda body: body["skill_id"] == skill.id)


def shown(_: Transaction, record: Record) -> JSON:
    """A version with the hashes of its files, which no answer of the API tells."""
    return record.body | {"files": record.hidden["files"]}


def _find(tx: Transaction, call: Call) -> Record:
    skill = records.locate(tx, SKILLS, call)
    named = call.ids["version"]
    wanted = skill.body["latest_version_id"] if named == skills.LATEST else named
    return records.find(tx, SKILL_VERSIONS, wanted, skill.id)
