"""No text that Python makes of our objects shows a secret."""

import logging
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from core.bags import checked
from core.platform import mounted, repository
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_managed_agents.comparison.change import Change
from pulumi_managed_agents.comparison.changes import changes
from pulumi_managed_agents.declaration.shape import shape_of
from pulumi_managed_agents.errors import NotReady, Refused
from pulumi_managed_agents.lifecycle.bodies import creation
from pulumi_managed_agents.lifecycle.steps import Call, Operation, Reached, State
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.resources.registry import KINDS
from pulumi_managed_agents.transport.exchange import Request

TOKEN = "token-of-last-week"
REPOSITORY, SESSION = KINDS["RepositoryResource"], KINDS["Session"]
BAG = {"agent": "agent_1", "environmentId": "env_1", "resources": [repository(authorizationToken=TOKEN)]}


def body() -> dict[str, Any]:
    return creation(shape_of(SESSION.inputs), checked(SESSION, BAG))


def rotation() -> list[Change]:
    new = {**BAG, "resources": [repository(authorizationToken="token-of-this-week")]}
    return list(changes(shape_of(SESSION.inputs), checked(SESSION, BAG), checked(SESSION, new)))


OBJECTS: dict[str, Any] = {
    "the body of a create": body(),
    "a call": Call(Operation("sessions", "create"), body=body()),
    "a request": Request("POST", "/v1/sessions", "POST /v1/sessions", body()),
    "a change": rotation(),
    "a state": State("sesn_1", checked(SESSION, BAG)),
    "a state that was reached": Reached(State("sesn_1", checked(SESSION, BAG))),
    "an object that is not ready": NotReady("sesn_1", checked(SESSION, BAG), ["the answer was lost"]),
    "settings": configure({"apiKey": TOKEN}, {}).settings,
    "a configuration": configure({"authToken": TOKEN}, {"ANTHROPIC_API_KEY": TOKEN}),
}


@pytest.mark.parametrize("case", OBJECTS)
def test_no_text_shows_a_secret(case: str) -> None:
    value = OBJECTS[case]

    assert TOKEN in pickle.dumps(value).decode("latin-1")
    for shown in (str(value), repr(value), f"{value}", repr([value])):
        assert TOKEN not in shown


def test_the_words_of_a_change_name_the_property_and_never_its_value() -> None:
    (change,) = rotation()

    assert change.explanation == "`resources[0].authorizationToken` changed (in place)"
    assert repr(change) == "<update resources[0].authorizationToken>"


@settings(max_examples=25)
@given(st.text("abcXYZ019_-", min_size=8, max_size=40).map(lambda text: f"zQ7{text}"))
def test_no_token_is_told_on_any_way_through_the_provider(token: str) -> None:
    with tempfile.TemporaryDirectory() as folder, mounted(Path(folder) / "world.emulator") as platform, heard() as told:
        bag = platform.session_bag(resources=[repository(authorizationToken=token)])
        platform.control.settings(unknown_repositories="refuse")
        state = platform.create("Session", bag)
        known = platform.read("Session", state.id, state.outputs)
        rotated = platform.update("Session", state, {**bag, "resources": [repository(authorizationToken=token[::-1])]})
        platform.delete("Session", rotated)
        with pytest.raises(Refused) as caught:
            platform.update("Session", rotated, bag)

        for text in (repr(known), repr(rotated), str(caught.value), repr(caught.value), *platform.warnings, *told):
            assert token not in text
            assert token[::-1] not in text
        assert len(platform.warnings) > 0
        assert any(f"/v1/sessions/{state.id}" in text for text in told)


@contextmanager
def heard() -> Iterator[list[str]]:
    """Everything that anybody logs meanwhile."""
    told: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(self.format(record))

    root, ear = logging.getLogger(), Ear(logging.DEBUG)
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    yield told
    root.removeHandler(ear)
    root.setLevel(level)
