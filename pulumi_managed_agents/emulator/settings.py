"""Named choices for behaviour that no document settles, in one table. Each row says where its default comes from."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .errors import EmulatorError
from .world import JSON, Transaction

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


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _schedule(value: Any) -> bool:
    return isinstance(value, str) and _SCHEDULE.fullmatch(value) is not None


def _accounts(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(entry, dict)
        and set(entry) <= {"organization_id", "workspace_id"}
        and all(map(_text, entry.values()))
        for entry in value.values()
    )


def _facts(value: Any) -> bool:
    known = isinstance(value, dict) and all(isinstance(facts, dict) for facts in value.values())
    return known and all(
        facts.get("lifecycle", "active") in ("active", "deprecated", "retired") and not {"id", "type"} & facts.keys()
        for facts in value.values()
    )


def _limit(value: Any) -> bool:
    if isinstance(value, dict):
        return set(value) <= {"create", "read", "write", "github"} and all(_limit(each) for each in value.values())
    return value is None or _count(value)


_RUN_ERRORS = (
    "organization_disabled_error",
    "session_creation_rejected_error",
    "session_rate_limited_error",
    "session_resource_not_found_error",
    "unknown_error",
    "workspace_archived_error",
)
_REFUSALS = _one_of(400, 403, 409, 412)

SETTINGS: dict[str, Setting] = {
    "place": Setting(
        "hosted",
        _one_of("hosted", "self-hosted", "aws", "google-cloud", "global", "cn"),
        "where Claude runs: a `self-hosted` server has no cloud environments, files, models or mcp_oauth; `aws` wants "
        "its workspace's header, and denies routes that it does not list",
        "documented",
    ),
    "self_hosted_repositories": Setting(
        "refuse", _one_of("refuse", "accept"), "a repository among the resources on a self-hosted server"
    ),
    "self_hosted_user_profiles": Setting(
        "absent", _one_of("absent", "present"), "user profiles on a self-hosted server, which serves agents only"
    ),
    "aws_unlisted_route_status": Setting(
        403, _one_of(403, 404), "a route that the gateway on AWS does not list (as of August 2026): it denies them"
    ),
    "unknown_repositories": Setting(
        "accept",
        _one_of("accept", "refuse"),
        "a repository that the world does not list is public, has every branch and takes any token, or is missing",
    ),
    "clone_errors": Setting("at once", _schedule, "when a clone that fails shows up as a session.error event"),
    "run_ends": Setting("at once", _schedule, "when a running session becomes idle: `at once` is the next request"),
    "busy_refusal_status": Setting(
        400, _REFUSALS, "archive, delete or agent update of a running session: the docs refuse it without a status"
    ),
    "archived_refusal_status": Setting(
        400, _REFUSALS, "change of something archived; documented as 400 for environments and memory stores"
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
        404, _one_of(400, 404), "a reference to an agent, environment, vault, file, store or skill that is not there"
    ),
    "cap_refusal_status": Setting(
        400, _REFUSALS, "one more than a vault, a memory store or the organization holds: documented without a status"
    ),
    "memories_per_store": Setting(2000, _count, "how many memories a store holds", "documented"),
    "scheduled_deployments": Setting(
        1000, _count, "how many deployments of the organization have a schedule", "documented"
    ),
    "shortest_schedule_minutes": Setting(
        1, _count, "what a schedule leaves between two runs", "docs (minutes); a third-party note says an hour"
    ),
    "schedule_catch_up": Setting(
        100, _count, "how many runs of a schedule still happen when the clock jumps over more"
    ),
    "deployment_mount_path": Setting(
        "as sent", _one_of("as sent", "resolved"), "mount_path of a repository that a deployment echoes"
    ),
    "deployment_run_error": Setting(
        None, _one_of(None, *_RUN_ERRORS), "what every deployment run fails with, for causes that lie outside"
    ),
    "primary_thread_archive": Setting(
        "accept", _one_of("accept", 400, 403, 409, 412), "archive of a session's only thread: `accept` or a status"
    ),
    "repeated_pause": Setting(
        "accept",
        _one_of("accept", 400, 403, 409, 412),
        "pause of a paused deployment, unpause of an active one: `accept` or a status",
    ),
    "archived_credentials_count": Setting(
        False, _one_of(True, False), "an archived credential counts towards the 20 of its vault"
    ),
    "display_name_null": Setting("keep", _one_of("keep", "clear"), "display_name: null in a credential update"),
    "credential_validation": Setting(
        "unknown", _one_of("valid", "invalid", "unknown"), "the verdict of mcp_oauth_validate, which asks no server"
    ),
    "unknown_references": Setting(
        "accept", _one_of("accept", "refuse"), "a vault, file, memory store or skill whose id nobody ever made"
    ),
    "storage_bytes": Setting(10**12, _count, "what the files of the organization may take together", "documented"),
    "filename_length": Setting(255, _count, "the longest name of a file", "docs; the July API description says 500"),
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
    "model_facts": Setting(
        {},
        _facts,
        "what the list says of models, by id: `lifecycle`, `deprecated_at`, `retires_at`, `max_input_tokens`, "
        "`max_tokens`, `capabilities` and the like. Otherwise each is active, and nothing else is known of it",
    ),
    "models_without_fast": Setting(
        ["claude-haiku-4-5", "claude-haiku-4-5-20251001", "claude-haiku-5-5"], _names, "models that refuse speed `fast`"
    ),
    "models_without_price": Setting([], _names, "models that cannot run under a budget"),
    "default_effort": Setting(
        "high", _one_of("low", "medium", "high", "xhigh", "max"), "effort of a model when none is sent"
    ),
    "latest_skill_version": Setting(
        "1", _text, "the version that a skill which the emulator does not know is pinned to"
    ),
    "explicit_latest_skill": Setting(
        "keep", _one_of("keep", "pin"), "version `latest` in an agent: stays as it is, or is pinned when it is saved"
    ),
    "last_skill_version_status": Setting(
        400, _REFUSALS, "DELETE of a skill's only version: documented to hold at least one, without a status"
    ),
    "title_null": Setting("clear", _one_of("clear", "keep"), "title: null in a session update"),
    "rate_limit_per_minute": Setting(
        None,
        _limit,
        "requests in any minute: a number for all, or numbers for `create`, `read`, `write` and `github`, "
        "where it is the secondary limit",
    ),
    "stream_seconds": Setting(1.0, _seconds, "how long an event stream waits for another event before it ends"),
    "organization_id": Setting(
        "00000000-0000-4000-8000-000000000000", _text, "the organization of every key that `accounts` does not name"
    ),
    "accounts": Setting(
        {},
        _accounts,
        "keys of other accounts: `organization_id` and `workspace_id` by key. An object is there for its own account "
        "only. Keys are shown as fingerprints",
    ),
    "api_key_id": Setting("apikey_01emulator", _text, "the id of every key, as the versions of a memory name it"),
    "workspace_id": Setting(
        "wrkspc_01emulator", _text, "the workspace of every key that `accounts` does not name; another one is refused"
    ),
    "qoder_create_status": Setting(
        200, _one_of(200, 201), "what a create answers", "documentation since July 2026; older pages say 201"
    ),
    "qoder_send_events_status": Setting(
        200, _one_of(200, 202), "what sending events answers", "inferred; older pages say 202"
    ),
    "qoder_archived_refusal_status": Setting(
        409,
        _REFUSALS,
        "change or use of something archived, or of a session that ended: documented for added resources",
    ),
    "qoder_busy_refusal_status": Setting(
        409, _one_of(None, 400, 403, 409, 412), "archive or delete of a running session; None accepts them"
    ),
    "qoder_missing_reference_status": Setting(
        404, _one_of(400, 404), "a body that names an agent, environment, vault, file or store that is not there"
    ),
    "qoder_null_fields": Setting(
        "clear",
        _one_of("clear", "keep", "refuse"),
        "null in an update, for a field whose null is not documented: description, system, lists",
    ),
    "qoder_sdk_only_fields": Setting(
        "accept",
        _one_of("accept", "refuse"),
        "fields of a create that only the SDK types: a session's budget, initial_events and overridden agent, "
        "an environment's scope, a file's expires_in_seconds",
    ),
    "qoder_sdk_only_updates": Setting(
        "refuse",
        _one_of("accept", "refuse"),
        "fields of an update that only the SDK types: a session's environment_variables, budget and agent beyond two "
        "lists, a variable credential's networking and injection_location, a memory's path, a deployment's budget",
        "documentation of the session and credential updates",
    ),
    "qoder_models": Setting(["auto", "ultimate"], _names, "the models of the platform", "documentation's examples"),
    "qoder_unknown_models": Setting(
        "refuse", _one_of("refuse", "accept"), "what happens to a model that is not among `qoder_models`"
    ),
    "qoder_browser_toolset": Setting(
        "enabled", _one_of("enabled", "disabled"), "a browser toolset: `disabled` answers 503 feature_not_available"
    ),
    "qoder_mcp_server_type": Setting(
        "url",
        _one_of("url", "http", "as sent"),
        "the type of MCP servers in answers",
        "documentation since July 2026; older pages and the CN edition say `http`",
    ),
    "qoder_missing_skills": Setting(
        "accept", _one_of("accept", "refuse"), "an agent that names a custom skill that is not there"
    ),
    "qoder_agent_delete_status": Setting(
        200, _one_of(200, 404, 405), "DELETE of an agent: 200 carries it out", "third-party reports; the SDK has none"
    ),
    "qoder_default_networking": Setting(
        "show",
        _one_of("show", "hide"),
        "the networking of an environment that was sent none: shown as `limited`, or left out of answers",
        "CN documentation; newer examples leave it out",
    ),
    "qoder_package_managers": Setting(
        ["apt", "npm", "pip"], _names, "package managers that a create may use", "documentation; the SDK types six"
    ),
    "qoder_config_type_change": Setting(
        "refuse", _one_of("refuse", "accept"), "an update that changes an environment's config.type"
    ),
    "qoder_archived_sessions_hold_environment": Setting(
        True, _one_of(True, False), "an archived session counts as a reference to its environment"
    ),
    "qoder_deleted_sessions_hold_environment": Setting(
        False, _one_of(True, False), "so does a deleted one, which third parties report to happen"
    ),
    "qoder_unreachable_mcp_servers": Setting([], _names, "addresses of MCP servers that make a session's create fail"),
    "qoder_mount_root": Setting(
        "/data/workspace",
        _text,
        "where repositories without a mount_path go",
        "examples of the session resources; the guide's examples mount under /app",
    ),
    "qoder_repository_token": Setting(
        "required",
        _one_of("optional", "required"),
        "authorization_token of a GitHub repository",
        "the guide to repositories requires it; SDK 0.11 and newer pages leave it out for public ones",
    ),
    "qoder_resource_ids_in_create": Setting(
        True, _one_of(True, False), "resources have ids in the answer of a session's create; older examples show none"
    ),
    "qoder_repository_delete_status": Setting(
        200, _one_of(200, 400, 403, 409), "DELETE of a mounted repository: 200 carries it out"
    ),
    "qoder_cancel_ends": Setting("at once", _schedule, "when a session that is canceling becomes idle"),
    "qoder_stream_start": Setting(
        "tail",
        _one_of("tail", "history"),
        "where an event stream without Last-Event-ID begins",
        "documentation since September 2026; earlier it began with the history",
    ),
    "qoder_credential_networking": Setting(
        "required", _one_of("required", "optional"), "networking of an environment variable credential", "SDK 0.11"
    ),
    "qoder_file_ready": Setting(
        "at once", _schedule, "when a file that was uploaded is no longer `processing`, and can be mounted"
    ),
    "qoder_text_files_only": Setting(True, _one_of(True, False), "an upload must be UTF-8", "documentation"),
    "qoder_not_downloadable_status": Setting(
        400, _one_of(400, 403, 404, 409), "the content of a file that is not downloadable, as own uploads are"
    ),
    "qoder_schedule_clearing": Setting(
        "refuse", _one_of("refuse", "accept"), "schedule: null in a deployment update", "third-party reports"
    ),
    "qoder_duplicate_deployment_name": Setting(
        "accept", _one_of("accept", "refuse"), "a second deployment with the same name: 409 where it is refused"
    ),
    "github_rate_limit": Setting(
        5000, _count, "requests in an hour with a token; an installation's tokens count together", "documented"
    ),
    "github_anonymous_rate_limit": Setting(60, _count, "requests in an hour without a token", "documented"),
    "github_rate_limit_status": Setting(
        403, _one_of(403, 429), "what a request beyond the limit of the hour is answered with", "documented: either"
    ),
    "github_token_seconds": Setting(3600, _count, "how long a minted token lives", "documented"),
    "github_token_format": Setting(
        "stateless",
        _one_of("stateless", "opaque"),
        "minted tokens have some 520 characters and two dots, or 40 characters",
        "documented: rolled out from April 2026 on",
    ),
    "github_jwt_clock": Setting(
        "machine",
        _one_of("machine", "emulator"),
        "which clock the times of an app's JWT are held against: clients sign by that of the machine",
    ),
    "federation_jwt_clock": Setting(
        "machine",
        _one_of("machine", "emulator"),
        "which clock the times of an identity token are held against; access tokens die by the emulator's",
    ),
    "federation_audience": Setting(
        "https://api.anthropic.com",
        _text,
        "the audience of an identity token under a rule that names none",
        "the SDK's types say that there is one, not which",
    ),
    "denied_exchange_status": Setting(
        401, _one_of(400, 401, 403), "a denied exchange, a used jti too", "docs of August 2026; the June text had 400"
    ),
    "unnamed_workspace": Setting(
        "default",
        _one_of("default", "refuse"),
        "an exchange without workspace_id under a rule that covers several: the default one if it is covered, or none",
        "SDK 2.14; the docs state only the rule's single workspace",
    ),
    "missing_beta_status": Setting(
        400,
        _one_of(400, 404),
        "a request without the beta of its path",
        "no document has it; a third party's record of the hosted API of July 2026 has 404",
    ),
    "oauth_beta": Setting(
        "required",
        _one_of("required", "optional"),
        "the beta oauth-2025-04-20 on requests with an access token",
        "SDK 2.14 calls it required; the examples of the docs leave it out",
    ),
    "github_unknown_app_status": Setting(
        404, _one_of(401, 404), "a JWT whose issuer is no app that the world lists", "third-party reports"
    ),
    "github_empty_repositories": Setting(
        "all", _one_of("all", "refuse"), "an empty list of repositories when a token is minted: all of them, or 422"
    ),
}


def value(tx: Transaction, name: str) -> Any:
    """What a setting stands at."""
    if name in tx.chosen:
        return tx.chosen[name]
    return tx.state("settings", {}).get(name, SETTINGS[name].default)


def values(tx: Transaction) -> JSON:
    """What every setting stands at."""
    changed: JSON = tx.state("settings", {})
    return {name: setting.default for name, setting in SETTINGS.items()} | changed | dict(tx.chosen)


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
    match = _SCHEDULE.fullmatch(text)
    reads, seconds = match.groups() if match else (None, None)
    if seconds is not None:
        return Schedule(seconds=float(seconds))
    return Schedule(reads=int(reads or 0))
