"""Every form in which a program declares something; some are of one kind."""

from __future__ import annotations

from torture.objects import OBJECTS
from torture.sessions import SESSIONS

FORMS = {form.name: form for form in (*OBJECTS, *SESSIONS)}
