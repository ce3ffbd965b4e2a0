"""Files that hold secrets, by their names: no skill and no file carries one that the program does not name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from core.bags import CONTEXT
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.values import UNKNOWN, render
from pulumi_managed_agents.errors import FileProblem
from pulumi_managed_agents.plan.files import LocalFiles
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from core.platform import Platform

SKILL = "---\nname: reviewing\ndescription: How we review.\n---\nLook twice.\n"

SECRET = (
    *(
        ".env",
        ".env.local",
        ".env.production",
        "prod.env",
        ".envrc",
        ".netrc",
        "_netrc",
        ".npmrc",
        ".pypirc",
        ".pgpass",
    ),
    *(
        "id_rsa",
        "id_dsa",
        "id_ecdsa",
        "id_ed25519",
        "id_ed25519_sk",
        "ID_RSA",
        "server.pem",
        "server.key",
        "server.p12",
    ),
    *(
        "server.pfx",
        "server.p8",
        "store.jks",
        "app.keystore",
        "putty.ppk",
        "terraform.tfstate",
        "terraform.tfstate.backup",
    ),
    *("terraform.tfvars", "prod.auto.tfvars", "terraform.tfvars.json", "credentials.json", ".credentials.json"),
    *("client_secret_1.json", "service-account.json", "application_default_credentials.json", ".git-credentials"),
    *(".docker/config.json", ".dockercfg", ".aws/config", ".ssh/known_hosts", ".kube/config", ".gnupg/pubring.kbx"),
    *(".azure/a.json", ".config/gcloud/a.db", "kubeconfig", "secrets.yaml", ".vault-token", ".bash_history"),
    *(".htpasswd", "passwords.kdbx", ".terraformrc", "deep/er/.env"),
)
LEFT_BY_TOOLS = (
    ".venv/a.py",
    "node_modules/a/index.js",
    "deep/node_modules/a.js",
    ".terraform/a",
    ".tox/a",
    ".direnv/a",
)
HARMLESS = (
    *(
        "environment.md",
        ".env.example",
        ".env.sample",
        ".env.template",
        "id_rsa.pub",
        "keys.md",
        "pem.txt",
        "config.json",
    ),
    *("credentials.md", "secrets.md", ".gitignore", ".dockerignore", "docker/config.json", "aws/notes", "monkey"),
    *("tfstate.md", "netrc.md", "keynote.keyx", "venv.md"),
)


def failures(kind: str, folder: Path, **bag: Any) -> dict[str, str]:
    context = replace(CONTEXT, files=LocalFiles(folder))
    return {render(found.path): found.reason for found in plan.check(KINDS[kind], {}, bag, context)[1]}


def skill(folder: Path, *names: str) -> Path:
    for name in ("SKILL.md", *names):
        path = folder / "skill" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SKILL)
    return folder


@pytest.mark.parametrize("name", [*SECRET, *LEFT_BY_TOOLS])
def test_a_skill_does_not_carry_it_unless_it_is_named(name: str, tmp_path: Path) -> None:
    skill(tmp_path, name)

    refused = failures("Skill", tmp_path, path="skill")["path"]
    assert refused.startswith("names a folder with ")
    assert refused.endswith("`including`")
    assert failures("Skill", tmp_path, path="skill", including=[name, *_above(name)]) == {}
    assert failures("Skill", tmp_path, path="skill", including=["other", "*.other"]) != {}


def _above(name: str) -> list[str]:
    return [part.as_posix() for part in Path(name).parents if part.name]


@pytest.mark.parametrize("name", HARMLESS)
def test_a_skill_carries_what_is_only_called_alike(name: str, tmp_path: Path) -> None:
    assert failures("Skill", skill(tmp_path, name), path="skill") == {}


@pytest.mark.parametrize("name", SECRET)
def test_a_file_is_not_made_of_it_unless_it_is_named(name: str, tmp_path: Path) -> None:
    skill(tmp_path, name)

    refused = failures("File", tmp_path, path=f"skill/{name}")["path"]
    assert refused.startswith("names ")
    assert refused.endswith("`including`")
    assert failures("File", tmp_path, path=f"skill/{name}", including=["other"]) != {}
    assert failures("File", tmp_path, path=f"skill/{name}", including=["skill/**"]) == {}


@pytest.mark.parametrize("name", [*HARMLESS, *LEFT_BY_TOOLS])
def test_a_file_is_made_of_what_is_only_called_alike(name: str, tmp_path: Path) -> None:
    assert failures("File", skill(tmp_path, name), path=f"skill/{name}") == {}


def test_prose_does_not_come_from_a_file_of_secrets(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("between us")

    for kind, bag in (("Agent", {"model": "m"}), ("Memory", {"memoryStoreId": "memstore_1", "path": "/a"})):
        assert failures(kind, tmp_path, source=".env", **bag) == {
            "source": "names something that usually holds secrets, '.env': a text for an agent does not come from one"
        }


INCLUDED: dict[str, tuple[list[str], bool]] = {
    "its name": (["id_rsa"], True),
    "its path": (["deep/id_rsa"], True),
    "its path from the middle": (["id_rsa/deep"], False),
    "its folder": (["deep"], False),
    "a pattern of its name": (["id_*"], True),
    "a pattern of its path": (["*/id_rsa"], True),
    "a pattern that does not reach so deep": (["*/*/id_rsa"], False),
    "a pattern at any depth": (["**/id_rsa"], True),
    "everything": (["**"], True),
    "another name": (["id_dsa"], False),
    "nothing": ([], False),
}


@pytest.mark.parametrize("case", INCLUDED)
def test_what_is_meant_is_said_by_name_path_or_pattern(case: str, tmp_path: Path) -> None:
    including, is_taken = INCLUDED[case]

    found = failures("Skill", skill(tmp_path, "deep/id_rsa"), path="skill", including=including)

    assert list(found) == ([] if is_taken else ["path"])


def test_what_is_meant_may_be_known_later_and_has_to_be_texts(tmp_path: Path) -> None:
    skill(tmp_path, ".env")

    for including in (UNKNOWN, [UNKNOWN], [".env", UNKNOWN]):
        assert failures("Skill", tmp_path, path="skill", including=including) == {}
        assert failures("File", tmp_path, path="skill/.env", including=including) == {}
    assert list(failures("Skill", tmp_path, path="skill", including=[1.5])) == ["including[0]"]
    assert list(failures("File", tmp_path, path="skill/.env", including=".env")) == ["including"]


def test_what_is_meant_goes_up_and_is_sent_nowhere(platform: Platform, tmp_path: Path) -> None:
    skill(tmp_path, ".env")
    platform.context = replace(platform.context, files=LocalFiles(tmp_path))
    bag = {"path": "skill", "including": [".env"]}

    state = platform.create("Skill", bag)
    again = plan.diff(platform.kind("Skill"), state.outputs, platform.checked("Skill", {**bag, "including": ["**"]}))
    file = platform.create("File", {"path": "skill/.env", "including": [".env"]})

    versions = platform.control.objects("skill_versions")
    assert versions[0]["files"].keys() == {"reviewing/SKILL.md", "reviewing/.env"}
    assert list(again) == []
    assert "including" not in platform.stored("files", file.id)


NAMES = st.sampled_from([*SECRET, *LEFT_BY_TOOLS, *HARMLESS])
INCLUDING = st.lists(
    st.sampled_from([".env", "*.pem", "id_*", "**/.aws", ".ssh", "deep", "node_modules/*"]), max_size=2
)


@settings(max_examples=150)
@given(st.sets(NAMES, max_size=4), INCLUDING)
def test_whatever_a_folder_holds_nothing_listed_goes_up_unnamed(
    tmp_path_factory: pytest.TempPathFactory, names: set[str], including: list[str]
) -> None:
    folder = skill(tmp_path_factory.mktemp("tree"), *names)
    listed = names.intersection([*SECRET, *LEFT_BY_TOOLS])
    refused = failures("Skill", folder, path="skill", including=including)

    assert not listed or including or refused
    assert refused if not including and listed else listed or not refused


@pytest.mark.parametrize("path", ["keys/config", "{here}/keys/config"])
def test_a_link_to_a_folder_of_secrets_makes_nothing_of_it_harmless(path: str, tmp_path: Path) -> None:
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "config").write_text("Host x")
    (tmp_path / "keys").symlink_to(".ssh")

    with pytest.raises(FileProblem, match="usually holds secrets"):
        LocalFiles(tmp_path).content(path.format(here=tmp_path), 1000, ())


def test_a_project_in_a_folder_of_secrets_has_files_of_its_own(tmp_path: Path) -> None:
    place = tmp_path / ".aws" / "project"
    place.mkdir(parents=True)
    (place / "note.md").write_text("hello")

    assert LocalFiles(place).content("note.md", 1000, ()).size == len("hello")
