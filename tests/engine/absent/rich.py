"""A tool of this environment that a user's has not: what looks for it shall not find it, nor wait for it to load."""

raise ImportError("not in a user's environment")
