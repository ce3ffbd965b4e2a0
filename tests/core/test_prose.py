"""Prose in a Markdown file: its front matter, its text, and where either cannot be used."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        "names a file whose front matter has a name that is no text (line 2): put it in quotes",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_used_is_told_with_its_line(case: str) -> None:
    content, told = REFUSED[case]

    with pytest.raises(FileProblem) as caught:
        read_prose(content)

    assert str(caught.value) == told


# What YAML can hold that is no plain value, or is far more than it looks.

BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
HOSTILE = {
    "an alias bomb": (BOMB, "has more than 20,000 values"),
    "a bomb of merges": (
        "a0: &a0 {x: 1, y: 2}\n"
        + "".join(f"a{n}: &a{n} {{{n}k: {{<<: [{','.join([f'*a{n - 1}'] * 9)}]}}}}\n" for n in range(1, 10)),
        "has more than 20,000 values",
    ),
    "a list that holds itself": ("a: &a [*a]\n", "is nested deeper than 64 levels"),
    "a mapping that holds itself": ("a: &a {b: *a}\n", "is nested deeper than 64 levels"),
    "a mapping merged into itself": ("a: &a {<<: *a}\n", "is nested deeper than 64 levels"),
    "lists in lists": ("a: " + "[" * 50_000 + "\n", "is nested deeper than 64 levels (line 2)"),
    "lists in lists, by indentation": (
        "a:\n" + "".join(f"{' ' * n}-\n" for n in range(1, 80)),
        "is nested deeper than 64 levels",
    ),
    "very many values": ("a: [" + "1," * 100_000 + "]\n", "has more than 20,000 values"),
    "very many lines": ("a:\n" + "- 1\n" * 240_000, "has more than 262,144 characters"),
    "a very large number": (f"a: {'9' * 5000}\n", "has a number of more than 40 digits (line 2)"),
    "a very large number in hex": (f"a: 0x{'f' * 5000}\n", "has a number of more than 40 digits (line 2)"),
    "a very large fraction": (f"a: {'9' * 500}.5\n", "has a number of more than 40 digits (line 2)"),
    "no number": ("a: .nan\n", "has a number that JSON does not know (line 2)"),
    "an endless number": ("a: [-.inf]\n", "has a number that JSON does not know (line 2)"),
    "a name twice": ("a: 1\nb: 2\na: 3\n", "has the name 'a' twice (line 4)"),
    "a name twice further in": ("a:\n  b: {c: 1, 'c': 2}\n", "has the name 'c' twice (line 3)"),
    "a name that is a number": ("a: {1: b}\n", "has a name that is no text (line 2): put it in quotes"),
    "a name that means true": ("on: b\n", "has a name that is no text (line 2): put it in quotes"),
    "a name that is a list": ("a: {? [b] : c}\n", "has a name that is no text (line 2): put it in quotes"),
    "bytes": ("a: !!binary aGVsbG8=\n", "has a value of a type that is not known here (line 2): !!binary"),
    "a set": ("a: !!set {b, c}\n", "has a value of a type that is not known here (line 2): !!set"),
    "a date by its type": ("a: !!timestamp no\n", "has a value of a type that is not known here (line 2): !!timestamp"),
    "an object": ("a: !!python/object/apply:os.system [id]\n", "has a value of a type that is not known here (line 2)"),
    "an integer that is none": ("a: !!int b\n", "has a value that is not of its type (line 2)"),
    "a boolean that is none": ("a: !!bool b\n", "has a value that is not of its type (line 2)"),
    "a number that is none": ("a: !!float b\n", "has a value that is not of its type (line 2)"),
    "no character": ('a: "\\UFFFFFFFF"\n', "is no YAML"),
    "half a character": ('a: "\\ud800"\n', "has a text that is none in Unicode (line 2)"),
    "a merge of no mapping": ("a: {<<: b}\n", "has a value that is not of its type (line 2)"),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_plain_value_is_refused_with_its_line(case: str) -> None:
    yaml, told = HOSTILE[case]

    with pytest.raises(FileProblem) as caught:
        read_prose(f"---\n{yaml}---\n".encode())

    assert str(caught.value).startswith(f"names a file whose front matter {told}")


PLAIN = {
    "an alias": ("a: &a {b: 1}\nc: *a\n", {"a": {"b": 1}, "c": {"b": 1}}),
    "a merge": ("a: &a {b: 1, c: 1}\nd: {<<: *a, c: 2}\n", {"a": {"b": 1, "c": 1}, "d": {"b": 1, "c": 2}}),
    "merges": ("a: {<<: [{b: 1}, {b: 2, c: 2}], d: 3}\n", {"a": {"b": 1, "c": 2, "d": 3}}),
    "numbers": ("a: [1, -2, 0x10, 1.5, 1_000]\n", {"a": [1, -2, 16, 1.5, 1000]}),
    "a time of day": ("a: 12:30:45\n", {"a": "12:30:45"}),
    "words": ("a: [yes, no, null, ~, '', =]\n", {"a": [True, False, None, None, "", "="]}),
    "texts by their type": ("a: !!str 1\n", {"a": "1"}),
    "a name in quotes": ("'on': 1\n", {"on": 1}),
}


@pytest.mark.parametrize("case", PLAIN)
def test_plain_values_are_what_they_look_like(case: str) -> None:
    yaml, value = PLAIN[case]

    assert read_prose(f"---\n{yaml}---\n".encode()) == (value, "")


SIGNS = list("[]{},:-?&*!|>'\"%@`#\n \t~a01")
WORDS = [
    "&a ",
    "*a ",
    "<<",
    "<<: ",
    "- ",
    ": ",
    "!!int ",
    "!!binary ",
    "!x ",
    "\n  ",
    "\n- ",
    "0x",
    "1:1",
    ".inf",
    "9" * 50,
]
ODD = ["\\ud800", "\ud800", "\x00", "\x1b", "\u2028", "---\n", "...\n"]
PIECES = st.sampled_from([*SIGNS, *WORDS, *ODD])
FRONTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80)


@settings(max_examples=1500)
@given(FRONTS)
def test_any_front_matter_is_plain_values_or_refused(front: str) -> None:
    try:
        values, _ = read_prose(f"---\n{front}\n---\n".encode(errors="surrogatepass"))
    except FileProblem as problem:
        assert re.match("names a file (whose front matter|that is no text) ", str(problem))
    else:
        assert json.loads(json.dumps(values, allow_nan=False)) == values
        json.dumps(values, ensure_ascii=False).encode()


MARKS = {
    "an asset": (
        "---\nmetadata:\n  4dabf18193072939515e22adb298388d: c44067f5952c0a294b673a41bacd8c17\n"
        "  path: /etc/passwd\n---\n"
    ),
    "what is not known yet": "---\ntools: [{name: 04da6b54-80e4-46f7-96ec-b56ff0331ba9}]\n---\n",
    "a text that is not known yet": "---\nname: a\n---\n04da6b54-80e4-46f7-96ec-b56ff0331ba9\n",
    "no front matter": "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
}


@pytest.mark.parametrize("case", MARKS)
def test_nothing_in_a_file_passes_for_a_mark_of_the_engine(case: str) -> None:
    with pytest.raises(FileProblem, match="names a file with a mark of Pulumi's own in it"):
        read_prose(MARKS[case].encode())
