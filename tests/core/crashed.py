"""States that a crash left, beside the world in which it happened: through either front end, on either platform."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.bags import Shelf
from engine.installation import app_key
from resources.authorities import authority

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.apply.exported import read_state
from pulumi_managed_agents.apply.made import Search
from pulumi_managed_agents.apply.recover import Finding, recovered
from pulumi_managed_agents.declaration.secrecy import marked
from pulumi_managed_agents.declaration.signatures import SECRET, SIGNATURE
from pulumi_managed_agents.declaration.tokens import DYNAMIC_FAMILY, PLUGIN_FAMILY
from pulumi_managed_agents.declaration.values import Secret
from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.provider.configured import ConfiguredProvider
from pulumi_managed_agents.transport.cancel import Cancellation

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.declaration.platform import PlatformKey
    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.kind import Kind
    from pulumi_managed_agents.lifecycle.steps import State

STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"
FAMILIES = {"plugin": PLUGIN_FAMILY, "dynamic": DYNAMIC_FAMILY}
PROVIDERS = {
    "plugin": "urn:pulumi:dev::shop::pulumi:providers:managed-agents::default",
    "dynamic": "urn:pulumi:dev::shop::pulumi:providers:pulumi-python::default",
}
PICKLED = {"plugin": {}, "dynamic": {"__provider": "gASV"}}
MODELS = {"claude": "claude-opus-4-8", "qoder": "ultimate"}
HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
TOKEN = "token-of-last-week"
APP = {"type": "github_repository", "url": "https://github.com/org/app", "mountPath": "/workspace/app"}
PLAIN: dict[str, Bag] = {
    "File": {"text": "one", "filename": "a.txt"},
    "Skill": {"path": "skill"},
    "Tunnel": {"displayName": "office"},
    "RepositoryResource": {"url": APP["url"], "authorizationToken": TOKEN},
    "GitHubInstallationToken": {"appId": "1", "installationId": "2", "privateKey": app_key()},
}


class Patient(Cancellation):
    """Waits without time passing."""

    def __init__(self, slept: list[float]) -> None:
        super().__init__()
        self._slept = slept

    def sleep(self, seconds: float) -> None:
        self._slept.append(seconds)


@dataclass
class Crashed:
    """A world, and the state of a stack in which something was under way when its engine was killed."""

    path: Path
    platform: PlatformKey = "claude"
    front_end: str = "plugin"
    resources: list[Bag] = field(default_factory=list)
    operations: list[Bag] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    noted: str = ""
    """When the state was written."""

    def __post_init__(self) -> None:
        settings = {"emulator": str(self.path), "platform": self.platform}
        with Emulator(self.path):
            self.configuration = configure(settings, {})
        self.provider = ConfiguredProvider(self.configuration, lambda _: None, Patient(self.slept))
        if not self.resources:
            self.resources += self._beginning()

    def _beginning(self) -> list[Bag]:
        """What every state begins with."""
        told = {"emulator": self.path.name, "platform": self.platform}
        prefix = "" if self.front_end == "plugin" else "managed-agents:"
        inputs = {prefix + name: value for name, value in told.items()}
        return [
            {"urn": STACK, "type": "pulumi:pulumi:Stack", "custom": False},
            {
                "urn": PROVIDERS[self.front_end],
                "id": "1",
                "type": PROVIDERS[self.front_end].split("::")[2],
                "custom": True,
                "inputs": inputs,
            },
        ]

    def kind(self, name: str) -> Kind:
        """A kind as the platform has it."""
        return self.provider.kind(name)

    def checked(self, kind: str, bag: Bag) -> Bag:
        """The bag as the engine notes it: checked, with a stamp of its own."""
        naming = plan.CheckContext(self.provider.capabilities, kind.lower(), _digits(), files=Shelf())
        inputs, failures = plan.check(self.kind(kind), {}, bag, naming)
        assert failures == []
        return inputs

    def creates(self, kind: str, inputs: Bag) -> State:
        """The platform makes it."""
        context = apply.Context(self.provider.platform, lambda _: None, self.slept.append, Shelf())
        return apply.create(self.kind(kind), inputs, context)

    def pending(self, kind: str, inputs: Bag, name: str = "it", **more: Any) -> Bag:
        """The operation that was under way, with its secrets encrypted."""
        entry = self.entry(kind, inputs, name, **more)
        self.operations.append({"resource": entry, "type": "creating"})
        return entry

    def moment(self, seconds: float = 0) -> str:
        """A moment of the world's clock."""
        with Emulator(self.path) as emulator:
            now = emulator.control.clock(advance_seconds=0)
        return (datetime.fromisoformat(now) + timedelta(seconds=seconds)).isoformat()

    def entry(self, kind: str, inputs: Bag, name: str = "it", **more: Any) -> Bag:
        """A resource as a state has it."""
        token = FAMILIES[self.front_end] + kind
        hidden = {} if not inputs else encrypted(marked(self.kind(kind).shape, inputs))
        return {
            "urn": f"urn:pulumi:dev::shop::{token}::{name}",
            "custom": True,
            "type": token,
            "inputs": {**hidden, **PICKLED[self.front_end]},
            "parent": STACK,
            "provider": f"{PROVIDERS[self.front_end]}::1",
            **more,
        }

    def text(self) -> bytes:
        """What `pulumi stack export` writes."""
        manifest = {"time": self.noted} if self.noted else {}
        deployment = {"manifest": manifest, "resources": self.resources, "pending_operations": self.operations}
        return json.dumps({"version": 3, "deployment": deployment}).encode()

    def recover(self, **said: str | None) -> tuple[Bag, list[Finding]]:
        """The deployment afterwards, and what was found; `said` by the names of resources."""
        exported = read_state(self.text())
        urns = {each["resource"]["urn"].rpartition("::")[2]: each["resource"]["urn"] for each in self.operations}
        by_urn = {urns[name]: id_ for name, id_ in said.items()}
        context = apply.Context(self.provider.platform, lambda _: None, self.slept.append, Shelf())
        findings = recovered(exported, Search(context), self.configuration.settings, by_urn)
        return json.loads(exported.written())["deployment"], findings

    def found(self, name: str = "it") -> list[Bag]:
        """The entries of a resource after recovering, when everything could be settled."""
        deployment, findings = self.recover()
        assert [finding.text for finding in findings if finding.kept] == []
        assert deployment["pending_operations"] == []
        return [entry for entry in deployment["resources"] if entry["urn"].endswith(f"::{name}")]

    def declared(self, kind: str) -> Bag:
        """What declares one of the kind, with all that it needs made."""
        if kind in PLAIN:
            return PLAIN[kind]
        match kind:
            case "Agent":
                return {"name": "a", "model": MODELS[self.platform]}
            case "Credential":
                auth = {"type": "static_bearer", "mcpServerUrl": "https://mcp.example.com/", "token": TOKEN}
                return {"vaultId": self._made("Vault", {"displayName": "v"}), "auth": auth}
            case "Memory":
                return {"memoryStoreId": self._made("MemoryStore", {"name": "s"}), "path": "/a.md", "content": "a"}
            case "TunnelCertificate":
                return {"tunnelId": self._made("Tunnel", PLAIN["Tunnel"]), "caCertificatePem": authority("one")}
            case "Dream":
                store, session = self._made("MemoryStore", {"name": "s"}), self._made("Session", self._session())
                return {"memoryStoreId": store, "sessionIds": [session], "model": MODELS[self.platform]}
            case "Session":
                return self._session(resources=[{**APP, "authorizationToken": TOKEN}])
            case "Deployment":
                return self._session(initialEvents=[HELLO])
            case "SessionEvents":
                return {"sessionId": self._made("Session", self._session()), "events": [HELLO]}
        return {}

    def _session(self, **more: Any) -> Bag:
        agent = self._made("Agent", {"name": "worker", "model": MODELS[self.platform]})
        return {"agent": agent, "environmentId": self._made("Environment", {"name": "sandbox"}), **more}

    def _made(self, kind: str, bag: Bag) -> str:
        return self.creates(kind, self.checked(kind, bag)).id


def _digits() -> Any:
    """Other digits for each object, and the same in each run."""
    _COUNT.append(0)
    return lambda count: f"{len(_COUNT):0{count}x}"[-count:]


_COUNT: list[int] = []


def encrypted(value: Any) -> Any:
    """The value with its secrets as a state holds them."""
    if isinstance(value, Secret):
        return {SIGNATURE: SECRET, "ciphertext": f"v1:{len(json.dumps(value.value))}:{abs(hash(str(value.value)))}"}
    if isinstance(value, dict):
        return {key: encrypted(item) for key, item in value.items()}
    return [encrypted(item) for item in value] if isinstance(value, list) else value


def shown(value: Any) -> Bag:
    """A secret as an export with `--show-secrets` holds it."""
    return {SIGNATURE: SECRET, "plaintext": json.dumps(value)}
