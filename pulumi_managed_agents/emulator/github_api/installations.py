"""An app and its installations, as the app itself sees them: GET of the app, of an installation, of a repository's."""

from .. import github
from ..github_access import Installation
from ..platform import Answer, Call
from ..world import JSON, Transaction
from . import app_jwt, documents, errors, headers
from .apps import App


def get_authenticated(tx: Transaction, call: Call) -> Answer:
    """GET /app."""
    app = app_jwt.authenticate(tx, call)
    return Answer(
        document={
            "id": app.app_id,
            "slug": app.slug,
            "node_id": f"A_{app.app_id}",
            "client_id": app.client,
            "owner": documents.account(call, app.owner),
            "name": app.title,
            "description": None,
            "external_url": f"https://github.com/apps/{app.slug}",
            "html_url": f"https://github.com/apps/{app.slug}",
            "created_at": app.created_at,
            "updated_at": app.created_at,
            # What an app asks for is not described apart from what its installations grant.
            "permissions": {name: level for each in app.installations for name, level in each.permissions.items()},
            "events": [],
            "installations_count": len(app.installations),
        }
    )


def get_installation(tx: Transaction, call: Call) -> Answer:
    """GET /app/installations/{installation_id}."""
    app, installation = of_call(tx, call)
    return Answer(document=_document(call, app, installation))


def get_repo_installation(tx: Transaction, call: Call) -> Answer:
    """GET /repos/{owner}/{repo}/installation."""
    app = app_jwt.authenticate(tx, call)
    owner, name = call.ids["owner"], call.ids["repo"]
    installation = next((each for each in app.installations if each.reaches(owner, name)), None)
    if installation is None or github.look(tx, headers.address(call), None, "metadata").barrier == "missing":
        raise errors.not_found()
    return Answer(document=_document(call, app, installation))


def of_call(tx: Transaction, call: Call) -> tuple[App, Installation]:
    """The app that signed a request and the installation in its path, which must be one of the app's."""
    app = app_jwt.authenticate(tx, call)
    installation = app.installation(call.ids["installation_id"])
    if installation is None:
        raise errors.not_found()
    return app, installation


def _document(call: Call, app: App, installation: Installation) -> JSON:
    account, address = documents.account(call, installation.account, installation.account_type), documents.base(call)
    return {
        "id": installation.id,
        "client_id": app.client,
        "account": account,
        "repository_selection": "all" if installation.repositories == "all" else "selected",
        "access_tokens_url": f"{address}/app/installations/{installation.id}/access_tokens",
        "repositories_url": f"{address}/installation/repositories",
        "html_url": f"https://github.com/organizations/{installation.account}/settings/installations/{installation.id}",
        "app_id": app.app_id,
        "app_slug": app.slug,
        "target_id": account["id"],
        "target_type": installation.account_type,
        "permissions": installation.permissions,
        "events": [],
        "created_at": app.created_at,
        "updated_at": app.created_at,
        "single_file_name": None,
        "has_multiple_single_files": False,
        "single_file_paths": [],
        "suspended_by": documents.account(call, installation.account, "User") if installation.suspended else None,
        "suspended_at": app.created_at if installation.suspended else None,
    }
