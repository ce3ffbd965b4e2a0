"""The key of the cache follows the pinned versions, and the lines of a build say how far it is."""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from toolchain import golang, progress, recipe


def test_the_key_is_stable_and_differs_between_routes() -> None:
    assert recipe.key("built") == recipe.key("built")
    assert recipe.key("built").removeprefix("built") == recipe.key("installed").removeprefix("installed")


@pytest.mark.parametrize("name", ["go.mod", "go.sum"])
def test_a_changed_pin_asks_for_another_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = recipe.key("built")
    shutil.copytree(recipe.CLI.folder, tmp_path / "cli")
    with (tmp_path / "cli" / name).open("a") as stream:
        stream.write("\n// changed\n")
    monkeypatch.setattr(recipe, "MODULES", (replace(recipe.CLI, folder=tmp_path / "cli"), recipe.HOSTS))

    assert recipe.key("built") != before


def test_the_modules_pin_the_versions_that_are_stamped() -> None:
    pins = (recipe.CLI.folder / "go.mod").read_text()

    assert f"github.com/pulumi/pulumi/pkg/v3 v{recipe.VERSION}" in pins
    assert f"github.com/pulumi/pulumi/sdk/v3 v{recipe.VERSION}" in pins
    assert f"github.com/pulumi/pulumi-yaml v{recipe.YAML_VERSION}" in pins
    assert f"github.com/pulumi/pulumi/sdk/v3 v{recipe.HOSTS_VERSION}" in (recipe.HOSTS.folder / "go.mod").read_text()


def test_a_log_gets_a_line_for_the_start_now_and_then_and_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LOG_SECONDS", 0)
    log = io.StringIO()

    with progress.Progress(6, log).step("building pulumi", "about 5 minutes the first time") as step:
        step.detail = "412 of 1,689 packages compiled"
        step.show()

    assert log.getvalue().splitlines() == [
        "[1/6] building pulumi (about 5 minutes the first time)",
        "[1/6] building pulumi (0:00 so far; 412 of 1,689 packages compiled; about 5 minutes the first time)",
        "[1/6] building pulumi (done in 0:00; 412 of 1,689 packages compiled)",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_refreshed_in_place_by_lines_that_do_not_wrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "TERMINAL_SECONDS", 0)
    terminal = Terminal()

    with progress.Progress(1, terminal).step("building", "a long hint " * 20) as step:
        step.show()

    assert terminal.getvalue().count("\n") == 1
    assert terminal.getvalue().count("\r\033[K") == 3
    assert max(map(len, terminal.getvalue().split("\r\033[K"))) < 80


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("internal/abi", True),
        ("gopkg.in/yaml.v3", True),
        ("github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", True),
        ("go: downloading gopkg.in/yaml.v3 v3.0.1", False),
        ("x.go:1: no space left on device", False),
        ("# example.com/broken", False),
    ],
)
def test_the_names_of_packages_are_told_from_complaints(line: str, named: bool) -> None:
    assert golang.is_package(line) is named
