"""The examples: what each creates, and what a new token and another mount path mean for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One example. Names are those of its resources."""

    name: str
    created: frozenset[str]
    rotated: frozenset[str]
    """What is updated when `githubToken` is rotated."""
    tokens: int
    """How many mounts on sessions get the new token: as many requests are sent."""
    file: str
    edits: tuple[tuple[str, str], ...]
    """Another mount path: in the file, what stands there once and what takes its place."""
    replaced: frozenset[str]


def names(text: str) -> frozenset[str]:
    """The words."""
    return frozenset(text.split())


def quickstart(language: str, file: str, old: str, new: str) -> Row:
    """The same four resources in every language."""
    return Row(
        name=f"quickstart-{language}",
        created=names("sandbox code-reviewer app review"),
        rotated=names("app review"),
        tokens=1,
        file=file,
        edits=((old, new),),
        replaced=names("app review"),
    )


ROWS = (
    quickstart("python", "__main__.py", 'path="/workspace/app"', 'path="/workspace/elsewhere"'),
    quickstart("yaml", "Pulumi.yaml", "mountPath: /workspace/app", "mountPath: /workspace/elsewhere"),
    quickstart("typescript", "index.ts", 'mountPath: "/workspace/app"', 'mountPath: "/workspace/elsewhere"'),
    quickstart("go", "main.go", 'String("/workspace/app")', 'String("/workspace/elsewhere")'),
    quickstart("python-sdk", "__main__.py", 'path="/workspace/app"', 'path="/workspace/elsewhere"'),
    Row(
        name="several-repositories-python",
        created=names("frontend backend handbook sandbox engineer full-stack api-only"),
        rotated=names("frontend backend full-stack api-only"),
        tokens=3,
        file="__main__.py",
        edits=(('org/frontend", ', 'org/frontend", mount_path="/workspace/elsewhere", '),),
        replaced=names("frontend full-stack"),
    ),
    Row(
        name="two-accounts",
        created=frozenset(
            f"{team}{part}"
            for team in ("product", "support")
            for part in ("", "-sandbox", "-agent", "-repository", "-session")
        ),
        rotated=names("product-repository product-session support-repository support-session"),
        tokens=2,
        file="__main__.py",
        edits=(('org/{team}",', 'org/{team}", mount_path="/workspace/elsewhere",'),),
        replaced=names("product-repository product-session support-repository support-session"),
    ),
    Row(
        name="component-typescript",
        created=frozenset(
            f"{name}{part}"
            for name, repository in (("web", "frontend"), ("api", "backend"))
            for part in ("", "-sandbox", "-reviewer", "-handbook", f"-{repository}", "-review")
        ),
        rotated=names("web-frontend web-review api-backend api-review"),
        tokens=2,
        file="codeReview.ts",
        edits=(("url: repository.url,", "url: repository.url, mountPath: `/workspace/${repository.url.slice(19)}`,"),),
        replaced=names("web-frontend web-handbook web-review api-backend api-handbook api-review"),
    ),
    Row(
        name="import-walkthrough",
        created=names("reviewer sandbox review app"),
        rotated=names("app"),
        tokens=1,
        file="__main__.py",
        edits=(
            ('"mount_path": "/workspace/app"', '"mount_path": "/workspace/elsewhere"'),
            ('mount_path="/workspace/app"', 'mount_path="/workspace/elsewhere"'),
        ),
        replaced=names("review app"),
    ),
)
