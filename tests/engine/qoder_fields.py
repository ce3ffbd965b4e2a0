"""Properties as Qoder has them: changed in place, replaced, or the same in other words."""

from __future__ import annotations

from typing import Any

from engine.declare import ref, row
from engine.fields import Change, Table, child

MESSAGE = {"type": "user.message", "content": [{"type": "text", "text": "Look."}]}
TOKEN = "made-up-token-1"
REPO = {"type": "github_repository", "url": "https://github.com/org/app", "authorization_token": TOKEN}
GIT = {"type": "git_repository", "url": "https://reader@git.example.com/org/app", "mount_path": "/app/git"}


def toolset(**words: Any) -> dict[str, Any]:
    """The platform's own tools."""
    return {"tools": [{"type": "agent_toolset_20260401", **words}]}


def told(**words: Any) -> dict[str, Any]:
    """How one tool departs from the others."""
    return toolset(configs=[words])


ALLOW, DENY = ({"permission_policy": {"type": policy}} for policy in ("always_allow", "always_deny"))

AGENTS = Table(
    kind="Agent",
    collection="agents",
    declare=lambda name, /, options=None, **args: row("Agent")(name, options, **{"model": "ultimate", **args}),
    changes=(
        Change("q-model-changed", {}, {"model": {"id": "ultimate", "effort": "high"}}),
        Change("q-system-removed", {"system": "one"}, {}, platform={"system": ""}),
        Change("q-description-removed", {"description": "one"}, {}, platform={"description": ""}),
        Change("q-system-in-a-file", {"source": "q-agent.md"}, {"source": "q-agent.md"}, platform={"system": "Two."}),
        Change("q-tool-named-otherwise", told(name="Bash", **ALLOW), told(name="bash", **ALLOW), "same"),
        Change(
            "q-tool-denied",
            told(name="WebFetch", **ALLOW),
            told(name="WebFetch", **DENY),
            platform={"tools.0.configs.0.name": "WebFetch", "tools.0.configs.0.permission_policy.type": "always_deny"},
        ),
        Change(
            "q-tools-listed",
            toolset(enabled_tools=["Bash", "Read"]),
            toolset(enabled_tools=["Read", "Grep"]),
            platform={"tools.0.enabled_tools": ["Read", "Grep"]},
        ),
        Change("q-tools-disallowed", toolset(), toolset(disallowed_tools=["ImageGen"])),
        Change("q-tools-removed", toolset(), {}, platform={"tools": []}),
        Change("q-labels", {"metadata": {"a": "1"}}, {"metadata": {"b": "1"}}, platform={"metadata.a": None}),
    ),
    updates=("agents.update",),
    removes=("agents.archive",),
    files={"before": {"q-agent.md": "One.\n"}, "after": {"q-agent.md": "Two.\n"}},
)


def cloud(**words: Any) -> dict[str, Any]:
    """A container on the platform."""
    return {"config": {"type": "cloud", **words}}


OPEN = {"networking": {"type": "unrestricted"}}
LIMITED = {"networking": {"type": "limited", "allowed_hosts": ["example.com"]}}

ENVIRONMENTS = Table(
    kind="Environment",
    collection="environments",
    declare=row("Environment"),
    changes=(
        Change("q-network-limited", {}, cloud(**LIMITED), platform={"config.networking.type": "limited"}),
        Change("q-network-of-the-platform", cloud(**LIMITED), {}, platform={"config.networking.allowed_hosts": []}),
        Change("q-network-closed", cloud(**OPEN), cloud(), platform={"config.networking.type": "limited"}),
        Change("q-network-opened", cloud(), cloud(**OPEN), platform={"config.networking.type": "unrestricted"}),
        Change("q-network-never-said", {}, cloud(), "same"),
        Change(
            "q-script-changed",
            cloud(setup_script="one", packages={"pip": ["httpx"]}),
            cloud(setup_script="two", packages={"pip": ["httpx"]}),
            platform={"config.setup_script": "two", "config.packages.pip": ["httpx"]},
        ),
        Change("q-packages-removed", cloud(packages={"pip": ["httpx"]}), cloud()),
        Change("q-own-machines", cloud(), {"config": {"type": "self_hosted"}}, "replace"),
    ),
    updates=("environments.update",),
    removes=("environments.delete",),
)


def credits_of(amount: str) -> dict[str, Any]:
    """A budget."""
    return {"budget": {"type": "limit", "max_credit_cost": amount}}


def mounts(*entries: Any) -> dict[str, Any]:
    """What is mounted."""
    return {"resources": list(entries)}


SESSION_CHANGES = (
    Change("q-titled", {}, {"title": "one"}, platform={"title": "one"}),
    Change("q-untitled", {"title": "one"}, {}, platform={"title": None}),
    Change(
        "q-token-rotated",
        mounts({**REPO, "authorization_token": "made-up-token-1"}),
        mounts({**REPO, "authorization_token": "made-up-token-2"}),
        sends=("sessions.resources.update",),
    ),
    Change(
        "q-password-rotated",
        mounts({**GIT, "password": "made-up-token-1"}),
        mounts({**GIT, "password": "made-up-token-2"}),
        sends=("sessions.resources.update",),
    ),
    Change("q-declared-apart", mounts(ref("q-app")), mounts(ref("q-app")), sends=("sessions.resources.update",)),
    Change("q-repository-moved", mounts(REPO), mounts({**REPO, "mount_path": "/app/elsewhere"}), "replace"),
    Change("q-repository-added", {}, mounts(REPO), "replace"),
    Change(
        "q-file-added", {}, mounts({"type": "file", "file_id": ref("q-file.id")}), sends=("sessions.resources.add",)
    ),
    Change("q-variables", {"environment_variables": {"A": "1"}}, {"environment_variables": {"A": "2"}}, "replace"),
    Change("q-budget-added", {}, credits_of("5"), "replace", platform={"budget.max_credit_cost": "5"}),
    Change(
        "q-budget-raised", credits_of("5"), credits_of("7.50"), "replace", platform={"budget.max_credit_cost": "7.50"}
    ),
    Change("q-budget-removed", credits_of("5"), {}, "replace"),
    Change("q-budget-spelt-otherwise", credits_of("5"), credits_of("5.00"), "same"),
    Change("q-vault-added", {}, {"vault_ids": [ref("q-vault.id")]}, "replace"),
)


def around(token: str) -> tuple[dict[str, Any], ...]:
    """What sessions and deployments need."""
    return (
        row("Agent")("q-agent", model="ultimate", **toolset()),
        row("Environment")("q-sandbox"),
        row("Vault")("q-vault"),
        row("File")("q-file", text="Notes.", filename="notes.txt"),
        row("RepositoryResource")("q-app", url="https://github.com/org/apart", authorization_token=token),
    )


SESSIONS = Table(
    kind="Session",
    collection="sessions",
    declare=lambda name, /, options=None, **args: row("Session")(
        name, options, **{"agent": ref("q-agent.id"), "environment_id": ref("q-sandbox.id"), **args}
    ),
    changes=SESSION_CHANGES,
    around=around("made-up-token-1"),
    around_after=around("made-up-token-2"),
    updates=("sessions.update",),
    removes=("sessions.archive",),
    looks=("sessions.retrieve",),
    secrets=("made-up-token-1", "made-up-token-2"),
)

CRON = {"schedule": {"type": "cron", "expression": "0 8 * * 1", "timezone": "Asia/Shanghai"}}

DEPLOYMENTS = Table(
    kind="Deployment",
    collection="deployments",
    declare=lambda name, /, options=None, **args: row("Deployment")(
        name,
        options,
        **{
            "agent": ref("q-agent.id"),
            "environment_id": ref("q-sandbox.id"),
            "initial_events": [MESSAGE],
            **args,
        },
    ),
    changes=(
        Change("q-schedule-added", {}, CRON),
        Change("q-schedule-removed", CRON, {}, "replace"),
        Change("q-paused", CRON, {**CRON, "paused": True}, sends=("deployments.pause",), platform={"status": "paused"}),
        Change("q-run", {}, {"run_trigger": "1"}, sends=("deployments.run",)),
        Change(
            "q-deployed-variables",
            {"environment_variables": {"A": "1", "B": "x y"}},
            {"environment_variables": {"A": "2"}},
            platform={"environment_variables": "A=2"},
        ),
        Change("q-deployed-repository", {}, mounts(ref("q-app"))),
        Change(
            "q-deployed-budget", credits_of("5"), credits_of("7"), "replace", platform={"budget.max_credit_cost": "7"}
        ),
    ),
    updates=("deployments.update",),
    removes=("deployments.archive",),
)

EVENTS = Table(
    kind="SessionEvents",
    collection="sessions",
    declare=lambda name, /, options=None, **args: row("SessionEvents")(
        name, options, **{"session_id": ref("q-listening.id"), **args}
    ),
    changes=(Change("q-said-again", {"events": [MESSAGE]}, {"events": [MESSAGE, MESSAGE]}),),
    around=(row("Session")("q-listening", agent=ref("q-agent.id"), environment_id=ref("q-sandbox.id")),),
    updates=("sessions.events.send",),
)


def bearer(token: str, **more: Any) -> dict[str, Any]:
    """A bearer token for a server."""
    return {"auth": {"type": "static_bearer", "mcp_server_url": "https://mcp.example.com/", "token": token}, **more}


def variable(value: str, **more: Any) -> dict[str, Any]:
    """An environment variable."""
    words = {"type": "environment_variable", "secret_name": "KEY", "secret_value": value}
    return {"auth": {**words, "networking": {"type": "unrestricted"}, **more}}


VAULTS = Table(
    kind="Vault",
    collection="vaults",
    declare=row("Vault"),
    changes=(
        Change("q-vault-named", {"display_name": "one"}, {"display_name": "two"}, "replace"),
        Change("q-vault-labelled", {}, {"metadata": {"a": "1"}}, "replace"),
    ),
    removes=("vaults.archive",),
)

CREDENTIAL_CHANGES = (
    Change("q-bearer-rotated", bearer("made-up-bearer-1"), bearer("made-up-bearer-2")),
    Change(
        "q-bearer-named",
        bearer("made-up-bearer-1", display_name="one"),
        bearer("made-up-bearer-1", display_name="two"),
        "replace",
    ),
    Change("q-variable-rotated", variable("made-up-bearer-1"), variable("made-up-bearer-2")),
    Change(
        "q-variable-limited",
        variable("made-up-bearer-1"),
        variable("made-up-bearer-1", networking={"type": "limited", "allowed_hosts": ["example.com"]}),
        "replace",
    ),
)

CREDENTIALS = Table(
    kind="Credential",
    collection="credentials",
    declare=lambda name, /, options=None, **args: row("Credential")(
        name, options, **{"vault_id": ref(f"vault-of-{name}.id"), **args}
    ),
    changes=CREDENTIAL_CHANGES,
    around=tuple(row("Vault")(f"vault-of-{change.name}") for change in CREDENTIAL_CHANGES),
    updates=("vaults.credentials.update",),
    removes=("vaults.credentials.delete",),
    own=child,
    secrets=("made-up-bearer-1", "made-up-bearer-2"),
)

MEMORIES = Table(
    kind="Memory",
    collection="memories",
    declare=lambda name, /, options=None, **args: row("Memory")(
        name, options, **{"memory_store_id": ref("q-store.id"), "path": f"/{name}.md", **args}
    ),
    changes=(
        Change("q-memory-rewritten", {"content": "one"}, {"content": "two"}),
        Change(
            "q-memory-labelled",
            {"content": "one", "metadata": {"a": "1", "b": "1"}},
            {"content": "one", "metadata": {"b": "2"}},
            platform={"metadata": {"b": "2"}, "content": "one"},
        ),
        Change("q-memory-unlabelled", {"metadata": {"a": "1"}}, {}, platform={"metadata": {}}),
        Change("q-memory-moved", {"content": "one", "path": "/a.md"}, {"content": "one", "path": "/b.md"}, "replace"),
    ),
    around=(row("MemoryStore")("q-store", description="one"),),
    around_after=(row("MemoryStore")("q-store"),),
    updates=("memory_stores.memories.update",),
    removes=("memory_stores.memories.delete",),
    own=child,
)

TEXT = {"text": "one", "filename": "c"}

FILES = Table(
    kind="File",
    collection="files",
    declare=row("File"),
    changes=(
        Change("q-file-changed", {"text": "one", "filename": "a"}, {"text": "two", "filename": "a"}, "replace"),
        Change("q-file-labelled", {**TEXT, "metadata": {"a": "1"}}, {**TEXT, "metadata": {"a": "2"}}, "replace"),
        Change("q-file-unlabelled", {**TEXT, "metadata": {"a": "1"}}, TEXT, "replace"),
        Change("q-file-ends", TEXT, {**TEXT, "expires_in_seconds": 3600}, "replace"),
        Change("q-file-the-same", {"text": "one", "filename": "b"}, {"path": "q-one.txt", "filename": "b"}, "same"),
    ),
    removes=("files.delete",),
    files={"before": {"q-one.txt": "one"}},
)

_SKILL = "---\nname: reviewing\ndescription: What it does.\n---\n"

SKILLS = Table(
    kind="Skill",
    collection="skills",
    declare=row("Skill"),
    changes=(
        Change("q-skill-rewritten", {"path": "q-skill"}, {"path": "q-skill"}, sends=("skills.versions.create",)),
        Change("q-skill-labelled", {"path": "q-third"}, {"path": "q-third", "metadata": {"a": "1"}}, "replace"),
        Change("q-skill-titled", {"path": "q-other"}, {"path": "q-other", "display_name": "Titled"}, "replace"),
    ),
    removes=("skills.delete",),
    files={
        "before": {
            "q-skill/SKILL.md": f"{_SKILL}One.\n",
            "q-other/SKILL.md": f"{_SKILL}Other.\n",
            "q-third/SKILL.md": f"{_SKILL}Third.\n",
        },
        "after": {"q-skill/SKILL.md": f"{_SKILL}Two.\n"},
    },
)

TABLES = (AGENTS, ENVIRONMENTS, SESSIONS, EVENTS, DEPLOYMENTS, VAULTS, CREDENTIALS, MEMORIES, FILES, SKILLS)
