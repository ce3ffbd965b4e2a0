"""Names in the program: after the object's own, unique, and the same whatever the order."""

from __future__ import annotations

import keyword
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_managed_agents.importing.inventory import PlatformObject
from pulumi_managed_agents.importing.names import logical_names, setting_name, slug
from pulumi_managed_agents.importing.python_writer import variable


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Code reviewer", "code-reviewer"),
        ("/style/python.md", "style-python-md"),
        ("Übersicht", "ubersicht"),
        ("1e3.csv", "file-1e3-csv"),
        ("コード", "file"),
        ("", "file"),
        ("${pulumi.cwd}", "pulumi-cwd"),
        ("pulumi", "pulumi-file"),
        ("../../etc", "etc"),
    ],
)
def test_a_name_is_made_of_the_object_s_own(name: str, expected: str) -> None:
    assert logical_names([PlatformObject("File", "file_01", name)]) == [expected]


def test_what_shares_a_name_is_told_apart_by_kind_and_then_by_id() -> None:
    found = [
        PlatformObject("Agent", "agent_01aaaAAA", "review"),
        PlatformObject("Agent", "agent_01bbbBBB", "Review"),
        PlatformObject("MemoryStore", "memstore_01", "review"),
        PlatformObject("Session", "sesn_01", "other"),
    ]

    assert logical_names(found) == ["review-aaaaaa", "review-bbbbbb", "review-memory-store", "other"]


def test_ids_that_differ_in_case_alone_are_told_apart() -> None:
    found = [PlatformObject("Agent", "agent_01aa", "x"), PlatformObject("Agent", "agent_01AA", "x")]

    assert len(set(logical_names(found))) == 2


@given(st.lists(st.tuples(st.sampled_from(["Agent", "File"]), st.text(max_size=8)), max_size=12), st.randoms())
def test_names_are_valid_unique_and_independent_of_the_order(rows: list[tuple[str, str]], random: object) -> None:
    found = [PlatformObject(kind, f"x_{number:06}", name) for number, (kind, name) in enumerate(rows)]
    names = dict(zip((item.id for item in found), logical_names(found), strict=True))
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert len(set(names.values())) == len(found)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", name) for name in names.values())
    variables = [variable(name) for name in names.values()]
    assert len(set(variables)) == len(found)
    assert not any(keyword.iskeyword(name) for name in variables)
    assert dict(zip((item.id for item in shuffled), logical_names(shuffled), strict=True)) == names


def test_a_long_name_is_cut() -> None:
    assert len(slug("x" * 300)) == 60


def test_settings_get_names_of_their_own() -> None:
    first = setting_name("a-1", "token", set())

    assert first == "a1Token"
    assert setting_name("a1", "token", {first}) == "a1Token2"
