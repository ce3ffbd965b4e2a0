"""A Python program may have thousands of resources, and each of them costs the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pulumi.dynamic.dynamic import serialize_provider

from pulumi_managed_agents.dynamic import KindProvider
from pulumi_managed_agents.dynamic.provider import pickled
from pulumi_managed_agents.resources.registry import KINDS

PROGRAM = """
import asyncio, json, pickle, sys
import pulumi
from pulumi.runtime import Mocks, set_mocks
from pulumi_managed_agents.dynamic.classes import Agent


class Nobody(Mocks):
    def new_resource(self, args):
        return args.name, args.inputs

    def call(self, args):
        return {}


def calls_of(number):
    count = 0

    def counted(frame, event, argument):
        nonlocal count
        count += event == "call"

    sys.setprofile(counted)
    Agent(f"agent-{number}", name="reviewer", model="claude-opus-5-5")
    sys.setprofile(None)
    return count


async def program():
    before = pickle._Pickler._batch_setitems
    calls = [calls_of(number) for number in range(1200)]
    wrapped = pickle._Pickler._batch_setitems is not before
    print(json.dumps({"early": calls[10], "late": calls[-1], "wrapped": wrapped}), flush=True)
    sys.stdout.close()
    import os; os._exit(0)


set_mocks(Nobody())
asyncio.run(program())
"""


def test_the_thousandth_resource_of_a_program_takes_no_more_calls_than_the_tenth(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=False, cwd=tmp_path, capture_output=True, text=True, timeout=300
    )

    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert found["late"] <= found["early"]
    assert not found["wrapped"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_provider_is_written_down_as_the_sdk_would(kind: str) -> None:
    if sys.version_info < (3, 14):  # from then on the SDK writes in a newer protocol
        assert pickled(kind) == serialize_provider(KindProvider(kind))
