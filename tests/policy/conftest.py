"""Rules are proved with the same examples in every run."""

from __future__ import annotations

from core import profiles

profiles.load()
