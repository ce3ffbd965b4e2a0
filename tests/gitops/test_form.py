"""The form of workflows, scripts and manifests, as far as no engine is needed to see it."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from credentials.identities import AUDIENCE
from examples.prepared import ROOT
from gitops import runner
from gitops.manifests import literal, manifest
from gitops.opened import opened
from gitops.repository import EXAMPLE

TOOLCHAIN = ROOT / "tools" / "toolchain"
ENGINE = runpy.run_path(str(TOOLCHAIN / "recipe.py"))["VERSION"]
WORKFLOWS = sorted((EXAMPLE / ".github" / "workflows").iterdir())
SCRIPTS = sorted((EXAMPLE / "ci").glob("*.sh"))
ACTIONS = {"actions/checkout", "actions/setup-python", "pulumi/actions"}
PINNED = re.compile(r"uses: (?P<action>[\w/.-]+)@[0-9a-f]{40} {2}# v\d+\.\d+\.\d+$", re.MULTILINE)
"""By commit: a tag can be moved. The comment says which version that is."""
ACTIONLINT = "v1.7.12"
TOO_NEW = 'unexpected key "queue" for "concurrency" section'
"""GitHub has it since May 2026; this actionlint is older."""

LINES = {"extends": "default", "rules": {"line-length": {"max": 120}, "document-start": "disable", "truthy": "disable"}}
"""Lines as in the rest of the project. `on` is GitHub's word, and one document needs no marker."""

TRIGGERS = {
    "preview": {"pull_request"},
    "deploy": {"push", "workflow_dispatch"},
    "drift": {"schedule", "workflow_dispatch"},
    "rotate": {"schedule", "workflow_dispatch"},
}
PERMISSIONS = {
    "preview": {"pull-requests"},
    "deploy": {"id-token"},
    "drift": {"id-token", "issues"},
    "rotate": {"id-token"},
}
"""What each may write; `id-token` is how it proves to the platform who it is."""


def test_every_file_in_yaml_is_well_formed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "yamllint", "--strict", "-d", yaml.safe_dump(LINES), *WORKFLOWS, EXAMPLE],
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_sound(path: Path) -> None:
    assert os.access(path, os.X_OK)
    assert path.read_text().startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in path.read_text()
    for command in (["bash", "-n"], [Path(sys.executable).with_name("shellcheck")]):
        done = subprocess.run([*command, path], check=False, capture_output=True, text=True, timeout=240)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_has_few_rights_and_calls_scripts_that_are_there(path: Path) -> None:
    workflow = runner.read(path)
    (job,) = workflow["jobs"].values()

    assert set(workflow["on"]) == TRIGGERS[path.stem]
    assert workflow["permissions"] == {}
    assert job["permissions"] == {"contents": "read"} | dict.fromkeys(PERMISSIONS[path.stem], "write")
    assert job["timeout-minutes"] <= 30
    assert [found["action"] for found in PINNED.finditer(path.read_text())] == sorted(ACTIONS)
    assert path.read_text().count("uses:") == len(ACTIONS)
    for step in job["steps"]:
        if "uses" not in step:
            assert EXAMPLE.joinpath(step["run"].split()[0]) in SCRIPTS


def test_the_engine_is_the_one_that_the_tests_run_with() -> None:
    for path in WORKFLOWS:
        (job,) = runner.read(path)["jobs"].values()
        (with_,) = [step["with"] for step in job["steps"] if step.get("uses", "").startswith("pulumi/actions@")]
        assert with_ == {"pulumi-version": ENGINE}
    assert f"image: pulumi/pulumi:{ENGINE}-nonroot" in (EXAMPLE / "operator" / "stack.yaml").read_text()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_secret_reaches_one_step_through_its_environment(path: Path) -> None:
    text = path.read_text()
    workflow = runner.read(path)
    (job,) = workflow["jobs"].values()
    steps = [step for step in job["steps"] if "secrets." in str(step)]

    assert len(steps) == 1
    assert text.count("secrets.") == sum("secrets." in value for value in steps[0]["env"].values())
    assert {name for name in steps[0]["env"] if "secrets." in steps[0]["env"][name]} == {
        "PULUMI_ACCESS_TOKEN",
        "PULUMI_CONFIG_PASSPHRASE",
    }
    named = {name: f"${{{{ vars.{name} }}}}" for name in steps[0]["env"] if name.startswith("ANTHROPIC_")}
    assert named.items() <= steps[0]["env"].items()
    assert bool(named) == ("id-token" in PERMISSIONS[path.stem])


def test_no_key_of_the_platform_is_wanted_anywhere() -> None:
    for path in EXAMPLE.rglob("*"):
        if path.suffix in (".yml", ".yaml", ".sh", ".py"):
            assert "API_KEY" not in path.read_text(), path
            assert "apiKey" not in path.read_text(), path


def test_what_changes_a_stack_waits_for_its_turn_and_is_not_dropped() -> None:
    groups = {path.stem: runner.read(path)["concurrency"] for path in WORKFLOWS}
    turn = {"group": "prod", "cancel-in-progress": False, "queue": "max"}

    assert groups.pop("preview")["group"] == "prod-preview-${{ github.event.pull_request.number }}"
    assert groups == dict.fromkeys(("deploy", "drift", "rotate"), turn)


def test_actionlint_finds_nothing() -> None:
    linter = actionlint()
    if linter is None:
        pytest.skip("there is no actionlint, and no Go to build it with")
    done = subprocess.run(
        [linter, "-ignore", TOO_NEW, *WORKFLOWS], check=False, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr


def actionlint() -> str | None:
    """The one on PATH, or one built once from its Go module; None where neither can be had."""
    if found := shutil.which("actionlint"):
        return found
    private = runpy.run_path(str(TOOLCHAIN / "private.py"))
    folder: Path = private["make"](private["cache"]() / f"actionlint-{ACTIONLINT}")
    if not (folder / "actionlint").exists():
        go = shutil.which("go")
        module = f"github.com/rhysd/actionlint/cmd/actionlint@{ACTIONLINT}"
        if (
            go is None
            or subprocess.run([go, "install", module], check=False, env=building(folder), timeout=240).returncode
        ):
            return None
    return str(folder / "actionlint")


def building(folder: Path) -> dict[str, str]:
    return {**os.environ, "GOBIN": str(folder), "GOFLAGS": "-mod=mod"}


REFERENCE = {"type": str, "secret?": {"name": str, "key": str}, "literal?": {"value": str}}
PROJECTED = {"serviceAccountToken": {"audience": str, "expirationSeconds": int, "path": str}}
POD = {
    "containers": [{"name": str, "volumeMounts": [{"name": str, "mountPath": str, "readOnly": bool}]}],
    "volumes": [{"name": str, "projected": {"sources": [PROJECTED]}}],
}
METADATA = {"name": str, "namespace?": str}
MANIFESTS: dict[tuple[str, str], dict[str, Any]] = {
    ("v1", "ServiceAccount"): {"metadata": METADATA},
    ("v1", "Secret"): {"metadata": METADATA, "type": str, "stringData": {"*": str}},
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"): {
        "metadata": METADATA,
        "roleRef": {"apiGroup": str, "kind": str, "name": str},
        "subjects": [{"kind": str, "name": str, "namespace": str}],
    },
    ("pulumi.com/v1", "Stack"): {
        "metadata": METADATA,
        "spec": {
            "stack": str,
            "serviceAccountName": str,
            "projectRepo": str,
            "branch": str,
            "repoDir?": str,
            "shallow?": bool,
            "gitAuth?": {"accessToken": REFERENCE},
            "refresh?": bool,
            "continueResyncOnCommitMatch?": bool,
            "resyncFrequencySeconds?": int,
            "destroyOnFinalize?": bool,
            "envRefs?": {"*": REFERENCE},
            "workspaceTemplate?": {
                "spec": {
                    "image?": str,
                    "securityProfile?": str,
                    "resources?": {"requests?": {"*": str}, "limits?": {"*": str}},
                    "podTemplate?": {"spec": POD},
                }
            },
        },
    },
}
"""The fields of the operator's custom resource (its docs/stacks.md and docs/workspaces.md) that are used here."""


def test_the_operators_manifests_have_its_fields_and_fit_together() -> None:
    documents = [
        document for path in (EXAMPLE / "operator").glob("*.yaml") for document in yaml.safe_load_all(path.read_text())
    ]
    by_kind = {document["kind"]: document for document in documents}
    assert len(by_kind) == len(MANIFESTS)
    for document in documents:
        form = MANIFESTS[document["apiVersion"], document["kind"]]
        assert list(strangers({"apiVersion": str, "kind": str, **form}, document)) == []

    stack, secret = by_kind["Stack"]["spec"], by_kind["Secret"]
    references = [*stack["envRefs"].values(), stack["gitAuth"]["accessToken"]]
    kept = [each["secret"] for each in references if each["type"] == "Secret"]
    assert {each["name"] for each in kept} == {secret["metadata"]["name"]}
    assert {each["key"] for each in kept} == set(secret["stringData"])
    assert stack["serviceAccountName"] == by_kind["ServiceAccount"]["metadata"]["name"]
    assert stack["resyncFrequencySeconds"] >= 60
    assert (EXAMPLE / stack["repoDir"] / "Pulumi.yaml").exists()


def test_the_workspace_reads_the_token_that_the_cluster_projects() -> None:
    spec = manifest("Stack")["spec"]
    pod = spec["workspaceTemplate"]["spec"]["podTemplate"]["spec"]
    ((container,), (volume,)) = pod["containers"], pod["volumes"]
    ((mount,), (source,)) = container["volumeMounts"], volume["projected"]["sources"]
    token = source["serviceAccountToken"]

    assert container["name"] == "pulumi"  # the operator's own container, which is patched
    assert mount["name"] == volume["name"]
    assert literal(spec, "ANTHROPIC_IDENTITY_TOKEN_FILE") == f"{mount['mountPath']}/{token['path']}"
    assert token["audience"] == AUDIENCE
    assert token["expirationSeconds"] >= SHORTEST


SHORTEST = 600
"""Seconds: Kubernetes gives out no token for less."""


def strangers(form: Any, value: Any, at: str = "") -> list[str]:
    """Where a value does not have the form; `?` marks what may be left out, and `*` any name."""
    if isinstance(form, type):
        return [] if type(value) is form else [f"{at}: {value!r}"]
    if isinstance(form, list):
        return [found for item in value for found in strangers(form[0], item, at)]
    missing = [f"{at}.{name}" for name in form if name != "*" and not name.endswith("?") and name not in value]
    found = list(missing)
    for name, item in value.items():
        part = form.get(name, form.get(f"{name}?", form.get("*")))
        found += [f"{at}.{name}"] if part is None else strangers(part, item, f"{at}.{name}")
    return found


def test_the_esc_environment_gives_the_program_what_it_reads() -> None:
    path = EXAMPLE / "esc" / "environment.yaml"
    given = opened(path)
    program = (EXAMPLE / "program" / "__main__.py").read_text()
    project = yaml.safe_load((EXAMPLE / "program" / "Pulumi.yaml").read_text())["name"]

    assert set(yaml.safe_load(path.read_text())) == {"values"}
    named = ("FEDERATION_RULE_ID", "ORGANIZATION_ID", "SERVICE_ACCOUNT_ID")
    assert given["environmentVariables"] == {
        **{f"ANTHROPIC_{name}": "REPLACE-ME" for name in named},
        "ANTHROPIC_IDENTITY_TOKEN": f"of {AUDIENCE}",
    }
    assert given["pulumiConfig"][f"{project}:githubToken"] == "REPLACE-ME"
    for name in given["pulumiConfig"]:
        namespace, _, key = name.partition(":")
        assert namespace == project
        assert f'"{key}"' in program
