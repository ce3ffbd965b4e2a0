from pulumi_managed_agents.policy.pack import start

start()
