"""What differs where Claude does not run as the hosted service: a server of one's own, and the gateway on AWS.

Sources: the pages about self-hosted Managed Agents of November 2026 (in part), and Claude Platform on AWS, August 2026.
"""

import json
from collections.abc import Iterator

from .. import settings
from ..platform import Call, Refusal
from ..world import JSON, Transaction
from .errors import invalid

SELF_HOSTED = "self-hosted"
AWS = "aws"
_UNSERVED = ("files", "models", "tunnels")
_UNLISTED = ("deployments", "deployment_runs", "sessions.threads", "tunnels", "dreams")
_UNLISTED_OPERATIONS = ("vaults.credentials.mcp_oauth_validate", "user_profiles.delete")


def admit(tx: Transaction, call: Call) -> None:
    """Refuses what the place does not have."""
    place = settings.value(tx, "place")
    if place == SELF_HOSTED:
        _check_served(tx, call)
        for problem in _unsupported(tx, call):
            raise invalid(problem)
    elif place == AWS:
        _check_listed(tx, call)
        _check_speed(_body(call))


def environment_type(tx: Transaction) -> str:
    """What an environment is that does not say it."""
    return "self_hosted" if settings.value(tx, "place") == SELF_HOSTED else "cloud"


def mounts_stores_anywhere(tx: Transaction) -> bool:
    """Whether a session on machines of one's own may have a memory store."""
    return bool(settings.value(tx, "place") != AWS)


def _check_served(tx: Transaction, call: Call) -> None:
    absent = settings.value(tx, "self_hosted_user_profiles") == "absent"
    if _collection(call) in (*_UNSERVED, *(["user_profiles"] if absent else [])):
        raise Refusal(404, "There is nothing at this path.")


def _collection(call: Call) -> str:
    return call.path.split("/")[2]


def _unsupported(tx: Transaction, call: Call) -> Iterator[str]:
    body = _body(call)
    if _collection(call) == "environments" and _type(body.get("config")) == "cloud":
        yield "config.type: this server has no cloud environments"
    if call.operation == "vaults.credentials.create" and _type(body.get("auth")) == "mcp_oauth":
        yield "auth.type: this server renews no tokens, mcp_oauth is not available"
    resources = body.get("resources")
    entries = resources if isinstance(resources, list) else [body] if call.operation == "sessions.resources.add" else []
    kinds = [_type(entry) for entry in entries]
    if "file" in kinds:
        yield "resources: this server has no files"
    if "github_repository" in kinds and settings.value(tx, "self_hosted_repositories") == "refuse":
        yield "resources: repositories need a cloud environment"


def _body(call: Call) -> JSON:
    try:
        body = json.loads(call.body) if call.body and call.parts is None else {}
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _type(value: object) -> object:
    return value.get("type") if isinstance(value, dict) else None


def _check_listed(tx: Transaction, call: Call) -> None:
    if not call.headers.get("anthropic-workspace-id"):
        raise invalid("anthropic-workspace-id: header is required")
    operation = call.operation or ""
    if operation in _UNLISTED_OPERATIONS or operation.startswith(_UNLISTED):
        raise Refusal(settings.value(tx, "aws_unlisted_route_status"), "The route is not available here.")


def _check_speed(body: JSON) -> None:
    """There is no fast mode, for agents and for what sessions make of them."""
    for holder in (body, body.get("agent")):
        model = holder.get("model") if isinstance(holder, dict) else None
        if isinstance(model, dict) and model.get("speed") == "fast":
            raise invalid("model.speed: fast is not available here")
