"""Every path of the emulated API and what answers it. Operation names are those of GitHub's OpenAPI description."""

from collections.abc import Callable
from dataclasses import dataclass

from ..platform import GITHUB_PATH, Answer, Call
from ..routing import Routes
from ..world import Transaction
from . import installation_tokens, installations, minting, rates, repositories


@dataclass(frozen=True)
class Route:
    """One operation."""

    method: str
    path: str
    handler: Callable[[Transaction, Call], Answer]
    page: str
    """Where it is documented."""
    permission: str | None = None
    """What a fine-grained token or an installation needs for it."""
    limited: bool = True
    """Whether it counts against the rate limit. What an app signs does not, and neither does the question for it."""


ROUTES = {
    "github.repos.get": Route(
        "GET", "/repos/<owner>/<repo>", repositories.get, "/repos/repos#get-a-repository", "metadata"
    ),
    "github.repos.get_branch": Route(
        "GET",
        "/repos/<owner>/<repo>/branches/<path:branch>",
        repositories.get_branch,
        "/branches/branches#get-a-branch",
        "contents",
    ),
    "github.repos.get_commit": Route(
        "GET",
        "/repos/<owner>/<repo>/commits/<path:ref>",
        repositories.get_commit,
        "/commits/commits#get-a-commit",
        "contents",
    ),
    "github.rate_limit.get": Route(
        "GET",
        "/rate_limit",
        rates.get,
        "/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user",
        limited=False,
    ),
    "github.apps.get_authenticated": Route(
        "GET", "/app", installations.get_authenticated, "/apps/apps#get-the-authenticated-app", limited=False
    ),
    "github.apps.get_installation": Route(
        "GET",
        "/app/installations/<installation_id>",
        installations.get_installation,
        "/apps/apps#get-an-installation-for-the-authenticated-app",
        limited=False,
    ),
    "github.apps.get_repo_installation": Route(
        "GET",
        "/repos/<owner>/<repo>/installation",
        installations.get_repo_installation,
        "/apps/apps#get-a-repository-installation-for-the-authenticated-app",
        limited=False,
    ),
    "github.apps.create_installation_access_token": Route(
        "POST",
        "/app/installations/<installation_id>/access_tokens",
        minting.create,
        "/apps/apps#create-an-installation-access-token-for-an-app",
        limited=False,
    ),
    "github.apps.revoke_installation_access_token": Route(
        "DELETE",
        "/installation/token",
        installation_tokens.revoke,
        "/apps/installations#revoke-an-installation-access-token",
    ),
    "github.apps.list_repos_accessible_to_installation": Route(
        "GET",
        "/installation/repositories",
        installation_tokens.list_repositories,
        "/apps/installations#list-repositories-accessible-to-the-app-installation",
        "metadata",
    ),
}
MATCHING = Routes(
    ((name, route.method, GITHUB_PATH + route.path[1:]) for name, route in ROUTES.items()), strict_slashes=True
)
