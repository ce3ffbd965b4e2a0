"""The guide about policies."""

from __future__ import annotations

import shutil
import sysconfig
from typing import TYPE_CHECKING

from examples.prepared import EXAMPLES
from walks.document import ROOT
from walks.scenes import configure
from walks.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from examples.example_stack import ExampleStack


def test_policies(example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-python")
    configure(stack, "githubToken")
    stack.up()
    checkout = stack.folder.parents[1]
    pack = checkout / "examples" / "policy-pack"
    shutil.copytree(EXAMPLES / "policy-pack", pack, ignore=shutil.ignore_patterns("venv"))
    # What pip would fetch is there already, so that it finds every requirement satisfied.
    stack.environment["PYTHONPATH"] = f"{ROOT}:{sysconfig.get_path('purelib')}"
    with Walk("docs/guides/policies.md", stack) as reader:
        assert reader.read() == (pack / "__main__.py").read_text()
        reader.folder = checkout
        reader.run()
        (stack.folder / "config.json").write_text('{"restricted-network": "disabled"}')
        reader.run()
        (stack.folder / "config.json").write_text(reader.read())
        (told,) = reader.follow(["managed-agents policy state.json --config config.json || test $? = 1"])
        assert "[mandatory] pinned-agent: `review`" in told
