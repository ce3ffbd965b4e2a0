"""What comes over the line runs only if it is what was pinned; what is kept is the user's alone."""

import os
from collections.abc import Iterator

import pytest
from archives import Site
from bare_machine import Machine

MARK = "it-ran"


@pytest.fixture(autouse=True)
def _careless() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_nothing_runs_that_is_not_what_was_pinned(installing: Machine, site: Site) -> None:
    script = f'#!/bin/sh\ntouch "$HOME/{MARK}"\nexit 1\n'
    address = site.serve(script.encode())

    done = installing.run(
        MANAGED_AGENTS_TOOLCHAIN_INSTALLER=address,
        MANAGED_AGENTS_TOOLCHAIN_ARCHIVE=address,
        MANAGED_AGENTS_TOOLCHAIN_SHA256="",
    )

    assert done.returncode == 1
    assert not (installing.home / MARK).exists()


def test_the_cache_is_the_user_s_alone(installing: Machine) -> None:
    assert installing.run().returncode == 0

    cache = installing.home / "cache"
    folders = [cache / "pulumi-managed-agents", installing.engines]
    assert [folder.stat().st_mode & 0o777 for folder in folders] == [0o700, 0o700]


def test_a_cache_that_others_could_write_is_closed(installing: Machine) -> None:
    cache = installing.home / "cache" / "pulumi-managed-agents"
    cache.mkdir(parents=True, mode=0o777)

    assert installing.run().returncode == 0

    assert cache.stat().st_mode & 0o777 == 0o700


def test_a_kept_cache_that_others_could_write_is_closed(installing: Machine) -> None:
    assert installing.run().returncode == 0
    cache = installing.home / "cache" / "pulumi-managed-agents"
    cache.chmod(0o777)

    assert installing.run().returncode == 0

    assert cache.stat().st_mode & 0o777 == 0o700
