"""Rules about stacks: as a Pulumi policy pack (`pack`), and on an exported state (`managed-agents policy`).

`rules` holds the rules, pure functions over the views in `view`; `report` applies them to a state. Only `pack` knows
Pulumi.
"""
