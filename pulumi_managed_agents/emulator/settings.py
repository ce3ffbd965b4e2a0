"""Named choices for behaviour that no document settles, in one table. Each row says where its default comes from."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pulumi_managed_agents.emulator.errors import EmulatorError
from pulumi_managed_agents.emulator.transaction import JSON, Transaction

_SCHEDULE = re.compile(r"at once|never|after (\d+) reads?|after (\d+(?:\.\d+)?) seconds?")


@dataclass(frozen=True)
class Setting:
    """One choice: its default, what else it may be, what it decides and who says so."""

    default: Any
    allowed: Callable[[Any], bool]
    meaning: str
    source: str = "inferred"


def _one_of(*values: object) -> Callable[[Any], bool]:
    return lambda value: any(value is choice or (value == choice and type(value) is type(choice)) for choice in values)


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _seconds(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _schedule(value: Any) -> bool:
    return isinstance(value, str) and _SCHEDULE.fullmatch(value) is not None


def _limit(value: Any) -> bool:
    if isinstance(value, dict):
        return set(value) <= {"create", "read", "write"} and all(_limit(each) for each in value.values())
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0)


_REFUSALS = _one_of(400, 403, 409, 412)

SETTINGS: dict[str, Setting] = {
    "unknown_repositories": Setting(
        "accept", _one_of("accept", "refuse"), "a repository that the world does not list is public, or is missing"
    ),
    "clone_errors": Setting("at once", _schedule, "when a clone that fails shows up as a session.error event"),
    "run_ends": Setting("at once", _schedule, "when a running session becomes idle: `at once` is the next request"),
    "busy_refusal_status": Setting(
        400, _REFUSALS, "archive, delete or agent update of a running session: the docs refuse it without a status"
    ),
    "archived_refusal_status": Setting(
        400, _REFUSALS, "change of an archived agent or session; documented for environments as 400"
    ),
    "repository_delete_status": Setting(
        400, _REFUSALS, "DELETE of a mounted repository: documented to stay for the session's life, without a status"
    ),
    "environment_in_use_status": Setting(
        409, _REFUSALS, "DELETE of an environment that sessions reference", "third-party reports"
    ),
    "archived_sessions_hold_environment": Setting(
        True, _one_of(True, False), "an archived session counts as a reference to its environment"
    ),
    "missing_reference_status": Setting(
        404, _one_of(400, 404), "a session that names an agent, environment, vault, file or store that is not there"
    ),
    "duplicate_mount_path": Setting("refuse", _one_of("refuse", "accept"), "two resources at one mount path"),
    "repository_token": Setting(
        "optional",
        _one_of("optional", "required"),
        "authorization_token of a repository",
        "SDK 2.11 (optional for public repositories); the July API description requires it",
    ),
    "reserved_metadata_keys": Setting(
        [], _names, "metadata keys that are refused; reserved keys exist, their names are not published"
    ),
    "known_models": Setting("refuse", _one_of("refuse", "accept"), "what happens to a model id outside the SDK's list"),
    "models_without_fast": Setting(
        ["claude-haiku-4-5", "claude-haiku-4-5-20251001", "claude-haiku-5-5"], _names, "models that refuse speed `fast`"
    ),
    "models_without_price": Setting([], _names, "models that cannot run under a budget"),
    "default_effort": Setting(
        "high", _one_of("low", "medium", "high", "xhigh", "max"), "effort of a model when none is sent"
    ),
    "latest_skill_version": Setting("1", _text, "the version that a skill without one is pinned to"),
    "title_null": Setting("clear", _one_of("clear", "keep"), "title: null in a session update"),
    "rate_limit_per_minute": Setting(
        None, _limit, "requests in any minute: a number for all, or numbers for `create`, `read` and `write`"
    ),
    "stream_seconds": Setting(1.0, _seconds, "how long an event stream waits for another event before it ends"),
    "organization_id": Setting("00000000-0000-4000-8000-000000000000", _text, "the answering organization"),
    "workspace_id": Setting("wrkspc_01emulator", _text, "the workspace of every key; another one is refused"),
}


def value(tx: Transaction, name: str) -> Any:
    """What a setting stands at."""
    return tx.state("settings", {}).get(name, SETTINGS[name].default)


def values(tx: Transaction) -> JSON:
    """What every setting stands at."""
    changed: JSON = tx.state("settings", {})
    return {name: setting.default for name, setting in SETTINGS.items()} | changed


def change(tx: Transaction, changes: JSON) -> None:
    """Changes settings, all or none."""
    for name, wanted in changes.items():
        if name not in SETTINGS:
            raise EmulatorError(f"There is no setting {name!r}; there are {', '.join(SETTINGS)}.")
        if not SETTINGS[name].allowed(wanted):
            raise EmulatorError(f"The setting {name!r} ({SETTINGS[name].meaning}) cannot be {wanted!r}.")
    tx.set_state("settings", tx.state("settings", {}) | changes)


@dataclass(frozen=True)
class Schedule:
    """When a transition happens: after so many reads, or after so many seconds, or never."""

    reads: int | None = None
    seconds: float | None = None


def schedule(tx: Transaction, name: str) -> Schedule:
    """Reads a setting of the form `at once`, `after 3 reads`, `after 0.5 seconds` or `never`."""
    text: str = value(tx, name)
    if text == "never":
        return Schedule()
    found = _SCHEDULE.fullmatch(text)
    reads, seconds = found.groups() if found else (None, None)
    if seconds is not None:
        return Schedule(seconds=float(seconds))
    return Schedule(reads=int(reads or 0))
