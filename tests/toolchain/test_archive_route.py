"""Pulumi's own archive, here a small one on loopback, fills the cache as a whole or not at all."""

import io
import os
import tarfile
import time
from pathlib import Path

import pytest
from archives import Site, packed
from bare_machine import Machine
from toolchain import recipe


def test_stdout_holds_nothing_but_the_folder_of_the_new_engine(installing: Machine) -> None:
    done = installing.run()

    assert done.returncode == 0, done.stderr
    folder = Path(done.stdout.removesuffix("\n"))
    assert folder == installing.engines / recipe.key("installed") / "bin"
    assert (folder / "pulumi").is_file()
    assert f"installed Pulumi {recipe.VERSION}" in done.stderr


def test_the_second_run_uses_the_cache_without_asking_anyone(installing: Machine, site: Site) -> None:
    first = installing.run()
    started = time.monotonic()

    second = installing.run(MANAGED_AGENTS_TOOLCHAIN_ARCHIVE="http://127.0.0.1:1/")

    assert (second.stdout, second.stderr) == (first.stdout, "")
    assert len(site.asked) == 1
    assert time.monotonic() - started < 10


def test_a_kept_engine_comes_before_the_network_when_no_route_is_forced(installing: Machine) -> None:
    first = installing.run()

    second = installing.run(MANAGED_AGENTS_TOOLCHAIN="", MANAGED_AGENTS_TOOLCHAIN_ARCHIVE="http://127.0.0.1:1/")

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


def test_an_engine_without_its_manifest_is_made_anew(installing: Machine, site: Site) -> None:
    folder = Path(installing.run().stdout.strip())
    (folder.parent / "manifest.json").unlink()

    done = installing.run()

    assert done.returncode == 0
    assert "manifest.json is missing" in done.stderr
    assert len(site.asked) == 2


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

    assert sum("installed Pulumi" in err for _, err in results) == 1
    assert len({out for out, _ in results}) == 1
    assert sorted("another build is under way, waiting" in err for _, err in results) == [False, True]


def test_an_engine_that_does_not_start_is_not_kept(installing: Machine, site: Site) -> None:
    done = installing.run(**site.offer(packed(pulumi="#!/bin/sh\nexit 1\n")))

    assert done.returncode == 1
    assert "the new pulumi says version '' instead of" in done.stderr
    assert [path.suffix for path in installing.engines.iterdir()] == [".lock"]


@pytest.mark.parametrize("content", [b"<html>log in first</html>", packed(pulumi="#!/bin/sh\n"), b""])
def test_what_is_not_what_was_pinned_is_not_unpacked(installing: Machine, site: Site, content: bytes) -> None:
    wanted = installing.environ["MANAGED_AGENTS_TOOLCHAIN_SHA256"]

    done = installing.run(**site.offer(content) | {"MANAGED_AGENTS_TOOLCHAIN_SHA256": wanted})

    assert done.returncode == 1
    assert "its download site answers with something else than what was pinned" in done.stderr
    assert [path.suffix for path in installing.engines.iterdir()] == [".lock"]


def test_an_archive_that_is_none_leaves_no_half_engine(installing: Machine, site: Site) -> None:
    done = installing.run(**site.offer(b"no archive at all"))

    assert (done.returncode, done.stdout) == (1, "")
    assert "its archive cannot be unpacked: install the Pulumi CLI" in done.stderr
    assert [path.suffix for path in installing.engines.iterdir()] == [".lock"]


def test_an_archive_writes_programs_and_nothing_elsewhere(installing: Machine, site: Site) -> None:
    archive = io.BytesIO(packed())
    names = ("../outside", "/absolute", "pulumi/../../outside", "pulumi/deeper/x", "flat", "pulumi/..")
    with tarfile.open(fileobj=archive, mode="r:gz") as before:
        good = [(member, before.extractfile(member).read()) for member in before]  # type: ignore[union-attr]
    odd = io.BytesIO()
    with tarfile.open(fileobj=odd, mode="w:gz") as members:
        for member, content in good:
            members.addfile(member, io.BytesIO(content))
        for name in names:
            members.addfile(tarfile.TarInfo(name), io.BytesIO())
        link = tarfile.TarInfo("pulumi/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        members.addfile(link)

    done = installing.run(**site.offer(odd.getvalue()))

    assert done.returncode in (0, 1)
    assert not [
        path for path in installing.home.rglob("*") if path.name in ("outside", "absolute", "x", "flat", "link")
    ]


@pytest.mark.parametrize("address", ["not an address", "ftp://127.0.0.1:1/x"])
def test_an_address_that_cannot_be_asked_is_a_site_that_does_not_answer(installing: Machine, address: str) -> None:
    done = installing.run(MANAGED_AGENTS_TOOLCHAIN_ARCHIVE=address)

    assert done.returncode == 1
    assert "its download site does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_pinned_archive_has_a_checksum_of_its_own() -> None:
    sums = [archive.sha256 for archive in recipe.ARCHIVES.values()]

    assert len(set(sums)) == len(sums)
    assert all(len(bytes.fromhex(each)) == 32 for each in sums)
    assert all(recipe.VERSION in archive.address for archive in recipe.ARCHIVES.values())
