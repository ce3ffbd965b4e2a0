"""Carries out what a kind's lifecycle asks for: makes its calls, finds lost objects again, never loses an id."""

from __future__ import annotations

from .context import Context as Context
from .deeds import deed_of as deed_of
from .made import find_made as find_made
from .operations import create as create
from .operations import delete as delete
from .operations import look_up as look_up
from .operations import part as part
from .operations import read as read
from .operations import saw as saw
from .operations import update as update
from .operations import verify as verify
