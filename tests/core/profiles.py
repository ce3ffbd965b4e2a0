"""How examples are drawn: the same ones in every run, or new ones with `--hypothesis-profile search`."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

_CALM = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large)


def load() -> None:
    """Makes the suite's profile the one in force."""
    settings.register_profile("suite", deadline=None, derandomize=True, database=None, suppress_health_check=_CALM)
    settings.register_profile(
        "search", deadline=None, max_examples=1000, database=None, print_blob=True, suppress_health_check=_CALM
    )
    settings.load_profile("suite")
