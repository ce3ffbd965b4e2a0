"""Skill: a folder of instructions that agents load. New content is a new version of the same skill."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Final

from ..declaration.addresses import names_user
from ..declaration.characters import unseen_in_path
from ..declaration.marks import Always, ByDigest, Digest, Local, NamesPath, Only, Replaces
from ..declaration.model import Inputs, Outputs, described
from ..declaration.prose import read_prose
from ..declaration.values import without_nulls
from ..errors import CallFailed, FileProblem
from ..lifecycle.alike import Before, told
from ..lifecycle.doubts import DOUBT, done_once
from ..lifecycle.effects import novel
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle
from ..lifecycle.outputs import carried_over
from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Contents, Novelty, Operation, State, Upload
from .parts.including import Including
from .parts.metadata import Metadata
from .parts.moments import CreatedAt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..comparison.change import Change
    from ..declaration.content import Content
    from ..declaration.form import Form
    from ..declaration.marks import Files
    from ..declaration.values import Bag
    from ..lifecycle.steps import Effect, Steps


LARGEST: Final = 30_000_000
"""Bytes of a skill's files in all: the platform takes less than 30 MB."""

MOST_FILES: Final = 1000
LONGEST_NAME: Final = 64
LONGEST_DESCRIPTION: Final = 1024
RESERVED: Final = ("anthropic", "claude")
"""Words that a skill's name must not hold."""

_NAME = re.compile(rf"[a-z0-9-]{{1,{LONGEST_NAME}}}\Z")


def _folder(inputs: Bag, files: Files) -> Mapping[str, Content]:
    """The files of a skill, when it has all that the platform asks of one."""
    problem = unseen_in_path(inputs["path"])
    if problem:
        raise FileProblem(problem)
    if names_user(inputs["path"]):
        raise FileProblem("names an address with a user name or password: your own git has its credentials")
    tree = files.tree(inputs["path"], LARGEST - 1, inputs.get("including") or ())
    if len(tree) > MOST_FILES:
        raise FileProblem(f"names a folder with {len(tree)} files: at most {MOST_FILES} are accepted")
    if "SKILL.md" not in tree:
        raise FileProblem("names a folder without a file `SKILL.md` at its top")
    _front(tree)
    return tree


def _front(tree: Mapping[str, Content]) -> str:
    """The name in the front matter of `SKILL.md`."""
    front, _ = read_prose(tree["SKILL.md"].read())
    name, description = front.get("name"), front.get("description")
    problem = None
    if not isinstance(name, str) or not _NAME.match(name):
        problem = f"needs a `name` of at most {LONGEST_NAME} lower-case letters, digits and hyphens"
    elif any(word in name for word in RESERVED):
        problem = f"has a `name` with a reserved word ({' or '.join(RESERVED)})"
    elif not isinstance(description, str) or not 0 < len(description) <= LONGEST_DESCRIPTION:
        problem = f"needs a `description` of at most {LONGEST_DESCRIPTION} characters"
    if problem:
        raise FileProblem(f"names a folder whose `SKILL.md` {problem} in its front matter")
    return str(name)


def _digest(tree: Mapping[str, Content]) -> str:
    lines = (f"{content.sha256} {name}\n" for name, content in sorted(tree.items()))
    return sha256("".join(lines).encode()).hexdigest()


class SkillInputs(Inputs):
    """What the skill is."""

    path: Annotated[
        str,
        Local("the content is compared, wherever it comes from"),
        NamesPath(),
        ByDigest(),
        described(
            "A local folder with a `SKILL.md`, or a folder in a git repository at a commit "
            "(`https://HOST/OWNER/REPOSITORY/tree/COMMIT/FOLDER`), which your own git fetches.",
            min_length=1,
        ),
    ]
    including: Including = None
    display_name: Annotated[
        str | None,
        Replaces("the platform cannot rename a skill"),
        described("Shown to people (default: the name in `SKILL.md`).", min_length=1, max_length=255),
    ] = None
    metadata: Annotated[
        Metadata,
        Only("qoder", "remove the property; its name tells what it is"),
        Replaces("the platform cannot change a skill's labels"),
    ] = None
    skill_name: Annotated[
        str | None,
        Local("made from the content"),
        Digest(("path",), lambda inputs, files: _front(_folder(inputs, files)), besides=("including",)),
        Replaces("a skill keeps its name for life"),
        described("The name in `SKILL.md`."),
    ] = None
    sha256: Annotated[
        str | None,
        Local("made from the content; a change makes a new version"),
        Digest(("path",), lambda inputs, files: _digest(_folder(inputs, files)), besides=("including",)),
        described("SHA-256 over the names and contents of the files, in hex."),
    ] = None


class SkillOutputs(Outputs):
    """What the platform adds."""

    latest_version_id: Annotated[str, described("The newest version; agents name it in `skills`.")]
    created_at: CreatedAt
    updated_at: Annotated[str | None, Always(), described("When it last changed (RFC 3339).")] = None


class SkillVersion(Outputs):
    """A version of a skill."""

    name: Annotated[str | None, described("The name in its `SKILL.md`.")] = None
    description: Annotated[str | None, described("What it is for.")] = None


class SkillLifecycle(Lifecycle):
    """The content goes up as a version; it is not read back."""

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """Makes the skill with its first version."""
        files = yield from _uploads(inputs)
        body = {"display_name": inputs["displayName"]} if inputs.get("displayName") else {}
        if inputs.get("metadata"):
            body["metadata"] = json.dumps(inputs["metadata"])
        answer = yield Call(Operation("skills", "create"), body=body, once=inputs.get("creationId"), files=files)
        return self.made(form, inputs, answer)

    def read(self, form: Form, id: str, managed: Bag | None) -> Steps[State | None]:
        """The skill; one that is imported is asked for the name in its `SKILL.md` too."""
        state = yield from super().read(form, id, managed)
        if state is None or managed is not None:
            return state
        versions = yield Call(Operation("skills.versions", "list"), self.ids(id), query={"limit": 1})
        name = versions["data"][0]["name"] if versions["data"] else None
        outputs = {**state.outputs, "skillName": name}
        if outputs.get("displayName") == name:
            del outputs["displayName"]
        return State(id, without_nulls(outputs))

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """Makes a new version of other content."""
        if not any(change.name == "sha256" for change in changed):
            return State(id, {**carried_over(form, old, new), **({DOUBT: old[DOUBT]} if DOUBT in old else {})})
        files = yield from _uploads(new)
        once = f"{new.get('creationId')}\n{old.get('latestVersionId')}"
        call = Call(Operation("skills.versions", "create"), self.ids(id), {}, files=files, once=once)
        call = replace(call, effect=_another_version(id, old))
        version = yield from done_once(call, id, old, old.get(DOUBT))
        return State(id, {**carried_over(form, old, new), "latestVersionId": version["id"]})

    def remains(self, form: Form, inputs: Bag, before: Before) -> Steps[Bag | None]:
        """The skill that is called so and came when it should, if there is but one."""
        del form
        name = inputs.get("displayName") or inputs.get("skillName")
        skills = yield from pages(Call(self.operation("list")), 0)
        alike = [item for item in skills if item.get("display_name") in (name, None) and item["id"] not in before.ids]
        return told("skills carry no stamp, and there is one of its name", alike, before)


def _another_version(id: str, old: Bag) -> Effect:
    """The newest version of the skill is one that was not there."""
    versions = Call(Operation("skills.versions", "list"), {"skill_id": id})
    known = frozenset({str(old["latestVersionId"])} if old.get("latestVersionId") else ())
    made = Novelty(id, known, versions, asked=not known, ids=lambda answer: [str(answer["id"])])
    return novel(lambda fresh: next(iter(fresh), None), made, "There is no new version")


def _uploads(inputs: Bag) -> Steps[tuple[Upload, ...]]:
    """The files that the preview saw, below a folder of the skill's name."""
    tree = yield Contents(lambda files: _folder(inputs, files))
    if _digest(tree) != inputs.get("sha256"):
        raise CallFailed("Uploading a skill", "its files have changed since the preview", "Run `pulumi up` again.")
    return tuple(Upload("files[]", f"{inputs['skillName']}/{name}", content) for name, content in tree.items())


SKILL = Kind(
    name="Skill",
    doc=(
        "A folder of instructions, with a `SKILL.md` at its top, that agents load when they need it. Other content "
        "makes a new version of the same skill; another name in `SKILL.md` replaces it. Agents take it in `skills` by "
        "id, and by `latestVersionId` if they should follow. Links, files above the platform's limits, "
        "and files that usually hold secrets are refused."
    ),
    inputs=SkillInputs,
    outputs=SkillOutputs,
    lifecycle=SkillLifecycle("skills", "skill_id", removal=("delete",), stamped=False),
    answers={"skills.versions": SkillVersion},
)
