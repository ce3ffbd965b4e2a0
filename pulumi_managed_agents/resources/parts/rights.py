"""What the work needs of a token beyond the clone, as far as GitHub tells.

GitHub shows the scopes of a classic token and the role of its person. Of a fine-grained token, or an installation's,
it shows what may be read and never what may be written: only a write would tell, and a preview makes none. So a
definite no is an error, and what cannot be known is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...declaration.model import Failure
from ...errors import CallFailed, Refused
from ...lifecycle.steps import Call, Operation, Warned
from .denial import FORBIDDEN, TOKEN, Denied, is_limited
from .needs import RIGHTS, Need, Right

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...declaration.values import Bag, Secret
    from ...lifecycle.steps import Steps


@dataclass(frozen=True)
class Asked:
    """A repository, as GitHub shows it to a token that is to have some rights."""

    place: dict[str, str]
    repository: Bag
    credential: Secret | None
    needs: Sequence[Need]

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.place['owner']}/{self.place['repository']}"

    @property
    def scopes(self) -> list[str] | None:
        """Those of a classic token; None for any other, which has no scopes."""
        said = self.repository.get("token_scopes")
        return [scope.strip() for scope in said.split(",")] if isinstance(said, str) else None


def granted(asked: Asked, *, in_preview: bool) -> Steps[None]:
    """Asks for what can be read, and tells in a preview what nobody can know.

    Raises:
        Denied: the token may not do what the work needs.
    """
    problem = next(_refused(asked), None)
    if problem is not None:
        raise Denied(problem)
    if asked.scopes is None:
        yield from _probed(asked)
        unknown = [RIGHTS[need] for need in asked.needs if RIGHTS[need].writes]
        if unknown and in_preview:
            yield Warned(_unknown(asked, unknown))


def _refused(asked: Asked) -> Iterator[Failure]:
    """What the repository's own answer says against it."""
    if asked.needs and asked.credential is None:
        deeds = _words([RIGHTS[need].deed for need in asked.needs])
        yield Failure(TOKEN, f"is required: `needs` says that the work is to {deeds}, and that takes a token")
    for index, need in enumerate(asked.needs):
        right, place = RIGHTS[need], ("needs", index)
        if right.writes and asked.repository.get("archived") is True:
            yield Failure(place, f"cannot be met: {asked.name} is archived, and nobody can {right.deed} there")
        if right.probe == "github.issues" and asked.repository.get("has_issues") is False:
            yield Failure(place, f"cannot be met: {asked.name} has its issues turned off")
        if not _scopes_allow(asked):
            yield Failure(TOKEN, f"may not {right.deed}: a classic token needs the scope `{_scope(asked)}`")
        if need == "push" and _is_reader(asked):
            yield Failure(TOKEN, f"may not push: GitHub says that whoever it belongs to may only read {asked.name}")


def _scope(asked: Asked) -> str:
    return "public_repo" if asked.repository.get("private") is False else "repo"


def _scopes_allow(asked: Asked) -> bool:
    return asked.scopes is None or "repo" in asked.scopes or _scope(asked) in asked.scopes


def _is_reader(asked: Asked) -> bool:
    """Whether GitHub says so: of an installation's token it shows no role, whatever it may do."""
    of_an_app = asked.credential is not None and str(asked.credential.value).startswith("ghs_")
    role = asked.repository.get("permissions")
    return isinstance(role, dict) and role.get("push") is False and not of_an_app


def _probed(asked: Asked) -> Steps[None]:
    for need in asked.needs:
        right = RIGHTS[need]
        if not right.probe:
            continue
        try:
            yield Call(Operation(right.probe, "retrieve"), asked.place, credential=asked.credential)
        except CallFailed as failure:
            if isinstance(failure, Refused) and failure.refusal.status == FORBIDDEN and not is_limited(failure):
                reason = f"may not {right.deed}: a fine-grained token needs {right.permission} on {asked.name}"
                raise Denied(Failure(TOKEN, reason)) from None
            yield Warned(
                f"Whether the token may {right.deed} in {asked.name} could not be verified: {failure.problem}."
            )


def _unknown(asked: Asked, rights: Sequence[Right]) -> str:
    return (
        f"Whether the token may {_words([right.deed for right in rights])} in {asked.name} could not be verified: "
        f"GitHub tells it of classic tokens only. It needs {_words([right.permission for right in rights])}."
    )


def _words(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
