from collections.abc import Callable
from typing import Any

import anthropic
import pytest

TOKEN = "token-that-reads-app"
FILE = {"type": "file", "file_id": "file_1"}
STORE = {"type": "memory_store", "memory_store_id": "memstore_1"}


def refused(call: Callable[[], Any], *words: str) -> Any:
    with pytest.raises(anthropic.BadRequestError) as caught:
        call()
    for word in words:
        assert word in str(caught.value)
    assert TOKEN not in str(caught.value)
    return caught.value


def test_a_repository_is_echoed_with_its_mount_path_and_without_its_token(world: Any, repo: Any) -> None:
    session = world.session(resources=[repo(authorization_token=TOKEN)])

    resource = session.resources[0]
    stamp = session.to_dict(mode="json")["created_at"]
    assert resource.id.startswith("sesrsc_")
    assert resource.to_dict(mode="json") == {
        "id": resource.id,
        "type": "github_repository",
        "url": "https://github.com/acme/app",
        "mount_path": "/workspace/app",
        "checkout": None,
        "created_at": stamp,
        "updated_at": stamp,
    }
    assert world.sessions.resources.retrieve(resource.id, session_id=session.id) == resource
    assert list(world.sessions.resources.list(session.id)) == [resource]


@pytest.mark.parametrize("checkout", [{"type": "branch", "name": "main"}, {"type": "commit", "sha": "a" * 40}])
def test_checkout_and_mount_path_are_kept(world: Any, repo: Any, checkout: dict[str, str]) -> None:
    resource = world.session(resources=[repo(mount_path="/workspace/code/app", checkout=checkout)]).resources[0]

    assert resource.mount_path == "/workspace/code/app"
    assert resource.checkout.to_dict() == checkout


@pytest.mark.parametrize(
    "url",
    [
        "git@github.com:acme/app",
        "ssh://git@github.com/acme/app",
        "http://github.com/acme/app",
        "https://github.com/acme/app.git",
        "https://github.com/acme/app/",
        "https://github.com/acme",
        "https://github.com/acme/app/tree/main",
        "https://github.com/acme/app?x=1",
        "https://github.com:443/acme/app",
        "https://GitHub.com/acme/app",
        "https://www.github.com/acme/app",
        "https://gitlab.com/acme/app",
        f"https://{TOKEN}@github.com/acme/app",
        "https://github.com/acme/..",
        "https://github.com/acme/app\n",
        "",
        "x" * 2049,
    ],
)
def test_a_url_of_any_other_form_is_refused(world: Any, repo: Any, url: str) -> None:
    refused(lambda: world.session(resources=[repo(url=url)]), "resources.0.url")


@pytest.mark.parametrize(
    "mount_path",
    [
        "/",
        "/workspace",
        "/home/app",
        "workspace/app",
        "/workspace/../etc",
        "/workspace/a/../../etc",
        "/workspaces/a",
        "",
    ],
)
def test_a_mount_path_outside_the_workspace_is_refused(world: Any, repo: Any, mount_path: str) -> None:
    refused(lambda: world.session(resources=[repo(mount_path=mount_path)]), "resources.0.mount_path")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"authorization_token": ""}, "authorization_token"),
        ({"authorization_token": "x" * 4097}, "authorization_token"),
        ({"authorization_token": None}, "authorization_token"),
        ({"checkout": {"type": "branch", "name": ""}}, "checkout.name"),
        ({"checkout": {"type": "branch", "name": "x" * 256}}, "checkout.name"),
        ({"checkout": {"type": "commit", "sha": "abc"}}, "checkout.sha"),
        ({"checkout": {"type": "commit", "sha": "a" * 65}}, "checkout.sha"),
        ({"checkout": {"type": "tag", "name": "v1"}}, "checkout"),
        ({"branch": "main"}, "resources.0.branch"),
        ({"type": "gitlab_repository"}, "resources.0"),
        ({"mount_path": "/workspace/" + "x" * 4096}, "mount_path"),
    ],
)
def test_a_repository_that_breaks_a_rule_is_refused(world: Any, repo: Any, fields: dict[str, Any], named: str) -> None:
    refused(lambda: world.session(resources=[repo(**fields)]), named)


def test_two_mounts_at_one_place_are_refused_unless_set_otherwise(world: Any, repo: Any) -> None:
    twice = [repo(), repo(url="https://github.com/other/app")]

    refused(lambda: world.session(resources=twice), "mount_path")
    refused(lambda: world.session(resources=[repo(), repo("lib", mount_path="/workspace/./app/")]), "mount_path")
    world.control.settings(duplicate_mount_path="accept")
    assert len(world.session(resources=twice).resources) == 2


def test_a_token_can_be_made_necessary(world: Any, repo: Any) -> None:
    world.control.settings(repository_token="required")

    refused(lambda: world.session(resources=[repo()]), "resources.0.authorization_token")


def test_files_and_stores_are_mounted_at_their_places(world: Any) -> None:
    placed = FILE | {"mount_path": "/data/in.csv"}

    session = world.session(resources=[FILE, placed, STORE | {"instructions": "i"}])

    assert [resource.mount_path for resource in session.resources] == [
        "/mnt/session/uploads/file_1",
        "/mnt/session/uploads/data/in.csv",
        "/mnt/memory/memstore_1",
    ]
    assert session.resources[2].access == "read_write"
    assert "id" not in session.resources[2].to_dict()


@pytest.mark.parametrize(
    "resource",
    [
        FILE | {"file_id": ""},
        FILE | {"colour": "red"},
        STORE | {"access": "append"},
        STORE | {"instructions": "x" * 4097},
    ],
)
def test_a_file_or_store_that_breaks_a_rule_is_refused(world: Any, resource: dict[str, Any]) -> None:
    refused(lambda: world.session(resources=[resource]), "resources.0")


def test_a_session_has_at_most_500_files_and_8_stores(world: Any) -> None:
    files = [{"type": "file", "file_id": f"file_{n}"} for n in range(501)]
    stores = [{"type": "memory_store", "memory_store_id": f"memstore_{n}"} for n in range(9)]

    refused(lambda: world.session(resources=files), "500")
    refused(lambda: world.session(resources=stores), "8")
    session = world.session(resources=files[:500])
    refused(lambda: world.sessions.resources.add(session.id, file_id="file_x", type="file"), "500")


def test_a_file_is_added_and_deleted(world: Any) -> None:
    session = world.session()

    added = world.sessions.resources.add(session.id, file_id="file_1", type="file")
    assert world.sessions.retrieve(session.id).resources[0].id == added.id
    deleted = world.sessions.resources.delete(added.id, session_id=session.id)
    assert deleted.to_dict() == {"id": added.id, "type": "session_resource_deleted"}
    assert list(world.sessions.resources.list(session.id)) == []


@pytest.mark.parametrize("body", ["repository", "store"])
def test_only_files_are_added(world: Any, repo: Any, body: Any) -> None:
    session = world.session()
    resource = repo() if body == "repository" else STORE

    refused(lambda: world.sessions.resources.add(session.id, file_id="file_1", type="file", extra_body=resource))


@pytest.mark.parametrize("status", [400, 409])
def test_a_repository_stays_mounted(world: Any, repo: Any, status: int) -> None:
    session = world.session(resources=[repo()])
    world.control.settings(repository_delete_status=status)

    with pytest.raises(anthropic.APIStatusError) as caught:
        world.sessions.resources.delete(session.resources[0].id, session_id=session.id)

    assert caught.value.status_code == status
    assert len(world.sessions.retrieve(session.id).resources) == 1


def test_a_rotation_moves_the_time_and_nothing_else(world: Any, repo: Any) -> None:
    session = world.running_session(resources=[repo(authorization_token=TOKEN)])
    before = session.resources[0]

    after = world.sessions.resources.update(before.id, session_id=session.id, authorization_token="another-token")

    assert after.updated_at > before.updated_at
    assert after.to_dict() | {"updated_at": 0} == before.to_dict() | {"updated_at": 0}
    assert world.sessions.retrieve(session.id).resources == [after]


@pytest.mark.parametrize(
    "fields",
    [
        {"authorization_token": ""},
        {"authorization_token": "x" * 4097},
        {"authorization_token": TOKEN, "extra_body": {"url": "https://github.com/acme/other"}},
        {"authorization_token": TOKEN, "extra_body": {"mount_path": "/workspace/x"}},
        {"authorization_token": TOKEN, "extra_body": {"checkout": None}},
        {"authorization_token": TOKEN, "extra_body": {"type": "github_repository"}},
    ],
)
def test_a_rotation_takes_exactly_a_token(world: Any, repo: Any, fields: dict[str, Any]) -> None:
    session = world.session(resources=[repo()])

    refused(lambda: world.sessions.resources.update(session.resources[0].id, session_id=session.id, **fields))
    assert world.control.rotations(session.id) == []


def test_only_repositories_are_updated(world: Any) -> None:
    session = world.session(resources=[FILE])

    refused(
        lambda: world.sessions.resources.update(
            session.resources[0].id, session_id=session.id, authorization_token=TOKEN
        )
    )


def test_a_resource_that_is_not_there_is_not_found(world: Any) -> None:
    session = world.session()

    for call in (
        lambda: world.sessions.resources.retrieve("sesrsc_none", session_id=session.id),
        lambda: world.sessions.resources.delete("sesrsc_none", session_id=session.id),
        lambda: world.sessions.resources.update("sesrsc_none", session_id=session.id, authorization_token=TOKEN),
    ):
        with pytest.raises(anthropic.NotFoundError):
            call()


def test_the_resources_of_an_ended_session_stay_as_they_are(world: Any, repo: Any) -> None:
    session = world.session(resources=[repo(), FILE])
    world.sessions.archive(session.id)

    refused(lambda: world.sessions.resources.add(session.id, file_id="file_2", type="file"))
    refused(
        lambda: world.sessions.resources.update(
            session.resources[0].id, session_id=session.id, authorization_token=TOKEN
        )
    )
    refused(lambda: world.sessions.resources.delete(session.resources[1].id, session_id=session.id))
    assert len(list(world.sessions.resources.list(session.id))) == 2


def test_an_owner_may_have_an_underscore(world: Any) -> None:
    resource = {"type": "github_repository", "url": "https://github.com/ada_corp/app"}

    session = world.session(resources=[resource])

    assert session.resources[0].mount_path == "/workspace/app"
