"""What a platform shows and may be a secret is in no file that the import writes.

Such are values of variables, users in addresses, and tokens in texts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import loopback
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importing.declarations import declared
from importing.populated import MODEL

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.declaration.shape import Json, ListOf, MapOf, Object, Scalar, Shape, Tagged
from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.importing import live
from pulumi_managed_agents.importing.program import Declared
from pulumi_managed_agents.importing.project import files
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VALUE, OTHER_VALUE = "value-of-a-variable", "another-value"
HEX = "0123456789abcdef0123456789abcdef01234567"
TOKEN = "gho_" + "x" * 36
KEY = "-----BEGIN " + "PRIVATE KEY-----\nmade-up"
SECRETS = (VALUE, OTHER_VALUE, HEX, TOKEN, "pa55word", KEY, "user-of-an-address")


def qoder(emulator: Emulator) -> None:
    """A session, a deployment and an agent that hold secrets where people put them."""
    variables = {"API_KEY": VALUE, "MODE": OTHER_VALUE}
    with (
        emulator.serve() as server,
        loopback.client(base_url=f"{server.url}/api/v1/cloud", headers={"Authorization": "Bearer k"}) as client,
    ):

        def made(path: str, **body: Any) -> str:
            return str(client.post(path, json=body).raise_for_status().json()["id"])

        agent = made("/agents", name="worker", model="ultimate", system=f"Log in with {TOKEN}.")
        setup = f"git clone https://user-of-an-address:pa55word@git.example.com/a/b\n# {KEY}\n"
        sandbox = made("/environments", name="sandbox", config={"type": "cloud", "setup_script": setup})
        git = [{"type": "git_repository", "url": f"https://{HEX}@git.example.com/org/app", "password": "pa55word"}]
        places = {"agent": agent, "environment_id": sandbox}
        made("/sessions", **places, title="review", environment_variables=variables, resources=git)
        made(
            "/deployments",
            **places,
            name="nightly",
            environment_variables="\n".join(f"{name}={value}" for name, value in variables.items()),
            initial_events=[{"type": "user.message", "content": [{"type": "text", "text": "Go."}]}],
        )


@pytest.fixture
def command(tmp_path: Path) -> Any:
    """Runs the command on an emulator's file; gives what it wrote as one text."""

    def run(*words: str) -> str:
        out = tmp_path / "out"
        assert main(["import", "--emulator", str(tmp_path / "w.emulator"), "--out", str(out), *words]) == 0
        return "\n".join(path.read_text() for path in sorted(out.rglob("*")) if path.is_file())

    return run


@pytest.mark.parametrize("language", ["yaml", "python"])
@pytest.mark.parametrize("prose", [[], ["--prose"]], ids=["in the program", "in files"])
def test_nothing_of_qoder_s_is_written_in_clear(
    command: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, prose: list[str]
) -> None:
    with Emulator(tmp_path / "w.emulator") as emulator:
        qoder(emulator)

    text = command("--platform", "qoder", "--language", language, "--sessions", *prose)

    told = capsys.readouterr()
    everything = text + told.out + told.err
    assert [secret for secret in SECRETS if secret in everything] == []
    if language == "python":
        compile((tmp_path / "out" / "__main__.py").read_text(), "__main__.py", "exec")
    assert "API_KEY" in text
    assert "git.example.com" in text
    assert "setupScript" in text or "setup_script" in text


def test_names_of_variables_stay_and_values_come_from_the_configuration(
    command: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Emulator(tmp_path / "w.emulator") as emulator:
        qoder(emulator)

    command("--platform", "qoder", "--sessions", "--kind", "Session")

    project = yaml.safe_load((tmp_path / "out" / "Pulumi.yaml").read_text())
    variables = project["resources"]["review"]["properties"]["environmentVariables"]
    assert variables == {"API_KEY": "${reviewAPI_KEY}", "MODE": "${reviewMODE}"}
    assert project["config"]["reviewAPI_KEY"] == {"type": "string", "secret": True}
    told = capsys.readouterr()
    assert "pulumi config set --secret reviewAPI_KEY" in told.out
    assert "`reviewAPI_KEY`" in told.err
    assert "as the platform has it" in told.err
    address = project["resources"]["review"]["properties"]["resources"][0]["url"]
    assert address == "https://git@git.example.com/org/app"


@pytest.mark.parametrize("language", ["yaml", "python"])
def test_nothing_of_claude_s_is_written_in_clear(command: Any, tmp_path: Path, language: str) -> None:
    with Emulator(tmp_path / "w.emulator") as emulator, emulator.serve() as server, loopback.claude(server.url) as api:
        at = "https://user-of-an-address:pa55word@mcp.example.com/"
        api.beta.agents.create(
            name=f"with {TOKEN}",
            model=MODEL,
            description=f"See {at}here.",
            metadata={"key": TOKEN},
            mcp_servers=[{"type": "url", "name": "a", "url": at}],
            tools=[
                {"type": "mcp_toolset", "mcp_server_name": "a"},
                {
                    "type": "custom",
                    "name": "ask",
                    "description": KEY,
                    "input_schema": {"type": "object", "properties": {"x": {"type": "string", "default": TOKEN}}},
                },
            ],
        )
        store = api.beta.memory_stores.create(name="notes")
        api.beta.memory_stores.memories.create(store.id, path="/keys.md", content=f"The key is {TOKEN}.")
        skill = [("s/SKILL.md", f"---\nname: s\ndescription: With {TOKEN}\n---\nx\n".encode())]
        api.skills.create(files=skill, display_name=TOKEN)

    text = command("--language", language)

    assert [secret for secret in SECRETS if secret in text] == []
    assert "xxxxxxxx" not in text
    assert "mcp.example.com" in text


def test_a_checkout_s_variables_and_addresses_are_not_copied(command: Any, tmp_path: Path) -> None:
    """What names a file by `source` says nothing of it, and what copies a file's body copies no secret."""
    checkout = tmp_path / "checkout"
    with Emulator(tmp_path / "w.emulator") as emulator, emulator.serve() as server, loopback.claude(server.url) as api:
        at = "https://user-of-an-address:pa55word@mcp.example.com/"
        servers = [{"type": "url", "name": "a", "url": at}]
        tools = [{"type": "mcp_toolset", "mcp_server_name": "a"}]
        body = {"name": "lead", "model": MODEL, "mcp_servers": servers, "tools": tools, "system": f"Use {TOKEN}."}
        agent = api.beta.agents.create(**body)
        (checkout / "agents").mkdir(parents=True)
        (checkout / "agents" / "lead.yaml").write_text(yaml.safe_dump({"type": "agent", **body}))
        row = {"kind": "agent", "id": agent.id, "version": agent.version, "hash": "0" * 64}
        lock = {"version": 1, "origin": {}, "resources": {"./agents/lead.yaml": row}}
        (checkout / "claude-lock.json").write_text(json.dumps(lock))

    text = command("--from-ant", str(checkout))

    assert [secret for secret in SECRETS if secret in text] == []
    assert "mcp.example.com" in text


def places(shape: Shape, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Each place of a text in a declaration; a variant on the way stands as `=TYPE`."""
    match shape:
        case Object():
            for wire, prop in shape.properties.items():
                yield from places(prop.shape, (*path, wire))
        case Tagged():
            for tag, variant in shape.variants.items():
                yield from places(variant, (*path, f"={tag}"))
        case ListOf():
            yield from places(shape.item, (*path, 0))
        case MapOf():
            yield from places(shape.value, (*path, "a_key"))
        case Json() | Scalar():
            yield path


def placed(path: tuple[str | int, ...], text: str) -> Any:
    """The value that holds the text at a place."""
    if not path:
        return text
    first, *rest = path
    if isinstance(first, str) and first.startswith("="):
        inner = placed(tuple(rest), text)
        return {"type": first[1:], **inner} if isinstance(inner, dict) else inner
    inner = placed(tuple(rest), text)
    return [inner] if first == 0 else {first: inner}


EVERYWHERE = [
    (kind, path)
    for kind in sorted(KINDS)
    for path in places(KINDS[kind].shape)
    if path[-1] != "type" and path[0] not in ("creationId", "platform")
]
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
BODIES = st.text(LETTERS, min_size=36, max_size=36)
WRITTEN = st.builds(
    lambda prefix, body: (prefix + body, body),
    st.sampled_from(["ghp_", "gho_", "github_pat_", "glpat-", "sk-ant-", "npm_", "pypi-"]),
    BODIES,
) | st.builds(
    lambda user, password, host: (f"https://{user}:{password}@{host}.example.com/x", password),
    st.text(LETTERS, min_size=1, max_size=8),
    st.text(LETTERS, min_size=12, max_size=30),
    st.sampled_from(["git", "mcp"]),
)


class Nothing:
    """A platform that is not asked."""


@given(
    place=st.sampled_from(EVERYWHERE),
    written=WRITTEN,
    before=st.text("ab \n", max_size=5).map(lambda text: f"{text} " if text else text),
    language=st.sampled_from(["yaml", "python"]),
    prose=st.booleans(),
)
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_text_of_any_kind_takes_a_secret_into_the_program(
    place: tuple[str, tuple[str | int, ...]], written: tuple[str, str], before: str, language: Any, prose: bool
) -> None:
    kind, path = place
    text, secret = written
    inputs = placed(path, f"{before}{text}")
    inputs = {"path": "skills/it", **inputs} if kind == "Skill" else inputs
    resource = Declared(KINDS[kind], "it", "it_1", inputs)

    program = live.program([resource], Nothing(), prose=prose)  # type: ignore[arg-type]

    everything = "\n".join(files(program, language, "p", {}).values())
    assert secret not in everything


def test_what_is_no_secret_stays_in_the_program() -> None:
    plain = {
        "system": "Mail me@example.com, see https://example.com/@user and ssh://git@example.com.",
        "metadata": {"commit": HEX, "sk": "sk-", "team": "ghp_ is a prefix"},
    }

    (done,) = live.program([declared("Agent", "a", **plain)], Nothing(), prose=False).resources  # type: ignore[arg-type]

    assert done.inputs == plain
    assert done.remarks == ()
