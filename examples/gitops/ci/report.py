"""What `pulumi preview --json` or `pulumi refresh --json` says, as Markdown: names and operations, never a value.

Usage: report.py TITLE <DIGEST >REPORT
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Digest = dict[str, Any]

LONGEST = 60_000
"""GitHub takes comments of up to 65 536 characters."""

HEADINGS = {"error": "Errors", "warning": "Warnings", "info": "In words"}
QUIET = ("same", "read", "refresh")
OWN = {"__provider", "creationId"}
"""Inputs that a provider keeps for itself."""


def report(title: str, digest: Digest | None) -> str:
    """The whole report."""
    if digest is None:
        return f"### {title}\n\nIt failed before there was anything to tell: see the job's log.\n"
    counts = {name: count for name, count in digest.get("changeSummary", {}).items() if name != "same"}
    said = ", ".join(f"{count} to {name}" for name, count in counts.items()) or "no changes"
    parts = [f"### {title}: {said}", table(digest), *messages(digest)]
    return "\n\n".join(part for part in parts if part)[:LONGEST] + "\n"


def table(digest: Digest) -> str:
    """One row for each resource that changes; what takes a new object stands out."""
    rows = [f"| {operation} | {code(name)} | {kind} | {why} |" for operation, name, kind, why in changes(digest)]
    return "\n".join(["| | resource | kind | properties |", "| --- | --- | --- | --- |", *rows]) if rows else ""


def changes(digest: Digest) -> Iterator[tuple[str, str, str, str]]:
    """Operation, name, kind and properties of each resource that changes."""
    for step in digest.get("steps", []):
        kind, name = step["urn"].rpartition("::")[0].rpartition(":")[2], step["urn"].rpartition("::")[2]
        operation = "gone" if step["op"] == "refresh" and not step.get("newState") else step["op"]
        if operation in QUIET or kind == "Stack":
            continue
        shown = f"**{operation}**" if operation in ("replace", "delete", "gone") else operation
        yield shown, name, kind, ", ".join(code(path) for path in paths(step))


def paths(step: Digest) -> list[str]:
    """The properties that make the change, as far as the engine names them."""
    if step["op"] not in ("update", "replace"):
        return []
    named: list[str] = step.get("replaceReasons") or step.get("diffReasons") or list(step.get("detailedDiff") or ())
    old, new = inputs(step, "oldState"), inputs(step, "newState")
    return named or sorted(key for key in {*old, *new} - OWN if old.get(key) != new.get(key))


def inputs(step: Digest, state: str) -> dict[str, Any]:
    """What the resource was, or is to be, declared with; secrets are masked by the engine."""
    return (step.get(state) or {}).get("inputs") or {}


def messages(digest: Digest) -> Iterator[str]:
    """What was said, the gravest first; in fences, so that no text is taken for a link, a mention or a picture."""
    for severity, heading in HEADINGS.items():
        told = [item["message"].strip() for item in digest.get("diagnostics") or [] if item["severity"] == severity]
        if told:
            lines = "\n".join(dict.fromkeys(told)).replace("~~~", "~ ~ ~")
            yield f"**{heading}**\n\n~~~text\n{lines}\n~~~"


def code(text: str) -> str:
    """A name in a cell of a table."""
    return "`" + text.replace("`", "'").replace("|", "/").replace("\n", " ") + "`"


def read(text: str) -> Digest | None:
    """The digest in what the command printed, or None where it printed none."""
    try:
        return json.loads(text[text.index("{") :])
    except ValueError:
        return None


if __name__ == "__main__":
    sys.stdout.write(report(sys.argv[1], read(sys.stdin.read())))
