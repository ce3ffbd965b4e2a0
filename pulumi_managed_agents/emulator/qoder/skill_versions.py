"""Versions of a skill: whole uploads that never change (section 2.9). Their numbers name them."""

import base64

from ..platform import Answer, Call, records
from ..world import Record, Transaction
from . import paging, skills, uploads
from .errors import missing
from .kinds import SKILL_VERSIONS, SKILLS


def create(tx: Transaction, call: Call) -> Answer:
    """POST /skills/{skill_id}/versions."""
    bundle = skills.bundle_of(uploads.read(call, skills.PARTS))
    return Answer(document=skills.add_version(tx, records.locate(tx, SKILLS, call), bundle))


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /skills/{skill_id}/versions/{version}."""
    return Answer(document=_find(tx, call).body)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /skills/{skill_id}/versions; the one list without first_id and last_id."""
    skill = records.locate(tx, SKILLS, call)
    wanted = {"skill_id": skill.id}
    page = paging.page(call.query, paging.stored(tx, SKILL_VERSIONS), lambda body: paging.passes(body, wanted))
    return Answer(document={name: page[name] for name in ("data", "has_more", "next_page")})


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /skills/{skill_id}/versions/{version}. The newest that is left becomes the latest (inferred)."""
    skill, version = records.locate(tx, SKILLS, call), _find(tx, call)
    records.remove(tx, version)
    left = records.owned(tx, SKILL_VERSIONS, skill.id)
    skill.body["latest_version"] = left[-1].body["version"] if left else None
    skills.touch(tx, skill)
    return records.removed(SKILL_VERSIONS, version.body["version"])


def download(tx: Transaction, call: Call) -> Answer:
    """GET /skills/{skill_id}/versions/{version}/content: a zip."""
    version = _find(tx, call)
    return Answer(content=base64.b64decode(version.hidden["archive"]), headers={"content-type": "application/zip"})


def _find(tx: Transaction, call: Call) -> Record:
    skill = records.locate(tx, SKILLS, call)
    for record in records.owned(tx, SKILL_VERSIONS, skill.id):
        if record.body["version"] == call.ids["version"]:
            return record
    raise missing(SKILL_VERSIONS.title, call.ids["version"])
