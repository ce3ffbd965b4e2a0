"""Front end 1: dynamic providers, and the Python classes over them.

States hold a reference to `KindProvider` as this module has it, for ever.
"""

from __future__ import annotations

from .provider import KindProvider as KindProvider

KindProvider.__module__ = __name__
