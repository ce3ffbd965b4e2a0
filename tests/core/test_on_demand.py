"""What is loaded when it is first asked for."""

from pathlib import Path

import pytest

from pulumi_managed_agents.on_demand import OnDemand, defined

PLACES = {"broken": "broken_on_demand:IT"}


def test_what_cannot_be_loaded_is_not_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_on_demand.py").write_text("IT = {}['nothing']\n")
    monkeypatch.syspath_prepend(tmp_path)
    things = OnDemand(lambda: PLACES, lambda name: defined(PLACES[name], None))

    with pytest.raises(ImportError, match="broken_on_demand cannot be loaded"):
        things.get("broken")
    assert things.get("no such thing") is None
