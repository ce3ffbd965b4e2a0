"""Local files and folders: what is taken of them, within which bounds, and what is refused with which words."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_managed_agents.errors import FileProblem
from pulumi_managed_agents.plan.files import LocalFiles


def write(folder: Path, **files: str) -> Path:
    """Files by their names, in which two underscores stand for a folder's end."""
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def refusal(folder: Path, path: str, most: int = 100, *, of: str = "tree") -> str:
    with pytest.raises(FileProblem) as caught:
        getattr(LocalFiles(folder), of)(path, most)
    return str(caught.value)


def test_a_path_starts_where_the_program_runs(tmp_path: Path) -> None:
    write(tmp_path, skill__notes="some words")

    assert LocalFiles(tmp_path).content("skill/notes", 100).read() == b"some words"
    assert LocalFiles().content(str(tmp_path / "skill" / "notes"), 100).read() == b"some words"


def test_a_file_may_be_as_large_as_allowed_and_no_larger(tmp_path: Path) -> None:
    write(tmp_path, notes="12345")

    assert LocalFiles(tmp_path).content("notes", 5).read() == b"12345"
    assert refusal(tmp_path, "notes", 4, of="content") == "names a file of more than 4 bytes"


def test_what_is_no_file_or_not_there_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    held = os.open(tmp_path / "pipe", os.O_RDWR)

    assert refusal(tmp_path, "pipe", of="content") == "names something that is no file"
    assert refusal(tmp_path, "folder", of="content") == (
        f"names a file that cannot be read: Is a directory ({str(tmp_path / 'folder')!r})"
    )
    assert refusal(tmp_path, "nothing", of="content") == (
        f"names a file that cannot be read: No such file or directory ({str(tmp_path / 'nothing')!r})"
    )
    assert refusal(tmp_path, "a\0b", of="content").startswith("names a file that cannot be read: ValueError (")
    os.close(held)


def test_a_folder_is_its_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, skill__b="2", skill__a__c="1", skill__a__d__e="3")

    found = LocalFiles(tmp_path).tree("skill", 3)

    assert [(name, content.read()) for name, content in found.items()] == [("a/c", b"1"), ("a/d/e", b"3"), ("b", b"2")]


def test_what_tools_leave_in_folders_is_no_part_of_them(tmp_path: Path) -> None:
    write(tmp_path, notes="1", a__notes="2")
    for name in (".git", "__pycache__", "a/.git"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "left").write_text("x" * 1000)
    (tmp_path / "a" / ".DS_Store").write_text("x" * 1000)
    (tmp_path / ".gitignore").write_text("kept")

    assert list(LocalFiles(tmp_path).tree(".", 100)) == [".gitignore", "a/notes", "notes"]


def test_a_folder_may_hold_as_much_as_allowed_in_all_and_no_more(tmp_path: Path) -> None:
    write(tmp_path, skill__a="123", skill__b="45")

    assert len(LocalFiles(tmp_path).tree("skill", 5)) == 2
    assert refusal(tmp_path, "skill", 4) == "names a folder with more than 4 bytes in its files"


def test_a_folder_that_is_not_there_or_is_a_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, notes="1")

    for name in ("nothing", "notes"):
        assert refusal(tmp_path, name) == f"names a folder that is not there ({str(tmp_path / name)!r})"


def test_a_link_or_a_special_file_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, outside__secret="between us", to_a_file__a="1", to_a_folder__a="1", special__a="1")
    (tmp_path / "to_a_file" / "link").symlink_to(tmp_path / "outside" / "secret")
    (tmp_path / "to_a_folder" / "link").symlink_to(tmp_path / "outside")
    os.mkfifo(tmp_path / "special" / "pipe")

    for folder in ("to_a_file", "to_a_folder"):
        assert refusal(tmp_path, folder) == "names a folder with a symbolic link, which is not followed: 'link'"
    assert refusal(tmp_path, "special") == "names a folder with a special file, which is not followed: 'pipe'"


@pytest.mark.parametrize("name", ["a\\b", "a\nb", "a\u202eb"], ids=repr)
def test_a_name_that_the_platform_cannot_use_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("1")

    assert refusal(tmp_path, ".") == f"names a folder with a file whose name cannot be used: {name!r}"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable for root")
def test_a_folder_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    write(tmp_path, a__b="1")
    (tmp_path / "a").chmod(0)

    assert refusal(tmp_path, ".") == f"names a folder that cannot be read: Permission denied ({str(tmp_path)!r})"
    (tmp_path / "a").chmod(0o700)


def test_a_folder_that_went_away_while_it_was_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a__b="1")
    listed = os.scandir

    def gone(path: str) -> object:
        if Path(path).name == "a":
            raise FileNotFoundError(2, "No such file or directory", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", gone)

    assert refusal(tmp_path, ".") == "names a folder that cannot be read: No such file or directory"


# Work is bounded.


@pytest.mark.timeout(5)
def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert refusal(tmp_path, "pipe", of="content") == "names something that is no file"


@pytest.mark.parametrize(
    "path",
    [
        "/dev/zero",
        "/proc/self/environ",
        "/proc/self/cwd/notes",
        "/sys/kernel/notes",
    ],
)
def test_what_the_system_shows_as_files_is_refused(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, notes="1")
    monkeypatch.chdir(tmp_path)

    assert refusal(tmp_path, path, 1_000_000, of="content") == "names something of the system's own, which is no file"
    assert refusal(tmp_path, path, 1_000_000) == "names something of the system's own, which is no folder"


def test_a_file_of_more_bytes_than_there_is_memory_is_refused_unread(tmp_path: Path) -> None:
    write(tmp_path, skill__notes="1")
    with (tmp_path / "skill" / "sparse").open("wb") as file:
        file.truncate(20 << 30)
    program = """
import resource, sys
from pulumi_managed_agents.plan.files import LocalFiles
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
for look in (LocalFiles().content, LocalFiles().tree):
    try:
        look(sys.argv[1] if look.__name__ == "content" else sys.argv[2], 30_000_000)
    except BaseException as problem:
        print(type(problem).__name__, problem)
"""
    folder = tmp_path / "skill"
    run = subprocess.run(
        [sys.executable, "-c", program, folder / "sparse", folder],
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )

    assert run.stdout.splitlines() == [
        "FileProblem names a file of more than 30,000,000 bytes",
        "FileProblem names a folder with more than 30,000,000 bytes in its files",
    ]


def test_a_folder_of_very_many_files_or_folders_is_refused(tmp_path: Path) -> None:
    for number in range(5001):
        (tmp_path / "files" / f"{number}").parent.mkdir(exist_ok=True)
        (tmp_path / "files" / f"{number}").touch()
        (tmp_path / "folders" / f"{number}").mkdir(parents=True)

    assert refusal(tmp_path, "files") == refusal(tmp_path, "folders") == "names a folder with more than 5,000 entries"


def test_a_folder_that_is_very_deep_is_refused(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*(["a"] * 51))
    folder.mkdir(parents=True)
    (folder / "b").write_text("1")

    assert refusal(tmp_path, ".") == "names a folder with more than 50 folders one in the other"
    assert list(LocalFiles(tmp_path).tree("a", 100)) == ["/".join([*["a"] * 50, "b"])]


# Nothing leads elsewhere.


def test_a_link_is_not_followed_and_its_end_is_named(tmp_path: Path) -> None:
    write(tmp_path, real__notes="1")
    (tmp_path / "notes").symlink_to("real/notes")
    (tmp_path / "skill").symlink_to("real")
    (tmp_path / "dangling").symlink_to("nowhere")

    told = "names a symbolic link, which is not followed: name what it leads to, {!r}"
    assert refusal(tmp_path, "notes", of="content") == told.format(str(tmp_path / "real" / "notes"))
    assert refusal(tmp_path, "skill") == told.format(str(tmp_path / "real"))
    assert refusal(tmp_path, "dangling", of="content") == told.format(str(tmp_path / "nowhere"))


@pytest.mark.parametrize("of", ["content", "tree"])
def test_a_relative_path_stays_where_it_seems_to_be(tmp_path: Path, of: str) -> None:
    write(tmp_path, outside__there__notes="1", program__own__there__notes="1")
    (tmp_path / "program" / "led-out").symlink_to(tmp_path / "outside")
    (tmp_path / "program" / "led-in").symlink_to("own")
    end = "there/notes" if of == "content" else "there"

    assert refusal(tmp_path / "program", f"led-out/{end}", of=of) == (
        f"names something below a link that leads elsewhere: name where it lies, {str(tmp_path / 'outside' / end)!r}"
    )
    for path in (f"led-in/{end}", f"../outside/{end}", str(tmp_path / "program" / "led-out" / end)):
        assert getattr(LocalFiles(tmp_path / "program"), of)(path, 100)


@pytest.mark.timeout(5)
def test_a_socket_or_a_home_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        assert refusal(tmp_path, "socket", of="content") == "names something that is no file"
        assert refusal(tmp_path, ".") == "names a folder with a special file, which is not followed: 'socket'"
    assert refusal(tmp_path, "~nobody-of-that-name/notes", of="content").startswith("names a file that cannot be read")
    assert refusal(tmp_path, "~nobody-of-that-name").startswith("names a folder that cannot be read")
