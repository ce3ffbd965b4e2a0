"""Makes what is released: the wheel, and for each platform an archive with the plugin and all that it needs.

A tool of its own: it needs nothing but the standard library, and pip and hatchling to run.
"""
