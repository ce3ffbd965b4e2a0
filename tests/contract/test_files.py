import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from contract.raw import ask
from contract.refusals import absent, refused

DATA = b"a,b\n1,2\n"
BETA = {"anthropic-beta": "managed-agents-2026-04-01"}


@pytest.fixture
def files(world: Any) -> Any:
    return world.client.files


def upload(world: Any, *parts: tuple[str, str, bytes], **headers: str) -> tuple[int, Any]:
    """An upload of parts, each with its whole disposition, as no SDK would send it."""
    lines = b"".join(
        f'--edge\r\nContent-Disposition: form-data; name="{name}"{rest}\r\n\r\n'.encode() + content + b"\r\n"
        for name, rest, content in parts
    )
    headers = {"content_type": "multipart/form-data; boundary=edge"} | headers
    return ask(world, "POST", "/v1/files", lines + b"--edge--\r\n", **headers)


def test_an_uploaded_file_comes_back_as_metadata(files: Any) -> None:
    file = files.upload(file=("data.csv", DATA, "text/csv"))

    assert file.id.startswith("file_")
    assert file.to_dict() == {
        "id": file.id,
        "type": "file",
        "filename": "data.csv",
        "mime_type": "text/csv",
        "size_bytes": len(DATA),
        "downloadable": False,
        "created_at": file.created_at,
        "expires_at": None,
    }
    assert files.retrieve_metadata(file.id) == file


def test_the_control_plane_tells_the_hash_of_the_bytes(world: Any, files: Any) -> None:
    file = files.upload(file=("data.csv", DATA))

    (found,) = world.control.objects("files")

    assert (found["id"], found["sha256"]) == (file.id, hashlib.sha256(DATA).hexdigest())


@pytest.mark.parametrize(
    ("sent", "filename", "mime_type"),
    [
        (("data.csv", DATA), "data.csv", "text/csv"),
        (("a/b/data.csv", DATA), "data.csv", "text/csv"),
        (("C:\\data\\data.csv", DATA), "data.csv", "text/csv"),
        (("größe.pdf", DATA), "größe.pdf", "application/pdf"),
        (("data", DATA), "data", "application/octet-stream"),
        (("data", DATA, "text/plain; charset=utf-8"), "data", "text/plain"),
        (("x" * 255, DATA), "x" * 255, "application/octet-stream"),
    ],
)
def test_name_and_type_are_taken_from_the_part(files: Any, sent: Any, filename: str, mime_type: str) -> None:
    file = files.upload(file=sent)

    assert (file.filename, file.mime_type) == (filename, mime_type)


def test_a_file_without_a_name_is_unnamed(world: Any) -> None:
    typed = '; filename=""\r\nContent-Type: application/pdf'

    assert upload(world, ("file", typed, DATA))[1]["filename"] == "unnamed.pdf"


def test_an_empty_file_is_a_file(files: Any) -> None:
    assert files.upload(file=("empty", b"")).size_bytes == 0


def test_a_large_file_is_counted_and_not_kept(files: Any, database: Path) -> None:
    size = 3 * 1024 * 1024

    file = files.upload(file=("large", b"x" * size))

    assert file.size_bytes == size
    assert sum(each.stat().st_size for each in database.parent.iterdir()) < size


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ([], "file"),
        ([("data", "", b"x")], "data"),
        ([("expires_in_seconds", "", b"3600")], "file"),
        ([("file", '; filename="a"', b"x"), ("file", '; filename="b"', b"x")], "file"),
        ([("file", '; filename="a"', b"x"), ("purpose", "", b"agent")], "purpose"),
        ([("file", '; filename="a"', b"x"), ("expires_in_seconds", "", b"7200")] * 2, "expires_in_seconds"),
        ([("file", '; filename="a"', b"x"), ("expires_in_seconds", "", b"\xff")], "multipart"),
        ([("file", f'; filename="{"x" * 256}"', b"x")], "255"),
    ],
)
def test_an_upload_that_breaks_a_rule_is_refused(world: Any, parts: Any, named: str) -> None:
    status, answer = upload(world, *parts)

    assert (status, answer["error"]["type"]) == (400, "invalid_request_error")
    assert named in answer["error"]["message"]
    assert world.control.objects("files") == []


@pytest.mark.parametrize(
    "headers",
    [
        {"content_type": "application/json"},
        {"content_type": "multipart/form-data"},
        {"content_type": "multipart/form-data; boundary=other"},
    ],
)
def test_what_is_no_form_is_refused(world: Any, headers: dict[str, str]) -> None:
    assert upload(world, ("file", '; filename="a"', b"x"), **headers)[0] == 400


@pytest.mark.parametrize("seconds", [0, 3599, 7_776_001, -1, 3600.5, "soon", 10**30])
def test_a_lifetime_has_a_range(files: Any, seconds: Any) -> None:
    refused(lambda: files.upload(file=("a", DATA), expires_in_seconds=seconds), "expires_in_seconds")


def test_a_file_expires_and_disappears_thirty_days_later(world: Any, files: Any) -> None:
    world.control.clock(now="2026-11-01T00:00:00Z")
    file = files.upload(file=("a", DATA), expires_in_seconds=3600)
    lasting = files.upload(file=("b", DATA))
    world.control.change("files", file.id, downloadable=True)

    assert file.expires_at - file.created_at == timedelta(hours=1)
    assert files.download(file.id).read() == DATA
    world.control.clock(advance_seconds=3600)
    assert refused(lambda: files.download(file.id), status=404)["details"]["error_code"] == "file_expired"
    assert files.retrieve_metadata(file.id).id == file.id
    world.control.clock(advance_seconds=30 * 86_400)
    absent(lambda: files.retrieve_metadata(file.id), lambda: files.download(file.id), lambda: files.delete(file.id))
    assert [each.id for each in files.list()] == [lasting.id]


def test_an_upload_is_not_downloaded(files: Any) -> None:
    file = files.upload(file=("a", DATA))

    assert refused(lambda: files.download(file.id))["details"]["error_code"] == "file_not_downloadable"


def test_what_a_tool_made_is_downloaded(world: Any, files: Any) -> None:
    file = files.upload(file=("a.csv", DATA))
    large = files.upload(file=("large", b"x" * 65_537))
    for each in (file, large):
        world.control.change("files", each.id, downloadable=True)

    answer = files.download(file.id)

    assert (answer.read(), answer.headers["content-type"]) == (DATA, "text/csv")
    refused(lambda: files.download(large.id), "65536", status=501)


def test_a_deleted_file_is_gone(files: Any) -> None:
    file = files.upload(file=("a", DATA))

    assert files.delete(file.id).to_dict() == {"id": file.id, "type": "file_deleted"}
    absent(lambda: files.retrieve_metadata(file.id), lambda: files.download(file.id), lambda: files.delete(file.id))


def test_files_are_paged_newest_first(files: Any) -> None:
    made = [files.upload(file=(f"{n}", DATA)).id for n in range(5)]

    assert [each.id for each in files.list(limit=2)] == made[::-1]
    assert files.list(limit=1000).next_page is None
    refused(lambda: files.list(limit=1001), "limit")
    refused(lambda: files.list(page="nonsense"), "page")


def test_files_are_listed_by_id(files: Any) -> None:
    made = [files.upload(file=(f"{n}", DATA)).id for n in range(3)]

    found = files.list(ids=[made[0], made[2], made[2], "file_none"])

    assert ([each.id for each in found.data], found.next_page) == ([made[2], made[0]], None)
    refused(lambda: files.list(ids=made, limit=2), "ids")
    refused(lambda: files.list(ids=[f"file_{n}" for n in range(101)]), "100")


def test_a_scope_needs_a_beta_and_is_empty(files: Any) -> None:
    files.upload(file=("a", DATA))

    refused(lambda: files.list(extra_query={"scope_id": "sesn_1"}), "scope_id")
    assert files.list(extra_query={"scope_id": "sesn_1"}, extra_headers=BETA).data == []


def test_the_storage_has_an_end(world: Any, files: Any) -> None:
    world.control.settings(storage_bytes=10)
    file = files.upload(file=("a", b"x" * 8))

    error = refused(lambda: files.upload(file=("b", b"xxx")))
    assert error["details"]["error_code"] == "storage_quota_exceeded"
    files.delete(file.id)
    files.upload(file=("b", b"xxx"))


def test_files_count_as_creates_and_reads(world: Any, files: Any) -> None:
    world.control.settings(rate_limit_per_minute={"create": 1})
    file = files.upload(file=("a", DATA))

    refused(lambda: files.upload(file=("b", DATA)), status=429)
    assert files.retrieve_metadata(file.id) == file
    assert world.control.counters() == {"files.retrieve_metadata": 1, "files.upload": 2}


def test_another_program_removes_files(world: Any, files: Any) -> None:
    file = files.upload(file=("a", DATA))

    world.control.remove("files", file.id)

    absent(lambda: files.retrieve_metadata(file.id))
