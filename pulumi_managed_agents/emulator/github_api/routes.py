"""Every path of the emulated API and what answers it. Operation names are those of GitHub's OpenAPI description."""

from dataclasses import dataclass

from ..platform import GITHUB_PATH
from ..platform.routing import Route, Table
from . import installation_tokens, installations, minting, rates, repositories


@dataclass(frozen=True)
class Documented(Route):
    """An operation of GitHub."""

    page: str
    """Where it is documented."""
    permission: str | None = None
    """What a fine-grained token or an installation needs for it."""
    limited: bool = True
    """Whether it counts against the rate limit. What an app signs does not, and neither does the question for it."""


_ROUTES = [
    Documented(
        "github.repos.get", "GET", "repos/<owner>/<repo>", repositories.get, "/repos/repos#get-a-repository", "metadata"
    ),
    Documented(
        "github.repos.get_branch",
        "GET",
        "repos/<owner>/<repo>/branches/<path:branch>",
        repositories.get_branch,
        "/branches/branches#get-a-branch",
        "contents",
    ),
    Documented(
        "github.repos.get_commit",
        "GET",
        "repos/<owner>/<repo>/commits/<path:ref>",
        repositories.get_commit,
        "/commits/commits#get-a-commit",
        "contents",
    ),
    Documented(
        "github.pulls.list",
        "GET",
        "repos/<owner>/<repo>/pulls",
        repositories.list_pulls,
        "/pulls/pulls#list-pull-requests",
        "pull_requests",
    ),
    Documented(
        "github.issues.list_for_repo",
        "GET",
        "repos/<owner>/<repo>/issues",
        repositories.list_issues,
        "/issues/issues#list-repository-issues",
        "issues",
    ),
    Documented(
        "github.rate_limit.get",
        "GET",
        "rate_limit",
        rates.get,
        "/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user",
        limited=False,
    ),
    Documented(
        "github.apps.get_authenticated",
        "GET",
        "app",
        installations.get_authenticated,
        "/apps/apps#get-the-authenticated-app",
        limited=False,
    ),
    Documented(
        "github.apps.get_installation",
        "GET",
        "app/installations/<installation_id>",
        installations.get_installation,
        "/apps/apps#get-an-installation-for-the-authenticated-app",
        limited=False,
    ),
    Documented(
        "github.apps.get_repo_installation",
        "GET",
        "repos/<owner>/<repo>/installation",
        installations.get_repo_installation,
        "/apps/apps#get-a-repository-installation-for-the-authenticated-app",
        limited=False,
    ),
    Documented(
        "github.apps.create_installation_access_token",
        "POST",
        "app/installations/<installation_id>/access_tokens",
        minting.create,
        "/apps/apps#create-an-installation-access-token-for-an-app",
        limited=False,
    ),
    Documented(
        "github.apps.revoke_installation_access_token",
        "DELETE",
        "installation/token",
        installation_tokens.revoke,
        "/apps/installations#revoke-an-installation-access-token",
    ),
    Documented(
        "github.apps.list_repos_accessible_to_installation",
        "GET",
        "installation/repositories",
        installation_tokens.list_repositories,
        "/apps/installations#list-repositories-accessible-to-the-app-installation",
        "metadata",
    ),
]
TABLE = Table(GITHUB_PATH, _ROUTES, strict_slashes=True)
