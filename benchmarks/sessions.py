"""Agents and a session of each through the engine: what is ours of it, against the same requests from a bare pool."""

from __future__ import annotations

import statistics
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from benchmarks.measure import REPETITIONS, Row, median
from benchmarks.served import HEADERS, Served
from benchmarks.stacks import AGENT, ENVIRONMENT, PARALLEL, SYSTEM, Project

if TYPE_CHECKING:
    from collections.abc import Iterator

AGENTS = SESSIONS = 100
CREATES = AGENTS + SESSIONS + 1


def sessions() -> Iterator[Row]:
    """In turns: the stack, the same stack of things that are echoed, and the pool."""
    with tempfile.TemporaryDirectory() as name, Served(Path(name), {"every": 1}) as url:
        stack = partial(Project, language="YAML", agents=AGENTS, sessions=SESSIONS)
        ours = stack(Path(name) / "ours", is_ours=True, settings={"managed-agents:baseUrl": url})
        floor = stack(Path(name) / "floor", is_ours=False)
        ours.set_up()
        floor.set_up()
        times = [(_created(ours), _created(floor), median(partial(_pool, url), 1)) for _ in range(REPETITIONS)]
    mine, theirs, bare = map(statistics.median, zip(*times, strict=True))
    title = f"{CREATES} creates of which half are sessions, above the floor, against a pool"
    yield Row(title, mine - theirs, bare, 1.2, f"up {mine:.2f} s, floor {theirs:.2f} s")


def _created(stack: Project) -> float:
    took = stack.timed("create")
    stack.timed("destroy")
    return took


def _pool(url: str) -> None:
    """Sessions follow what they are of, as in the stack."""
    limits = httpx.Limits(max_connections=PARALLEL, max_keepalive_connections=PARALLEL)
    with httpx.Client(base_url=url, headers=HEADERS, limits=limits) as client, ThreadPoolExecutor(PARALLEL) as pool:

        def create(path: str, body: dict[str, Any]) -> str:
            made = client.post(path, json=body).raise_for_status()
            return str(made.json()["id"])

        sandbox = pool.submit(create, "/v1/environments", ENVIRONMENT)
        bodies = [{**AGENT, "name": f"r{number}", "system": SYSTEM} for number in range(AGENTS)]
        agents = list(pool.map(partial(create, "/v1/agents"), bodies))
        bodies = [{"agent": agent, "environment_id": sandbox.result()} for agent in agents]
        list(pool.map(partial(create, "/v1/sessions"), bodies))
