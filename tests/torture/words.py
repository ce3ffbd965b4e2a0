"""What an error tells its reader, and what its requests allowed it to know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pulumi_managed_agents.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torture.reader import Asked

_MAY_EXIST = re.compile(r"\bmay (exist|have)\b|exists, with the id|already, with the id")
_SAFE = "safe to run `pulumi up` again"
_OVERTAKEN = re.compile(r"Somebody else changed|was changed meanwhile|There is one already")
_MAKING = ("create", "upload", "send", "run", "add")
_REQUEST_TIMEOUT = 408


def tells(error: Exception | None) -> bool:
    """Whether the reader learns that something may be there that the state does not have."""
    return error is not None and _MAY_EXIST.search(str(error)) is not None and _SAFE not in str(error)


def blames(error: Exception | None) -> bool:
    """Whether somebody else is said to have been at work."""
    return isinstance(error, Conflict) or (error is not None and _OVERTAKEN.search(str(error)) is not None)


def makes(asked: Asked) -> bool:
    """Whether a request makes something."""
    return (asked.operation or "").rpartition(".")[2] in _MAKING


def was_refused(asked: Asked) -> bool:
    """Whether the platform itself said that it did nothing."""
    fault, status = asked.fault or "", asked.status or 0
    struck = not fault or (fault.startswith("status 4") and "body" not in fault and "after commit" not in fault)
    return 400 <= status < 500 and status != _REQUEST_TIMEOUT and struck


def nothing_was_done(asked: Sequence[Asked]) -> bool:
    """Whether whoever made the requests knows that none had an effect."""
    return all(was_refused(each) for each in asked if each.method != "GET")


def was_answered(asked: Sequence[Asked]) -> bool:
    """Whether the answer to a request that makes something came in one piece."""
    return any(makes(each) and each.fault is None and (each.status or 0) < 300 for each in asked)
