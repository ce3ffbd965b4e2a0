"""A cache is checked on every run: what is wrong is named, what is whole is accepted at once."""

import os
from pathlib import Path

import pytest
from toolchain import manifest


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    for name in ("pulumi", "pulumi-language-python"):
        (tmp_path / "bin" / name).write_bytes(name.encode() * 100)
        (tmp_path / "bin" / name).chmod(0o755)
    manifest.write(tmp_path)
    return tmp_path


def test_a_whole_engine_has_no_faults(engine: Path) -> None:
    assert manifest.faults(engine) == {}


def test_a_truncated_file_is_named_with_its_size(engine: Path) -> None:
    os.truncate(engine / "bin" / "pulumi", 10)

    assert manifest.faults(engine) == {"pulumi": "has 10 bytes instead of 600"}
    assert manifest.intact(engine) == [engine / "bin" / "pulumi-language-python"]


def test_a_missing_file_is_named(engine: Path) -> None:
    (engine / "bin" / "pulumi").unlink()

    assert manifest.faults(engine) == {"pulumi": "is missing"}


def test_another_content_of_the_same_size_is_noticed(engine: Path) -> None:
    (engine / "bin" / "pulumi").write_bytes(b"x" * 600)
    os.utime(engine / "bin" / "pulumi", (1, 1))

    assert manifest.faults(engine) == {"pulumi": "has a different content"}


def test_a_copy_with_new_times_is_accepted(engine: Path) -> None:
    os.utime(engine / "bin" / "pulumi", (1, 1))

    assert manifest.faults(engine) == {}


def test_a_program_that_lost_its_mode_is_named(engine: Path) -> None:
    (engine / "bin" / "pulumi").chmod(0o644)

    assert manifest.faults(engine) == {"pulumi": "is not executable"}


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"files": 3}', '{"files": {"pulumi": {}}}'])
def test_a_manifest_that_cannot_be_read_is_a_fault_and_nothing_is_kept(engine: Path, text: str) -> None:
    (engine / "manifest.json").write_text(text)

    assert manifest.faults(engine) == {"manifest.json": "cannot be read"}
    assert manifest.intact(engine) == []


def test_a_folder_without_manifest_is_half_built(engine: Path) -> None:
    (engine / "manifest.json").unlink()

    assert manifest.faults(engine) == {"manifest.json": "is missing"}
