"""Ids as Qoder writes them: a prefix and 32 hexadecimal digits in the form of a UUID version 7 (section 1.7)."""

import hashlib

from ..world import Transaction

_RESOURCE = "sesr_"
_RESOURCE_DIGITS = 24
_VARIANTS = "89ab"


def new(tx: Transaction, prefix: str) -> str:
    """The next id with this prefix. A seed makes it repeatable, hence the time in it is made up."""
    counter = f"ids qoder {prefix}"
    drawn = tx.state(counter, 0) + 1
    tx.set_state(counter, drawn)
    digits = hashlib.sha256(f"qoder/{tx.state('seed')}/{prefix}/{drawn}".encode()).hexdigest()
    if prefix == _RESOURCE:
        return prefix + digits[:_RESOURCE_DIGITS]
    variant = _VARIANTS[int(digits[30], 16) % len(_VARIANTS)]
    return f"{prefix}019e{digits[:8]}7{digits[8:11]}{variant}{digits[11:26]}"
