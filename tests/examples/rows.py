"""The examples: what each creates, and what changes to it come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Edit = tuple[str, str, str]
"""A file, what stands there once, and what takes its place."""


@dataclass(frozen=True)
class Step:
    """A change to the project. Names are those of its resources."""

    updated: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()
    sent: tuple[str, ...] | None = None
    """The operations of its requests besides reads, in order of their names; None where they do not matter."""
    rotated: tuple[str, ...] = ()
    """Secrets that get another value."""
    configured: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    outputs: Mapping[str, Any] = field(default_factory=dict)
    """What some of the program's outputs are afterwards."""


@dataclass(frozen=True)
class Row:
    """One example in one stack."""

    name: str
    created: frozenset[str]
    steps: tuple[Step, ...]
    secrets: tuple[str, ...] = ("githubToken",)
    stack: str = "dev"
    asks: bool = False
    """Every run of the program asks the platform something."""

    def __str__(self) -> str:
        """Names the test."""
        return self.name if self.stack == "dev" else f"{self.name}-{self.stack}"


def names(text: str) -> frozenset[str]:
    """The words."""
    return frozenset(text.split())


def rotation(updated: frozenset[str], mounts: int, *secrets: str) -> Step:
    """Another token for repositories: one request for each mount on a session, nothing else."""
    return Step(updated=updated, sent=("sessions.resources.update",) * mounts, rotated=secrets or ("githubToken",))


def move(file: str, old: str, new: str, replaced: frozenset[str]) -> Step:
    """Another mount path."""
    return Step(replaced=replaced, edits=((file, old, new),))


def quickstart(language: str, file: str, old: str, new: str) -> Row:
    """The same four resources in every language."""
    return Row(
        name=f"quickstart-{language}",
        created=names("sandbox code-reviewer app review"),
        steps=(rotation(names("app review"), 1), move(file, old, new, names("app review"))),
    )


QUICKSTARTS = (
    quickstart("python", "__main__.py", 'path="/workspace/app"', 'path="/workspace/elsewhere"'),
    quickstart("yaml", "Pulumi.yaml", "mountPath: /workspace/app", "mountPath: /workspace/elsewhere"),
    quickstart("typescript", "index.ts", 'mountPath: "/workspace/app"', 'mountPath: "/workspace/elsewhere"'),
    quickstart("go", "main.go", 'String("/workspace/app")', 'String("/workspace/elsewhere")'),
    quickstart("python-sdk", "__main__.py", 'path="/workspace/app"', 'path="/workspace/elsewhere"'),
)

TEAMS = names("product-repository product-session support-repository support-session")
REPOSITORIES = names("web-frontend web-handbook web-review api-backend api-handbook api-review")

OF_REPOSITORIES = (
    Row(
        name="several-repositories-python",
        created=names("frontend backend handbook sandbox engineer full-stack api-only"),
        steps=(
            rotation(names("frontend backend full-stack api-only"), 3),
            move(
                "__main__.py",
                'org/frontend", ',
                'org/frontend", mount_path="/workspace/elsewhere", ',
                names("frontend full-stack"),
            ),
        ),
    ),
    Row(
        name="two-accounts",
        created=frozenset(
            f"{team}{part}"
            for team in ("product", "support")
            for part in ("", "-sandbox", "-agent", "-repository", "-session")
        ),
        steps=(
            rotation(TEAMS, 2),
            move("__main__.py", 'org/{team}",', 'org/{team}", mount_path="/workspace/elsewhere",', TEAMS),
        ),
    ),
    Row(
        name="component-typescript",
        created=frozenset(
            f"{name}{part}"
            for name, repository in (("web", "frontend"), ("api", "backend"))
            for part in ("", "-sandbox", "-reviewer", "-handbook", f"-{repository}", "-review")
        ),
        steps=(
            rotation(names("web-frontend web-review api-backend api-review"), 2),
            move(
                "codeReview.ts",
                "url: repository.url,",
                "url: repository.url, mountPath: `/workspace/${repository.url.slice(19)}`,",
                REPOSITORIES,
            ),
        ),
    ),
    Row(
        name="import-walkthrough",
        created=names("reviewer sandbox review app"),
        steps=(
            rotation(names("app"), 1),
            Step(
                replaced=names("review app"),
                edits=(
                    ("__main__.py", '"mount_path": "/workspace/app"', '"mount_path": "/workspace/elsewhere"'),
                    ("__main__.py", 'mount_path="/workspace/app"', 'mount_path="/workspace/elsewhere"'),
                ),
            ),
        ),
    ),
)

PLATFORMS = ("claude", "qoder")

ON_BOTH_PLATFORMS = (
    Row(
        name="both-platforms",
        created=frozenset(
            f"{platform}{part}" for platform in PLATFORMS for part in ("", "-sandbox", "-reviewer", "-app", "-review")
        ),
        steps=(
            rotation(names("claude-app claude-review qoder-app qoder-review"), 2),
            move(
                "__main__.py",
                'org/app",',
                'org/app", mount_path="/workspace/elsewhere",',
                names("claude-app claude-review qoder-app qoder-review"),
            ),
        ),
    ),
    *(
        Row(
            name="both-platforms-python",
            stack=platform,
            created=names("sandbox reviewer app review"),
            steps=(
                rotation(names("app review"), 1),
                move(
                    "__main__.py",
                    'org/app",',
                    'org/app", mount_path="/workspace/elsewhere",',
                    names("app review"),
                ),
            ),
        )
        for platform in PLATFORMS
    ),
)


def of_secrets(language: str, file: str) -> Row:
    """Each kind of credential is rotated in place; what one is for is fixed, and the session stays all the same."""
    return Row(
        name=f"credentials-{language}",
        created=names("sandbox on-call on-call-keys github tickets pager incident"),
        secrets=("githubToken", "ticketsAccessToken", "ticketsRefreshToken", "pagerKey"),
        steps=(
            Step(updated=names("pager"), sent=("vaults.credentials.update",), rotated=("pagerKey",)),
            Step(
                updated=names("github tickets"),
                sent=("vaults.credentials.update",) * 2,
                rotated=("githubToken", "ticketsAccessToken"),
            ),
            Step(
                replaced=names("pager"),
                sent=("vaults.credentials.create", "vaults.credentials.delete"),
                edits=((file, "PAGER_KEY", "PAGER_TOKEN"),),
            ),
        ),
    )


def of_knowledge(language: str) -> Row:
    """What an agent knows changes in place; a file is another one, and its mount follows on the living session."""
    return Row(
        name=f"memory-and-files-{language}",
        created=names("sandbox handbook tone contact services release-notes writer notes"),
        secrets=(),
        steps=(
            Step(
                updated=names("release-notes writer"),
                sent=("agents.update", "skills.versions.create"),
                edits=(("skills/release-notes/SKILL.md", "cannot notice", "cannot notice, such as refactorings"),),
            ),
            Step(
                updated=names("tone notes"),
                replaced=names("services"),
                sent=(
                    "files.delete",
                    "files.upload",
                    "memory_stores.memories.update",
                    "sessions.resources.add",
                    "sessions.resources.delete",
                ),
                edits=(
                    ("memories/tone.md", "no exclamation marks", "neither exclamation marks nor emoji"),
                    ("services.csv", "search,discovery,", "search,platform,"),
                ),
            ),
        ),
    )


def of_a_schedule(language: str) -> Row:
    """A deployment takes changed prompts and tokens, and runs when it is told to."""
    return Row(
        name=f"scheduled-review-{language}",
        created=names("sandbox reviewer app weekly-review"),
        steps=(
            Step(
                updated=names("reviewer weekly-review"),
                sent=("agents.update", "deployments.update"),
                edits=(("reviewer.md", "You review code.", "You review code and its tests."),),
            ),
            Step(updated=names("weekly-review"), sent=("deployments.run",), configured={"run": "second"}),
            Step(
                updated=names("app weekly-review"),
                sent=("deployments.update",),
                rotated=("githubToken",),
                edits=(("weekly-review.md", "the gravest first", "the gravest one first"),),
            ),
        ),
    )


def of_a_task(language: str) -> Row:
    """Another task goes to the same session; one token serves the clone and the server."""
    return Row(
        name=f"pull-request-task-{language}",
        created=names("sandbox engineer app engineer-keys github work task"),
        steps=(
            Step(
                updated=names("task"),
                sent=("sessions.events.send",),
                edits=(("task.md", "the type error", "every type error"),),
                outputs={"stopReason": "end_turn"},
            ),
            Step(
                updated=names("app work github"),
                sent=("sessions.resources.update", "vaults.credentials.update"),
                rotated=("githubToken",),
            ),
        ),
    )


def on_qoder(language: str, file: str, old: str, new: str) -> Row:
    """Two repositories with a token each; a mount that moves takes the session and its task along."""
    return Row(
        name=f"qoder-{language}",
        created=names("sandbox engineer frontend backend debugging issue-128"),
        secrets=("frontendToken", "backendToken"),
        steps=(
            rotation(names("backend debugging"), 1, "backendToken"),
            Step(
                updated=names("issue-128"),
                sent=("sessions.events.send",),
                edits=(("issue-128.md", "add unit tests", "add a unit test"),),
                outputs={"stopReason": "end_turn"},
            ),
            move(file, old, new, names("backend debugging issue-128")),
        ),
    )


LOOK_UPS = Row(
    name="look-ups-python",
    created=names("sandbox guide handbook questions"),
    secrets=(),
    asks=True,
    steps=(
        Step(
            updated=names("guide"),
            sent=("agents.update",),
            configured={"prompt": "You answer in one sentence."},
            outputs={"versions": [2, 1], "paths": ["/workspace/handbook"]},
        ),
    ),
)

ANSWERS = {
    "was": "You answer questions.",
    "sessions": "support",
    "said": "Where is the handbook?",
}
"""What a program that looks things up finds after its agent got another prompt, whatever its language."""


def look_ups(language: str, found: str) -> Row:
    """The same questions in every language."""
    return Row(
        name=f"look-ups-{language}",
        created=names("sandbox guide questions"),
        secrets=(),
        asks=True,
        steps=(
            Step(
                updated=names("guide"),
                sent=("agents.update",),
                configured={"prompt": "You answer in one sentence."},
                outputs={**ANSWERS, "found": found},
            ),
        ),
    )


OF_LOOK_UPS = (LOOK_UPS, look_ups("yaml", "support"), look_ups("typescript", "guide"), look_ups("go", "guide"))

OF_A_PROFILE = Row(
    name="user-profile-yaml",
    created=names("acme"),
    secrets=(),
    steps=(
        Step(
            updated=names("acme"),
            sent=("user_profiles.update",),
            edits=(("Pulumi.yaml", "country: GB", "country: FR"),),
        ),
        Step(
            replaced=names("acme"),
            sent=("user_profiles.create", "user_profiles.delete"),
            edits=(("Pulumi.yaml", "        country: FR\n", ""),),
        ),
    ),
)

IN_EVERY_PLACE = tuple(
    Row(
        name="places-yaml",
        stack=place,
        created=names("sandbox reviewer knowledge style secrets tracker review"),
        steps=(),
        secrets=("mcpToken",),
    )
    for place in ("hosted", "self-hosted", "aws", "google-cloud")
)

ROWS = (
    *QUICKSTARTS,
    *OF_REPOSITORIES,
    *ON_BOTH_PLATFORMS,
    *IN_EVERY_PLACE,
    of_secrets("python", "__main__.py"),
    of_secrets("yaml", "Pulumi.yaml"),
    of_knowledge("python"),
    of_knowledge("yaml"),
    of_a_schedule("python"),
    of_a_schedule("yaml"),
    of_a_task("python"),
    of_a_task("yaml"),
    on_qoder("python", "__main__.py", 'path="/app/backend"', 'path="/app/api"'),
    on_qoder("yaml", "Pulumi.yaml", "mountPath: /app/backend", "mountPath: /app/api"),
    *OF_LOOK_UPS,
    OF_A_PROFILE,
)
