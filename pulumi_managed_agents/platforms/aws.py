"""Requests signed with the identity of AWS (SigV4), for Claude Platform on AWS without a key."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import httpx

from ..errors import ConfigError, Unsigned

if TYPE_CHECKING:
    from collections.abc import Generator

    from ..declaration.learning import Learned

SERVICE: Final = "aws-external-anthropic"
"""The name of the platform's service in a signature."""

_UNSIGNED: Final = ("connection",)
"""Headers that belong to one hop."""


class SigV4(httpx.Auth):
    """Signs each request, whatever it carries, with what the usual chain of AWS finds at that moment.

    The chain is `botocore`'s: variables, a profile, single sign-on, the role of a machine or a pod. It renews what
    expires. Its secrets are `learned`: a refusal may repeat what was sent.
    """

    requires_request_body = True

    def __init__(self, region: str, learned: Learned) -> None:
        self._region = region
        self._learned = learned
        self._lock = threading.Lock()
        self._credentials: Any = None
        self._has_looked = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with its signature.

        Raises:
            Unsigned: the chain finds nobody, or cannot ask.
            ConfigError: there is nothing to sign with.
        """
        # AWS reads a blank in a query as `%20`, and would find another signature than that of a plus.
        request.url = request.url.copy_with(query=request.url.query.replace(b"+", b"%20") or None)
        signed = {name: value for name, value in request.headers.items() if name not in _UNSIGNED}
        asked = _part("awsrequest").AWSRequest(request.method, str(request.url), signed, request.content)
        _part("auth").SigV4Auth(self._identity(request), SERVICE, self._region).add_auth(asked)
        for name, value in asked.headers.items():
            if name.lower() in ("authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"):
                request.headers[name] = value
        yield request

    def _identity(self, request: httpx.Request) -> Any:
        """Who signs, as of now."""
        failures = _part("exceptions")
        try:
            found = self._found().get_frozen_credentials()
        except (failures.BotoCoreError, failures.ClientError, OSError, ValueError, KeyError) as failure:
            problem = f"your identity at AWS could not be found ({failure})"
            raise Unsigned(f"{request.method} {request.url.path}", problem, _ANOTHER) from None
        self._learned.learn(*filter(None, (found.secret_key, found.token)))
        return found

    def _found(self) -> Any:
        # The chain may ask somebody, and wait: once for all threads, also where nobody is found.
        with self._lock:
            if not self._has_looked:
                self._credentials = _part("session").get_session().get_credentials()
                self._has_looked = True
        if self._credentials is None:
            raise ConfigError(_NOBODY)
        return self._credentials


def _part(name: str) -> Any:
    """A module of `botocore`, which nobody else needs to have."""
    try:
        return import_module(f"botocore.{name}")
    except ModuleNotFoundError:
        raise ConfigError(_NO_BOTOCORE) from None


_NOBODY: Final = (
    "No key and no AWS credentials: set the environment variable ANTHROPIC_AWS_API_KEY, or sign in to AWS (a profile, "
    "a role, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)."
)
_ANOTHER: Final = (
    "Look at it with `aws sts get-caller-identity` (a login may be over: `aws sso login`), or set the environment "
    "variable ANTHROPIC_AWS_API_KEY."
)
_NO_BOTOCORE: Final = (
    "Requests are signed with `botocore`, which is not installed: run `pip install 'pulumi-managed-agents[aws]'`, or "
    "set the environment variable ANTHROPIC_AWS_API_KEY."
)
