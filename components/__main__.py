"""Serves the components to programs in every language."""

from pulumi.provider.experimental import component_provider_host
from pulumi_managed_agents_components import CodingAgent

if __name__ == "__main__":
    component_provider_host(components=[CodingAgent], name="managed-agents-components", version="0.1.0")
