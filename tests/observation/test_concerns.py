"""What of an overview needs somebody, the worst first."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_managed_agents.page.concerns import concerns
from pulumi_managed_agents.page.overview import Mount, Problem, Run, Spend, Thing, Waiting

NOW = "2026-11-27T12:00:00Z"


def thing(**words: Any) -> Thing:
    named = {"key": "k", "kind": "Session", "id": "sesn_1", "name": "review", "stack": "shop/dev"}
    return Thing(**{**named, **words})


CASES = {
    "nothing": (thing(status="idle"), []),
    "waits": (thing(waiting=Waiting("a tool confirmation", ("sevt_1",))), [("warn", "waits")]),
    "failed": (thing(error=Problem("repository_authentication_error")), [("bad", "failed")]),
    "failed before a rotation": (thing(error=Problem("x", is_past=True)), []),
    "ended": (thing(status="terminated"), [("bad", "failed")]),
    "gone": (thing(state="gone", status="terminated"), [("bad", "gone")]),
    "archived": (thing(state="archived", status="terminated"), []),
    "drifted": (thing(drift=("`name` was changed",)), [("warn", "drifted")]),
    "half of a budget": (thing(spend=Spend(5, 10, "USD")), []),
    "nearly all of a budget": (thing(spend=Spend(8, 10, "USD")), [("warn", "budget")]),
    "all of a budget": (thing(spend=Spend(10, 10, "credits")), [("bad", "budget")]),
    "no budget": (thing(spend=Spend(1000, None, "USD")), []),
    "an old token": (thing(mounts=(Mount("u", rotated_at="2026-10-01T00:00:00Z"),)), [("warn", "old token")]),
    "a token that ends soon": (thing(mounts=(Mount("u", expires_at="2026-11-27T12:05:00Z"),)), [("warn", "expires")]),
    "a token that has ended": (thing(expires_at="2026-11-27T11:55:00Z"), [("bad", "expired")]),
    "a time that is none": (thing(expires_at="soon", mounts=(Mount("u", rotated_at="-"),)), []),
}


@pytest.mark.parametrize("name", CASES)
def test_what_needs_somebody(name: str) -> None:
    given, expected = CASES[name]

    assert [(each.severity, each.what) for each in concerns([given], [], [], NOW)] == expected


def test_the_worst_comes_first() -> None:
    found = concerns([thing(drift=("x",)), thing(state="gone")], [], ["nobody answers"], NOW)

    assert [each.severity for each in found] == ["bad", "warn", "warn"]


def test_only_the_newest_run_of_a_deployment_matters() -> None:
    old, new = Run("2026-11-26T00:00:00Z", "k", error="x"), Run("2026-11-27T00:00:00Z", "k")

    assert concerns([thing(kind="Deployment")], [old, new], [], NOW) == ()
    assert [each.what for each in concerns([thing()], [new, Run(new.at + "x", "k", error="x")], [], NOW)] == ["failed"]
