"""Patterns of hosts that leave open what anybody may own."""

from __future__ import annotations

import re
from typing import Final

from ..declaration.hosts import HostPattern

_SECOND_LEVEL = re.compile(
    r"(?:ac|co|com|edu|gob|gouv|gov|govt|go|gv|id|in|info|ltd|me|mil|mod|my|ne|net|nhs|nic|nom|or|org|plc|police|sch|web)"
    r"\.[a-z]{2}"
)
"""Where registries of countries hand out names: `co.uk`, `com.au`."""

SHARED: Final = (
    "amazonaws.com",
    "appspot.com",
    "azureedge.net",
    "azurefd.net",
    "azurewebsites.net",
    "blob.core.windows.net",
    "cloudapp.net",
    "cloudflare.net",
    "cloudfront.net",
    "deno.dev",
    "digitaloceanspaces.com",
    "fastly.net",
    "firebaseapp.com",
    "fly.dev",
    "github.dev",
    "github.io",
    "gitlab.io",
    "glitch.me",
    "herokuapp.com",
    "hf.space",
    "loca.lt",
    "netlify.app",
    "ngrok.app",
    "ngrok.dev",
    "ngrok.io",
    "ngrok-free.app",
    "on.aws",
    "onrender.com",
    "pages.dev",
    "r2.dev",
    "railway.app",
    "render.com",
    "repl.co",
    "replit.app",
    "run.app",
    "s3.amazonaws.com",
    "supabase.co",
    "surge.sh",
    "trycloudflare.com",
    "vercel.app",
    "web.app",
    "windows.net",
    "workers.dev",
)
"""Domains below which anybody gets a host for the asking."""


def is_broad(pattern: HostPattern) -> bool:
    """Whether some of the hosts may be anybody's: all of a top-level domain, of a registry, or of a hoster."""
    if not pattern.below:
        return False
    name = pattern.name
    return "." not in name or name in SHARED or _SECOND_LEVEL.fullmatch(name) is not None
