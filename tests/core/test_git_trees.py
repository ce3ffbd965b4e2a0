"""Folders in git repositories: what is taken of them, and how much is brought at most."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from core.bags import CONTEXT

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.errors import FileProblem
from pulumi_managed_agents.plan import trees
from pulumi_managed_agents.plan.files import LocalFiles
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.provider.configured import ConfiguredProvider
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ADDRESS = "https://git.example.com/org/skills"


@pytest.fixture
def committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """A repository at the address; gives the address of a tree with what is in its folder by then."""
    repository = tmp_path / "skills"
    repository.mkdir()
    configuration = tmp_path / "gitconfig"
    configuration.write_text(f'[url "{repository.as_uri()}"]\n\tinsteadOf = {ADDRESS}\n[user]\n\tname=a\n\temail=a@b\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configuration))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)

    def git(*words: str, given: str = "") -> str:
        run = subprocess.run(
            ["git", *words], cwd=repository, check=True, capture_output=True, text=True, input=given, timeout=60
        )
        return run.stdout.strip()

    def commit(*names: str) -> str:
        git("init", "--quiet")
        git("add", "--all", "--force")
        if names:
            blob = git("hash-object", "-w", "--stdin")
            git("update-index", "--add", "--index-info", given="".join(f"100644 {blob}\t{name}\n" for name in names))
        git("commit", "--quiet", "--message=all")
        return f"{ADDRESS}/tree/{git('rev-parse', 'HEAD')}"

    return commit


def refusal(address: str, most: int = 1000) -> str:
    with pytest.raises(FileProblem) as caught:
        LocalFiles().tree(address, most)
    return str(caught.value)


def test_a_tree_at_a_commit_is_its_files(committed: Callable[[], str], tmp_path: Path) -> None:
    (tmp_path / "skills" / "one" / "deep").mkdir(parents=True)
    (tmp_path / "skills" / "one" / "deep" / "notes").write_text("1")
    (tmp_path / "skills" / "one" / "SKILL.md").write_text("2")

    assert list(LocalFiles().tree(f"{committed()}/one", 2)) == ["SKILL.md", "deep/notes"]


def test_a_tree_that_is_not_there_is_refused(committed: Callable[[], str], tmp_path: Path) -> None:
    (tmp_path / "skills" / "notes").write_text("1")

    assert refusal(f"{committed()}/nowhere") == "names a tree that git cannot bring (`git archive` ended with 128)"


def test_a_link_in_a_tree_is_refused(committed: Callable[[], str], tmp_path: Path) -> None:
    (tmp_path / "skills" / "link").symlink_to("/etc/passwd")

    assert refusal(committed()) == "names a tree with a link, which is not followed: 'link'"


def test_a_tree_does_not_carry_secrets_unless_they_are_named(committed: Callable[[], str], tmp_path: Path) -> None:
    (tmp_path / "skills" / "deep").mkdir()
    for name in (".npmrc", "deep/id_rsa"):
        (tmp_path / "skills" / name).write_text("1")
    address = committed()

    advice = "take it out, or name it in `including`"
    assert refusal(address) == f"names a folder with something that usually holds secrets, '.npmrc': {advice}"
    assert list(LocalFiles().tree(address, 2, [".npmrc", "deep/*"])) == [".npmrc", "deep/id_rsa"]


def test_a_file_that_git_packed_very_small_is_not_unpacked(committed: Callable[[], str], tmp_path: Path) -> None:
    with (tmp_path / "skills" / "zeros").open("wb") as file:
        file.truncate(50 << 20)
    address = committed()

    tracemalloc.start()
    told = refusal(address)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert told == "names a folder with more than 1,000 bytes in its files"
    assert most < 4 << 20


def test_a_tree_of_very_many_files_is_refused(committed: Callable[..., str]) -> None:
    assert refusal(committed(*map(str, range(5001)))) == "names a folder with more than 5,000 entries"


def test_a_repository_that_brings_more_than_it_should_is_given_up(
    committed: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trees, "MOST_FETCHED", 1_000_000)
    (tmp_path / "skills" / "one").mkdir()
    (tmp_path / "skills" / "one" / "SKILL.md").write_text("1")
    (tmp_path / "skills" / "noise").write_bytes(os.urandom(5_000_000))

    assert refusal(f"{committed()}/one") == "names a tree in a repository of which git brings more than 1,000,000 bytes"


@pytest.mark.parametrize("command", ["fetch", "archive"])
def test_git_that_does_not_end_is_ended(
    committed: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (tmp_path / "skills" / "notes").write_text("1")
    address = committed()
    real = shutil.which("git")
    script = tmp_path / "bin" / "git"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\n[ "$1" = {command} ] && sleep 60\nexec {real} "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(script.parent), prepend=os.pathsep)
    monkeypatch.setattr(trees, "GIT_SECONDS", 0.5)

    began = time.monotonic()
    assert refusal(address) == "names a tree that git did not bring within 0 seconds"
    assert time.monotonic() - began < 30


SKILL = "---\nname: reviewing\ndescription: How we review.\n---\nLook twice.\n"


@pytest.fixture
def asked_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The commands that git is started with from now on, by their first word."""
    real, log = shutil.which("git"), tmp_path / "asked"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").write_text(f'#!/bin/sh\necho "$1" >> "{log}"\nexec "{real}" "$@"\n')
    (tmp_path / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return lambda: log.read_text().split() if log.exists() else []


def test_a_provider_fetches_a_tree_once_for_all_checks_and_the_upload(
    committed: Callable[[], str], asked_of_git: Callable[[], list[str]], tmp_path: Path
) -> None:
    (tmp_path / "skills" / "SKILL.md").write_text(SKILL)
    address = committed()
    before = asked_of_git()
    settings = configure({"emulator": str(tmp_path / "world.emulator")}, {})
    provider = ConfiguredProvider(settings, pytest.fail, directory=tmp_path)
    skill = provider.kind("Skill")
    naming = plan.CheckContext(
        provider.capabilities, "skill", lambda digits: "0" * digits, files=provider.context.files
    )

    inputs, failures = provider.check(skill, {}, {"path": address}, naming)
    provider.check(skill, inputs, {"path": address}, naming)
    apply.create(skill, inputs, provider.context)
    provider.close()

    assert failures == []
    assert asked_of_git()[len(before) :].count("fetch") == 1


def test_a_tree_that_git_cannot_bring_is_asked_for_once_in_a_check(
    asked_of_git: Callable[[], list[str]],
) -> None:
    wanted = f"https://localhost:1/org/skills/tree/{'0' * 40}"

    _, failures = plan.check(KINDS["Skill"], {}, {"path": wanted}, replace(CONTEXT, files=LocalFiles()))

    assert [str(failure.path[0]) for failure in failures] == ["path"]
    assert asked_of_git().count("fetch") == 1


@pytest.mark.parametrize("at_once", [1, 8], ids=["one after another", "at once"])
def test_resources_that_share_a_tree_that_git_cannot_bring_wait_for_it_once(
    asked_of_git: Callable[[], list[str]], at_once: int
) -> None:
    wanted, files = f"https://localhost:1/org/skills/tree/{'0' * 40}", LocalFiles()

    def told(number: int) -> str:
        naming = replace(CONTEXT, logical_name=f"skill-{number}", files=files)
        _, failures = plan.check(KINDS["Skill"], {}, {"path": wanted}, naming)
        return failures[0].reason

    with ThreadPoolExecutor(at_once) as pool:
        reasons = set(pool.map(told, range(8)))

    assert reasons == {"names a tree that git cannot bring (`git fetch` ended with 128)"}
    assert asked_of_git().count("fetch") == 1


def test_trees_are_held_within_bounds(
    committed: Callable[[], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(trees, "HELD_BYTES", 10)
    (tmp_path / "skills" / "a").write_text("123456")
    files, address = LocalFiles(), committed()

    assert files.tree(address, 100) is files.tree(address, 100)
    assert files.tree(address, 50) is not files.tree(address, 100)
    assert files.tree(address, 100) is files.tree(address, 100)
