"""Prose in a Markdown file: its front matter, its text, and where either cannot be used."""

from typing import Any

import pytest

from pulumi_managed_agents.declaration.prose import read_prose
from pulumi_managed_agents.errors import FileProblem

READ: dict[str, tuple[str, tuple[dict[str, Any], str]]] = {
    "a text alone": ("\nBe brief.\n", ({}, "Be brief.")),
    "front matter": (
        "---\nname: worker\ntools: [a]\n---\n\nBe brief.\n",
        ({"name": "worker", "tools": ["a"]}, "Be brief."),
    ),
    "front matter with nothing in it": ("---\n---\nBe brief.", ({}, "Be brief.")),
    "a date, which stays a text": ("---\nsince: 2026-11-01\n---\n", ({"since": "2026-11-01"}, "")),
    "a mark of the order of bytes": ("\ufeff---\nname: worker\n---\nBe brief.", ({"name": "worker"}, "Be brief.")),
}


@pytest.mark.parametrize("case", READ)
def test_a_file_is_its_front_matter_and_its_text(case: str) -> None:
    content, expected = READ[case]

    assert read_prose(content.encode()) == expected


REFUSED = {
    "no text": (b"\xff\xfe", "names a file that is no text in UTF-8"),
    "no YAML": (b"---\nmodel: m\ntools: ]\n---\n", "names a file whose front matter is no YAML (line 3)"),
    "no mapping": (b"---\n- a\n---\n", "names a file whose front matter is no mapping from names to values"),
    "a name that is a number": (
        b"---\n1: a\n---\n",
        "names a file whose front matter is no mapping from names to values",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_used_is_told_with_its_line(case: str) -> None:
    content, told = REFUSED[case]

    with pytest.raises(FileProblem) as caught:
        read_prose(content)

    assert str(caught.value) == told
