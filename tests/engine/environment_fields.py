"""Every property of an environment, changed."""

from __future__ import annotations

from typing import Any

from engine.declare import environment
from engine.fields import Change, Table

OPEN = {"type": "unrestricted"}


def cloud(**more: Any) -> dict[str, Any]:
    """A container on the platform."""
    return {"config": {"type": "cloud", **more}}


def limited(**more: Any) -> dict[str, Any]:
    """A container that reaches only what is listed."""
    return cloud(networking={"type": "limited", **more})


NOTHING_INSTALLED: dict[str, list[str]] = {manager: [] for manager in ("apt", "cargo", "gem", "go", "npm", "pip")}

CHANGES = (
    Change("name-changed", {"name": "one"}, {"name": "two"}),
    Change("description-changed", {"description": "one"}, {"description": "two"}),
    Change("description-removed", {"description": "one"}, {}, platform={"description": None}),
    Change(
        "metadata-changed",
        {"metadata": {"a": "1", "b": "1"}},
        {"metadata": {"a": "2"}},
        platform={"metadata.a": "2", "metadata.b": None},
    ),
    Change("config-written-down", {}, cloud(), "same"),
    Change("network-written-down", {}, cloud(networking=OPEN), "same"),
    Change(
        "network-limited",
        cloud(networking=OPEN),
        limited(allowed_hosts=["example.com"]),
        platform={"config.networking.allowed_hosts": ["example.com"]},
    ),
    Change("network-opened", limited(allowed_hosts=["example.com"]), cloud(networking=OPEN)),
    Change(
        "network-removed",
        limited(allowed_hosts=["example.com"]),
        cloud(),
        platform={"config.networking": {"type": "unrestricted"}},
    ),
    Change(
        "hosts-changed",
        limited(allowed_hosts=["example.com", "*.example.org"]),
        limited(allowed_hosts=["*.example.org", "example.net"]),
    ),
    Change(
        "hosts-in-another-order",
        limited(allowed_hosts=["example.com", "example.org"]),
        limited(allowed_hosts=["example.org", "example.com"]),
        "same",
    ),
    Change(
        "hosts-removed",
        limited(allowed_hosts=["example.com"]),
        limited(),
        platform={"config.networking.allowed_hosts": []},
    ),
    Change("servers-allowed", limited(), limited(allow_mcp_servers=True)),
    Change("servers-no-longer-mentioned", limited(allow_mcp_servers=True), limited()),
    Change("registries-forbidden", limited(allow_package_managers=True), limited(allow_package_managers=False)),
    Change("packages-added", cloud(), cloud(packages={"pip": ["httpx"], "apt": ["git"]})),
    Change("packages-changed", cloud(packages={"pip": ["httpx"]}), cloud(packages={"pip": ["httpx", "rich"]})),
    Change(
        "packages-of-one-manager-removed",
        cloud(packages={"pip": ["httpx"], "npm": ["left-pad"]}),
        cloud(packages={"npm": ["left-pad"]}),
        platform={"config.packages.pip": [], "config.packages.npm": ["left-pad"]},
    ),
    Change(
        "packages-removed",
        cloud(packages={"cargo": ["ripgrep"], "gem": ["rake"], "go": ["example.com/tool"]}),
        cloud(),
        platform={"config.packages": {"type": "packages", **NOTHING_INSTALLED}},
    ),
    Change(
        "config-removed",
        cloud(networking={"type": "limited", "allow_package_managers": True}, packages={"pip": ["httpx"]}),
        {},
        platform={
            "config.networking": {"type": "unrestricted"},
            "config.packages": {"type": "packages", **NOTHING_INSTALLED},
        },
    ),
    Change("moved-to-own-machines", cloud(), {"config": {"type": "self_hosted"}}, "replace"),
    Change("moved-to-own-machines-from-the-default", {}, {"config": {"type": "self_hosted"}}, "replace"),
    Change("moved-to-the-platform", {"config": {"type": "self_hosted"}}, {}, "replace"),
    Change(
        "described-in-a-file",
        {"source": "environment.md"},
        {"source": "environment.md"},
        platform={"description": "Two.", "metadata.a": "2"},
    ),
    Change("scope-written-down", {}, {"scope": "organization"}, "same"),
)

TABLE = Table(
    kind="Environment",
    collection="environments",
    declare=environment,
    changes=CHANGES,
    updates=("environments.update",),
    removes=("environments.delete",),
    files={
        "before": {"environment.md": "---\nmetadata: {a: '1'}\n---\nOne.\n"},
        "after": {"environment.md": "---\nmetadata: {a: '2'}\n---\nTwo.\n"},
    },
)
