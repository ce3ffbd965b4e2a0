"""`managed-agents recover`: settle the creates that a crash left pending."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..apply.made import Search
from ..apply.recover import Finding, kept, pending, recovered
from ..errors import ConfigError, NoState
from .output import say, say_json
from .standard_state import standard_state
from .target import provider

if TYPE_CHECKING:
    import argparse

    from ..apply.exported import Exported

SETTLED, KEPT, UNUSABLE = 0, 1, 2

WITHHELD = (
    "Nothing is written, since `pulumi stack import` would drop what cannot be settled. Say what came of it with "
    "`--made URN ID` or `--not-made URN`, or write the rest with `--partly`."
)


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    try:
        exported = standard_state()
        findings = _findings(exported, _said(options, exported), options)
        text = exported.written()
    except NoState as problem:
        say(f"managed-agents recover: {problem}")
        return UNUSABLE
    except RecursionError:
        say("managed-agents recover: The state is nested too deeply to be read.")
        return UNUSABLE
    code = KEPT if any(finding.kept for finding in findings) else SETTLED
    written = code == SETTLED or options.partly
    if options.json:
        say_json({"written": written, "creates": [finding.told() for finding in findings]})
    else:
        _tell(findings, written=written)
    if written:
        sys.stdout.write(text)
    return code


def _tell(findings: list[Finding], *, written: bool) -> None:
    for finding in findings:
        say(f"{finding.urn}: {finding.text}")
    if not written:
        say(WITHHELD)


def _said(options: argparse.Namespace, exported: Exported) -> dict[str, str | None]:
    """What the user says of creates, by URN."""
    said = {**dict(options.made), **dict.fromkeys(options.not_made)}
    strangers = said.keys() - {resource["urn"] for resource in pending(exported)}
    if strangers:
        raise NoState(f"There is no pending create of {', '.join(sorted(strangers))} in this state.")
    return said


def _findings(exported: Exported, said: dict[str, str | None], options: argparse.Namespace) -> list[Finding]:
    try:
        chosen = provider(options)
    except ConfigError as problem:
        return kept(exported, str(problem))
    begun = {resource["urn"]: resource.get("inputs") for resource in pending(exported)}
    search = Search(chosen.context.knowing(exported.secrets()))
    findings = recovered(exported, search, chosen.configuration.settings, said)
    for finding in findings:
        inputs = begun.get(finding.urn)
        if isinstance(inputs, dict) and not finding.kept:
            chosen.journal.forget(str(inputs.get("creationId")))
    return findings
