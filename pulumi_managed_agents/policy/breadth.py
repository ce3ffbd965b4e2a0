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
    "app.github.dev",
    "appspot.com",
    "azure-api.net",
    "azurecontainer.io",
    "azureedge.net",
    "azurefd.net",
    "azurewebsites.net",
    "bitbucket.io",
    "blob.core.windows.net",
    "blogspot.com",
    "cloudapp.net",
    "cloudflare.net",
    "cloudfront.net",
    "csb.app",
    "deno.dev",
    "devtunnels.ms",
    "digitaloceanspaces.com",
    "duckdns.org",
    "fastly.net",
    "firebaseapp.com",
    "fly.dev",
    "github.dev",
    "github.io",
    "gitlab.io",
    "gitpod.io",
    "glitch.me",
    "googleusercontent.com",
    "herokuapp.com",
    "hf.space",
    "lhr.life",
    "loca.lt",
    "myshopify.com",
    "netlify.app",
    "ngrok-free.app",
    "ngrok-free.dev",
    "ngrok.app",
    "ngrok.dev",
    "ngrok.io",
    "nip.io",
    "oastify.com",
    "on.aws",
    "onrender.com",
    "pages.dev",
    "pipedream.net",
    "r2.dev",
    "railway.app",
    "readthedocs.io",
    "render.com",
    "repl.co",
    "replit.app",
    "run.app",
    "s3.amazonaws.com",
    "serveo.net",
    "sharepoint.com",
    "sslip.io",
    "stackblitz.io",
    "storage.googleapis.com",
    "supabase.co",
    "surge.sh",
    "translate.goog",
    "trycloudflare.com",
    "ts.net",
    "vercel.app",
    "web.app",
    "webhook.site",
    "windows.net",
    "wordpress.com",
    "workers.dev",
)
"""Domains below which anybody gets a host for the asking."""

CLOUDS: Final = ("amazonaws.com", "azure.com", "on.aws", "windows.net")
"""The same at any depth: a region or a service stands between."""


def is_broad(pattern: HostPattern) -> bool:
    """Whether some of the hosts may be anybody's: all of a top-level domain, of a registry, or of a hoster."""
    if not pattern.below:
        return False
    name = pattern.name
    in_a_cloud = any(f".{name}".endswith(f".{cloud}") for cloud in CLOUDS)
    return "." not in name or name in SHARED or in_a_cloud or _SECOND_LEVEL.fullmatch(name) is not None
