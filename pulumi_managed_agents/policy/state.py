"""The stack that `pulumi stack export` wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ..declaration.signatures import SECRET, SIGNATURE
from ..errors import NoState
from .kinds import identity, platform_of
from .view import JSON, Declared, Stack, Withheld


def exported_stack(text: str) -> Stack:
    """The resources of this provider in an exported state.

    Raises:
        NoState: it is none.
    """
    try:
        rows = json.loads(text)["deployment"].get("resources") or []
        return Stack.of(_declared(rows))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NoState("This is no exported state: write one with `pulumi stack export`.") from None


def _declared(rows: list[Mapping[str, JSON]]) -> Iterator[Declared]:
    settings = {f"{row['urn']}::{row.get('id')}": row.get("inputs") for row in rows}
    for row in rows:
        inputs, outputs = row.get("inputs") or {}, row.get("outputs") or {}
        found = identity(row["type"], row["urn"], inputs) if row.get("custom", True) else None
        # What is only looked up, and what is about to be deleted, is nobody's declaration any more.
        if found is not None and not row.get("external") and not row.get("delete"):
            yield Declared(
                kind=found.kind,
                name=row["urn"].rpartition("::")[2],
                urn=row["urn"],
                properties=_plain({**outputs, **inputs}),
                protect=bool(row.get("protect")),
                platform=platform_of(settings.get(row.get("provider", ""))),
                id=row["id"] if isinstance(row.get("id"), str) else None,
                is_known=found.is_known,
                references={key: tuple(urns) for key, urns in (row.get("propertyDependencies") or {}).items()},
            )


def _plain(value: JSON) -> JSON:
    """The value with each secret as `Withheld`, or as its text where the state was exported with `--show-secrets`."""
    if isinstance(value, dict) and value.get(SIGNATURE) == SECRET:
        return _plain(json.loads(value["plaintext"])) if "plaintext" in value else Withheld.SECRET
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
