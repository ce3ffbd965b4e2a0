"""The platforms, one file each: routes, headers, error envelope, capabilities."""
