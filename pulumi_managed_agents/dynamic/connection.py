"""The configured providers of one process: one for each configuration, so that all kinds share its connections."""

from __future__ import annotations

import atexit
import functools
import os
import re
import sys
import threading
from typing import TYPE_CHECKING, TypeAlias

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env

from ..declaration.tokens import PACKAGE
from ..platforms.settings import SETTINGS, configure, refuse_unknown
from ..platforms.strayed import refuse_strayed
from ..printable import printable
from ..provider.configured import ConfiguredProvider
from ..provider.engine import Engine, main_thread_ended
from ..provider.engine_log import EngineLog
from ..provider.tracing import traces
from ..transport.cancel import Cancellation
from ..transport.following import unfollowed
from .words import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..provider.traces import Traces

Given: TypeAlias = tuple[tuple[str, str | None], ...]
"""The settings as the stack gives them, by name."""

_FIRST = threading.Lock()
"""A cache does not keep threads that find it empty from filling it each for itself."""


def namesakes(keys: Iterable[str]) -> tuple[str, ...]:
    """The names in our namespace, known or not, among the keys of a stack's configuration."""
    return tuple(key.removeprefix(f"{PACKAGE}:") for key in keys if key.startswith(f"{PACKAGE}:"))


def given(value_of: Callable[[str], str | None]) -> Given:
    """The settings, from a function that knows the value of one by its name in the stack config."""
    return tuple((setting.name, value_of(setting.name)) for setting in SETTINGS)


def engine_provider(settings: Given) -> ConfiguredProvider:
    """The provider of a process that the engine started."""
    with _FIRST:
        return _engine_provider(settings)


def program_provider() -> ConfiguredProvider:
    """The provider of the program that runs here, for its functions."""
    config = pulumi.Config(PACKAGE)
    keys, project = {**get_config_env(), **CONFIG.get()}, pulumi.get_project()
    refuse_unknown(namesakes(keys), project)
    refuse_strayed(keys, project)
    with _FIRST:
        return _program_provider(given(config.get))


@functools.lru_cache(maxsize=8)
def _engine_provider(settings: Given) -> ConfiguredProvider:
    provider = ConfiguredProvider(
        configure(dict(settings), os.environ),
        lambda text: engine_log().warn(told(text)),
        Cancellation(_is_orphaned),
        is_unheard=_engine().is_gone,
        note=lambda text: engine_log().note(told(text)),
        follow=follow.request if (follow := engine_traces()) else unfollowed,
    )
    # The engine ends this process with an interrupt once it has all the answers.
    atexit.register(provider.journal.close)
    return provider


@functools.lru_cache(maxsize=1)
def _program_provider(settings: Given) -> ConfiguredProvider:
    return ConfiguredProvider(configure(dict(settings), os.environ), _warn)


def _warn(text: str) -> None:
    pulumi.log.warn(printable(told(text)))


@functools.cache
def engine_log() -> EngineLog:
    """The engine that started this process."""
    return EngineLog(_engine_address())


@functools.cache
def engine_traces() -> Traces | None:
    """What follows calls, where the engine collects traces. Which of its calls it is, the SDK does not tell."""
    return traces(os.environ, warn_once)


@functools.cache
def warn_once(text: str) -> None:
    """Warns of what concerns all resources: each kind is configured by itself."""
    engine_log().warn(text)


def _is_orphaned() -> bool:
    """Whether the engine is gone, or this process is about to go: its launcher is a script that outlives the engine."""
    return main_thread_ended() or _engine().is_gone()


@functools.cache
def _engine() -> Engine:
    return Engine(_engine_address())


def _engine_address() -> str | None:
    """The engine names itself in the last argument."""
    return sys.argv[-1] if re.fullmatch(r"[\w.\[\]-]+:\d+", sys.argv[-1]) else None
