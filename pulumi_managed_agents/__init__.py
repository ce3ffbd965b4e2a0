"""Pulumi provider for managed-agent platforms."""
