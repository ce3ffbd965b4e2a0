"""Rules about stacks: as a Pulumi policy pack (`pack`), and on an exported state (`python -m` this package).

`rules` holds the rules, pure functions over the views in `view`. Only `pack` knows Pulumi.
"""
