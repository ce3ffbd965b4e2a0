"""The one source of ids. A seed makes every later id repeatable, each prefix counting for itself."""

import hashlib

from .world import JSON, Transaction

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_LENGTH = 22


def new(tx: Transaction, prefix: str) -> str:
    """The next id with this prefix."""
    drawn = tx.state(f"ids {prefix}", 0) + 1
    tx.set_state(f"ids {prefix}", drawn)
    number = int.from_bytes(hashlib.sha256(f"{_sequence(tx)}/{prefix}/{drawn}".encode()).digest(), "big")
    letters = []
    for _ in range(_LENGTH):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return f"{prefix}01{''.join(letters)}"


def seed(tx: Transaction, n: int) -> None:
    """Starts a sequence; one that was begun before in this world goes on with ids that it did not give yet."""
    begun: JSON = tx.state("seeds", {tx.state("seed"): 1})
    times = begun.get(str(n), 0) + 1
    tx.set_state("seeds", begun | {str(n): times})
    tx.set_state("seed", str(n))
    tx.set_state("sequence", str(n) if times == 1 else f"{n}+{times}")
    tx.remove_states("ids ")


def _sequence(tx: Transaction) -> str:
    return str(tx.state("sequence") or tx.state("seed"))


def fraction(tx: Transaction, *parts: object) -> float:
    """A number from 0 to 1 that depends on the seed and on the parts alone."""
    text = "/".join(str(part) for part in (tx.state("seed"), *parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64
