"""No text that Python makes of our objects shows a secret."""

import pickle
from typing import Any

import pytest
from core.bags import checked
from core.platform import repository

from pulumi_managed_agents.compare import Change, changes
from pulumi_managed_agents.config import configure
from pulumi_managed_agents.errors import NotReady
from pulumi_managed_agents.lifecycle import Call, Reached, State
from pulumi_managed_agents.request import creation
from pulumi_managed_agents.resources.registry import KINDS
from pulumi_managed_agents.shape import shape_of
from pulumi_managed_agents.transport import Request

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
    "a call": Call("sessions.create", body=body()),
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
