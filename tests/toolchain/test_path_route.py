"""A `pulumi` that is on PATH is taken when it is new enough and complete."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from bare_machine import Machine
from toolchain import recipe


def with_pulumi(machine: Machine, version: str, *, without: Sequence[str] = ()) -> None:
    machine.program("pulumi", f"echo v{version}")
    for name in recipe.NEEDED:
        if name not in without:
            machine.program(name, "exit 0")


def test_a_new_enough_pulumi_is_taken_and_only_its_folder_is_printed(machine: Machine) -> None:
    with_pulumi(machine, "3.300.1")

    done = machine.run()

    assert (done.returncode, done.stdout, done.stderr) == (0, f"{machine.bin}\n", "")


@pytest.mark.parametrize("version", ["3.221.0", "3.259.0-dev.1", "4.0.0"])
def test_versions_from_the_minimum_on_are_new_enough(machine: Machine, version: str) -> None:
    with_pulumi(machine, version)

    assert machine.run().stdout == f"{machine.bin}\n"


@pytest.mark.parametrize(
    ("version", "named"), [("3.220.9", "3.220.9"), ("3.99.0", "3.99.0"), ("2.300.0", "2.300.0"), ("", "unknown")]
)
def test_an_old_pulumi_is_passed_over_and_the_sentence_names_its_version(
    machine: Machine, version: str, named: str
) -> None:
    with_pulumi(machine, version)

    done = machine.run()

    assert (done.returncode, done.stdout) == (1, "")
    assert f"the pulumi on PATH is too old (version {named}, at least 3.221.0 is needed)" in done.stderr


def test_an_old_pulumi_does_not_stand_in_the_way_of_the_installer(installing: Machine) -> None:
    with_pulumi(installing, "3.100.0")

    done = installing.run(MANAGED_AGENTS_TOOLCHAIN="")

    assert done.returncode == 0
    assert Path(done.stdout.strip()).is_relative_to(installing.engines)


@pytest.mark.parametrize("missing", recipe.NEEDED)
def test_a_pulumi_without_what_python_and_yaml_programs_need_is_passed_over(machine: Machine, missing: str) -> None:
    with_pulumi(machine, "3.300.1", without=[missing])

    done = machine.run()

    assert done.returncode == 1
    assert f"the pulumi on PATH has no {missing} beside it" in done.stderr


def test_a_link_on_path_leads_to_the_folder_with_the_hosts(machine: Machine) -> None:
    with_pulumi(machine, "3.300.1")
    links = machine.home / "links"
    links.mkdir()
    (links / "pulumi").symlink_to(machine.bin / "pulumi")

    assert machine.run(PATH=str(links)).stdout == f"{machine.bin}\n"


def test_a_pulumi_on_path_is_not_looked_at_when_another_route_is_forced(machine: Machine) -> None:
    with_pulumi(machine, "3.300.1")

    done = machine.run(MANAGED_AGENTS_TOOLCHAIN="install")

    assert (done.returncode, done.stdout) == (1, "")


def test_an_unknown_route_is_refused_with_the_known_ones(machine: Machine) -> None:
    done = machine.run(MANAGED_AGENTS_TOOLCHAIN="guess")

    assert done.returncode == 1
    assert done.stderr == "MANAGED_AGENTS_TOOLCHAIN is 'guess': set it to one of path, install, build, or not at all\n"
