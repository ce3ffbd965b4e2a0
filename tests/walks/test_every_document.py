"""No document without a walk, and nothing in them that leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from walks.document import DOCUMENTS, ROOT, blocks_of

TESTS = Path(__file__).parents[1]
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]


def test_every_document_with_code_has_a_walk() -> None:
    with_code = {name for name, path in zip(NAMES, DOCUMENTS, strict=True) if blocks_of(path)}
    sources = "".join(path.read_text() for path in TESTS.rglob("test_*.py") if path != Path(__file__))

    assert with_code == {name for name in NAMES if f'"{name}"' in sources}


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_commands_stand_after_a_prompt(path: Path) -> None:
    first = [block.text.split()[0] for block in blocks_of(path) if not block.commands]

    assert not {"pulumi", "managed-agents", "make", "pip", "git", "curl", "cd"} & set(first)


def test_every_target_of_make_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for path in DOCUMENTS for name in re.findall(r"`make ([a-z-]+)", path.read_text())}

    assert named
    assert named - targets == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_every_link_into_the_project_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text())

    assert [link for link in links if not (path.parent / link).exists()] == []
