"""Rows of the table program: how a test writes down what its stack declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Row = dict[str, Any]

MODEL = "claude-opus-4-8"
URL = "https://github.com/org/app"


def ref(target: str) -> dict[str, str]:
    """Another resource's output (`app.id`), or the resource itself (`app`)."""
    return {"$ref": target}


def agent(name: str = "reviewer", /, options: Row | None = None, **args: Any) -> Row:
    """An agent; the model is there because it has to be."""
    return _row("Agent", name, {"model": MODEL, **args}, options)


def environment(name: str = "sandbox", /, options: Row | None = None, **args: Any) -> Row:
    """An environment."""
    return _row("Environment", name, args, options)


def repository(name: str = "app", /, options: Row | None = None, **args: Any) -> Row:
    """A repository; its token, where it has one, is a made-up word."""
    return _row("RepositoryResource", name, {"url": f"https://github.com/org/{name}", **args}, options)


def session(name: str = "review", /, options: Row | None = None, **args: Any) -> Row:
    """A session of `reviewer` in `sandbox`."""
    base = {"agent": ref("reviewer.id"), "environment_id": ref("sandbox.id")}
    return _row("Session", name, {**base, **args}, options)


def row(kind: str) -> Callable[..., Row]:
    """Declares resources of a kind, by name and arguments."""

    def declared(name: str, /, options: Row | None = None, **args: Any) -> Row:
        return _row(kind, name, args, options)

    return declared


def _row(kind: str, name: str, args: Row, options: Row | None) -> Row:
    return {"kind": kind, "name": name, "args": args, "options": options or {}}
