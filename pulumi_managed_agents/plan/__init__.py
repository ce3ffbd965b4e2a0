"""Check, diff and preview: values in, values out. No clock, no network, no Pulumi."""
