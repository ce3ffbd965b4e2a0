"""The provider's settings, and where each of their values came from.

A provider argument or stack config comes first, then the environment. A key is only asked for when a request is about
to be made, so that a preview needs none. Settings hold the key as a secret: their repr may be logged.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, get_args
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic.alias_generators import to_camel

from ..declaration.platform import PLACES, PLATFORMS, PlaceKey, PlatformKey, usual_place
from ..declaration.secret_forms import issuer
from ..declaration.tokens import PACKAGE
from ..errors import ConfigError
from .custom_headers import CREDENTIALS, custom_headers, secrets_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic.fields import FieldInfo


IdentitySource = Literal["github-actions"]
TokenCache = Literal["file", "memory"]

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
        str | None,
        Field(
            description=(
                "The workspace, for a credential that reaches more than one. A federation's token is made for it "
                "(`wrkspc_...` or `default`)."
            )
        ),
    ] = None
    federation_rule_id: Annotated[
        str | None,
        Field(
            description="The federation rule (`fdrl_...`) by which an identity token is exchanged for an access token."
        ),
    ] = None
    organization_id: Annotated[str | None, Field(description="The organization (a UUID) of the federation rule.")] = (
        None
    )
    service_account_id: Annotated[
        str | None, Field(description="The service account (`svac_...`) that the rule is expected to act as.")
    ] = None
    identity_token: Annotated[
        SecretStr | None,
        Field(
            description="The identity token itself, for one short run (secret). A file or `github-actions` is better."
        ),
    ] = None
    identity_token_file: Annotated[
        str | None, Field(description="A file with the identity token, read again at each exchange.")
    ] = None
    identity_token_source: Annotated[
        IdentitySource | None,
        Field(
            description=(
                "`github-actions`: ask the job for a fresh identity token at each exchange (it needs "
                "`permissions: id-token: write`). The default in such a job, where neither file nor token is set."
            )
        ),
    ] = None
    identity_token_audience: Annotated[
        str, Field(description="The audience that `github-actions` is asked for: the one of the federation rule.")
    ] = "https://api.anthropic.com"  # noqa: S105 - whom it is for
    profile: Annotated[
        str | None, Field(description="A profile of the official SDK and CLI (`oidc_federation` or `user_oauth`).")
    ] = None
    sa_key: Annotated[
        SecretStr | None,
        Field(description="The key of a Qoder service account, exchanged for access tokens (secret)."),
    ] = None
    scopes: Annotated[str, Field(description="What a Qoder service account asks for, separated by blanks.")] = (
        "qca.access"
    )
    ttl_seconds: Annotated[
        int, Field(description="How long an access token of a Qoder service account lives.", ge=1, le=43_200)
    ] = 3600
    exchange_url: Annotated[
        str | None,
        Field(description="Where a Qoder service account's key is exchanged, if `baseUrl` is not Qoder's own."),
    ] = None
    token_cache: Annotated[
        TokenCache,
        Field(
            description=(
                "Where an access token that was exchanged is kept until it expires: in a `file` that only you can "
                "read, so that the processes of a command share one exchange, or in `memory`."
            )
        ),
    ] = "file"  # noqa: S105 - where it is kept
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
    def keeps_tokens(self) -> bool:
        """Whether processes share what was exchanged."""
        return self.token_cache == "file"  # noqa: S105 - where it is kept

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
        "federationRuleId": ("ANTHROPIC_FEDERATION_RULE_ID",),
        "organizationId": ("ANTHROPIC_ORGANIZATION_ID",),
        "serviceAccountId": ("ANTHROPIC_SERVICE_ACCOUNT_ID",),
        "identityToken": ("ANTHROPIC_IDENTITY_TOKEN",),
        "identityTokenFile": ("ANTHROPIC_IDENTITY_TOKEN_FILE",),
        "profile": ("ANTHROPIC_PROFILE",),
    },
    "qoder": {
        "apiKey": ("QODER_ACCESS_TOKEN", "QODER_PAT"),
        "baseUrl": ("QODER_MANAGED_BASE_URL",),
        "saKey": ("QODER_SA_KEY",),
    },
}
"""The environment variables that a setting is taken from when it is not configured: those of its platform's own SDK."""

SURROUNDINGS: Final = (
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_URL",
    "ANTHROPIC_CONFIG_DIR",
    "ANTHROPIC_CUSTOM_HEADERS",
    "ANTHROPIC_WORKSPACE_ID",
    "APPDATA",
    "GITHUB_ACTIONS",
    "HOME",
    "XDG_CACHE_HOME",
)
"""What else of the environment a credential may depend on."""

_FEDERATED: Final = ("federationRuleId", "identityToken", "identityTokenFile", "identityTokenSource")
_CREDENTIALS: Final = ("apiKey", "authToken", *_FEDERATED, "profile", "saKey")
"""Each of these in a stack's configuration says which credential is wanted: no key of the environment is looked for."""

_KEYS: Final = ("apiKey", "authToken", "saKey")


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
    surroundings: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Variables that a credential may depend on; a token is among them."""
    emulator_option: str = ""
    """What names an emulator to a command: it reads the environment, and no stack's configuration."""

    def origin(self, name: str) -> str:
        """Where a value came from, for an error about it."""
        return self.origins.get(name, f"default of {PACKAGE}:{name}")

    @property
    def secrets(self) -> tuple[str, ...]:
        """The keys and tokens, with the one that a job's identity tokens are asked for with."""
        request = filter(None, [self.surroundings.get("ACTIONS_ID_TOKEN_REQUEST_TOKEN")])
        return (*self.settings.secrets, *request, *secrets_in(self.custom_headers))

    @property
    def is_first_party(self) -> bool:
        """Whether somebody is asked for whom the variables of Claude's own SDK are meant."""
        settings = self.settings
        return settings.platform == "claude" and settings.where not in ELSEWHERE and not settings.emulator

    @property
    def custom_headers(self) -> dict[str, str]:
        """What the environment adds to requests; a credential among them is for who has named none in the stack."""
        if not self.is_first_party:
            return {}
        found = custom_headers(self.surroundings)
        if self.is_of_stack(*_CREDENTIALS):
            return {name: value for name, value in found.items() if name not in CREDENTIALS}
        return found

    def named(self, name: str) -> str:
        """Where a value came from, in a sentence."""
        origin = self.origin(name)
        return f"the {origin}" if origin.startswith(VARIABLE) else f"`{origin}`"

    def is_of_stack(self, *names: str) -> bool:
        """Whether one of the settings was given, rather than found in the environment."""
        return any(name in self.origins and not self.origins[name].startswith(VARIABLE) for name in names)

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
        problems = [
            _problem(values, origins, str(item["loc"][0]), item["msg"]) for item in error.errors(include_input=False)
        ]
        raise ConfigError("; ".join(problems)) from None
    _check_place(settings, origins)
    _check_address("baseUrl", settings.base_url, origins)
    _check_address("githubUrl", settings.github_url, origins)
    _check_address("exchangeUrl", settings.exchange_url, origins)
    _check_path("emulator", settings.emulator, origins)
    _check_headers(settings, origins)
    _check_issuers(settings, origins)
    surroundings = {name: environment[name] for name in SURROUNDINGS if environment.get(name)}
    found = Configuration(settings, origins, surroundings)
    _check_ids(found)
    _ = found.custom_headers  # what cannot be sent is found here
    return found


def _gather(given: Mapping[str, str | None], environment: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    values = {name: value for name, value in given.items() if value not in (None, "")}
    origins = {name: f"{PACKAGE}:{name}" for name in values}
    credential_given = any(name in values for name in _CREDENTIALS)
    for name, candidates in variables_of(_platform(values), values.get("place")).items():
        found = next((variable for variable in candidates if environment.get(variable)), None)
        if found and name not in values and not (credential_given and name in _KEYS):
            values[name], origins[name] = environment[found], f"{VARIABLE} {found}"
    return {name: value for name, value in values.items() if value is not None}, origins


def _platform(values: Mapping[str, str | None]) -> PlatformKey:
    return "qoder" if values.get("platform") == "qoder" else "claude"


def _problem(values: Mapping[str, str], origins: Mapping[str, str], name: str, message: str) -> str:
    if message.startswith("Extra inputs"):
        return unknown_setting(name)
    if name == "place":
        return _no_place(_platform(values), values[name], origins[name])
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
    if address is not None:
        check_address(address, origins[name])


def check_address(address: str, origin: str) -> None:
    """Whether a credential may be sent to an address.

    Raises:
        ConfigError: it is none, or would carry it in the clear; `origin` says who named it.
    """
    parts = _split(address)
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
    if settings.where not in PLACES[settings.platform]:
        raise ConfigError(_no_place(settings.platform, settings.where, origins["place"]))
    _check_parts(settings, origins)
    exchanged = next((name for name in (*_FEDERATED, "profile") if name in origins), None)
    if settings.where in ELSEWHERE and exchanged:
        instead = "a key, or your identity at AWS" if settings.where == "aws" else f"`{PACKAGE}:authToken`"
        raise ConfigError(f"{origins[exchanged]} is of no use in the place `{settings.where}`, which takes {instead}")
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


def _no_place(platform: PlatformKey, written: str, origin: str) -> str:
    known = PLACES[platform]
    near = difflib.get_close_matches(written.lower(), known, n=1)
    ways = f"did you mean `{near[0]}`?" if near else f"it runs in {', '.join(f'`{key}`' for key in known)}"
    return f"{origin} is no place of {PLATFORMS[platform]}: {ways}"


_PARTS: Final[Mapping[str, tuple[PlaceKey, ...]]] = {
    "region": ("aws", "google-cloud"),
    "googleProject": ("google-cloud",),
}
"""What the address of some places is made of; elsewhere it says that the place was forgotten, and a key goes astray."""


def _check_parts(settings: Settings, origins: Mapping[str, str]) -> None:
    """What an address is made of has to be of the place, and one part of it."""
    for name, places in _PARTS.items():
        if name in origins and settings.where not in places:
            ways = " or ".join(f"`{place}`" for place in places)
            message = f"is of no use in the place `{settings.where}`: set `{PACKAGE}:place` to {ways}, or remove it"
            raise ConfigError(f"{origins[name]} {message}")
    workspace = settings.workspace_id
    if settings.where == "google-cloud" and workspace and not re.fullmatch(_NAME, workspace):
        raise ConfigError(f"{origins['workspaceId']} becomes a part of an address, and holds what is in no id")


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
    # An identity token goes into a body, and a file or a variable with one often ends with a line break.
    values = {name: value.get_secret_value() for name, value in secret.items() if value and name != "identityToken"}
    if settings.workspace_id:
        values["workspaceId"] = settings.workspace_id
    for name, value in values.items():
        if not (value.isascii() and value.isprintable()) or value != value.strip():
            raise ConfigError(f"{origins[name]} holds spaces, line breaks or letters that cannot be sent in a header")


def _check_ids(found: Configuration) -> None:
    """What an exchange is told beside the identity token: its denial would say nothing of a line break."""
    values = {found.origins[name]: value for name, value in _ids(found.settings).items() if value}
    if found.is_first_party:
        values[f"{VARIABLE} {_WORKSPACE}"] = found.surroundings.get(_WORKSPACE, "")
    for origin, value in values.items():
        if not (value.isascii() and value.isprintable()) or " " in value:
            raise ConfigError(f"{origin} holds spaces, line breaks or letters that are in no id")


_WORKSPACE: Final = "ANTHROPIC_WORKSPACE_ID"


def _ids(settings: Settings) -> dict[str, str | None]:
    return {
        "federationRuleId": settings.federation_rule_id,
        "organizationId": settings.organization_id,
        "serviceAccountId": settings.service_account_id,
    }


def _check_issuers(settings: Settings, origins: Mapping[str, str]) -> None:
    """A key of somebody else is not sent; what stands at another address may take whatever it likes."""
    wanted: dict[str, tuple[str | None, SecretStr | None, str]] = {
        "apiKey": (settings.base_url, settings.api_key, ISSUERS[settings.platform]),
        "authToken": (settings.base_url, settings.auth_token, ISSUERS[settings.platform]),
        "saKey": (settings.exchange_url, settings.sa_key, ISSUERS[settings.platform]),
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
