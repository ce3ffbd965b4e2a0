"""From the credential that was chosen to what signs requests with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from ...declaration.tokens import PACKAGE
from ...errors import ConfigError
from ...on_demand import defined
from .. import PLATFORM_TYPES
from ..places import ADDRESSES, region
from .choice import SOURCES, is_job, profile_of
from .federation import OAUTH_BETA, Federation, Rule
from .identity import FromGitHub, IdentitySource, Literally, file_at, request_url
from .kept import NoFile, TokenFile, token_file
from .login import Login
from .renewal import Renewal, Watched
from .service_account import EXCHANGES, ServiceAccount
from .signing import Renewed, Static, WithHeaders

if TYPE_CHECKING:
    import httpx
    from pydantic import SecretStr

    from ...declaration.learning import Learned
    from ...transport.transport import Transport
    from ..settings import Configuration
    from .choice import Choice
    from .exchange import Exchange
    from .profiles import Profile


class Ways(Protocol):
    """How those who give out tokens are asked."""

    def to_platform(self) -> Transport:
        """Requests to the platform, without a credential."""

    def to(self, address: str, origin: str) -> Transport:
        """Requests to somebody else."""


@dataclass(frozen=True)
class Signed:
    """What signs requests, what it is called in advice, and whether a token is bound to its workspace."""

    auth: httpx.Auth
    name: str
    bound: bool = False


def signed(configuration: Configuration, choice: Choice, address: str, ways: Ways, learned: Learned) -> Signed:
    """What signs requests to an address with the credential that was chosen.

    Raises:
        ConfigError: it cannot be used.
    """
    made = _Assembly(configuration, choice, address, ways, learned).signed()
    headers = configuration.custom_headers
    return replace(made, auth=WithHeaders(made.auth, headers)) if headers else made


@dataclass(frozen=True)
class _Assembly:
    configuration: Configuration
    choice: Choice
    address: str
    ways: Ways
    learned: Learned

    def signed(self) -> Signed:
        ways = {
            "signature": self.signature,
            "service account": self.service_account,
            "federation": self.federation,
            "profile": self.profile,
        }
        return ways.get(self.choice.kind, self.static)()

    def static(self) -> Signed:
        settings = self.configuration.settings
        if self.choice.kind == "headers":
            return Signed(Static({}), self.choice.origin)
        if self.choice.kind == "key":
            credential = PLATFORM_TYPES[settings.platform].credential(_bare(settings.api_key), settings.where)
            return Signed(Static(credential), self.choice.origin)
        return Signed(Static({"authorization": f"Bearer {_bare(settings.auth_token)}"}), self.choice.origin)

    def signature(self) -> Signed:
        auth: httpx.Auth = defined("..aws:SigV4", __package__)(region(self.configuration.settings), self.learned)
        return Signed(auth, self.choice.origin)

    def service_account(self) -> Signed:
        settings = self.configuration.settings
        is_own = urlsplit(self.address).hostname == urlsplit(ADDRESSES[settings.where]).hostname
        where = settings.exchange_url or (EXCHANGES[settings.where] if is_own else "")
        if not where:
            problem = f"`{PACKAGE}:baseUrl` is not Qoder's own: name what exchanges the service account's key"
            raise ConfigError(f"{problem} with `{PACKAGE}:exchangeUrl`")
        key, scopes, seconds = _bare(settings.sa_key), settings.scopes, settings.ttl_seconds
        transport = self.ways.to(where, "exchangeUrl")
        exchange = ServiceAccount(key, scopes, seconds, transport, self.choice.origin, self.learned)
        kept = self._kept("service account", where, key, scopes, str(seconds))
        return Signed(Renewed(self._renewal(exchange, kept)), self.choice.origin)

    def federation(self) -> Signed:
        settings = self.configuration.settings
        workspace = settings.workspace_id or self.configuration.surroundings.get("ANTHROPIC_WORKSPACE_ID")
        named = (
            settings.federation_rule_id or "",
            settings.organization_id or "",
            settings.service_account_id,
            workspace,
        )
        identity = self._identity()
        exchange = Federation(Rule(*named), identity, self.ways.to_platform(), self.learned)
        is_kept = settings.keeps_tokens
        kept = self._kept("federation", self.address, *named, identity.mark()) if is_kept else NoFile()
        auth = Renewed(self._renewal(exchange, kept), beta=OAUTH_BETA)
        return Signed(auth, f"the federation ({self.choice.origin})", bound=True)

    def profile(self) -> Signed:
        profile = profile_of(self.configuration, self.choice)
        kept = TokenFile(profile.credentials, self.choice.origin)
        name = f"the profile `{profile.name}`"
        if profile.type == "oidc_federation":
            exchange = Federation(self._rule(profile), self._file_of(profile), self.ways.to_platform(), self.learned)
            cached = kept if self.configuration.settings.keeps_tokens else NoFile()
            return Signed(Renewed(self._renewal(exchange, cached), beta=OAUTH_BETA), name, bound=True)
        login = Login(profile, kept, self.ways.to_platform(), self.learned)
        workspace = self.configuration.settings.workspace_id or profile.workspace_id
        headers = {"anthropic-workspace-id": workspace} if workspace else {}
        kind = Renewal if profile.text("client_id") else Watched
        return Signed(Renewed(kind(login, kept, self.learned), headers, OAUTH_BETA), name, bound=True)

    def _rule(self, profile: Profile) -> Rule:
        settings = self.configuration.settings
        rule = profile.text("federation_rule_id") or settings.federation_rule_id
        organization = profile.organization_id or settings.organization_id
        if not (rule and organization):
            raise ConfigError(f"{self.choice.origin}: the profile has no federation_rule_id or no organization_id")
        account = profile.text("service_account_id") or settings.service_account_id
        known = self.configuration.surroundings.get("ANTHROPIC_WORKSPACE_ID")
        return Rule(rule, organization, account, profile.workspace_id or settings.workspace_id or known)

    def _file_of(self, profile: Profile) -> IdentitySource:
        if profile.identity_file:
            return file_at(profile.identity_file, f"the profile `{profile.name}`", self.learned)
        return self._identity()

    def _identity(self) -> IdentitySource:
        settings, named = self.configuration.settings, self.configuration.named
        if settings.identity_token_source:
            return self._of_job()
        if settings.identity_token_file:
            return file_at(settings.identity_token_file, named(SOURCES[1]), self.learned)
        if settings.identity_token:
            return Literally(_bare(settings.identity_token), named(SOURCES[2]))
        if is_job(self.configuration):
            return self._of_job()
        raise ConfigError(f"{self.choice.origin}: there is no identity token: set `{PACKAGE}:identityTokenFile`")

    def _of_job(self) -> FromGitHub:
        address, token = request_url(self.configuration.surroundings, self.configuration.named(SOURCES[0]))
        transport = self.ways.to(address, "ACTIONS_ID_TOKEN_REQUEST_URL")
        return FromGitHub(address, token, self.configuration.settings.identity_token_audience, transport, self.learned)

    def _kept(self, *made_by: str | None) -> TokenFile:
        return token_file(*made_by) if self.configuration.settings.keeps_tokens else NoFile()

    def _renewal(self, exchange: Exchange, kept: TokenFile) -> Renewal:
        return Renewal(exchange, kept, self.learned)


def _bare(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""
