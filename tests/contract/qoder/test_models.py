from typing import Any


def test_models_come_all_at_once_with_what_they_offer(world: Any) -> None:
    auto, ultimate = world.client.models.list()

    assert (auto.id, auto.efforts) == ("auto", [])
    assert (ultimate.id, ultimate.type, ultimate.is_enabled) == ("ultimate", "model", True)
    assert ultimate.default_context_window in ultimate.available_context_windows


def test_what_the_settings_say_of_a_model_is_in_the_list(world: Any) -> None:
    world.control.settings(model_facts={"ultimate": {"price_factor": 1.5, "is_new": True, "source": "house"}})

    (_, found) = world.client.models.list()

    assert (found.price_factor, found.is_new, found.source) == (1.5, True, "house")
