"""Where a repository comes from and where it is mounted."""

import pytest
from core.bags import CONTEXT, checked, failures_of
from hypothesis import given
from hypothesis import strategies as st

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.capabilities import Capabilities
from pulumi_managed_agents.declaration.values import UNKNOWN
from pulumi_managed_agents.resources.parts.mount import canonical_path, canonical_url
from pulumi_managed_agents.resources.registry import KINDS

REPOSITORY = KINDS["RepositoryResource"]
PLAIN = "https://github.com/org/app"

SPELLINGS = {
    "as it is": PLAIN,
    "with .git": f"{PLAIN}.git",
    "with a slash": f"{PLAIN}/",
    "with .git and a slash": f"{PLAIN}.git/",
    "with slashes": f"{PLAIN}//",
    "with .git twice": f"{PLAIN}.git.git",
    "with .GIT": f"{PLAIN}.GIT",
    "with the host in capitals": "https://GitHub.COM/org/app",
    "with the scheme in capitals": "HTTPS://github.com/org/app",
    "with spaces around it": f"  {PLAIN}\n",
}

REFUSED = {
    "an ssh address": ("ssh://git@github.com/org/app.git", "SSH"),
    "an scp-like address": ("git@github.com:org/app.git", "SSH"),
    "an scp-like address of somebody": ("me@github.com:org/app.git", "SSH"),
    "plain HTTP": ("http://github.com/org/app", "HTTP"),
    "a token in the address": ("https://token-of-last-week@github.com/org/app", "authorizationToken"),
    "a user and a password": ("https://me:token-of-last-week@github.com/org/app", "authorizationToken"),
    "another host": ("https://gitlab.com/org/app", "github.com"),
    "the host with www": ("https://www.github.com/org/app", "github.com"),
    "a host that only begins like it": ("https://github.com.evil.com/org/app", "github.com"),
    "a port": ("https://github.com:8443/org/app", "github.com"),
    "no repository": ("https://github.com/org", "github.com"),
    "a page of a repository": ("https://github.com/org/app/tree/main", "github.com"),
    "a query": ("https://github.com/org/app?tab=readme", "github.com"),
    "a fragment": ("https://github.com/org/app#readme", "github.com"),
    "nothing but .git": ("https://github.com/org/.git", "github.com"),
    "the folder itself": ("https://github.com/org/.", "github.com"),
    "the folder above": ("https://github.com/org/..", "github.com"),
    "a space inside": ("https://github.com/org/a pp", "github.com"),
    "a line break inside": ("https://github.com/org/app\n/x", "github.com"),
    "an owner and a name": ("org/app", "https://github.com/OWNER/REPOSITORY"),
    "nothing": ("", ""),
    "a file": ("file:///srv/app", "https://github.com/OWNER/REPOSITORY"),
}


@pytest.mark.parametrize("case", SPELLINGS)
def test_a_repository_has_one_spelling(case: str) -> None:
    inputs = checked(REPOSITORY, {"url": SPELLINGS[case]})

    assert (inputs["url"], inputs["mountPath"]) == (PLAIN, "/workspace/app")


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_cloned_is_refused_with_what_to_write(case: str) -> None:
    url, word = REFUSED[case]

    told = failures_of(REPOSITORY, {"url": url})

    assert list(told) == ["url"]
    assert word in told["url"]
    assert "token-of-last-week" not in told["url"]
    assert case == "nothing" or "https://github.com/OWNER/REPOSITORY" in told["url"]


ENDINGS = st.lists(st.sampled_from(("/", ".git", ".GIT", "..", " ", "\n", "x", "?a", "//", "@"))).map("".join)
ADDRESSES = st.text("gith:/@.?#%-GITH uborgapp\n", max_size=40) | ENDINGS.map(lambda ending: f"{PLAIN}{ending}")


@given(ADDRESSES)
def test_one_spelling_stays_as_it_is(url: str) -> None:
    once = canonical_url(url)

    assert canonical_url(once) == once


PATHS = {
    "a trailing slash": ("/workspace/app/", "/workspace/app"),
    "doubled slashes": ("//workspace//deep///app", "/workspace/deep/app"),
    "a folder itself": ("/workspace/./app/.", "/workspace/app"),
    "as it is": ("/workspace/app", "/workspace/app"),
    "dots in a name": ("/workspace/a..b", "/workspace/a..b"),
}

BAD_PATHS = {
    "relative": ("workspace/app", "absolute"),
    "empty": ("", ""),
    "a way up": ("/workspace/../app", "`..`"),
    "a way up at the end": ("/workspace/app/..", "`..`"),
    "elsewhere": ("/srv/app", "`/workspace/`"),
    "the root": ("/", "`/workspace/`"),
    "the workspace itself": ("/workspace", "`/workspace/`"),
    "the workspace itself with a slash": ("/workspace/", "`/workspace/`"),
    "a sibling of the workspace": ("/workspaces/app", "`/workspace/`"),
}


@pytest.mark.parametrize("case", PATHS)
def test_a_mount_path_has_one_spelling(case: str) -> None:
    written, stored = PATHS[case]

    assert checked(REPOSITORY, {"url": PLAIN, "mountPath": written})["mountPath"] == stored


@pytest.mark.parametrize("case", BAD_PATHS)
def test_a_mount_path_stays_inside_the_workspace(case: str) -> None:
    written, word = BAD_PATHS[case]

    told = failures_of(REPOSITORY, {"url": PLAIN, "mountPath": written})

    assert list(told) == ["mountPath"]
    assert word in told["mountPath"]


@given(st.text("/.ab", max_size=12).map(lambda text: f"/{text}"))
def test_one_spelling_of_a_path_stays_as_it_is(path: str) -> None:
    once = canonical_path(path)

    assert canonical_path(once) == once


def test_the_mount_path_waits_for_an_address_that_is_not_known_yet() -> None:
    inputs, failures = plan.check(REPOSITORY, {}, {"url": UNKNOWN}, CONTEXT)

    assert (failures, "mountPath" in inputs) == ([], False)


def test_a_platform_without_a_documented_folder_gets_no_mount_path() -> None:
    context = plan.CheckContext(Capabilities("qoder", mount_root=None), "app", lambda digits: "0" * digits)

    bag = {"url": PLAIN, "authorizationToken": "token-of-last-week"}

    inputs, failures = plan.check(REPOSITORY, {}, bag, context)
    elsewhere = plan.check(REPOSITORY, {}, {**bag, "mountPath": "/srv/app"}, context)[1]

    assert (failures, "mountPath" in inputs, elsewhere) == ([], False, [])


COMMITS = {"a short one": "0123abc", "a long one": "A" * 64}
NO_COMMITS = {
    "a branch": "main---",
    "too short": "0123ab",
    "too long": "a" * 65,
    "a line break at the end": "0123abc\n",
}


@pytest.mark.parametrize("case", COMMITS)
def test_a_commit_is_named_by_its_sha(case: str) -> None:
    assert failures_of(REPOSITORY, {"url": PLAIN, "checkout": {"type": "commit", "sha": COMMITS[case]}}) == {}


@pytest.mark.parametrize("case", NO_COMMITS)
def test_what_is_no_sha_is_no_commit(case: str) -> None:
    told = failures_of(REPOSITORY, {"url": PLAIN, "checkout": {"type": "commit", "sha": NO_COMMITS[case]}})

    assert list(told) == ["checkout.sha"]


def test_a_wrong_entry_of_a_session_is_told_at_its_place() -> None:
    entries = [
        {"type": "github_repository", "url": PLAIN},
        {"type": "github_repository", "url": "git@github.com:org/app.git", "mountPath": "/srv/app"},
        {"type": "github_repository", "url": f"{PLAIN}.git", "checkout": {"type": "branch"}},
    ]

    told = failures_of(KINDS["Session"], {"agent": "agent_1", "environmentId": "env_1", "resources": entries})

    assert sorted(told) == [
        "resources[1].mountPath",
        "resources[1].url",
        "resources[2].checkout.name",
        "resources[2].mountPath",
    ]
