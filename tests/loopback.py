"""How the SDKs reach an emulator: over plain HTTP, so they need not read everybody's certificates for each test."""

from __future__ import annotations

import ssl
from typing import Any

import anthropic
import httpx

TRUSTS_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""To read the certificates of the world takes longer than most tests that use a client."""


def claude(url: str, key: str = "test-key") -> anthropic.Anthropic:
    """The official SDK, without patience."""
    http = anthropic.DefaultHttpxClient(verify=TRUSTS_NOBODY)
    return anthropic.Anthropic(base_url=url, api_key=key, max_retries=0, http_client=http)


def client(**words: Any) -> httpx.Client:
    """A bare client."""
    return httpx.Client(verify=TRUSTS_NOBODY, **words)
