"""Which of the credentials that are configured is used, and why: the order is the official SDK's.

    1. a key, then a bearer token: of the stack, else of the environment
    2. a credential among the headers that the environment adds
    3. a profile that is named
    4. a federation: rule, organization and a source of identity tokens
    5. Qoder: the key of a service account
    6. the profile that lies on the disk

Claude Platform on AWS takes a key or the signature of an AWS identity, and Google Cloud a bearer token; a server of
one's own is sent nothing that merely lies on the disk.

What a stack's configuration gives comes before what is found in the environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from ...declaration.tokens import PACKAGE
from ...errors import ConfigError
from ..custom_headers import VARIABLE, is_credential
from ..settings import ELSEWHERE
from .profiles import Profile, active_name, is_lying_there, read_profile

if TYPE_CHECKING:
    from ..settings import Configuration

Kind = Literal["key", "bearer", "profile", "federation", "service account", "signature", "headers"]

SOURCES: Final = ("identityTokenSource", "identityTokenFile", "identityToken")
"""Where an identity token comes from; the first that is set wins."""

_FEDERATION: Final = ("federationRuleId", "organizationId", *SOURCES)


LASTING: Final = ("key", "bearer", "headers")
"""What nobody renews."""


@dataclass(frozen=True)
class Choice:
    """The credential that is used, where it is from, and what else there is."""

    kind: Kind
    origin: str
    """Where it comes from, as part of a sentence."""
    why: str
    """Why it and no other."""
    hidden: tuple[str, ...] = ()
    """What would be used without it, in words."""
    profile: str = ""

    @property
    def warning(self) -> str:
        """That a lasting key hides what needs none; empty where it does not."""
        if self.kind not in LASTING or not self.hidden:
            return ""
        return (
            f"{self.origin} is used, and {self.hidden[0]} is not: a key that lasts comes first. Remove it to be "
            "without one"
        )


def choose(configuration: Configuration) -> Choice:
    """The credential that requests are made with.

    Raises:
        ConfigError: there is none, or it is there in part.
    """
    found = _found(configuration)
    if not found:
        raise ConfigError(_missing(configuration) or configuration.no_key)
    first = found[0]
    hidden = tuple(_named(other) for other in found[1:] if other.kind not in LASTING)
    return Choice(first.kind, first.origin, first.why, hidden, first.profile)


def profile_of(configuration: Configuration, choice: Choice) -> Profile:
    """The profile that was chosen.

    Raises:
        ConfigError: it cannot be used.
    """
    return read_profile(choice.profile, choice.origin, configuration.surroundings)


def address(configuration: Configuration) -> str:
    """The address of the API that the chosen profile names; empty where none is chosen or it names none."""
    try:
        choice = choose(configuration)
        found = profile_of(configuration, choice).base_url if choice.kind == "profile" else ""
    except ConfigError:
        # Whoever makes a request hears of it.
        return ""
    return found


def _named(choice: Choice) -> str:
    return f"the {choice.kind} ({choice.origin})"


def _found(configuration: Configuration) -> list[Choice]:
    settings = configuration.settings
    lasting: list[Choice] = []
    if settings.api_key:
        lasting.append(Choice("key", configuration.named("apiKey"), "a key comes before all others"))
    if settings.auth_token:
        lasting.append(Choice("bearer", configuration.named("authToken"), "a bearer token comes before all but a key"))
    if settings.platform == "qoder":
        named = "the key of a service account is there, and no token"
        account = [Choice("service account", configuration.named("saKey"), named)] if settings.sa_key else []
        return lasting + account
    if settings.where in ELSEWHERE:
        return lasting + ([_SIGNATURE] if settings.where == "aws" else [])
    if is_credential(configuration.custom_headers):
        lasting.append(
            Choice("headers", f"the environment variable {VARIABLE}", "it holds a credential, and is no key")
        )
    others = [*_profile(configuration), *_federation(configuration)]
    # A federation of the stack comes before a profile of the environment.
    others.sort(key=lambda choice: not configuration.is_of_stack(*_settings_of(choice)))
    return [*lasting, *others, *(_on_disk(configuration) if settings.where == "hosted" else [])]


_SIGNATURE: Final = Choice("signature", "your identity at AWS", "there is no key, and AWS signs requests")


def _settings_of(choice: Choice) -> tuple[str, ...]:
    return ("profile",) if choice.kind == "profile" else _FEDERATION


def _profile(configuration: Configuration) -> list[Choice]:
    name = configuration.settings.profile
    if not name:
        return []
    return [Choice("profile", configuration.named("profile"), "it is named, and there is no key", profile=name)]


def _federation(configuration: Configuration) -> list[Choice]:
    if _lacking(configuration):
        return []
    settings = configuration.settings
    source = next((name for name in SOURCES if getattr(settings, _field(name))), "")
    named = configuration.named(source) if source else "this job of GitHub Actions"
    origin = f"rule {settings.federation_rule_id}, identity token: {named}"
    return [Choice("federation", origin, "rule, organization and identity token are there, and no key")]


def _on_disk(configuration: Configuration) -> list[Choice]:
    name = active_name(configuration.surroundings)
    if not name or not is_lying_there(name, configuration.surroundings):
        return []
    origin = f"the SDK's profile `{name}`"
    return [Choice("profile", origin, "nothing else is configured, and this profile is active", profile=name)]


def _lacking(configuration: Configuration) -> list[str]:
    """What a federation lacks."""
    settings = configuration.settings
    lacking = [name for name in ("federationRuleId", "organizationId") if not getattr(settings, _field(name))]
    if not any(getattr(settings, _field(name)) for name in SOURCES) and not is_job(configuration):
        lacking.append("identityTokenFile")
    return lacking


def _missing(configuration: Configuration) -> str:
    """That a federation is there in part; empty where nothing of it is."""
    lacking = _lacking(configuration)
    if configuration.settings.platform == "qoder" or not set(_FEDERATION) & set(configuration.origins):
        return ""
    named = " and ".join(f"`{PACKAGE}:{name}`" for name in lacking)
    instead = _INSTEAD[bool(configuration.surroundings.get("GITHUB_ACTIONS"))] if lacking[-1:] == [SOURCES[1]] else ""
    return f"the federation lacks {named}{instead}: set it, or the environment variable of the SDK"


_INSTEAD: Final = (
    " (or `identityTokenSource`: `github-actions`)",
    ", and this job of GitHub Actions may not ask for an identity token (give it `permissions: id-token: write`)",
)


def is_job(configuration: Configuration) -> bool:
    """Whether this is a job of GitHub Actions that may ask for identity tokens."""
    return all(configuration.surroundings.get(f"ACTIONS_ID_TOKEN_REQUEST_{name}") for name in ("URL", "TOKEN"))


def _field(setting: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in setting)
