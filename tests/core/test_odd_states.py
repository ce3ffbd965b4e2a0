"""States that lack something, or have it in another form: a sentence that says what to do, or healed by the next read.

The states are real ones, each with one thing gone or replaced by something that cannot stand there.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from core.odd_states import GONE, Real, World, odd, real_states, world
from core.places import places, put

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.declaration.shape import Json, ListOf, MapOf, Object, Scalar, Shape, object_at
from pulumi_managed_agents.declaration.values import Bag, Path, bare
from pulumi_managed_agents.errors import ManagedAgentsError, OtherPlatform, UnusableState
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


EACH = 11
"""Of the odd states, each so many-th is read, changed and removed on the platform."""

COMPARED = 3
"""Each so many-th is compared and foreseen; both go to the same places of the code."""

CASES = [(platform, name) for platform in ("claude", "qoder") for name in KINDS if KINDS[name].is_on(platform)]  # type: ignore[arg-type]
each_kind = pytest.mark.parametrize(("platform", "name"), CASES)
BLAMED = ("defect", "not in the form that this provider knows", "an unexpected")
"""Words that lay an odd state to somebody else's charge."""

Worlds = dict[str, tuple[World, list[Real]]]


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """One of each kind, on each platform; nothing of it is changed."""
    yield from _made(tmp_path_factory)


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """The same, for those who change it."""
    yield from _made(tmp_path_factory)


def _made(folders: pytest.TempPathFactory) -> Iterator[Worlds]:
    with (
        world(folders.mktemp("claude"), "claude") as claude,
        world(folders.mktemp("qoder"), "qoder") as qoder,
    ):
        yield {"claude": (claude, real_states(claude)), "qoder": (qoder, real_states(qoder))}


def those(worlds: Worlds, platform: str, name: str) -> Iterator[tuple[World, Real]]:
    at, reals = worlds[platform]
    yield from ((at, real) for real in reals if real.kind.name == name)


def told(act: Callable[[], Any], about: object) -> str | None:
    """What is said instead of doing it; anything but our own sentences is an error."""
    try:
        act()
    except ManagedAgentsError as error:
        assert not any(word in str(error) for word in BLAMED), (about, str(error))
        return str(error)
    return None


@each_kind
def test_a_real_state_is_understood_as_it_is(worlds: Worlds, platform: str, name: str) -> None:
    for _, real in those(worlds, platform, name):
        for bag in (real.inputs, real.outputs):
            known = plan.understood(real.kind, bag)

            assert (known.usable, known.odd, known.lost, known.note) == (bag, (), {}, None)


@each_kind
def test_an_odd_state_is_compared_and_foreseen(worlds: Worlds, platform: str, name: str) -> None:
    for at, real in those(worlds, platform, name):
        kind = real.kind
        for place, what, outputs in list(odd(real.outputs))[::COMPARED]:
            for new in real.others:
                told(lambda: plan.diff(kind, outputs, new, {}, time.time()), (place, what))  # noqa: B023
                told(lambda: plan.preview(kind, plan.diff(kind, outputs, new), outputs, new), (place, what))  # noqa: B023
        for place, what, inputs in list(odd(real.inputs))[::COMPARED]:
            told(lambda: at.checked(kind, real.inputs, inputs), (place, what))  # noqa: B023
            told(lambda: plan.diff(kind, real.outputs, real.inputs, inputs, time.time()), (place, what))  # noqa: B023


@each_kind
def test_an_odd_state_is_read_changed_and_removed(changing: Worlds, platform: str, name: str) -> None:
    for at, real in those(changing, platform, name):
        kind, context = real.kind, at.provider.context
        for index, (place, what, outputs) in enumerate(odd(real.outputs)):
            if index % EACH:
                continue
            told(lambda: apply.read(kind, real.id, outputs, context), (place, what))  # noqa: B023
            for new in real.others:
                if told(lambda: _in_place(real, outputs, new), (place, what)) is None:  # noqa: B023
                    told(lambda: apply.update(kind, real.id, outputs, new, context), (place, what))  # noqa: B023
            if real.gone:
                told(lambda: apply.delete(kind, real.gone, outputs, context), (place, what))  # noqa: B023


def _in_place(real: Real, outputs: Bag, new: Bag) -> None:
    """The engine asks for no update where a change needs another object."""
    if plan.replaced(plan.diff(real.kind, outputs, new)):
        raise UnusableState


UNSEEN = {
    "Credential": {"displayName", "auth"},
    "GitHubInstallationToken": {"appId", "installationId", "permissions", "repositories"},
    "RepositoryResource": {"checkout", "mountPath", "url", "sessionId"},
    "Session": {"agent"},
    "SessionEvents": {"sessionId"},
    "Memory": {"memoryStoreId"},
}
"""What no platform shows, or not in the user's words: where it is lost, the state cannot tell it from another value."""


@each_kind
def test_a_read_brings_back_what_the_platform_shows(worlds: Worlds, platform: str, name: str) -> None:
    for at, real in those(worlds, platform, name):
        kind = real.kind
        for place, what, outputs in list(odd(real.outputs))[::EACH]:
            if place[0] in UNSEEN.get(name, ()) or place[0] == "platform" or not _is_of_no_use(kind.shape, place, what):
                continue
            state = apply.read(kind, real.id, outputs, at.provider.context)
            assert state is not None

            changed = plan.diff(kind, state.outputs, state.outputs | real.inputs)

            assert plan.replaced(changed) == [], (place, what, changed)


def _is_of_no_use(shape: Shape, place: Path, what: Any) -> bool:
    """Whether nobody could take it for a value that somebody declared."""
    for part in place:
        shape = _below(shape, part)
    return not isinstance(shape, Json) and what is not None and what != GONE and not isinstance(what, str | list | dict)


def _below(shape: Shape, part: str | int) -> Shape:
    match shape:
        case ListOf():
            return shape.item
        case MapOf():
            return shape.value
        case Object() if part in shape.properties:
            return shape.properties[str(part)].shape
        case _:
            return Scalar()


ODD_IDS = (
    "",
    "x",
    "a/b",
    "a/b/c",
    "..",
    "../..",
    "%2e",
    "/",
    "x/",
    "/x",
    "\ud800",
    "\x00",
    " ",
    "x" * 5000,
    "https://",
    "#",
)


@each_kind
def test_an_id_in_another_form_is_told(changing: Worlds, platform: str, name: str) -> None:
    for at, real in those(changing, platform, name):
        kind, context = real.kind, at.provider.context
        for id_ in ODD_IDS:
            told(lambda: apply.read(kind, id_, real.outputs, context), id_)  # noqa: B023
            told(lambda: apply.read(kind, id_, None, context), id_)  # noqa: B023
            told(lambda: apply.update(kind, id_, real.outputs, real.others[-1], context), id_)  # noqa: B023
            if kind.name != "GitHubInstallationToken":
                told(lambda: apply.delete(kind, id_, real.outputs, context), id_)  # noqa: B023


def test_what_to_do_about_it_is_said(worlds: Worlds) -> None:
    (at, session), *_ = those(worlds, "claude", "Session")
    lost = {**session.outputs, "environmentId": 3}

    with pytest.raises(UnusableState) as caught:
        plan.diff(session.kind, lost, session.inputs)
    healed = apply.read(session.kind, session.id, lost, at.provider.context)

    assert str(caught.value) == (
        "The state of this Session has no `environmentId` that can be used. Run `pulumi refresh`, which reads it anew; "
        "where that does not help, `pulumi up --replace URN` makes a new object."
    )
    assert healed is not None
    assert healed.outputs["environmentId"] == session.outputs["environmentId"]
    assert plan.diff(session.kind, healed.outputs, session.inputs) == ()


def test_what_the_outputs_lost_is_in_the_inputs_of_the_last_run(worlds: Worlds) -> None:
    (_, session), *_ = those(worlds, "claude", "Session")

    assert plan.diff(session.kind, {**session.outputs, "agent": []}, session.inputs, session.inputs) == ()


def test_a_token_that_is_lost_is_sent_again_and_nothing_else(worlds: Worlds) -> None:
    (at, session), *_ = those(worlds, "claude", "Session")
    lost = dict(put(session.outputs, ("resources", 0, "authorizationToken"), {"a": 3}))

    read = apply.read(session.kind, session.id, lost, at.provider.context)

    assert read is not None
    (change,) = plan.diff(session.kind, read.outputs, session.inputs)
    assert (change.path, change.replaces) == (("resources", 0, "authorizationToken"), False)


# Another version


def with_foreign(shape: Shape, value: Any, path: Path = ()) -> Iterator[tuple[Path, Bag]]:
    """The value with something unknown in each of its declared objects."""
    declared = object_at(shape, value)
    if isinstance(shape, ListOf) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from with_foreign(shape.item, item, (*path, index))
    elif declared and isinstance(value, dict):
        yield (*path, "zebraStripes"), {"of": [1]}
        for wire, prop in declared.properties.items():
            if wire in value:
                yield from with_foreign(prop.shape, value[wire], (*path, wire))


def at_place(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part]
    return value


def added(bag: Bag, path: Path, item: Any) -> Bag:
    return dict(put(bag, path[:-1], {**at_place(bag, path[:-1]), path[-1]: item}))


@each_kind
def test_what_another_version_wrote_is_told_and_survives(worlds: Worlds, platform: str, name: str) -> None:
    for at, real in those(worlds, platform, name):
        kind, context = real.kind, at.provider.context
        shapes = {**kind.output_shape.properties, **kind.shape.properties}
        whole = Object(properties=shapes, model=kind.inputs)
        for path, item in with_foreign(whole, real.outputs):
            if path[0] == "mountedResources":
                continue  # written anew by each read
            outputs = added(real.outputs, path, item)
            at.warnings.clear()

            read = apply.read(kind, real.id, outputs, context)
            updated = apply.update(kind, real.id, outputs, real.inputs, context)

            assert read is not None
            for state in (read, updated):
                assert bare(at_place(state.outputs, path)) == item, path
            notes = [warning for warning in at.warnings if "from another version" in warning]
            assert len(notes) == 2
            assert "zebraStripes" in notes[0]
            assert plan.diff(kind, outputs, real.inputs) == ()


@each_kind
def test_an_object_of_a_platform_that_is_not_known_is_left_alone(worlds: Worlds, platform: str, name: str) -> None:
    for at, real in those(worlds, platform, name):
        if not real.kind.lifecycle.listed:
            continue
        outputs, context = {**real.outputs, "platform": "zebra"}, at.provider.context
        before = len(at.emulator.control.requests())

        for act in (
            lambda: plan.diff(real.kind, outputs, real.inputs),  # noqa: B023
            lambda: apply.read(real.kind, real.id, outputs, context),  # noqa: B023
            lambda: apply.update(real.kind, real.id, outputs, real.inputs, context),  # noqa: B023
            lambda: apply.delete(real.kind, real.id, outputs, context),  # noqa: B023
        ):
            with pytest.raises(OtherPlatform, match=r"`zebra`, a platform that this version .* does not know"):
                act()

        assert len(at.emulator.control.requests()) == before


def test_a_way_to_remove_that_is_not_known_removes_nothing(worlds: Worlds) -> None:
    (at, session), *_ = those(worlds, "claude", "Session")
    outputs = {**session.outputs, "onDelete": "keep"}

    with pytest.raises(UnusableState, match="`onDelete` from another version"):
        apply.delete(session.kind, session.id, outputs, at.provider.context)
    read = apply.read(session.kind, session.id, outputs, at.provider.context)

    assert read is not None
    assert read.outputs["onDelete"] == "keep"


def test_something_mounted_of_a_type_that_is_not_known_stays(changing: Worlds) -> None:
    (at, session), *_ = those(changing, "claude", "Session")
    bucket = {"type": "bucket", "address": "zebra"}
    outputs = {**session.outputs, "resources": [bucket, *session.outputs["resources"]]}

    read = apply.read(session.kind, session.id, outputs, at.provider.context)
    updated = apply.update(session.kind, session.id, outputs, session.others[-1], at.provider.context)
    apply.update(session.kind, session.id, updated.outputs, session.inputs, at.provider.context)

    assert read is not None
    assert bucket in bare(read.outputs["resources"])
    assert bucket in bare(updated.outputs["resources"])
    assert plan.diff(session.kind, outputs, session.inputs) == ()


def test_nothing_that_is_kept_for_another_version_is_sent(changing: Worlds) -> None:
    (at, agent), *_ = those(changing, "claude", "Agent")
    outputs = added(agent.outputs, ("tools", 0, "zebraStripes"), {"of": [1]})

    changed = apply.update(agent.kind, agent.id, outputs, agent.others[-1], at.provider.context)

    stored = next(item for item in at.emulator.control.objects("agents") if item["id"] == agent.id)
    assert "zebra" not in str(stored)
    assert "zebraStripes" in str(places(bare(changed.outputs)))
