"""A team's repository: a bare one, a clone that somebody works in, and the workflows that run on what is pushed."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

from credentials.identities import ORGANIZATION, REQUEST_TOKEN, RULE
from examples.prepared import EXAMPLES
from gitops import runner
from gitops.hosting import TOKEN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gitops.hosting import Hosting
    from gitops.runner import Done

    from pulumi_managed_agents.emulator import Emulator

EXAMPLE = EXAMPLES / "gitops"
ACCOUNT = "svac_01emulator"
NAME = "org/agents"
PASSPHRASE = "a passphrase for tests"
PULL_REQUEST = 7
DEPLOYS = f"repo:{NAME}:environment:prod"
"""Whom the rule takes: jobs of the environment, which only `main` gets into."""

EXCHANGE = "oauth.token"
FEDERATION = {
    "ANTHROPIC_FEDERATION_RULE_ID": RULE,
    "ANTHROPIC_ORGANIZATION_ID": ORGANIZATION,
    "ANTHROPIC_SERVICE_ACCOUNT_ID": ACCOUNT,
}


class Identity:
    """GitHub, as it proves who its jobs are."""

    def __init__(self, variables: Mapping[str, str], about: dict[str, str], given: list[str]) -> None:
        self._variables = variables
        self._about = about
        self.given = given
        """The identity tokens that jobs got."""

    def job(self, claims: dict[str, str]) -> dict[str, str]:
        """The variables of a job that may ask for identity tokens."""
        self._about.clear()
        self._about.update(claims)
        return dict(self._variables)


class Team:
    """Works in a clone and pushes; every workflow starts from the bare repository, in a folder of its own."""

    def __init__(self, folder: Path, emulator: Emulator, address: str, hosting: Hosting, identity: Identity) -> None:
        self._root = folder
        self.hosting = hosting
        self.secrets = {PASSPHRASE, TOKEN, REQUEST_TOKEN}
        self._identity = identity
        self._emulator = emulator
        self._runs = 0
        self._mark = 0
        self._machine = runner.machine(
            folder,
            ANTHROPIC_BASE_URL=address,
            **{f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in WHO.items()},
        )
        self.bare, self.clone = folder / "bare.git", folder / "clone"
        self.folder = self.clone / "program"
        # What a colleague has: the state and the passphrase.
        self.environment = {
            **self._machine,
            "PULUMI_BACKEND_URL": self._backend,
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        }
        (folder / "state").mkdir()
        self._run("git", "init", "--quiet", "--bare", "--initial-branch=main", str(self.bare), cwd=folder)
        self._run("git", "clone", "--quiet", str(self.bare), str(self.clone), cwd=folder)
        shutil.copytree(EXAMPLE, self.clone, dirs_exist_ok=True, ignore=LEFT_BY_RUNS)
        self._run("git", "switch", "--quiet", "--create", "main")
        self.pulumi("stack", "init", "prod")

    def pulumi(self, *arguments: str, given: str | None = None, folder: Path | None = None, **environment: str) -> str:
        """Somebody runs Pulumi, in the clone where no other folder is named."""
        command = ["pulumi", *arguments, "--non-interactive"]
        return self._run(*command, cwd=folder or self.folder, given=given, **{**self.environment, **environment})

    def cloned(self, branch: str, *, shallow: bool) -> Path:
        """A fresh clone of a branch."""
        self._runs += 1
        folder = self._root / f"clone-{self._runs}"
        depth = ["--depth=1"] if shallow else []
        self._run("git", "clone", "--quiet", *depth, "--branch", branch, f"file://{self.bare}", str(folder))
        return folder

    def keep_secret(self, name: str, value: str) -> None:
        """Puts a secret into the stack's configuration, encrypted."""
        self.secrets.add(value)
        self.pulumi("config", "set", "--secret", name, given=value)

    def edit(self, file: str, old: str, new: str) -> None:
        """Changes a file of the clone: the old text stands there once."""
        path = self.clone / file
        assert path.read_text().count(old) == 1
        path.write_text(path.read_text().replace(old, new))

    def commit(self, message: str, branch: str | None = None) -> None:
        """Commits everything, on a new branch where one is named, and pushes it; no commit shows a secret."""
        if branch:
            self._run("git", "switch", "--quiet", "--create", branch)
        self._run("git", "add", "--all")
        self._run("git", "commit", "--quiet", "--message", message)
        self.push()

    def push(self) -> None:
        """Pushes the last commit."""
        self.search("the commit", self._run("git", "show"))
        self._run("git", "push", "--quiet", "origin", "HEAD")

    def merge(self, branch: str) -> None:
        """Merges a pull request."""
        self._run("git", "switch", "--quiet", "main")
        self._run("git", "merge", "--quiet", "--no-ff", "--message", f"Merge {branch}", branch)
        self._run("git", "push", "--quiet", "origin", "HEAD")

    def workflow(self, name: str, branch: str = "main", **inputs: Any) -> Done:
        """Runs a workflow on a branch; nothing that it prints or publishes shows a secret."""
        self._runs += 1
        pull_request = {"number": PULL_REQUEST, "head": {"repo": {"full_name": NAME}}}
        contexts = {
            "github": {
                "repository": NAME,
                "api_url": self.hosting.url,
                "token": TOKEN,
                "ref": f"refs/heads/{branch}",
                "event": {"pull_request": pull_request} if branch != "main" else {},
            },
            "inputs": inputs,
            "vars": {"PULUMI_BACKEND_URL": self._backend, **FEDERATION},
            "secrets": {"PULUMI_CONFIG_PASSPHRASE": PASSPHRASE},
        }
        folder = self._root / f"run-{self._runs}"
        done = runner.run(self.bare, folder, name, contexts, self._machine, self._identity.job)
        self.know_tokens(folder / "cache")
        self.search(
            "what is shown", done.output + done.summary + json.dumps([self.hosting.comments, self.hosting.issues])
        )
        return done

    def deploy(self, **inputs: Any) -> Done:
        """The workflow `deploy`, which has to work."""
        done = self.workflow("deploy", **inputs)
        assert done.code == 0, done.output
        return done

    def sent(self) -> list[str]:
        """The operations that the platform was asked for since the last call."""
        return [name for name in self._since() if name != EXCHANGE]

    @property
    def tokens(self) -> list[str]:
        """The identity tokens that jobs got."""
        return self._identity.given

    def proved(self) -> list[str]:
        """What the platform says of the exchanges until now, in its authentication history."""
        return [str(row["result"]) for row in self._emulator.control.authentication_history()]

    def _since(self) -> list[str]:
        fresh = self._emulator.control.requests(self._mark)
        self._mark = max((row["n"] for row in fresh), default=self._mark)
        return [str(row["operation"]) for row in fresh]

    def know_tokens(self, cache: Path) -> None:
        """From now on the tokens that were given, and what is kept of their exchange, are looked for."""
        kept = [json.loads(path.read_text()) for path in cache.rglob("tokens/*.json")]
        self.secrets |= {*self._identity.given, *(str(document["access_token"]) for document in kept)}

    @property
    def _backend(self) -> str:
        return f"file://{self._root / 'state'}"

    def search(self, where: str, text: str) -> None:
        """A text of theirs holds no secret."""
        for secret in self.secrets:
            assert secret not in text, f"{where}: a secret is seen"

    def _run(self, *command: str, cwd: Path | None = None, given: str | None = None, **environment: str) -> str:
        done = subprocess.run(
            command,
            cwd=cwd or self.clone,
            env={**self._machine, **environment},
            input=given,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=240,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout


WHO = {"NAME": "A colleague", "EMAIL": "colleague@example.com"}
LEFT_BY_RUNS = shutil.ignore_patterns("__pycache__", "Pulumi.*.yaml", "automation")
