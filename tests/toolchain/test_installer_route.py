"""The official installer, here a small script on loopback, fills the cache as a whole or not at all."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bare_machine import Machine
from toolchain import recipe


def runs(machine: Machine) -> int:
    return len((machine.home / "installer-runs").read_text().splitlines())


def test_stdout_holds_nothing_but_the_folder_of_the_new_engine(installing: Machine) -> None:
    done = installing.run()

    assert done.returncode == 0, done.stderr
    folder = Path(done.stdout.removesuffix("\n"))
    assert folder == installing.engines / recipe.key("installed") / "bin"
    assert (folder / "pulumi").is_file()
    assert "the installer talks on stdout" in done.stderr


def test_the_second_run_uses_the_cache_without_asking_anyone(installing: Machine) -> None:
    first = installing.run()
    started = time.monotonic()

    second = installing.run(MANAGED_AGENTS_TOOLCHAIN_INSTALLER="http://127.0.0.1:1/")

    assert (second.stdout, second.stderr) == (first.stdout, "")
    assert runs(installing) == 1
    assert time.monotonic() - started < 2


def test_a_kept_engine_comes_before_the_network_when_no_route_is_forced(installing: Machine) -> None:
    first = installing.run()

    second = installing.run(MANAGED_AGENTS_TOOLCHAIN="", MANAGED_AGENTS_TOOLCHAIN_INSTALLER="http://127.0.0.1:1/")

    assert (second.stdout, second.stderr) == (first.stdout, "")


def test_a_truncated_program_in_the_cache_is_named_and_repaired(installing: Machine) -> None:
    folder = Path(installing.run().stdout.strip())
    host = folder / "pulumi-language-python"
    size = host.stat().st_size
    os.truncate(host, 3)

    done = installing.run()

    assert (done.returncode, Path(done.stdout.strip())) == (0, folder)
    assert f"pulumi-language-python has 3 bytes instead of {size}" in done.stderr
    assert host.stat().st_size == size


def test_an_engine_without_its_manifest_is_made_anew(installing: Machine) -> None:
    folder = Path(installing.run().stdout.strip())
    (folder.parent / "manifest.json").unlink()

    done = installing.run()

    assert done.returncode == 0
    assert "manifest.json is missing" in done.stderr
    assert runs(installing) == 2


def test_what_a_killed_build_left_is_swept_away(installing: Machine) -> None:
    partial = installing.engines / (recipe.key("installed") + ".partial")
    partial.mkdir(parents=True)
    (partial / "half").write_text("x")

    done = installing.run()

    assert done.returncode == 0
    assert sorted(path.name for path in installing.engines.iterdir()) == [
        recipe.key("installed"),
        recipe.key("installed") + ".lock",
    ]


def test_of_two_at_once_one_installs_and_the_other_says_that_it_waits(installing: Machine) -> None:
    with installing.start() as one, installing.start() as other:
        results = [process.communicate(timeout=30) for process in (one, other)]

    assert runs(installing) == 1
    assert len({out for out, _ in results}) == 1
    assert sorted("another build is under way, waiting" in err for _, err in results) == [False, True]


def test_an_installer_that_fails_leaves_no_half_engine(installing: Machine, serve: Callable[[str], str]) -> None:
    failing = serve('#!/bin/sh\necho "no space left"\nexit 3\n')

    done = installing.run(MANAGED_AGENTS_TOOLCHAIN_INSTALLER=failing)

    assert (done.returncode, done.stdout) == (1, "")
    assert "its installer ended with status 3: install the Pulumi CLI" in done.stderr
    assert [path.suffix for path in installing.engines.iterdir()] == [".lock"]


def test_an_engine_that_does_not_start_is_not_kept(installing: Machine, serve: Callable[[str], str]) -> None:
    broken = serve('#!/bin/sh\nwhile [ "$1" != --install-root ]; do shift; done\nmkdir -p "$2/bin"\n')

    done = installing.run(MANAGED_AGENTS_TOOLCHAIN_INSTALLER=broken)

    assert done.returncode == 1
    assert "the new pulumi says version '' instead of" in done.stderr
    assert [path.suffix for path in installing.engines.iterdir()] == [".lock"]


def test_the_page_of_a_captive_portal_is_not_run(installing: Machine, serve: Callable[[str], str]) -> None:
    done = installing.run(MANAGED_AGENTS_TOOLCHAIN_INSTALLER=serve("<html>log in first</html>"))

    assert done.returncode == 1
    assert "its download site answers with something that is no installer" in done.stderr


@pytest.mark.parametrize("address", ["not an address", "ftp://127.0.0.1:1/x"])
def test_an_address_that_cannot_be_asked_is_a_site_that_does_not_answer(installing: Machine, address: str) -> None:
    done = installing.run(MANAGED_AGENTS_TOOLCHAIN_INSTALLER=address)

    assert done.returncode == 1
    assert "its download site does not answer" in done.stderr
    assert "Traceback" not in done.stderr
