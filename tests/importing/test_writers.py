"""What is written is read back as it was, whatever the texts in it."""

from __future__ import annotations

import ast
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from importing.declarations import declared

from pulumi_managed_agents.importing import python_writer, yaml_writer
from pulumi_managed_agents.importing.problem import ImportProblem
from pulumi_managed_agents.importing.program import Program, Reference, Setting

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
NASTY = [
    "${pulumi.cwd}",
    "$$",
    "$$${x} $",
    "fn::secret",
    "'''\"\"\"\\",
    "a\n b\n\n  c\n",
    " lead",
    "trail ",
    "# no comment",
    "a: b",
    "\u2028\x85\ufeff\x00",
    "\U0001f600",
    "*x",
    "- y",
]


def understood(text: str) -> str:
    """A text as a Pulumi program in YAML takes it; it must not hold an interpolation."""
    done, rest = "", text
    while rest:
        assert not rest.startswith("${"), f"{text!r} would be evaluated"
        step = 2 if rest.startswith("$$") else 1
        done, rest = done + rest[0], rest[step:]
    return done


def of_yaml(value: Any) -> Any:
    if isinstance(value, str):
        return understood(value)
    if isinstance(value, list):
        return [of_yaml(item) for item in value]
    return {of_yaml(key): of_yaml(item) for key, item in value.items()} if isinstance(value, dict) else value


def written_in_yaml(value: Any) -> Any:
    program = Program((declared("Agent", "a", tools=[{"type": "custom", "inputSchema": {"x": value}}]),))
    project = yaml.safe_load(yaml_writer.project(program, "p", {}))
    return of_yaml(project["resources"]["a"]["properties"]["tools"][0]["inputSchema"]["x"])


def written_in_python(value: Any) -> Any:
    program = Program((declared("Agent", "a", tools=[{"type": "custom", "inputSchema": {"x": value}}]),))
    call = ast.parse(python_writer.main(program)).body[-1].value  # type: ignore[attr-defined]
    tools = next(word.value for word in call.keywords if word.arg == "tools")
    return ast.literal_eval(tools)[0]["input_schema"]["x"]


@pytest.mark.parametrize("text", NASTY)
def test_hostile_texts_come_back_as_they_were(text: str) -> None:
    value = [text, {"key": text}, {"b": 1, f"x{text}": 2}]

    assert written_in_yaml(value) == value
    assert written_in_python(value) == value


@given(DOCUMENTS)
def test_every_document_comes_back_from_python(value: Any) -> None:
    assert written_in_python(value) == value


@given(TEXTS)
def test_every_text_comes_back_from_yaml(text: str) -> None:
    assert written_in_yaml(text) == text


@pytest.mark.parametrize(
    "text", ["0o17", "1e3", "0x1F", "12:30", "2026-01-02", "yes", "Y", "off", "~", "null", ".inf", "NaN", "1_000", "="]
)
def test_texts_that_some_reader_of_yaml_takes_for_something_else_are_quoted(text: str) -> None:
    assert yaml_writer.dumped([text]) == f'- "{text}"\n'


@pytest.mark.parametrize("key", ["fn::readFile", "Fn::Secret", "fn::managed-agents:x:y"])
def test_a_key_that_yaml_programs_take_for_a_function_is_refused(key: str) -> None:
    program = Program((declared("Vault", "v", metadata={key: "/etc/hostname"}),))

    with pytest.raises(ImportProblem, match="--language python"):
        yaml_writer.project(program, "p", {})
    assert repr(key).replace("'", '"') in python_writer.main(program)


PROGRAM = Program(
    (
        declared("Vault", "class", displayName="x"),
        declared(
            "Credential",
            "github",
            vaultId=Reference("class"),
            auth={"type": "static_bearer", "mcpServerUrl": "https://m.example.com/", "token": Setting("githubToken")},
        ),
        declared("Agent", "a", skills=[{"skillId": Reference("s"), "version": Reference("s", "latestVersionId")}]),
    ),
    (Setting("githubToken"),),
)


def test_yaml_refers_to_resources_and_secrets() -> None:
    project = yaml.safe_load(yaml_writer.project(PROGRAM, "p", {"managed-agents:platform": "qoder"}))

    assert project["config"] == {"managed-agents:platform": "qoder", "githubToken": {"type": "string", "secret": True}}
    assert project["resources"]["github"]["properties"]["vaultId"] == "${class.id}"
    assert project["resources"]["github"]["properties"]["auth"]["token"] == "${githubToken}"
    assert project["resources"]["a"]["properties"]["skills"][0]["version"] == "${s.latestVersionId}"


def test_python_refers_to_resources_and_secrets() -> None:
    text = python_writer.main(PROGRAM)

    compile(text, "__main__.py", "exec")
    assert 'class_ = ma.Vault(\n    "class",\n    display_name="x",\n)' in text
    assert "vault_id=class_.id" in text
    assert '"token": config.require_secret("githubToken")' in text
    assert "s.latest_version_id" in text


def test_a_long_prompt_is_written_line_by_line() -> None:
    prompt = "You review.\n\n" + "Be short. " * 12 + "\n"

    text = python_writer.main(Program((declared("Agent", "a", system=prompt),)))

    assert '    system=(\n        "You review.\\n"\n        "\\n"\n' in text
    assert max(map(len, text.splitlines())) < 160
