"""Laws about any example: one is drawn for all of them, since drawing costs more than proving.

A law is a function of the example. It returns False where it says nothing about it, so that the examples that it was
really proved with are counted.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hypothesis.strategies import SearchStrategy

    Law = Callable[[Any], bool | None]


def prove(laws: Mapping[Law, int], examples: SearchStrategy[Any]) -> None:
    """Proves each law with its number of examples, or more where another law needs more."""
    left = dict(laws)
    # The simplest example may say nothing about a law, and for a few laws most say nothing.
    for more in (1, 2, 4, 8):
        proved = _proved(left, examples, more * max(left.values()) + 10)
        left = {law: least for law, least in left.items() if proved[law] < least}
        if not left:
            return
    raise AssertionError({law.__name__: proved[law] for law in left})


def _proved(laws: Mapping[Law, int], examples: SearchStrategy[Any], most: int) -> Counter[Law]:
    proved: Counter[Law] = Counter()

    @settings(max_examples=most)
    @given(examples)
    def holds(example: Any) -> None:
        proved.update(law for law in laws if law(example) is not False)

    holds()
    return proved
