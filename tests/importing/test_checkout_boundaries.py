"""Nothing outside of a checkout of `ant apply` is read, and nothing in it is trusted to be small or sane."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from importing.ant_checkout import check_out
from importing.test_command import command, world

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["command", "world"]

OUTSIDE = "words that are outside of the checkout"


def put(path: Path, what: str | Callable[[Path], Any]) -> None:
    """Something else in a file's place."""
    if path.exists():
        path.unlink()
    if isinstance(what, str):
        path.write_text(what)
    else:
        what(path)


def link(target: str) -> Callable[[Path], Any]:
    return lambda path: path.symlink_to(target)


BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
LEADS_OUT = "leads out of the checkout"
CASES: dict[str, tuple[str, str | Callable[[Path], Any], str]] = {
    "a prompt behind a link": ("agents/reviewer.md", link("../../outside.md"), LEADS_OUT),
    "a declaration behind a link": ("vaults/keys.yaml", link("../../outside.yaml"), LEADS_OUT),
    "JSON behind a link": ("environments/open.json", link("../../outside.json"), LEADS_OUT),
    "a data file behind a link": ("data/tools.yaml", link("../../outside.yaml"), LEADS_OUT),
    "a skill behind a link": ("skills/reviewing/SKILL.md", link("../../../outside.md"), LEADS_OUT),
    "the system's own": ("agents/reviewer.md", link("/proc/self/environ"), LEADS_OUT),
    "a data file of the system": (
        "agents/reviewer.md",
        "---\nmodel: m\ntools: [/proc/self/environ]\n---\n",
        "is outside of the checkout",
    ),
    "a pipe": ("vaults/keys.yaml", os.mkfifo, "is no file"),
    "a pipe of data": ("data/tools.yaml", os.mkfifo, "is no file"),
    "a bomb": ("vaults/keys.yaml", BOMB, "has more than 20,000 values"),
    "a bomb in a prompt": ("agents/reviewer.md", f"---\n{BOMB}---\n", "has more than 20,000 values"),
    "a bomb of data": ("data/tools.yaml", BOMB, "has more than 20,000 values"),
    "JSON nested very deeply": ("environments/open.json", "[" * 50_000, "is nested deeper than 64 levels"),
    "JSON with a very large number": (
        "environments/open.json",
        f'{{"name": {"9" * 5000}}}',
        "has a number of more than",
    ),
    "JSON with a name twice": ("environments/open.json", '{"name": "a", "name": "b"}', "has the name 'name' twice"),
    "JSON with half a character": ("environments/open.json", '{"name": "\\ud800"}', "has a text that is none"),
    "JSON with no number": ("environments/open.json", '{"name": NaN}', "has a number that JSON does not know"),
    "data that is not there": (
        "agents/reviewer.md",
        "---\nmodel: m\ntools: [../data/no.yaml]\n---\n",
        "cannot be read",
    ),
    "data that is no JSON": ("agents/reviewer.md", "---\nmodel: m\ntools: [../bad.json]\n---\n", "is no JSON (line 1)"),
    "a file that is far too large": (
        "vaults/keys.yaml",
        lambda path: (path.touch(), os.truncate(path, 20 << 30)),
        "has more than 1,000,000 bytes",
    ),
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_read_safely_ends_the_import(
    world: Any, command: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    file, what, problem = CASES[case]
    checkout = tmp_path / "checkout"
    world(lambda server: check_out(server, checkout))
    for name, text in (("md", OUTSIDE), ("yaml", f"display_name: {OUTSIDE}\n"), ("json", f'{{"name": "{OUTSIDE}"}}')):
        (tmp_path / f"outside.{name}").write_text(text)
    (checkout / "bad.json").write_text("{")
    put(checkout / file, what)

    assert command("--from-ant", str(checkout), "--out", str(tmp_path / "out")) == 1

    told = capsys.readouterr().err
    assert problem in told
    assert OUTSIDE not in told
    assert not (tmp_path / "out").exists()


def test_a_link_within_the_checkout_is_replaced_by_its_end(world: Any, command: Any, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    world(lambda server: check_out(server, checkout))
    (checkout / "prompts").mkdir()
    (checkout / "agents" / "reviewer.md").rename(checkout / "prompts" / "real.md")
    (checkout / "agents" / "reviewer.md").symlink_to("../prompts/real.md")
    (checkout / "common").mkdir()
    (checkout / "skills" / "reviewing").rename(checkout / "common" / "reviewing")
    (checkout / "skills" / "reviewing").symlink_to("../common/reviewing")

    assert command("--from-ant", str(checkout), "--out", str(tmp_path / "out")) == 0

    program = (tmp_path / "out" / "Pulumi.yaml").read_text()
    assert 'source: "../checkout/prompts/real.md"' in program
    assert 'path: "../checkout/common/reviewing"' in program


KEYS = ["/etc/passwd", "../outside.md", "./a/../../outside.md", "a\\b", "..", "a\0b", "./agents/\n.md"]


@pytest.mark.parametrize("key", KEYS, ids=repr)
def test_a_lock_file_names_nothing_outside(
    world: Any, command: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    checkout = tmp_path / "checkout"
    world(lambda server: check_out(server, checkout))
    lock = json.loads((checkout / "claude-lock.json").read_text())
    lock["resources"] |= {key: {"kind": "agent", "id": "agent_1"}}
    (checkout / "claude-lock.json").write_text(json.dumps(lock))

    assert command("--from-ant", str(checkout), "--out", str(tmp_path / "out")) == 1

    reason = "outside of its folder" if key.isprintable() else "which can be no file"
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize("there", ["Pulumi.yaml", "skills"])
def test_nothing_is_written_through_a_link(
    world: Any, command: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], there: str
) -> None:
    world(lambda server: check_out(server, tmp_path / "checkout"))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    target = "../elsewhere" if there == "skills" else "../elsewhere/written"
    (tmp_path / "out" / there).symlink_to(target)

    assert command("--out", str(tmp_path / "out"), "--force") == 1

    assert "is a link" in capsys.readouterr().err
    assert list((tmp_path / "elsewhere").iterdir()) == []
