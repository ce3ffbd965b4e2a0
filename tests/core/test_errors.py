"""The error tree: who is what, and what each says."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import pulumi_managed_agents
from pulumi_managed_agents import errors
from pulumi_managed_agents.apply.cancel import CancelledError
from pulumi_managed_agents.errors import (
    CallFailed,
    Conflict,
    GarbledAnswer,
    LostAnswer,
    ManagedAgentsError,
    NotFound,
    NotReady,
    Refusal,
    Refused,
    Unreachable,
)

REFUSAL = Refusal(404, "not_found_error", "Agent 'agent_1' was not found", "req_7")


def test_the_tree_at_the_head_of_the_module_is_the_tree() -> None:
    drawn: dict[str, str | None] = {}
    above: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"    ([│├└─ ]*)(\w+)( |$)", line):
            depth = len(found[1])
            above = [entry for entry in above if entry[0] < depth]
            drawn[found[2]] = above[-1][1] if above else None
            above.append((depth, found[2]))

    for module in pkgutil.walk_packages(pulumi_managed_agents.__path__, "pulumi_managed_agents."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

    assert drawn == {
        kind.__name__: None if kind is ManagedAgentsError else kind.__bases__[0].__name__
        for kind in family(ManagedAgentsError)
    }


SENTENCES: dict[str, tuple[Exception, str]] = {
    "a failure": (CallFailed("POST /v1/agents", "no answer"), "POST /v1/agents: no answer"),
    "a failure with advice": (
        CallFailed("POST /v1/agents", "no answer.", "Try again."),
        "POST /v1/agents: no answer. Try again.",
    ),
    "a refusal": (
        NotFound("GET /v1/agents/agent_1", REFUSAL),
        "GET /v1/agents/agent_1: 404 not_found_error: Agent 'agent_1' was not found (request id req_7)",
    ),
    "a refusal without the id of its request": (
        Refused("GET", Refusal(400, "invalid_request_error", "no"), "Mend it."),
        "GET: 400 invalid_request_error: no. Mend it.",
    ),
    "something that is not ready": (
        NotReady("sesn_1", {"title": "a"}, ["the first", "the second"]),
        "sesn_1 exists, but is not as declared yet: the first; the second",
    ),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_an_error_is_a_sentence(case: str) -> None:
    error, sentence = SENTENCES[case]

    assert str(error) == sentence


def test_advice_is_added_to_the_same_error() -> None:
    error = Conflict("POST", Refusal(409, "conflict_error", "no"))

    assert error.advised("Refresh.") is error
    assert str(error) == "POST: 409 conflict_error: no. Refresh."


@pytest.mark.parametrize("kind", [LostAnswer, GarbledAnswer])
def test_what_may_have_happened_says_so(kind: type[CallFailed]) -> None:
    assert kind.may_exist


@pytest.mark.parametrize("kind", [CallFailed, Refused, NotFound, Conflict, Unreachable, CancelledError])
def test_what_cannot_have_happened_says_so(kind: type[CallFailed]) -> None:
    assert not kind.may_exist


def family(error: type[Exception]) -> Iterator[type[Exception]]:
    """The class and all that are derived from it, wherever in the package."""
    yield error
    for derived in error.__subclasses__():
        yield from family(derived)
