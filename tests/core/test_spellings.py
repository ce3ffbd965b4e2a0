"""Secrets as writers with habits of their own repeat them, and how long it takes to look for them."""

from __future__ import annotations

import html
import json
import time
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_managed_agents.declaration.scrubbing import HIDDEN, Scrubber

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "abcd+efgh/ijkl&mn<op>=="


def _go(text: str) -> str:
    escaped = json.dumps(text)[1:-1]
    for sign in "&<>":
        escaped = escaped.replace(sign, f"\\u{ord(sign):04x}")
    return escaped


WAYS = {
    "an address, as .NET writes it": lambda text: quote(text, safe="").replace("%2B", "%2b").lower(),
    "an address, with what is fine in a path": lambda text: quote(text, safe="+=&"),
    "an address, as browsers write it": lambda text: quote(text, safe="!~*'();/?:@&=+$,#"),
    "JSON, as Go writes it": _go,
    "JSON, as Go writes it, in JSON": lambda text: json.dumps(_go(text))[1:-1],
    "JSON in an address": lambda text: quote(_go(text)),
    "an address in an address": lambda text: quote(quote(text, safe="").lower(), safe=""),
    "a page, with numbers": lambda text: "".join(c if c.isalnum() else f"&#{ord(c)};" for c in text),
    "a page, with hex numbers": lambda text: "".join(c if c.isalnum() else f"&#x{ord(c):02X};" for c in text),
    "a page in an address": lambda text: quote(html.escape(text), safe="&/"),
    "a page with numbers in an address": lambda text: quote(
        "".join(c if c.isalnum() else f"&#{ord(c)};" for c in text)
    ),
    "a page, with names": lambda text: text.replace("&", "&amp;").replace("<", "&lt;"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_secret_is_hidden_however_its_signs_are_written(way: str) -> None:
    assert Scrubber([SECRET]).text(f"no: {WAYS[way](SECRET)}!") == f"no: {HIDDEN}!"


def test_a_blank_of_a_query_may_be_written_twice_over() -> None:
    secret = "two words & more"

    assert Scrubber([secret]).text(f"no: {quote(quote_plus(secret), safe='&')}!") == f"no: {HIDDEN}!"


def _each(sign: str) -> st.SearchStrategy[str]:
    encoded = "".join(f"%{byte:02x}" for byte in sign.encode())
    units = sign.encode("utf-16-be").hex()
    escaped = "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
    ways = [sign, encoded, encoded.upper(), escaped, f"&#{ord(sign)};", f"&#x{ord(sign):X};"]
    return st.just(sign) if sign.isascii() and sign.isalnum() else st.sampled_from(ways)


@st.composite
def _spelt(draw: Callable[[st.SearchStrategy[str]], str]) -> tuple[str, str]:
    text = draw(st.text(st.characters(codec="utf-8", min_codepoint=33), min_size=8, max_size=30))
    return text, "".join(draw(_each(sign)) for sign in text)


@given(_spelt())
def test_each_sign_may_be_written_in_its_own_way(case: tuple[str, str]) -> None:
    text, said = case
    scrubber = Scrubber([text])

    assert scrubber.finds(f"no: {said}!")
    assert HIDDEN in scrubber.text(f"no: {said}!")


@pytest.mark.parametrize(
    "said", ["a." * 500_000, "a-a+" * 250_000, "://a" * 250_000, "\\" * 1_000_000, "%25" * 300_000]
)
@pytest.mark.parametrize("secret", ["nothing of it", "\\" * 30 + "x", "%25" * 12 + "%"])
def test_a_long_text_is_gone_through_once(said: str, secret: str) -> None:
    scrubber, began = Scrubber([secret]), time.monotonic()

    scrubber.text(said)
    scrubber.finds(said)

    assert time.monotonic() - began < 5
