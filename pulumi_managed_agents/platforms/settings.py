"""The provider's settings, and where each of their values came from.

A provider argument or stack config comes first, then the environment. A key is only asked for when a request is about
to be made, so that a preview needs none. Settings hold the key as a secret: their repr may be logged.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Final, get_args
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic.alias_generators import to_camel

from ..declaration.platform import PLACES, PLATFORMS, PlaceKey, PlatformKey, usual_place
from ..declaration.secret_forms import issuer
from ..declaration.tokens import PACKAGE
from ..errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic.fields import FieldInfo


_NAME: Final = r"^[A-Za-z0-9][A-Za-z0-9.:_-]*$"
"""What becomes a part of an address."""


class Settings(BaseModel):
    """What the provider can be told, by the names of the stack config."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, frozen=True)

    platform: Annotated[
        PlatformKey,
        Field(
            description="The platform: `claude` (Claude Managed Agents, the default) or `qoder` (Qoder Cloud Agents)."
        ),
    ] = "claude"
    place: Annotated[
        PlaceKey | None,
        Field(
            description=(
                "Where the platform runs: `hosted` (the default), `self-hosted`, `aws` or `google-cloud` for Claude, "
                "`global` (the default) or `cn` for Qoder. Nothing guesses it from an address."
            )
        ),
    ] = None
    region: Annotated[
        str | None,
        Field(
            description="The region of Claude Platform on AWS; the location on Google Cloud (default: `global`).",
            pattern=_NAME,
        ),
    ] = None
    google_project: Annotated[
        str | None, Field(description="The project of Claude on Google Cloud.", pattern=_NAME)
    ] = None
    api_key: Annotated[SecretStr | None, Field(description="The API key (secret).")] = None
    auth_token: Annotated[SecretStr | None, Field(description="A bearer token to use instead of a key (secret).")] = (
        None
    )
    base_url: Annotated[str | None, Field(description="The API's address, if it is not the platform's own.")] = None
    workspace_id: Annotated[
        str | None, Field(description="The workspace, for a credential that reaches more than one.")
    ] = None
    emulator: Annotated[
        str | None, Field(description="A file: run against the embedded emulator with its world in that file.")
    ] = None
    github_url: Annotated[
        str | None, Field(description="GitHub's REST API, if it is not `https://api.github.com`.")
    ] = None
    github_token: Annotated[
        SecretStr | None,
        Field(description="A GitHub token for looking at repositories that are declared without one (secret)."),
    ] = None
    max_retries: Annotated[
        int,
        Field(
            description="Repetitions of a request that may be repeated; waiting for a rate limit is none.", ge=0, le=20
        ),
    ] = 4
    timeout_seconds: Annotated[float, Field(description="How long one request may take.", gt=0, le=3600)] = 120.0
    requests_per_minute: Annotated[
        int | None,
        Field(
            description=(
                "Send at most so many requests in any minute (default: as many as the platform takes, which its first "
                "refusal tells)."
            ),
            ge=1,
            le=100_000,
        ),
    ] = None

    @property
    def where(self) -> PlaceKey:
        """Where the platform runs."""
        return self.place or usual_place(self.platform)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The keys and tokens."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return tuple(value.get_secret_value() for value in values if isinstance(value, SecretStr))


VARIABLE: Final = "environment variable"

ENVIRONMENT: dict[PlatformKey, dict[str, tuple[str, ...]]] = {
    "claude": {
        "apiKey": ("ANTHROPIC_API_KEY",),
        "authToken": ("ANTHROPIC_AUTH_TOKEN",),
        "baseUrl": ("ANTHROPIC_BASE_URL",),
    },
    "qoder": {
        "apiKey": ("QODER_ACCESS_TOKEN", "QODER_PAT"),
        "baseUrl": ("QODER_MANAGED_BASE_URL",),
    },
}
"""The environment variables that a setting is taken from when it is not configured: those of its platform's own SDK."""


ELSEWHERE: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "aws": {
        "apiKey": ("ANTHROPIC_AWS_API_KEY",),
        "baseUrl": ("ANTHROPIC_AWS_BASE_URL",),
        "workspaceId": ("ANTHROPIC_AWS_WORKSPACE_ID",),
        "region": ("AWS_REGION", "AWS_DEFAULT_REGION"),
    },
    "google-cloud": {
        "baseUrl": ("ANTHROPIC_GOOGLE_CLOUD_BASE_URL",),
        "workspaceId": ("ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID",),
        "googleProject": ("ANTHROPIC_GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_PROJECT"),
    },
}
"""The variables of the places that have their own: there those of the platform are not read, and its keys not sent."""


def variables_of(platform: PlatformKey, place: str | None) -> Mapping[str, tuple[str, ...]]:
    """The environment variables that settings are taken from, by setting."""
    return ELSEWHERE.get(place or "", ENVIRONMENT[platform])


@dataclass(frozen=True)
class Configuration:
    """Settings with the origin of each value that was given."""

    settings: Settings
    origins: Mapping[str, str] = field(default_factory=dict)
    emulator_option: str = ""
    """What names an emulator to a command: it reads the environment, and no stack's configuration."""

    def origin(self, name: str) -> str:
        """Where a value came from, for an error about it."""
        return self.origins.get(name, f"default of {PACKAGE}:{name}")

    @property
    def key_origin(self) -> str:
        """Where the key or token came from that is sent."""
        name = "apiKey" if self.settings.api_key else "authToken"
        origin = self.origin(name)
        return f"the {origin}" if origin.startswith(VARIABLE) else f"`{origin}`"

    @property
    def no_key(self) -> str:
        """That there is no key, and where it is looked for."""
        variables = variables_of(self.settings.platform, self.settings.place)
        if "apiKey" not in variables:
            return f"No token: set `{PACKAGE}:authToken` to an access token of Google Cloud (it lives for an hour)."
        variable = f"environment variable {variables['apiKey'][0]}"
        if self.emulator_option:
            return f"No API key: set the {variable}, or name the file of an emulator with `{self.emulator_option}`."
        return (
            f"No API key: set it with `pulumi config set --secret {PACKAGE}:apiKey` (a provider instance: with its "
            f"argument `apiKey`), or in the {variable}. To try things out without an account, set "
            f"`{PACKAGE}:emulator` to the path of a file."
        )


def configure(given: Mapping[str, str | None], environment: Mapping[str, str]) -> Configuration:
    """The configuration from stack config (by name, without the namespace) and environment.

    Raises:
        ConfigError: everything that is wrong, each setting with where it came from.
    """
    values, origins = _gather(given, environment)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        problems = [_problem(origins, str(item["loc"][0]), item["msg"]) for item in error.errors(include_input=False)]
        raise ConfigError("; ".join(problems)) from None
    _check_place(settings, origins)
    _check_address("baseUrl", settings.base_url, origins)
    _check_address("githubUrl", settings.github_url, origins)
    _check_path("emulator", settings.emulator, origins)
    _check_headers(settings, origins)
    _check_issuers(settings, origins)
    return Configuration(settings, origins)


def _gather(given: Mapping[str, str | None], environment: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    values = {name: value for name, value in given.items() if value not in (None, "")}
    origins = {name: f"{PACKAGE}:{name}" for name in values}
    credential_given = "apiKey" in values or "authToken" in values
    platform: PlatformKey = "qoder" if values.get("platform") == "qoder" else "claude"
    for name, candidates in variables_of(platform, values.get("place")).items():
        found = next((variable for variable in candidates if environment.get(variable)), None)
        if found and name not in values and not (credential_given and name in ("apiKey", "authToken")):
            values[name], origins[name] = environment[found], f"{VARIABLE} {found}"
    return {name: value for name, value in values.items() if value is not None}, origins


def _problem(origins: Mapping[str, str], name: str, message: str) -> str:
    if message.startswith("Extra inputs"):
        return unknown_setting(name)
    return f"{origins.get(name, f'{PACKAGE}:{name}')} {message.replace('Input should be', 'must be')}"


def refuse_unknown(names: Iterable[str], project: str = "") -> None:
    """Refuses what is no setting: whoever misspells `emulator` would have real objects made, and never know.

    The engine's own names are none of ours. Of a `project` with our name, all that it configures comes here.

    Raises:
        ConfigError: one of the names of our namespace is no setting.
    """
    known = {setting.name for setting in SETTINGS}.union(THE_ENGINE_S)
    unknown = [unknown_setting(name) for name in names if name not in known]
    if unknown:
        raise ConfigError("; ".join([*unknown, *([_NAMESAKE] if project == PACKAGE else [])]))


THE_ENGINE_S: Final = ("version", "pluginDownloadURL")
"""What the engine itself reads of a provider's configuration."""

_NAMESAKE: Final = (
    f"the project is called `{PACKAGE}` too, so that its own configuration counts as settings of the provider: give it "
    "another `name` in Pulumi.yaml"
)


def unknown_setting(name: str) -> str:
    """That a name is no setting, and which one may be meant."""
    spellings = {_letters(setting.name): setting.name for setting in SETTINGS}
    written = _letters(name)
    longer = [letters for letters in spellings if len(written) >= _TELLING and letters.startswith(written)]
    near = difflib.get_close_matches(written, spellings, n=1) or longer
    if near:
        return f"{PACKAGE}:{name} is no setting: did you mean `{PACKAGE}:{spellings[near[0]]}`?"
    return f"{PACKAGE}:{name} is no setting: there are {', '.join(f'`{known}`' for known in spellings.values())}"


_TELLING = 4
"""Letters of a longer name that tell which one is meant."""


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _check_address(name: str, address: str | None, origins: Mapping[str, str]) -> None:
    if address is None:
        return
    parts, origin = _split(address), origins[name]
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ConfigError(f"{origin} {NO_ADDRESS}")
    if parts.username or parts.password:
        raise ConfigError(f"{origin} must not hold a user name or password")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        message = f"{origin} is plain HTTP to {parts.hostname}, which would send the key in the clear: use `https://`"
        raise ConfigError(message)


NO_ADDRESS = "is no address: write it as `https://HOST`"


def _split(address: str) -> SplitResult | None:
    """The parts of an address; None where it has none, or characters that parsers silently drop."""
    if any(sign.isspace() or not sign.isprintable() for sign in address):
        return None
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - read to be judged
    except ValueError:
        return None
    return parts


def _check_place(settings: Settings, origins: Mapping[str, str]) -> None:
    """A platform runs in its own places, and the address of another one is a mistake."""
    known = PLACES[settings.platform]
    if settings.where not in known:
        ways = ", ".join(f"`{key}`" for key in known)
        message = f"{origins['place']} is no place of {PLATFORMS[settings.platform]}: it runs in {ways}"
        raise ConfigError(message)
    if settings.where == "google-cloud" and settings.api_key:
        message = (
            f"{origins['apiKey']} is of no use on Google Cloud, which takes an access token: set `{PACKAGE}:authToken`"
        )
        raise ConfigError(message)
    host = (urlsplit(settings.base_url).hostname if settings.base_url and _split(settings.base_url) else None) or ""
    belongs = _HOSTS.get(host.lower())
    if belongs and belongs != settings.where and settings.platform == "qoder":
        message = f"{origins['baseUrl']} is the address of the place `{belongs}`, and `{settings.where}` is configured"
        raise ConfigError(message)


_HOSTS: Final[Mapping[str, PlaceKey]] = {"api.qoder.com": "global", "api.qoder.com.cn": "cn"}
"""The hosts that belong to one place."""


def _check_path(name: str, path: str | None, origins: Mapping[str, str]) -> None:
    """A path that reads as a switch: a file of that name is what nobody wants who writes it, least of all `false`."""
    if path and path.lower() in _SWITCHES:
        way = "give it one such as `world.emulator`, or remove it to ask the platform"
        raise ConfigError(f"{origins[name]} is the path of a file and no switch: {way}")


_SWITCHES: Final = ("true", "false", "yes", "no", "on", "off", "0", "1", "none", "null")


def _check_headers(settings: Settings, origins: Mapping[str, str]) -> None:
    """What becomes a header has to be one: the HTTP client would show the value in its complaint."""
    secret = {setting.name: settings.model_dump(by_alias=True)[setting.name] for setting in SETTINGS if setting.secret}
    values = {name: value.get_secret_value() for name, value in secret.items() if value}
    if settings.workspace_id:
        values["workspaceId"] = settings.workspace_id
    for name, value in values.items():
        if not (value.isascii() and value.isprintable()) or value != value.strip():
            raise ConfigError(f"{origins[name]} holds spaces, line breaks or letters that cannot be sent in a header")


def _check_issuers(settings: Settings, origins: Mapping[str, str]) -> None:
    """A key of somebody else is not sent; what stands at another address may take whatever it likes."""
    wanted: dict[str, tuple[str | None, SecretStr | None, str]] = {
        "apiKey": (settings.base_url, settings.api_key, ISSUERS[settings.platform]),
        "authToken": (settings.base_url, settings.auth_token, ISSUERS[settings.platform]),
        "githubToken": (settings.github_url, settings.github_token, "GitHub"),
    }
    for name, (address, value, mine) in wanted.items():
        other = issuer(value.get_secret_value()) if value and not address else None
        if other not in (None, mine):
            raise ConfigError(f"{origins[name]} holds a key of {other}, and one of {mine} is wanted")


ISSUERS: Final[Mapping[PlatformKey, str]] = {"claude": "Claude", "qoder": "Qoder"}
"""Who gives out the keys of each platform."""


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Setting:
    """One setting, as front ends, schema and reference need to know it."""

    name: str
    """In the stack config."""
    type: str
    """In JSON Schema's words."""
    secret: bool
    default: Any
    doc: str
    variables: tuple[str, ...]
    """The environment variables that it is taken from when it is not configured, on any platform."""


def _setting(info: FieldInfo) -> Setting:
    types = {arm for arm in (get_args(info.annotation) or (info.annotation,)) if arm is not type(None)}
    alias = str(info.alias)
    return Setting(
        name=alias,
        type="integer" if int in types else "number" if float in types else "string",
        secret=SecretStr in types,
        default=info.default,
        doc=info.description or "",
        variables=tuple(
            variable for known in (*ENVIRONMENT.values(), *ELSEWHERE.values()) for variable in known.get(alias, ())
        ),
    )


SETTINGS: Final = tuple(_setting(info) for info in Settings.model_fields.values())
"""Every setting there is."""
