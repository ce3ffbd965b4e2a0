"""The release archive: installed from its file, the plugin runs with nothing but a Python, and without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from examples.example_stack import ExampleStack
from examples.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from distribution.fixtures import Release

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
WITHOUT_A_ROUTE = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")


@pytest.fixture(scope="module")
def unpacked(released: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The executable of an unpacked archive, in a folder whose name has a space."""
    folder = tmp_path_factory.mktemp("plugin") / "of the archive"
    with tarfile.open(released.archive) as archive:
        # The first releases of Python 3.11 know no filters.
        safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        archive.extractall(folder, **safely)  # noqa: S202 - our own archive
    return folder / "pulumi-resource-managed-agents"


@pytest.mark.engine
def test_an_installed_archive_runs_without_our_environment_and_without_a_network(
    released: Release, tmp_path: Path
) -> None:
    bare = {"PATH": str(engine_alone(tmp_path)) + ":/usr/bin:/bin", "PULUMI_PYTHON_CMD": python_without_packages()}
    stack = ExampleStack("quickstart-yaml", tmp_path, Prepared(), plugin=released.archive, **bare)
    stack.configure("githubToken", "token-of-last-week", secret=True)

    first = stack.up()
    again = stack.up()
    stack.destroy()

    assert first.operations.keys() == {"default", "sandbox", "code-reviewer", "app", "review"}
    assert again.operations == {}
    assert [text for severity, text in first.diagnostics if severity in ("warning", "error")] == []
    assert stack.state() == {}
    stack.search_files()


def test_the_archive_runs_with_every_python_of_this_machine(unpacked: Path) -> None:
    found = list(pythons())
    assert found

    for python in found:
        with subprocess.Popen(
            [unpacked, "127.0.0.1:1"],
            env={"PULUMI_PYTHON_CMD": python, "PATH": "/usr/bin:/bin"},
            stdout=subprocess.PIPE,
            text=True,
        ) as plugin:
            assert plugin.stdout
            port = plugin.stdout.readline()
            plugin.kill()
        assert port.strip().isdigit(), python


def test_without_a_python_that_fits_the_archive_says_what_to_install(unpacked: Path) -> None:
    done = subprocess.run(
        [unpacked, "127.0.0.1:1"], env={"PATH": "/nowhere"}, check=False, capture_output=True, timeout=240
    )

    assert done.returncode == 1
    assert done.stdout == b""
    (said,) = done.stderr.decode().splitlines()
    assert "put a CPython 3.11 to 3.14 for" in said
    assert "on PATH, or its path into PULUMI_PYTHON_CMD" in said


def test_the_archive_holds_the_licences_and_no_debugger(unpacked: Path) -> None:
    (libraries,) = (unpacked.parent / "lib").iterdir()
    packages = {path.name.partition("-")[0] for path in libraries.glob("*.dist-info")}

    assert {"grpcio", "protobuf", "pydantic", "httpx", "werkzeug"} <= packages
    assert not {"debugpy", "opentelemetry_api", "pip"} & packages
    assert [path.name for path in libraries.glob("*.dist-info") if not list(path.rglob("LICEN[CS]E*"))] == []
    assert (unpacked.parent / "LICENSE").exists()


def test_the_same_checkout_makes_the_same_archive(
    release: Callable[[Path], Release], released: Release, tmp_path: Path
) -> None:
    assert release(tmp_path).archive.read_bytes() == released.archive.read_bytes()


def engine_alone(folder: Path) -> Path:
    """A folder with a `pulumi` that reaches no other machine, where the system lets us take the network away."""
    programs = folder / "programs"
    programs.mkdir()
    engine = shutil.which("pulumi")
    assert engine, "no engine on PATH: run the tests with `make test`"
    (programs / "pulumi-language-yaml").symlink_to(Path(engine).with_name("pulumi-language-yaml"))
    command = [*(WITHOUT_A_ROUTE if can_take_the_network_away() else ()), engine]
    quoted = " ".join(f"'{word}'" for word in command)
    (programs / "pulumi").write_text(f'#!/bin/sh\nexec {quoted} "$@"\n')
    (programs / "pulumi").chmod(0o755)
    return programs


def can_take_the_network_away() -> bool:
    return (
        shutil.which("unshare") is not None
        and not subprocess.run([*WITHOUT_A_ROUTE, "true"], check=False, capture_output=True, timeout=240).returncode
    )


def python_without_packages() -> str:
    """The Python that our environment was made from."""
    return str(Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}")


def pythons() -> Iterator[str]:
    """The Pythons that an archive has libraries for, as far as this machine has them."""
    near = Path(sys.base_prefix).parent
    for version in PYTHONS:
        places = [*near.glob(f"{version}.*/bin/python3"), shutil.which(f"python{version}")]
        for place in filter(None, map(str, filter(None, places))):
            done = subprocess.run([place, "-c", ""], check=False, capture_output=True, env=os.environ, timeout=240)
            if done.returncode == 0:
                yield place
                break
