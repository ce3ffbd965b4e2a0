"""The list of models, `GET /v1/models`: the ids that agents may name. Of each the emulator knows the name alone.

Unlike the other lists this one is paged by ids (SDK `resources/models.py`).
"""

import re

from ..platform import Answer, Call
from ..world import JSON, Transaction
from . import paging
from .errors import invalid, missing
from .models import KNOWN

LIFECYCLES = {"active", "deprecated", "retired"}
_NAME = re.compile(r"claude-([a-z]+)-(\d+(?:-\d{1,2})?)(?:-\d{8})?")
_UNKNOWN_DATE = "1970-01-01T00:00:00Z"
"""Documented for a release whose date is not known."""


def retrieve(_: Transaction, call: Call) -> Answer:
    """GET /v1/models/{model_id}."""
    if call.ids["model_id"] not in KNOWN:
        raise missing("Model", call.ids["model_id"])
    return Answer(document=_shown(call.ids["model_id"]))


def list_all(_: Transaction, call: Call) -> Answer:
    """GET /v1/models, newest first. All are active: the emulator retires none."""
    stages = set(call.query.getlist("lifecycle[]"))
    if stages - LIFECYCLES:
        raise invalid(f"lifecycle: must be among {', '.join(sorted(LIFECYCLES))}")
    known = [model for model in KNOWN if not stages or "active" in stages]
    limit = paging.window(call.query, default=20, maximum=1000, order="desc").limit or 0
    after, before = _place(call, "after_id"), _place(call, "before_id")
    if after is not None and before is not None:
        raise invalid("after_id: cannot be combined with before_id")
    rest = known[:before] if before is not None else known[0 if after is None else after + 1 :]
    page = rest[-limit:] if before is not None else rest[:limit]
    answer: JSON = {"data": [_shown(model) for model in page], "has_more": len(rest) > len(page)}
    return Answer(document=answer | {"first_id": page[0] if page else None, "last_id": page[-1] if page else None})


def _place(call: Call, name: str) -> int | None:
    model = call.query.get(name)
    if model is not None and model not in KNOWN:
        raise invalid(f"{name}: no model of this list")
    return None if model is None else KNOWN.index(model)


def _shown(model: str) -> JSON:
    named = _NAME.fullmatch(model)
    line, version = named.groups() if named else (None, "")
    return {
        "id": model,
        "type": "model",
        "display_name": f"Claude {line.capitalize()} {version.replace('-', '.')}" if line else model,
        "created_at": _UNKNOWN_DATE,
        "lifecycle": "active",
        "line": line,
        "capabilities": None,
        "max_input_tokens": None,
        "max_tokens": None,
        "deprecated_at": None,
        "retires_at": None,
    }
