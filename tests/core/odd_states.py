"""States as they should not be: of real ones of every kind, each with one thing gone or of another form."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from core.crashed import Patient
from core.places import places, put
from engine.installation import APP, INSTALLATION, install, pair
from resources.authorities import authority

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.plan.files import LocalFiles
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.provider.configured import ConfiguredProvider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as FilePath

    from pulumi_managed_agents.declaration.platform import PlatformKey
    from pulumi_managed_agents.declaration.values import Bag, Path
    from pulumi_managed_agents.lifecycle.kind import Kind

URL = "https://github.com/org/app"
MESSAGE = {"type": "user.message", "content": [{"type": "text", "text": "Look."}]}
TOKEN = "token-of-last-week"
JUNK = {"a": [{"b": [None, 3, {"type": "zebra"}]}]}
WRONG: tuple[Any, ...] = (None, "", "zebra", 3, 0.5, True, [], {}, [3], [None], {"a": 3}, JUNK, [JUNK])
GONE = "gone"


@dataclass
class Real:
    """A resource as the engine keeps it, and what its program declares now."""

    kind: Kind
    id: str
    inputs: Bag
    outputs: Bag
    gone: str = ""
    """The id of another object of the kind, which is no longer there."""
    others: list[Bag] = field(default_factory=list)
    """What a program may declare next: the same, and something else."""


@dataclass
class World:
    """One of each kind on a platform."""

    platform: PlatformKey
    folder: FilePath
    emulator: Emulator
    provider: ConfiguredProvider
    warnings: list[str]
    private: str

    @property
    def settings(self) -> dict[str, str]:
        """What a front end is told."""
        return {"emulator": str(self.folder / "world.emulator"), "platform": self.platform}

    def checked(self, kind: Kind, bag: Bag, old: Bag | None = None) -> Bag:
        """The inputs as the engine hands them on."""
        context = plan.CheckContext(
            self.provider.capabilities,
            "thing",
            lambda digits: token_hex(digits)[:digits],
            files=LocalFiles(self.folder),
        )
        inputs, failures = plan.check(kind, old or {}, bag, context)
        assert failures == [], (kind.name, [str(failure) for failure in failures])
        return inputs

    def real(self, name: str, bag: Bag, /, **other: Any) -> Real:
        """A new object, with its twin that is gone, and what it may become."""
        kind = self.provider.kind(name)
        inputs = self.checked(kind, bag)
        state = apply.create(kind, inputs, self.provider.context)
        others = [inputs, *([self.checked(kind, {**bag, **other}, inputs)] if other else [])]
        return Real(kind, state.id, inputs, state.outputs, "", others)

    def removed(self, real: Real, **unique: Any) -> str:
        """The id of a twin that was made and removed."""
        inputs = {**real.inputs, "creationId": token_hex(12), **unique}
        state = apply.create(real.kind, inputs, self.provider.context)
        apply.delete(real.kind, state.id, state.outputs, self.provider.context)
        return state.id


@contextmanager
def world(folder: FilePath, platform: PlatformKey) -> Iterator[World]:
    """A world to make real states in."""
    private, public = pair()
    with Emulator(folder / "world.emulator") as emulator:
        install(emulator, public)
        emulator.control.settings(clone_errors="never", tunnel_api_keys="accept")
        configuration = configure({"emulator": str(folder / "world.emulator"), "platform": platform}, {})
        warnings: list[str] = []
        provider = ConfiguredProvider(configuration, warnings.append, Patient([]))
        object.__setattr__(provider.context, "files", LocalFiles(folder))
        (folder / "skill").mkdir()
        (folder / "skill" / "SKILL.md").write_text("---\nname: reviewing\ndescription: What it does.\n---\nLook.\n")
        yield World(platform, folder, emulator, provider, warnings, private)
        provider.close()


def real_states(at: World) -> list[Real]:
    """One rich state of each kind that the platform has."""
    claude = at.platform == "claude"
    model = "claude-opus-4-8" if claude else "ultimate"
    labels = {"metadata": {"team": "review"}}
    repository = {"url": URL, "mountPath": "/workspace/app" if claude else "/data/workspace/app"}
    mount = {"type": "github_repository", **repository, "checkout": {"type": "branch", "name": "main"}}
    agent = at.real(
        "Agent",
        {
            "model": {"id": model, "effort": "high"} if claude else model,
            "system": "Be brief.",
            "description": "Reads.",
            "tools": [
                {"type": "agent_toolset_20260401", "configs": [{"name": "bash", "enabled": True}]},
                {"type": "mcp_toolset", "mcpServerName": "docs"},
                {
                    "type": "custom",
                    "name": "ask",
                    "description": "Asks.",
                    "inputSchema": {"type": "object", "properties": {"q": {"type": "string"}}},
                },
            ],
            "mcpServers": [{"type": "url", "name": "docs", "url": "https://mcp.example.com/"}],
            **({"multiagent": {"type": "coordinator", "agents": [{"type": "self"}]}} if claude else {}),
            **labels,
        },
        system="Be briefer.",
        metadata={"team": "other"},
    )
    environment = at.real(
        "Environment",
        {
            "config": {
                "type": "cloud",
                "packages": {"pip": ["httpx"]},
                "networking": {"type": "limited", "allowedHosts": ["example.com"], "allowPackageManagers": True},
            },
            **labels,
        },
        description="Another.",
        config={"type": "cloud", "packages": {"pip": ["httpx", "rich"]}},
    )
    vault = at.real("Vault", labels, **({"displayName": "other"} if claude else {}))
    credential = at.real(
        "Credential",
        {
            "vaultId": vault.id,
            "auth": {
                "type": "mcp_oauth",
                "mcpServerUrl": "https://mcp.example.com/",
                "accessToken": TOKEN,
                "refresh": {
                    "tokenEndpoint": "https://auth.example.com/token",
                    "clientId": "client",
                    "refreshToken": f"{TOKEN}-refresh",
                    "tokenEndpointAuth": {"type": "client_secret_post", "clientSecret": f"{TOKEN}-client"},
                },
            },
            "displayName": "docs",
            **labels,
        },
        metadata={"team": "other"},
    )
    store = at.real("MemoryStore", {"description": "What was learnt.", **labels}, description="Another.")
    memory = at.real(
        "Memory", {"memoryStoreId": store.id, "path": "/style.md", "content": "Short."}, content="Shorter."
    )
    file = at.real("File", {"text": "The plan.", "filename": "plan.txt"})
    skill = at.real("Skill", {"path": "skill"})
    token = at.real(
        "GitHubInstallationToken",
        {
            "appId": APP,
            "installationId": INSTALLATION,
            "privateKey": at.private,
            "repositories": ["app"],
            "permissions": {"contents": "read"},
        },
        permissions={"contents": "write"},
    )
    bound = {"type": "github_repository", "url": URL, "authorizationToken": TOKEN}
    others = [
        {"type": "file", "fileId": file.id, "mountPath": "/data/plan.txt"},
        {"type": "memory_store", "memoryStoreId": store.id, "access": "read_only"},
    ]
    session = at.real(
        "Session",
        {
            "agent": {"id": agent.id, "version": 1},
            "environmentId": environment.id,
            "title": "review",
            "vaultIds": [vault.id],
            "resources": [{**mount, "authorizationToken": TOKEN}, *others],
            "onDelete": "archive",
            "deleteTimeoutSeconds": 2,
            **({"budget": {"type": "limit", "maxListCost": {"amount": "500", "currency": "USD"}}} if claude else {}),
            **labels,
        },
        title="another",
        resources=[{**mount, "authorizationToken": f"{TOKEN}-2"}, *others],
    )
    events = at.real(
        "SessionEvents", {"sessionId": session.id, "events": [MESSAGE], "trigger": "1"}, trigger="2", waitForIdle=False
    )
    deployment = at.real(
        "Deployment",
        {
            "agent": agent.id,
            "environmentId": environment.id,
            "initialEvents": [MESSAGE],
            "schedule": {"type": "cron", "expression": "0 8 * * 1", "timezone": "UTC"},
            "paused": False,
            "runTrigger": "1",
            "resources": [bound],
            "vaultIds": [vault.id],
            **labels,
        },
        description="Another.",
        paused=True,
        runTrigger="2",
    )
    declared = at.real(
        "RepositoryResource",
        {**repository, "authorizationToken": TOKEN, "checkout": {"type": "branch", "name": "main"}},
        authorizationToken=f"{TOKEN}-2",
    )
    mounted = at.real(
        "RepositoryResource",
        {**repository, "authorizationToken": TOKEN, "sessionId": session.id},
        authorizationToken=f"{TOKEN}-2",
    )
    agent.gone, environment.gone = at.removed(agent), at.removed(environment, name="gone")
    vault.gone, store.gone = at.removed(vault), at.removed(store)
    session.gone, deployment.gone = at.removed(session), at.removed(deployment)
    file.gone = at.removed(file)
    reals = [agent, environment, vault, credential, store, memory, file, skill, token, session, events, deployment]
    reals += [declared, mounted]
    dream = {"memoryStoreId": store.id, "sessionIds": [session.id], "model": model}
    reals.append(at.real("Dream", dream, instructions="Keep what lasts."))
    if claude:
        profile = at.real(
            "UserProfile",
            {"name": "Ada", "externalUserDetails": {"country": "GB", "onboardedAt": "2026-01-31T09:00:00Z"}, **labels},
            name="Ada L.",
        )
        reals.append(profile)
        tunnel = at.real("Tunnel", {"displayName": "office"}, rotationTrigger="July")
        trust = {"tunnelId": tunnel.id, "caCertificatePem": authority("one")}
        reals += [tunnel, at.real("TunnelCertificate", trust)]
    return reals


def odd(bag: Bag) -> Iterator[tuple[Path, Any, Bag]]:
    """The bag with one thing gone, or of another form: where, what stands there, and the bag."""
    for place in places(bag)[1:]:
        yield place, GONE, without(bag, place)
        now = at_place(bag, place)
        for wrong in WRONG:
            if wrong != now and (type(wrong) is not type(now) or wrong in ("", "zebra", {}, [], [3], [None], JUNK)):
                yield place, wrong, dict(put(bag, place, wrong))


def at_place(value: Any, place: Path) -> Any:
    """What stands there."""
    for part in place:
        value = value[part]
    return value


def without(value: Any, place: Path) -> Any:
    """The value without what stands there."""
    head, *rest = place
    if rest:
        inner = without(value[head], tuple(rest))
        return put(value, (head,), inner)
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if key != head}
    return [item for index, item in enumerate(value) if index != head]
