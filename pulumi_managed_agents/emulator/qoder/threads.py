"""The threads of a session, of which there are none: the emulated agent leads no others (section 2.5)."""

from typing import NoReturn

from ..platform import Answer, Call
from ..world import Transaction
from . import lifecycle, paging
from .errors import missing


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /sessions/{session_id}/threads."""
    lifecycle.find(tx, call.ids["session_id"])
    return Answer(document=paging.page(call.query, paging.among([])))


def retrieve(tx: Transaction, call: Call) -> NoReturn:
    """Every call on one thread of a session."""
    lifecycle.find(tx, call.ids["session_id"])
    raise missing("Session thread", call.ids["thread_id"])


archive = list_events = stream = retrieve
