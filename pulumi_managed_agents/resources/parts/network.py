"""Hosts and networks, as environments and credentials name them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from ...declaration.characters import seen
from ...declaration.hosts import host_pattern
from ...declaration.model import Model, described


def _bare_host(host: str) -> str:
    if host_pattern(seen(host)) is None:
        message = "must be a host name such as `example.com` or `*.example.com`, without scheme, port or path"
        raise ValueError(message if host.isascii() else f"{message}, and in punycode (`xn--`)")
    return host


Host = Annotated[str, AfterValidator(_bare_host), Field(min_length=1, max_length=255)]


class UnrestrictedNetwork(Model):
    """Every host."""

    type: Annotated[Literal["unrestricted"], described("No limits.")]
