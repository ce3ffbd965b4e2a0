"""`tools/browser` on machines with and without a browser. Programs are small scripts; nothing is installed."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "browser"
INSTALLING = """echo "$@" >>{log}
case "$*" in *update*) touch {lists}; exit 0;; esac
[ -e {lists} ] || exit 100
for name in chromium chromedriver; do printf '#!/bin/sh\\n' >{bin}/$name; chmod 755 {bin}/$name; done"""


class Machine:
    """A PATH with only what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "programs"
        self.bin.mkdir()
        self.log = folder / "log"
        for name in ("touch", "chmod", "true"):
            found = shutil.which(name)
            assert found
            (self.bin / name).symlink_to(found)

    def program(self, name: str, script: str = "", folder: Path | None = None) -> None:
        path = (folder or self.bin) / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def run(self, path: str = "") -> subprocess.CompletedProcess[str]:
        environ = {"PATH": path or str(self.bin)}
        return subprocess.run(
            [sys.executable, TOOL], env=environ, check=False, capture_output=True, text=True, timeout=240
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def with_apt(machine: Machine, *, lists: bool) -> None:
    known = machine.bin.parent / "lists"
    if lists:
        known.touch()
    machine.program("apt-get", INSTALLING.format(log=machine.log, lists=known, bin=machine.bin))
    machine.program("sudo", 'shift; exec "$@"')


@pytest.mark.parametrize("browser", ["chromium", "chromium-browser", "google-chrome"])
def test_a_browser_on_path_is_taken_quietly(machine: Machine, browser: str) -> None:
    machine.program(browser)
    machine.program("chromedriver")

    done = machine.run()

    assert (done.returncode, done.stdout, done.stderr) == (0, f"{machine.bin}\n", "")


def test_two_folders_are_printed_as_a_part_of_a_path(machine: Machine) -> None:
    other = machine.bin.parent / "drivers"
    machine.program("chromium")
    machine.program("chromedriver", folder=other)

    assert machine.run(f"{machine.bin}:{other}").stdout == f"{machine.bin}:{other}\n"


@pytest.mark.parametrize("alone", [None, "chromium", "chromedriver"])
def test_without_a_pair_and_without_apt_one_sentence_says_what_to_install(machine: Machine, alone: str | None) -> None:
    if alone:
        machine.program(alone)

    done = machine.run()

    assert (done.returncode, done.stdout) == (1, "")
    (said,) = done.stderr.splitlines()
    assert "install both (on Debian: apt-get install chromium chromium-driver)" in said


def test_debian_s_packages_are_installed_where_nobody_is_asked(machine: Machine) -> None:
    with_apt(machine, lists=True)

    done = machine.run()

    assert (done.returncode, done.stdout) == (0, f"{machine.bin}\n")
    assert "installing chromium and chromium-driver" in done.stderr
    (asked,) = machine.log.read_text().splitlines()
    assert asked.endswith("install -y --no-install-recommends chromium chromium-driver")


def test_a_machine_without_package_lists_gets_them_first(machine: Machine) -> None:
    with_apt(machine, lists=False)

    done = machine.run()

    assert done.returncode == 0
    assert [line.split()[3] for line in machine.log.read_text().splitlines()] == ["install", "update", "install"]


def test_an_installation_that_fails_ends_with_the_sentence(machine: Machine) -> None:
    with_apt(machine, lists=True)
    machine.program("apt-get", "exit 100")

    done = machine.run()

    assert (done.returncode, done.stdout) == (1, "")
    assert "install both" in done.stderr


@pytest.mark.parametrize(("sudo", "status"), [('shift; exec "$@"', 0), ("exit 1", 1)], ids=["grants", "would ask"])
def test_who_is_not_root_installs_with_a_sudo_that_asks_nothing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, sudo: str, status: int
) -> None:
    with_apt(machine, lists=True)
    machine.program("sudo", sudo)
    monkeypatch.setenv("PATH", str(machine.bin))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert runpy.run_path(str(TOOL / "__main__.py"))["main"]() == status
    assert machine.log.exists() == (status == 0)
