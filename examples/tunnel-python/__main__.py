"""An agent with an MCP server in a network of its own. Change `rotation_trigger` and watch what `pulumi up` does."""

from pathlib import Path

import pulumi
import pulumi_managed_agents_sdk as ma

config = pulumi.Config()

# Tunnels take no API key: the rule of this federation has the scope workspace:manage_tunnels.
tunnels = ma.Provider(
    "tunnels",
    emulator=config.get("tunnelEmulator"),
    federation_rule_id=config.get("tunnelRule"),
    organization_id=config.get("organizationId"),
)
with_tunnels = pulumi.ResourceOptions(provider=tunnels)

office = ma.Tunnel("office", display_name="office", rotation_trigger="2026-11", opts=with_tunnels)
ma.TunnelCertificate(
    "trust", tunnel_id=office.id, ca_certificate_pem=Path("authority.pem").read_text(), opts=with_tunnels
)

address = pulumi.Output.format("https://documents.{0}/mcp", office.domain)
ma.Agent(
    "reader",
    model="claude-sonnet-4-6",
    system="You answer questions about the office's documents.",
    mcp_servers=[{"type": "url", "name": "documents", "url": address}],
    tools=[{"type": "mcp_toolset", "mcp_server_name": "documents"}],
)

pulumi.export("domain", office.domain)
pulumi.export("token", office.token)
