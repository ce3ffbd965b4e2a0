"""Rules about whether the other rules see everything: types that are known, and secrets that are kept as such."""

from __future__ import annotations

from ...declaration.values import render
from ..kinds import NAMELESS, NAMES
from ..rule import Broken, Outcomes, Parameters, ResourceRule, unchecked
from ..secrets import in_plain_text
from ..view import Declared


def _unknown_type(declared: Declared, parameters: Parameters) -> Outcomes:
    del parameters
    if not declared.is_known:
        yield Broken(declared, "is a resource of this provider under a type that is none of its types")


KNOWN_TYPE = ResourceRule(
    name="known-type",
    sentence="Resources of this provider are declared under its own types.",
    severity="high",
    fix="Declare it with a class of `pulumi_managed_agents`, or a type of the schema, as `managed-agents:index:Agent`.",
    level="advisory",
    parameters=Parameters,
    notes="A type that is almost one (`managed-agents:other:Agent`, a class of your own over this provider) is judged "
    "by the other rules as far as it says what it is, and told here. What a program asks of a platform by itself, no "
    "policy sees.",
    kinds=(*NAMES, NAMELESS),
    check=_unknown_type,
)


def _in_plain(declared: Declared, parameters: Parameters) -> Outcomes:
    del parameters
    for place, hidden in in_plain_text(declared):
        yield from unchecked(declared, f"`{render(place)}`", hidden)
        if hidden is None:
            yield Broken(declared, f"holds what looks like a secret in plain text: see `{render(place)}`")


PLAIN_SECRET = ResourceRule(
    name="plain-secret",
    sentence="Tokens and keys stand in properties that are made for secrets, and nowhere else.",
    severity="critical",
    fix="Put it into a vault, or into the property that is made for it; and revoke it, since it was shown.",
    level="advisory",
    parameters=Parameters,
    notes="Prompts, messages, metadata, variables, scripts, files, names and addresses are read by agents, shown by "
    "the platform and kept in states. Tokens of GitHub, GitLab, Slack, Claude and others, keys of AWS and Google, "
    "signed tokens (JWT), private keys in PEM and passwords in addresses are told by their form, and what looks "
    "random by a name such as `API_TOKEN`; another secret without a form is not.",
    kinds=NAMES,
    check=_in_plain,
)
