"""Takes known secrets out of what others say: servers, libraries and programs repeat what they were given.

They repeat it as it was, or as JSON, an address, a page or a program's literal has it, each in its own habit
(`spellings.py`). A secret of one word cannot be
told from that word in a sentence, so a short one is only looked for as a whole value.
"""

from __future__ import annotations

import html
import json
import re
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus

from .spellings import Spelling
from .values import JSON, Secret, itself

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HIDDEN: Final = "[secret]"

SHORTEST: Final = 8
"""Characters from which on a secret is looked for inside other words."""

SHORTEST_LINE: Final = 16
"""Characters from which on a line of a secret with several lines is looked for by itself."""

LONGEST_TWICE: Final = 10_000
"""Characters of a secret that is looked for where it was written twice over, such as JSON in JSON."""

LONGEST_SPELT: Final = 4_000
"""Characters of one that is looked for in every spelling; each line of a longer one is."""

_USER: Final = re.compile(r"(?P<scheme>(?<=[A-Za-z0-9+.-]):(?:\\?/){2})[^/\\\s@\"'<>]+@")
"""A user in an address, with or without a password: git takes a token in either place.

Of the scheme only its end is looked at: whoever looks for its beginning goes through a long word once for each dot.
"""

_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/\s]+/+(?P<path>\S*?)(?:\.git)?/*")
"""An address: others name what it leads to by what stands behind the host alone."""

_PASSWORD: Final = re.compile(r"://(?<=[A-Za-z0-9+.-]://)[^/\s@:]*:[^/\s@]+@")
"""A password in an address. It begins with what stands as it is: only that is looked for quickly in a long text."""

_CREDENTIAL: Final = re.compile(r"\b(?P<scheme>basic|bearer)\s+(?=\S*\d)[A-Za-z0-9+/=._~-]{16,}", re.IGNORECASE)
"""A header's credential; one without a digit is more likely a sentence."""


class Scrubber:
    """Knows the secrets of an operation. They are gone through when there is something to look at."""

    def __init__(self, *secrets: Iterable[str]) -> None:
        self._given = secrets

    def knowing(self, *secrets: Iterable[str]) -> Scrubber:
        """One that knows these too."""
        return Scrubber(self._secrets, *secrets)

    def text(self, said: str) -> str:
        """Somebody's words without any secret in them."""
        if said in self._whole:
            return HIDDEN
        said = _without(said, self._spans(said))
        # What was found already need not be looked for in other spellings.
        said = _without(said, self._spelt(said))
        said = _USER.sub(rf"\g<scheme>{HIDDEN}@", said)
        return _CREDENTIAL.sub(rf"\g<scheme> {HIDDEN}", said)

    def words(self, value: JSON) -> JSON:
        """The value with each text in it, names included, without any secret."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.words(key): self.words(item) for key, item in value.items()}
        return [self.words(item) for item in value] if isinstance(value, list) else value

    def finds(self, value: str) -> bool:
        """Whether a text is a secret or holds one."""
        if value in self._whole or _PASSWORD.search(value):
            return True
        if len(value) < SHORTEST or not self._secrets:
            return False
        return any(True for _ in chain(self._spans(value), self._spelt(value)))

    def marked(self, value: JSON) -> JSON:
        """The value with each part that is or holds a secret marked as one."""
        return self._each_marked(value) if self._may_find("\n".join(_texts(value))) else value

    def _may_find(self, texts: str) -> bool:
        """Whether one of many texts may hold a secret: they are looked through at once, since hardly any does."""
        if any(secret in texts for secret in self._whole) or _PASSWORD.search(texts):
            return True
        return bool(self._secrets) and any(True for _ in chain(self._spans(texts), self._spelt(texts)))

    def _each_marked(self, value: JSON) -> JSON:
        if isinstance(value, str):
            return Secret(value) if self.finds(value) else value
        if isinstance(value, dict):
            if any(isinstance(key, str) and self.finds(key) for key in value):
                return Secret(value)
            return itself(value, {key: self._each_marked(item) for key, item in value.items()})
        return itself(value, [self._each_marked(item) for item in value]) if isinstance(value, list) else value

    @cached_property
    def _secrets(self) -> frozenset[str]:
        found = (secret for secrets in self._given for secret in secrets)
        return frozenset(secret for secret in found if secret.strip())

    @cached_property
    def _whole(self) -> frozenset[str]:
        return self._secrets | {secret.strip() for secret in self._secrets}

    @cached_property
    def _forms(self) -> tuple[str, ...]:
        forms = {form for secret in self._secrets for part in _parts(secret) for form in _written(part)}
        return tuple(sorted(forms, key=len, reverse=True))

    @cached_property
    def _spellings(self) -> tuple[Spelling, ...]:
        parts = sorted({part for secret in self._secrets for part in _parts(secret)}, key=len, reverse=True)
        return tuple(Spelling(part) for part in parts if len(part) <= LONGEST_SPELT)

    def _spans(self, said: str) -> Iterator[tuple[int, int]]:
        """Where secrets stand; they may overlap."""
        for form in self._forms:
            start = said.find(form)
            while start >= 0:
                yield start, start + len(form)
                start = said.find(form, start + 1)

    def _spelt(self, said: str) -> Iterator[tuple[int, int]]:
        """Where they stand in other spellings."""
        for spelling in self._spellings:
            yield from spelling.spans(said)


def _texts(value: JSON) -> list[str]:
    """Every text in a value, names included."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, dict | list):
        return []
    found = [key for key in value if isinstance(key, str)]
    for item in value.values() if isinstance(value, dict) else value:
        if not isinstance(item, str):
            found += _texts(item)
        elif isinstance(value, dict):
            found.append(item)
    return found


def _parts(secret: str) -> Iterator[str]:
    """What of a secret may be repeated by itself."""
    for part in {secret, secret.strip()}:
        if len(part) >= SHORTEST:
            yield part
    address = _ADDRESS.fullmatch(secret.strip())
    if address and len(address["path"]) >= SHORTEST:
        yield address["path"]
    lines = secret.splitlines()
    if len(lines) > 1:
        yield from (line for line in map(str.strip, lines) if len(line) >= SHORTEST_LINE)


def _written(text: str) -> Iterator[str]:
    """How others write a text that was told to them, be it in a text that was told to somebody else before."""
    once = set(_forms(text))
    yield from once
    if len(text) <= LONGEST_TWICE:
        for form in once:
            yield from _forms(form)


def _forms(text: str) -> Iterator[str]:
    """How others write a text."""
    yield text
    yield json.dumps(text)[1:-1]
    yield json.dumps(text, ensure_ascii=False)[1:-1]
    yield json.dumps(text, ensure_ascii=False)[1:-1].replace("/", "\\/")
    yield repr(text)[1:-1]
    yield ascii(text)[1:-1]
    yield html.escape(text)
    encoded = text.encode(errors="surrogatepass")
    yield repr(encoded)[2:-1]
    yield quote(encoded, safe="")
    yield quote(encoded)
    yield quote_plus(encoded)


def _without(said: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with what stands at the places hidden; places that overlap are one."""
    kept, end = [], 0
    for start, stop in sorted(spans):
        if start >= end:
            kept += [said[end:start], HIDDEN]
        end = max(end, stop)
    return "".join([*kept, said[end:]])


NOTHING_KNOWN: Final = Scrubber()
