from datetime import UTC, datetime
from typing import Any

import pytest
from contract.refusals import absent, refused

from pulumi_managed_agents.emulator.errors import EmulatorError


@pytest.fixture
def models(world: Any) -> Any:
    return world.client.models


@pytest.mark.parametrize(
    ("model", "line", "name"),
    [
        ("claude-opus-5-5", "opus", "Claude Opus 5.5"),
        ("claude-fable-5", "fable", "Claude Fable 5"),
        ("claude-haiku-4-5-20251001", "haiku", "Claude Haiku 4.5"),
    ],
)
def test_a_model_says_its_name(models: Any, model: str, line: str, name: str) -> None:
    found = models.retrieve(model)

    assert (found.id, found.type, found.line, found.display_name) == (model, "model", line, name)
    assert (found.lifecycle, found.created_at) == ("active", datetime(1970, 1, 1, tzinfo=UTC))


def test_a_model_of_the_list_can_be_used_and_another_cannot(world: Any, models: Any) -> None:
    for model in models.list():
        assert world.agent(model=model.id).model.id == model.id

    absent(lambda: models.retrieve("claude-none"))
    refused(lambda: world.agent(model="claude-none"), "model")


def test_models_are_paged_by_id(models: Any) -> None:
    every = [each.id for each in models.list(limit=1000)]
    first = models.list(limit=2)

    assert len(set(every)) == len(every) > 10
    assert [each.id for each in models.list(limit=2)] == every
    assert (first.first_id, first.last_id, first.has_more) == (every[0], every[1], True)
    assert [each.id for each in models.list(after_id=every[-2])] == every[-1:]
    back = models.list(before_id=every[3], limit=2)
    assert ([each.id for each in back.data], back.has_more) == (every[1:3], True)
    assert models.list(before_id=every[1], limit=2).has_more is False
    assert models.list(after_id=every[-1]).data == []


def test_models_are_filtered_by_lifecycle(models: Any) -> None:
    assert len(models.list(lifecycle=["active", "retired"]).data) > 10
    assert models.list(lifecycle=["retired"]).data == []
    refused(lambda: models.list(lifecycle=["ancient"]), "lifecycle")


def test_what_the_settings_say_of_a_model_is_in_the_list(world: Any, models: Any) -> None:
    old = {"lifecycle": "deprecated", "deprecated_at": "2026-10-01T00:00:00Z", "retires_at": "2027-01-31T00:00:00Z"}
    gone = {"lifecycle": "retired", "max_input_tokens": 200_000, "max_tokens": 64_000}
    world.control.settings(model_facts={"claude-opus-4-5": old, "claude-sonnet-4-5": gone})

    found = {each.id: each for each in models.list(limit=1000)}
    (retired,) = models.list(lifecycle=["retired"])

    assert found["claude-opus-4-5"].lifecycle == "deprecated"
    assert found["claude-opus-4-5"].retires_at == datetime(2027, 1, 31, tzinfo=UTC)
    assert [each.id for each in models.list(lifecycle=["deprecated"])] == ["claude-opus-4-5"]
    assert "claude-sonnet-4-5" not in found
    assert (retired.id, retired.max_input_tokens, retired.max_tokens) == ("claude-sonnet-4-5", 200_000, 64_000)
    assert models.retrieve("claude-sonnet-4-5") == retired
    refused(lambda: models.list(after_id="claude-sonnet-4-5"), "after_id")


@pytest.mark.parametrize("facts", [{"claude-opus-5": {"lifecycle": "old"}}, {"claude-opus-5": {"id": "x"}}, [], "none"])
def test_a_model_is_nothing_else_by_a_setting(world: Any, facts: Any) -> None:
    with pytest.raises(EmulatorError, match="model_facts"):
        world.control.settings(model_facts=facts)


@pytest.mark.parametrize(
    "query",
    [{"limit": 0}, {"limit": 1001}, {"after_id": "x"}, {"before_id": "x"}],
)
def test_a_page_that_cannot_be_is_refused(models: Any, query: dict[str, Any]) -> None:
    refused(lambda: models.list(**query), *query)


def test_one_cursor_is_enough(models: Any) -> None:
    refused(lambda: models.list(after_id="claude-opus-5", before_id="claude-opus-5"), "after_id")
