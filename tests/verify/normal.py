"""What of an answer can be compared with the answer of another server: ids, times and words are told by their kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .run import Run, Step
    from .wire import Answer

TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MOMENT: Final = re.compile(r"(?<![0-9A-Za-z])\d{10,}(?![0-9A-Za-z])")
"""A time as a number, in a text."""
ID: Final = re.compile(
    r"(?P<prefix>[a-z]+)[_-](?=[a-z]*[0-9A-Z])(?:[A-Za-z0-9]{8,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{12,}"
)
"""As platforms make them; a date behind an underscore, as in the type of a tool, is none."""
WORDS: Final = {"message", "request_id"}
"""Fields whose texts are for people, or for one request."""
CURSORS: Final = {"next_page", "prev_page", "first_id", "last_id", "has_more", "data_count", "total"}
"""They depend on what else is in the account."""
MEASURED: Final = {"stats", "usage"}
"""Numbers that time or work makes."""
HEADERS: Final = ("request-id", "x-request-id")
REFUSED: Final = 400


@dataclass
class Names:
    """The ids of one run: each is called by where it was first seen, so that two servers call them alike."""

    label: str
    known: dict[str, str] = field(default_factory=dict)

    def of(self, value: str, where: str) -> str:
        """What a text is compared as."""
        if value in self.known:
            return self.known[value]
        if TIME.fullmatch(value):
            return "<time>"
        if ID.fullmatch(value):
            return self.known.setdefault(value, f"<id of {where}>")
        text = value.replace(self.label, "<label>")
        for one, name in self.known.items():
            text = text.replace(one, name)
        return MOMENT.sub("<time>", text)


Path = tuple[str, ...]
"""Where a fact stands; an item of a list is named by its id in square brackets."""
ORDER: Final = "its order"


def facts(step: Step, run: Run, names: Names) -> dict[Path, Any]:
    """What a step saw, as a flat table."""
    answer = step.answer
    if answer is None:
        return {("status",): "no answer"}
    found: dict[Path, Any] = {("status",): answer.status, ("content type",): _content_type(answer)}
    found |= {(f"header {name}",): "there" for name in HEADERS if name in answer.headers}
    found["a secret came back",] = _yes(any(secret in answer.text for secret in run.secrets))
    if answer.status >= REFUSED:
        return found | _refusal(answer.body)
    found["the SDK can read it",] = _yes(not step.unfit)
    body = _own(answer.body, run) if step.own else answer.body
    return found | dict(_flat(body, ("body",), f"{step.story}: {step.name}", names))


def _yes(it_is_so: bool) -> str:
    return "yes" if it_is_so else "no"


def _content_type(answer: Answer) -> str:
    return answer.headers.get("content-type", "none").partition(";")[0].strip()


def _refusal(body: Any) -> dict[Path, Any]:
    """A refusal is its kind: the words are the server's own."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return {("error",): "not in the envelope of the API"}
    details = error.get("details")
    code = details.get("error_code") if isinstance(details, dict) else None
    return {("error", name): value for name, value in {"type": error.get("type"), "code": code}.items() if value}


def _own(body: Any, run: Run) -> Any:
    """A page with nothing of anybody else's."""
    if not isinstance(body, dict) or not isinstance(body.get("data"), list):
        return body
    ids = {one for _, one in run.made}
    return body | {"data": [each for each in body["data"] if isinstance(each, dict) and each.get("id") in ids]}


def _flat(value: Any, where: Path, step: str, names: Names) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict) and value:
        for name in sorted(value):
            if name in CURSORS or name in WORDS:
                yield (*where, name), "<there>"
            else:
                yield from _flat(value[name], (*where, name), step, names)
    elif isinstance(value, list) and value:
        yield from _items(value, where, step, names)
    else:
        yield from _leaf(value, where, step, names)


def _items(value: list[Any], where: Path, step: str, names: Names) -> Iterator[tuple[Path, Any]]:
    """Objects are told apart by their ids, so that one more does not shift all others."""
    labels = [_label(each, index, where, step, names) for index, each in enumerate(value)]
    if len(value) > 1 and len(set(labels)) == len(labels):
        yield (*where, ORDER), " ".join(labels)
    for label, each in zip(labels, value, strict=True):
        yield from _flat(each, (*where, f"[{label}]"), step, names)


def _label(item: Any, index: int, where: Path, step: str, names: Names) -> str:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        version = item.get("version")
        return names.of(item["id"], f"{step} {'.'.join(where)}.{index}") + (f" {version}" if version else "")
    return str(index)


def _leaf(value: Any, where: Path, step: str, names: Names) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, str):
        if where == ("body", "id") and (found := ID.fullmatch(value)):
            yield ("id begins with",), found["prefix"]
        yield where, names.of(value, f"{step} {'.'.join(where)}")
    elif isinstance(value, int | float) and not isinstance(value, bool) and MEASURED & set(where):
        yield where, "<number>"
    else:
        yield where, value if not isinstance(value, dict | list) else repr(value)
