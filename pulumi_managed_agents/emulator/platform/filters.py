"""What lists are narrowed to by the words of their queries, as far as all platforms have the same ones."""

from collections.abc import Callable, Collection

from ..world import JSON
from .queries import Query

Filter = Callable[[JSON], bool]


def sessions(query: Query, *, archived: bool | None, version: int | None, statuses: Collection[str]) -> Filter:
    """Which sessions are asked for. The platform has checked what stands beside the query."""
    store = query.get("memory_store_id")

    def keep(body: JSON) -> bool:
        stores = {resource.get("memory_store_id") for resource in body["resources"]}
        return (
            (archived or body["archived_at"] is None)
            and query.get("agent_id") in (None, body["agent"]["id"])
            and version in (None, body["agent"]["version"])
            and query.get("deployment_id") in (None, body["deployment_id"])
            and (store is None or store in stores)
            and (not statuses or body["status"] in statuses)
        )

    return keep


def deployments(query: Query) -> Filter:
    """Which deployments are asked for, by agent and by status."""
    agent, status = query.get("agent_id"), query.get("status")
    return lambda body: agent in (None, body["agent"]["id"]) and status in (None, body["status"])


def deployment_runs(query: Query, *, failed: bool | None) -> Filter:
    """Which runs are asked for: those of a deployment, of a trigger, with an error or without."""
    deployment, trigger = query.get("deployment_id"), query.get("trigger_type")
    return lambda body: (
        deployment in (None, body["deployment_id"])
        and trigger in (None, body["trigger_context"]["type"])
        and failed in (None, body["error"] is not None)
    )
