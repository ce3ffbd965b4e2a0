import json
from typing import Any

import httpx
import pytest


@pytest.fixture
def files(world: Any) -> Any:
    return world.client.files


def post(world: Any, *, files: Any = None, data: Any = None) -> httpx.Response:
    return world.http.post("files", files=files, data=data)


def test_a_file_is_described_and_not_downloadable(world: Any, files: Any) -> None:
    made = world.file(metadata={"team": "a"})
    file = made.to_dict(mode="json")

    assert file.pop("id").startswith("file_")
    assert file.pop("created_at")
    assert file == {
        "type": "file",
        "filename": "notes.txt",
        "mime_type": "text/plain",
        "size_bytes": 10,
        "downloadable": False,
        "scope": None,
        "metadata": {"team": "a"},
        "status": "ready",
    }
    assert files.retrieve_metadata(made.id).to_dict() == made.to_dict()


def test_a_name_of_its_own_wins(world: Any) -> None:
    assert world.file(name="ignored.txt").filename == "ignored.txt"
    assert world.client.files.upload(file=("a.txt", b"x"), name="b.txt").filename == "b.txt"


def test_a_file_can_expire(world: Any, refused: Any) -> None:
    world.control.clock(now="2026-10-01T12:00:00Z")
    assert world.file(expires_in_seconds=60).to_dict(mode="json")["expires_at"] == "2026-10-01T12:01:00Z"

    refused(400, lambda: world.file(expires_in_seconds=0), "expires_in_seconds")
    world.control.settings(qoder_sdk_only_fields="refuse")
    refused(400, lambda: world.file(expires_in_seconds=60), "expires_in_seconds")


def test_the_purpose_of_older_clients_is_ignored(world: Any) -> None:
    answer = post(world, files={"file": ("a.txt", b"x")}, data={"purpose": "agent"})

    assert answer.status_code == 200
    assert "purpose" not in answer.json()


@pytest.mark.parametrize(
    ("parts", "fields"),
    [
        ({"other": ("a.txt", b"x")}, {}),
        ({"file": (None, b"x")}, {}),
        ([("file", ("a.txt", b"x")), ("file", ("b.txt", b"x"))], {}),
        ({"file": ("a.txt", b"x")}, {"colour": "red"}),
        ({"file": ("a.txt", b"x")}, {"metadata": "[]"}),
        ({"file": ("a.txt", b"x")}, {"metadata": "{"}),
        ({"file": ("a.txt", b"x")}, {"metadata": '{"a": 1}'}),
        ({"file": ("a.txt", b"x")}, {"metadata": json.dumps({str(n): "v" * 512 for n in range(16)})}),
        ({"file": ("a.txt", b"x")}, {"name": b"\xff"}),
    ],
)
def test_an_upload_of_another_form_is_refused(world: Any, parts: Any, fields: Any) -> None:
    answer = post(world, files=parts, data=fields)

    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_an_upload_must_be_multipart(world: Any) -> None:
    world.call("POST", "files", {"file": "x"}, status=400)


def test_only_text_is_taken_unless_a_setting_says_otherwise(world: Any, refused: Any) -> None:
    refused(400, lambda: world.file(content=b"\xff\xfe"), "text")
    world.control.settings(qoder_text_files_only=False)

    assert world.file(content=b"\xff\xfe").size_bytes == 2


def test_files_are_filtered_and_paged(world: Any, files: Any) -> None:
    ids = [world.file(name=name).id for name in ("a", "b", "a")]

    assert [each.id for each in files.list(limit=2)] == ids[::-1]
    assert [each.id for each in files.list(name="a")] == [ids[2], ids[0]]
    assert [each.id for each in files.list(i_ds=ids[:2])] == [ids[1], ids[0]]
    assert list(files.list(scope_id="sess_1")) == []
    world.control.change("files", ids[0], scope={"id": "sess_1", "type": "session"})
    assert [each.id for each in files.list(scope_id="sess_1")] == [ids[0]]


def test_the_content_of_a_large_file_is_not_kept(world: Any) -> None:
    file = world.file(content=b"x" * 65_537)
    world.control.change("files", file.id, downloadable=True)
    link = world.call("GET", f"files/{file.id}/content")["url"]

    assert httpx.get(link).status_code == 501


def test_own_uploads_cannot_be_downloaded(world: Any, files: Any, refused: Any) -> None:
    file = world.file()
    refused(400, lambda: files.download(file.id), "downloaded")
    world.control.settings(qoder_not_downloadable_status=403)

    refused(403, lambda: files.download(file.id))


def test_content_comes_by_a_signed_address_without_a_token(world: Any, files: Any) -> None:
    file = world.file(content=b"a report")
    world.control.change("files", file.id, downloadable=True)

    link = world.call("GET", f"files/{file.id}/content")

    assert set(link) == {"url", "expires_at"}
    answer = httpx.get(link["url"])
    assert (answer.content, answer.headers["content-type"]) == (b"a report", "text/plain")
    assert files.download(file.id).read() == b"a report"


def test_a_changed_or_old_address_leads_nowhere(world: Any) -> None:
    world.control.clock(now="2026-10-01T12:00:00Z")
    file, other = world.file(), world.file()
    world.control.change("files", file.id, downloadable=True)
    url = world.call("GET", f"files/{file.id}/content")["url"]

    assert httpx.get(url.replace(file.id, other.id)).status_code == 403
    assert httpx.get(url.replace("signature=", "signature=0")).status_code == 403
    assert httpx.get(url.partition("?")[0]).status_code == 403
    world.control.clock(advance_seconds=60 * 60)
    assert httpx.get(url).status_code == 403


def test_a_deleted_file_is_gone(world: Any, files: Any, refused: Any) -> None:
    file = world.file()

    assert files.delete(file.id).to_dict() == {"id": file.id, "type": "file_deleted"}
    refused(404, lambda: files.retrieve_metadata(file.id), "File")
    refused(404, lambda: files.delete(file.id))


def test_a_file_cannot_be_updated(world: Any) -> None:
    world.call("POST", f"files/{world.file().id}", {"name": "b"}, status=405)
