"""The guide and the example pack say what is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pulumi_managed_agents.generate.policies import rules_explained
from pulumi_managed_agents.policy.configuration import chosen
from pulumi_managed_agents.policy.rule import PAGE
from pulumi_managed_agents.policy.rules import RULES

ROOT = Path(__file__).resolve().parents[2]


def test_the_guide_explains_the_rules_as_they_are() -> None:
    assert rules_explained(RULES) in (ROOT / PAGE).read_text()


def test_the_link_of_every_rule_leads_somewhere() -> None:
    headings = set(re.findall(r"^### (\S+)$", (ROOT / PAGE).read_text(), re.MULTILINE))

    assert headings == {rule.link.removeprefix(f"{PAGE}#") for rule in RULES}


def test_the_configurations_in_the_guide_and_beside_the_example_pack_can_be_used() -> None:
    (block,) = re.findall(r"^    \{\n.*?^    \}\n", (ROOT / PAGE).read_text(), re.MULTILINE | re.DOTALL)

    for text in (block, (ROOT / "examples" / "policy-pack" / "config.json").read_text()):
        config = json.loads(text)
        assert {item.rule.name for item in chosen(RULES, config)} > {"session-budget", "allowed-owners"}
