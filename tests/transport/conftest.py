"""Examples are drawn as in the core tests."""

from __future__ import annotations

from core import profiles

profiles.load()
