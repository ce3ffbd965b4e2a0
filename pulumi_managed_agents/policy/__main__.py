"""`python -m pulumi_managed_agents.policy STATE.json`: the rules on an exported state, without an engine."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ..errors import ManagedAgentsError
from .configuration import PolicyConfigError, chosen
from .report import as_json, findings, summary
from .rules import RULES
from .state import exported_stack
from .view import JSON

BROKEN, UNUSABLE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 when something mandatory is broken, 2 when nothing can be said."""
    options = _parser().parse_args(arguments)
    try:
        text = sys.stdin.read() if options.state == "-" else Path(options.state).read_text()
        found = findings(exported_stack(text), chosen(RULES, _config(options.config)))
    except (ManagedAgentsError, OSError, UnicodeError) as error:
        sys.stderr.write(f"policy: {error}\n")
        return UNUSABLE
    lines = (
        [json.dumps(as_json(found), indent=2)] if options.json else [*(item.line() for item in found), summary(found)]
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return BROKEN if any(item.stops for item in found) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pulumi_managed_agents.policy",
        description="Looks at what `pulumi stack export` wrote with the rules of the policy pack.",
    )
    parser.add_argument("state", help="the file that `pulumi stack export` wrote, or - for standard input")
    parser.add_argument("--config", type=Path, help="levels and parameters, as for `pulumi --policy-pack-config`")
    parser.add_argument("--json", action="store_true", help="write what is found as JSON")
    return parser


def _config(path: Path | None) -> JSON:
    if path is None:
        return {}
    try:
        return json.loads(path.read_text())
    except ValueError as error:
        raise PolicyConfigError(f"{path} is no JSON: {error}.") from None


if __name__ == "__main__":
    sys.exit(main())
