from typing import Any

import pytest

TOKEN = "token-that-reads-app"


def git(**fields: Any) -> Any:
    return {"type": "git_repository", "url": "https://robot@git.example.com/acme/app.git"} | fields


@pytest.fixture(autouse=True)
def _no_token_is_told(refused: Any) -> None:
    refused.secrets.append(TOKEN)


def test_a_repository_is_answered_with_its_place_and_without_its_token(world: Any, repo: Any) -> None:
    session = world.session(resources=[repo(authorization_token=TOKEN)])

    resource = session.resources[0].to_dict(mode="json")
    stamp = session.to_dict(mode="json")["created_at"]
    assert resource == {
        "id": resource["id"],
        "type": "github_repository",
        "url": "https://github.com/acme/app",
        "mount_path": "/data/workspace/app",
        "checkout": None,
        "created_at": stamp,
        "updated_at": stamp,
    }
    one = world.sessions.resources.retrieve(resource["id"], session_id=session.id)
    assert one.to_dict(mode="json") == resource
    assert [each.to_dict(mode="json") for each in world.sessions.resources.list(session.id)] == [resource]


def test_the_root_of_the_mounts_is_a_setting(world: Any, repo: Any) -> None:
    world.control.settings(qoder_mount_root="/app")

    assert world.session(resources=[repo()]).resources[0].mount_path == "/app/app"


@pytest.mark.parametrize("mount_path", ["/app/your-repo", "/data/workspace/x", "/srv/code"])
def test_an_absolute_path_is_taken_as_it_is(world: Any, repo: Any, mount_path: str) -> None:
    assert world.session(resources=[repo(mount_path=mount_path)]).resources[0].mount_path == mount_path


@pytest.mark.parametrize("mount_path", ["app", "./app", "/app/../etc", "", 7])
def test_another_path_is_refused(world: Any, refused: Any, repo: Any, mount_path: Any) -> None:
    refused(400, lambda: world.session(resources=[repo(mount_path=mount_path)]), "mount_path")


@pytest.mark.parametrize("checkout", [{"type": "branch", "name": "main"}, {"type": "commit", "sha": "a" * 40}])
def test_a_checkout_is_kept(world: Any, repo: Any, checkout: Any) -> None:
    assert world.session(resources=[repo(checkout=checkout)]).resources[0].checkout.to_dict() == checkout


@pytest.mark.parametrize(
    "url",
    [
        "git@github.com:acme/app",
        "http://github.com/acme/app",
        "https://github.com/acme",
        "https://github.com/acme/",
        "https://github.com//app",
        "https://github.com/acme/app?x=1",
        "https://github.com/acme/app#readme",
        "https://github.com:abc/acme/app",
        f"https://{TOKEN}@github.com/acme/app",
        "https://github.com/acme/..",
        "https://github.com/acme/app\n",
        "https://[github.com/acme/app",
        "",
    ],
)
def test_an_address_of_another_form_is_refused(world: Any, refused: Any, repo: Any, url: str) -> None:
    refused(400, lambda: world.session(resources=[repo(url=url)]), "resources.0.url")


@pytest.mark.parametrize("url", ["https://github.example.com/acme/app", "https://github.com/acme/app.git"])
def test_enterprise_hosts_and_clone_addresses_are_taken(world: Any, repo: Any, url: str) -> None:
    resource = world.session(resources=[repo(url=url)]).resources[0]

    assert (resource.url, resource.mount_path) == (url, "/data/workspace/app")


def test_a_token_is_required_unless_a_setting_lets_it_be_left_out(world: Any, refused: Any, bare_repo: Any) -> None:
    refused(400, lambda: world.session(resources=[bare_repo()]), "resources.0.authorization_token")
    refused(400, lambda: world.deployment(resources=[bare_repo()]), "resources.0.authorization_token")
    assert len(world.session(resources=[bare_repo(authorization_token=TOKEN)]).resources) == 1
    world.control.settings(qoder_repository_token="optional")

    assert len(world.session(resources=[bare_repo()]).resources) == 1


def test_a_generic_repository_names_its_user_in_the_address(world: Any, refused: Any) -> None:
    resource = world.session(resources=[git(password=TOKEN)]).resources[0].to_dict()

    assert resource["url"] == git()["url"]
    assert resource["mount_path"] == "/data/workspace/app"
    assert "password" not in resource
    refused(400, lambda: world.session(resources=[git(url="https://git.example.com/acme/app")]), "user name")
    refused(400, lambda: world.session(resources=[git(url=f"https://robot:{TOKEN}@git.example.com/acme/app")]))
    refused(400, lambda: world.session(resources=[git(authorization_token=TOKEN)]), "authorization_token")


def test_a_file_goes_to_the_uploads_by_default(world: Any) -> None:
    file = world.file()
    resource = {"type": "file", "file_id": file.id}

    default, chosen = (world.session(resources=[resource | extra]).resources[0] for extra in ({}, {"mount_path": "/x"}))

    assert default.mount_path == f"/mnt/session/uploads/{file.id}"
    assert chosen.mount_path == "/x"


def test_a_store_shows_its_name_and_description(world: Any, refused: Any) -> None:
    store = world.store(description="what went wrong")
    sent = {"type": "memory_store", "memory_store_id": store.id, "instructions": "Read it first."}

    resource = world.session(resources=[sent]).resources[0]

    assert (resource.name, resource.description) == ("lessons", "what went wrong")
    assert (resource.access, resource.instructions) == ("read_write", "Read it first.")
    assert world.session(resources=[sent | {"access": "read_only"}]).resources[0].access == "read_only"
    world.client.memory_stores.archive(store.id)
    refused(409, lambda: world.session(resources=[sent]), "archived")


@pytest.mark.parametrize(
    "resource",
    [
        {"type": "bucket", "url": "https://example.com"},
        {"url": "https://github.com/acme/app"},
        {"type": "file"},
        {"type": "memory_store", "memory_store_id": "m", "access": "write"},
        {"type": "github_repository", "url": "https://github.com/a/b", "checkout": {"type": "tag", "name": "v1"}},
        {"type": "github_repository", "url": "https://github.com/a/b", "checkout": {"type": "branch"}},
        {"type": "github_repository", "url": "https://github.com/a/b", "authorization_token": ""},
    ],
)
def test_a_resource_of_another_form_is_refused(world: Any, refused: Any, resource: Any) -> None:
    refused(400, lambda: world.session(resources=[resource]), "resources.0")


def test_two_mounts_at_one_place_are_refused(world: Any, refused: Any, repo: Any) -> None:
    refused(400, lambda: world.session(resources=[repo(), repo()]), "resources.1.mount_path")
    world.control.settings(duplicate_mount_path="accept")

    assert len(world.session(resources=[repo(), repo()]).resources) == 2


def test_older_answers_of_a_create_show_no_ids(world: Any, repo: Any) -> None:
    world.control.settings(qoder_resource_ids_in_create=False)
    session = world.session(resources=[repo()])

    assert session.resources[0].id is None
    listed = list(world.sessions.resources.list(session.id))
    assert [each.mount_path for each in listed] == [each.mount_path for each in session.resources]
    assert listed[0].id.startswith("sesr_")
    assert world.sessions.retrieve(session.id).resources[0].id == listed[0].id


def test_resources_are_listed_as_they_were_mounted_page_by_page(world: Any, repo: Any) -> None:
    session = world.session(resources=[repo(name) for name in "abcde"])

    listed = list(world.sessions.resources.list(session.id, limit=2))

    assert [each.id for each in listed] == [each.id for each in session.resources]
    back = world.sessions.resources.list(session.id, before_id=listed[3].id, limit=2)
    assert [each.id for each in back.data] == [listed[1].id, listed[2].id]


def test_a_rotation_changes_the_token_and_the_time_alone(world: Any, repo: Any) -> None:
    session = world.session(resources=[repo(authorization_token="old")])
    before = session.resources[0]

    after = world.sessions.resources.update(before.id, session_id=session.id, authorization_token=TOKEN)

    assert after.updated_at > before.updated_at
    same = {"id", "type", "url", "mount_path", "checkout", "created_at"}
    assert after.to_dict().keys() == before.to_dict().keys()
    assert all(getattr(after, name) == getattr(before, name) for name in same)
    assert world.control.mounts(session.id)[0]["fingerprint"] == world.control.fingerprint(TOKEN)
    assert [each["fingerprint"] for each in world.control.rotations(session.id)] == [world.control.fingerprint(TOKEN)]


def test_a_token_can_be_given_to_a_mount_that_had_none(world: Any, bare_repo: Any) -> None:
    world.control.settings(qoder_repository_token="optional")
    session = world.session(resources=[bare_repo()])
    assert world.control.mounts(session.id)[0]["fingerprint"] is None

    world.sessions.resources.update(session.resources[0].id, session_id=session.id, authorization_token=TOKEN)

    assert world.control.mounts(session.id)[0]["fingerprint"] == world.control.fingerprint(TOKEN)


@pytest.mark.parametrize(
    "body",
    [
        {"password": " spaces stay "},
        {"authorization_token": " spaces stay "},
        {"password": " spaces stay ", "authorization_token": " spaces stay "},
    ],
)
def test_a_password_rotates_under_two_names(world: Any, body: Any) -> None:
    session = world.session(resources=[git(password="old")])

    world.sessions.resources.update(session.resources[0].id, session_id=session.id, **body)

    assert world.control.rotations(session.id)[0]["fingerprint"] == world.control.fingerprint(" spaces stay ")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"password": TOKEN},
        {"authorization_token": None},
        {"authorization_token": ""},
        {"authorization_token": TOKEN, "password": "other"},
        {"authorization_token": TOKEN, "url": "https://github.com/acme/other"},
        {"authorization_token": TOKEN, "mount_path": "/app"},
    ],
)
def test_a_rotation_of_another_form_is_refused(world: Any, repo: Any, body: Any) -> None:
    session = world.session(resources=[repo(authorization_token="old")])

    document = world.call("POST", f"sessions/{session.id}/resources/{session.resources[0].id}", body, status=400)

    assert TOKEN not in str(document)
    assert world.control.rotations(session.id) == []


def test_only_repositories_rotate(world: Any, refused: Any) -> None:
    session = world.session(resources=[{"type": "file", "file_id": world.file().id}])
    update = world.sessions.resources.update

    refused(400, lambda: update(session.resources[0].id, session_id=session.id, authorization_token=TOKEN))


def test_what_is_not_there_is_not_found(world: Any, refused: Any) -> None:
    session, resources = world.session(), world.sessions.resources
    for where in (session.id, "sess_none"):
        refused(404, lambda at=where: resources.retrieve("sesr_none", session_id=at))
        refused(404, lambda at=where: resources.update("sesr_none", session_id=at, authorization_token=TOKEN))
        refused(404, lambda at=where: resources.delete("sesr_none", session_id=at))
    refused(404, lambda: list(resources.list("sess_none")))


def test_a_file_is_added_and_taken_away(world: Any) -> None:
    session, file = world.session(), world.file()

    added = world.sessions.resources.add(session.id, type="file", file_id=file.id)
    assert added.mount_path == f"/mnt/session/uploads/{file.id}"
    assert [each.id for each in world.sessions.retrieve(session.id).resources] == [added.id]
    gone = world.sessions.resources.delete(added.id, session_id=session.id)

    assert gone.to_dict() == {"id": added.id, "type": "session_resource_deleted"}
    assert list(world.sessions.resources.list(session.id)) == []


@pytest.mark.parametrize("kind", ["github_repository", "memory_store", "git_repository"])
def test_nothing_else_is_added(world: Any, kind: str) -> None:
    session = world.session()
    bodies = {
        "github_repository": {"url": "https://github.com/acme/app"},
        "git_repository": {"url": "https://robot@git.example.com/acme/app"},
        "memory_store": {"memory_store_id": "memstore_1"},
    }

    world.call("POST", f"sessions/{session.id}/resources", {"type": kind} | bodies[kind], status=400)


def test_adding_a_file_conflicts_in_three_cases_with_the_type_of_a_bad_request(world: Any, refused: Any) -> None:
    session, file, add = world.session(), world.file(), world.sessions.resources.add
    add(session.id, type="file", file_id=file.id)
    refused(409, lambda: add(session.id, type="file", file_id=file.id), type="invalid_request_error")
    world.control.settings(qoder_file_ready="never")
    slow = world.file()
    refused(409, lambda: add(session.id, type="file", file_id=slow.id), "not ready", type="invalid_request_error")
    world.sessions.archive(session.id)

    refused(409, lambda: add(session.id, type="file", file_id=slow.id))


def test_a_file_that_becomes_ready_can_be_added(world: Any) -> None:
    world.control.settings(qoder_file_ready="after 1 read")
    session, file = world.session(), world.file()
    statuses = [world.client.files.retrieve_metadata(file.id).status for _ in range(2)]

    assert [file.status, *statuses] == ["processing", "processing", "ready"]
    assert world.sessions.resources.add(session.id, type="file", file_id=file.id).file_id == file.id


def test_a_repository_can_be_taken_away_unless_a_setting_says_otherwise(world: Any, refused: Any, repo: Any) -> None:
    session = world.session(resources=[repo("a"), repo("b")])
    first, second = session.resources
    assert world.sessions.resources.delete(first.id, session_id=session.id).type == "session_resource_deleted"
    world.control.settings(qoder_repository_delete_status=400)

    refused(400, lambda: world.sessions.resources.delete(second.id, session_id=session.id))
    assert [each["resource_id"] for each in world.control.mounts(session.id)] == [second.id]
