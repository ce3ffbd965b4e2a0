"""Runs a workflow's own steps in their order: a stand-in for each action, and bash for each `run`."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml
from engine import once

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
PATH = re.compile(r"[a-z_]+(\.[A-Za-z_]+)+")
CHOICE = re.compile(r"(?P<asked>[a-z._]+) && '(?P<yes>[^']*)' \|\| '(?P<no>[^']*)'")
CONDITION = re.compile(r"(?P<function>!cancelled|failure)\(\) && hashFiles\('(?P<file>[^']+)'\) != ''")
EQUALITY = re.compile(r"(?P<left>[a-z_.]+) == (?P<right>[a-z_.]+)")


@dataclass
class Done:
    """What a run of a workflow did: whether it succeeded, what it printed, and its summary."""

    code: int = 0
    output: str = ""
    summary: str = ""
    steps: list[str] = field(default_factory=list)


def read(path: Path) -> dict[str, Any]:
    """A workflow; YAML takes its key `on` for a truth value."""
    found = yaml.safe_load(path.read_text())
    found["on"] = found.pop(True)
    return dict(found)


def run(
    repository: Path,
    folder: Path,
    name: str,
    contexts: Mapping[str, Any],
    machine: Mapping[str, str],
    identity: Callable[[dict[str, str]], dict[str, str]] = lambda claims: {},  # noqa: ARG005 - nobody asks
) -> Done:
    """Runs the one job of a workflow as it stands on `main` of a repository, in a fresh folder.

    `identity` lets a job of some claims ask for identity tokens, where its permissions allow it to.
    """
    folder.mkdir(parents=True)
    ref = contexts["github"]["ref"].removeprefix("refs/heads/")
    clone = ["git", "clone", "--quiet", "--branch", ref, str(repository), str(folder / "work")]
    subprocess.run(clone, check=True, env=dict(machine), timeout=240)
    workflow = read(folder / "work" / ".github" / "workflows" / f"{name}.yml")
    (job,) = workflow["jobs"].values()
    done = Done()
    if "if" in job and not _holds(job["if"], contexts, done, folder):
        return done
    summary = folder / "summary.md"
    summary.touch()
    asks = job["permissions"].get("id-token") == "write"
    proof = identity(_claims(job, contexts["github"])) if asks else {}
    # The runner is a fresh machine: nothing is kept from run to run.
    own = {"GITHUB_STEP_SUMMARY": str(summary), "XDG_CACHE_HOME": str(folder / "cache")}
    shared = {**machine, **_runner_variables(contexts), **own, **proof}
    for step in job["steps"]:
        if _holds(step.get("if", "success()"), contexts, done, folder / "work"):
            environment = {**workflow.get("env", {}), **job.get("env", {}), **step.get("env", {})}
            filled = {key: _filled(str(value), contexts) for key, value in environment.items()}
            _take(step, folder / "work", {**shared, **filled}, contexts, done)
    done.summary = summary.read_text()
    return done


def _take(step: dict[str, Any], work: Path, env: Mapping[str, str], contexts: Mapping[str, Any], done: Done) -> None:
    """One step. Actions are done already: the clone, and the tools of this machine."""
    done.steps.append(step.get("name") or step["uses"])
    if "uses" in step:
        return
    ended = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", _filled(step["run"], contexts)],
        cwd=work,
        env=dict(env),
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=240,
    )
    done.output += ended.stdout
    done.code = done.code or ended.returncode


def _claims(job: Mapping[str, Any], github: Mapping[str, Any]) -> dict[str, str]:
    """What GitHub says of a job: a job in an environment is known by that."""
    about = f"environment:{job['environment']}" if "environment" in job else f"ref:{github['ref']}"
    named = {"repository": github["repository"], "ref": github["ref"], "environment": job.get("environment")}
    return {"sub": f"repo:{github['repository']}:{about}", **{name: value for name, value in named.items() if value}}


def _runner_variables(contexts: Mapping[str, Any]) -> dict[str, str]:
    github = contexts["github"]
    return {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": github["repository"], "GITHUB_API_URL": github["api_url"]}


def _holds(condition: str, contexts: Mapping[str, Any], done: Done, work: Path) -> bool:
    text = condition.removeprefix("${{").removesuffix("}}").strip()
    if text == "success()":
        return done.code == 0
    if equality := EQUALITY.fullmatch(text):
        return bool(_looked_up(equality["left"], contexts) == _looked_up(equality["right"], contexts))
    known = CONDITION.fullmatch(text)
    assert known, f"a condition that the runner does not know: {text}"
    return (known["function"] == "!cancelled" or done.code != 0) and (work / known["file"]).exists()


def _filled(text: str, contexts: Mapping[str, Any]) -> str:
    return EXPRESSION.sub(lambda found: _value(found[1].strip(), contexts), text)


def _value(expression: str, contexts: Mapping[str, Any]) -> str:
    if choice := CHOICE.fullmatch(expression):
        return choice["yes"] if _looked_up(choice["asked"], contexts) else choice["no"]
    assert PATH.fullmatch(expression), f"an expression that the runner does not know: {expression}"
    return str(_looked_up(expression, contexts) or "")


def _looked_up(path: str, contexts: Mapping[str, Any]) -> Any:
    """What an expression finds; what is not there is empty, as on GitHub."""
    found: Any = contexts
    for part in path.split("."):
        found = (found or {}).get(part)
    return found


def machine(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a runner: this machine's, without anybody's keys and stacks."""
    private = ("ACTIONS_", "ANTHROPIC_", "QODER_", "PULUMI_", "GITHUB_", "GIT_")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(private)},
        "PULUMI_HOME": str(once.home(folder / "home")),
        "PULUMI_PYTHON_CMD": str(once.python()),
        "PYTHONPATH": str(once.ABSENT),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
        "PIP_NO_INDEX": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **more,
    }
