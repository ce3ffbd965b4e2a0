"""`make verify URL=...`: what another server of the API does otherwise than the emulator.

Exit code 0: nothing that is new; 1: it differs; 2: it could not be asked; 3: something was left behind; 130 and 143: it
was interrupted.
"""

from __future__ import annotations

import argparse
import ipaddress
import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pulumi_managed_agents.declaration.scrubbing import Scrubber

from .cleaning import clean, is_over, left_behind
from .client import NO_CREDENTIAL, PLATFORMS, STATUS, UNANSWERED, served
from .kinds import begun
from .verification import known, knows, plan, verify
from .wire import Spent

if TYPE_CHECKING:
    from .client import Client
    from .report import Report
    from .run import Run

SAME, DIFFERS, UNASKED, LEFT, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143
LOOKING: Final = 500
"""Requests that looking for leftovers and taking them away may take."""


class Unasked(Exception):
    """Nothing could be verified, for the reason that is told."""


class Terminated(KeyboardInterrupt):
    """The machine, or cron, ends the run."""


def main() -> int:
    """Verifies, or cleans; the exit code."""
    signal.signal(signal.SIGTERM, _terminated)
    given = _arguments()
    try:
        return _clean(given) if given.clean else _verify(given)
    except Unasked as reason:
        _say(str(reason))
        return UNASKED
    except Spent:
        _say("the run has sent as many requests as it said at most: what it left goes with CLEAN=1")
        return LEFT
    except KeyboardInterrupt as end:
        _say("interrupted. What is left, if anything, goes with the same command and CLEAN=1")
        return TERMINATED if isinstance(end, Terminated) else INTERRUPTED


def _verify(given: argparse.Namespace) -> int:
    told = plan(given.platform, work=given.work, only=given.only, model=given.model, settings=dict(given.setting))
    _say(f"{given.url}: {told.cost()}")
    if given.cost:
        return SAME
    with _connected(given, told.at_most) as client:
        _knock(client)
        report, run = verify(told, client, say=_say)
        report = knows(report, known(given.known))
        _write(given, report, run)
    if report.cleaned.left:
        return LEFT
    return DIFFERS if report.new else SAME


def _clean(given: argparse.Namespace) -> int:
    """Takes away what former runs left: of one run, or of all that are over."""
    one = given.clean if given.clean not in ("1", "all") else ""
    if one:
        _checked(one)
    with _connected(given, LOOKING) as client:
        _knock(client)
        wanted = (lambda label: label == one) if one else is_over if given.clean == "1" else lambda _: True
        done = clean(client, left_behind(client, wanted))
    for kind, one in done.removed + done.archived:
        _say(f"taken away: {kind} {one}")
    for kind, one, reason in done.left:
        _say(f"left: {kind} {one}: {reason}")
    return LEFT if done.left else SAME


def _checked(label: str) -> None:
    try:
        begun(label)
    except ValueError as error:
        raise Unasked(str(error)) from None


def _connected(given: argparse.Namespace, limit: int) -> Any:
    _refuse_open_ways(given.url)
    try:
        return served(given.platform, given.url, limit)
    except NO_CREDENTIAL as error:
        raise Unasked(f"there is no credential in the environment: {error}") from None


def _refuse_open_ways(url: str) -> None:
    """A key goes over an encrypted connection, or stays on this machine."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname and parts.username is None:
        return
    if parts.scheme == "http" and parts.hostname and _is_here(parts.hostname) and parts.username is None:
        return
    raise Unasked("URL must begin with https://, or with http:// and an address of this machine, without a user")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _knock(client: Client) -> None:
    """Ends a run that cannot be one, before anything is made."""
    try:
        client.at("agents", strict=False).list(limit=1)
    except STATUS as error:
        raise Unasked(_reason(client, error.status_code)) from None  # type: ignore[attr-defined]
    except UNANSWERED:
        raise Unasked(f"nothing answers at {client.base}") from None
    except NO_CREDENTIAL as error:
        raise Unasked(f"there is no credential that can be used: {client.scrubbed(str(error))}") from None


def _reason(client: Client, status: int) -> str:
    if status in (401, 403):
        return (
            f"{client.base} refuses the credential ({status}): look at the variables of the SDK, README.md names them"
        )
    return f"{client.base} answers {status} when it is asked for agents: is this the address of the API?"


def _write(given: argparse.Namespace, report: Report, run: Run) -> None:
    scrubber = Scrubber(run.secrets, run.client.wire.secrets)
    table = report.table(scrubber)
    print(table)  # noqa: T201
    if given.report:
        given.report.mkdir(parents=True, exist_ok=True)
        document = json.dumps(report.document(scrubber), indent=2, ensure_ascii=False) + "\n"
        for end, text in {"md": table, "json": document}.items():
            (given.report / f"{given.platform}.{end}").write_text(text)
        _say(f"written: {given.report}/{given.platform}.md and .json")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make verify URL=...", description=__doc__)
    parser.add_argument("url", help="of the server; the SDK's own variables have the credential")
    parser.add_argument("--platform", choices=PLATFORMS, default="claude")
    parser.add_argument("--work", action="store_true", help="let a model work, which costs")
    parser.add_argument("--cost", action="store_true", help="say what it costs, and ask nothing")
    parser.add_argument("--only", default="", metavar="WORDS", help="stories whose names begin so")
    parser.add_argument("--model", default="", help="what the agents are made for")
    parser.add_argument("--known", type=Path, metavar="FILE", help="a former report: its differences are no news")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="where the table and the JSON go")
    parser.add_argument(
        "--setting", action="append", default=[], type=_setting, metavar="NAME=VALUE", help="of the emulator"
    )
    parser.add_argument(
        "--clean",
        default="",
        metavar="WHICH",
        help="take away what runs left: a label, `1` (over an hour old) or `all`",
    )
    return parser.parse_args()


def _setting(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _say(text: str) -> None:
    print(f"verify: {text}", file=sys.stderr, flush=True)  # noqa: T201


def _terminated(*_: object) -> None:
    raise Terminated


if __name__ == "__main__":
    sys.exit(main())
