"""The engine's protobuf stubs, without the rest of the Pulumi SDK.

`import pulumi` takes longer than all that a plugin needs to start, and the plugin uses none of it. Where the SDK is not
loaded yet, its packages are registered by their place; only the stubs that somebody asks for are executed.
Only the plugin's own process does this; a program that loads the SDK first keeps the SDK.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def load() -> None:
    """Makes `pulumi.runtime.proto` importable by itself."""
    _allow_any_depth()
    if "pulumi" in sys.modules:
        return
    found = importlib.util.find_spec("pulumi")
    if found is None or found.origin is None:
        return
    root = Path(found.origin).parent
    for name in ("pulumi", "pulumi.runtime", "pulumi.runtime.proto"):
        package = ModuleType(name)
        package.__path__ = [str(root.joinpath(*name.split(".")[1:]))]
        sys.modules[name] = package


def _allow_any_depth() -> None:
    """As the SDK does in a part of it that is left out: without it, 33 objects one in the other are too many."""
    try:
        from google.protobuf.pyext import cpp_message  # noqa: PLC0415 - not there where messages are plain Python
    except ImportError:
        return
    if cpp_message._message is not None:  # noqa: SLF001 - there is no other way, and it is the SDK's
        cpp_message._message.SetAllowOversizeProtos(True)  # noqa: SLF001 - as above
