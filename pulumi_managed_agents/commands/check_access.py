"""`managed-agents check-access`: whether a token can clone a repository, before any stack says so."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from .. import plan
from ..plan.given import given_text
from ..resources.parts.needs import RIGHTS
from .output import say, show, show_json
from .target import provider

if TYPE_CHECKING:
    import argparse

    from ..declaration.values import Bag

LARGEST_TOKEN = 65_536
GRANTED, DENIED, UNSURE = 0, 1, 3
ACCESS = {GRANTED: "granted", DENIED: "denied", UNSURE: "unsure"}


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    doubts: list[str] = []
    chosen = provider(options, doubts.append)
    given = {"url": options.url, "authorizationToken": _token(options), "checkout": _checkout(options)}
    naming = plan.CheckContext(chosen.capabilities, "repository", lambda digits: "0" * digits)
    kind = chosen.kind("RepositoryResource")
    inputs, failures = chosen.check(kind, {}, {**given, "verifyAccess": True, "needs": options.needs}, naming)
    told = list(map(str, failures))
    unsure = any("could not be verified" in doubt for doubt in doubts)
    code = DENIED if failures else UNSURE if unsure else GRANTED
    if options.json:
        show_json({"url": options.url, "access": ACCESS[code], "failures": told, "warnings": doubts})
        return code
    for words in (*told, *doubts):
        say(words)
    if code == GRANTED:
        met = [RIGHTS[need].deed for need in options.needs or ()]
        show(f"{inputs['url']} can be cloned", *(f"the token may {deed}" for deed in met))
    return code


def _checkout(options: argparse.Namespace) -> Bag | None:
    if options.branch:
        return {"type": "branch", "name": options.branch}
    return {"type": "commit", "sha": options.commit} if options.commit else None


def _token(options: argparse.Namespace) -> str | None:
    """The token, from where the user said: never from a variable that happens to be set."""
    if options.token_variable:
        token = os.environ.get(options.token_variable)
        if not token:
            raise ValueError(f"the environment variable {options.token_variable} is not set")
        return token
    if options.token_file:
        if str(options.token_file) == "-":
            return sys.stdin.read(LARGEST_TOKEN).strip()
        return given_text(options.token_file, LARGEST_TOKEN).strip()
    return None
