"""Pulumi for managed-agent platforms: agents, environments, sessions, and the repositories that they mount.

import pulumi_managed_agents as ma

app = ma.RepositoryResource("app", url="https://github.com/org/app", authorization_token=token)
ma.Session("review", agent=reviewer.id, environment_id=sandbox.id, resources=[app])
"""

from .classes import *  # noqa: F403 - the module is generated and lists its names
from .classes import __all__ as _classes
from .version import __version__

__all__ = [*_classes, "__version__"]  # noqa: PLE0604 - names from the generated list
