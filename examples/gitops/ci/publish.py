"""Puts a report where people see it: one comment on a pull request, or one open issue, replaced when there is one.

Usage: publish.py REPORT comment NUMBER | publish.py REPORT issue TITLE
Environment: GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_API_URL, PULUMI_STACK.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import httpx

FIND_AT_ONCE = 100


def publish(client: httpx.Client, mark: str, report: str, kind: str, where: str) -> None:
    """Writes the report where the mark says that an earlier one stands, or anew."""
    if kind == "comment":
        there, one = f"issues/{where}/comments", "issues/comments/{id}"
        body: dict[str, str] = {}
    else:
        there, one = "issues", "issues/{number}"
        body = {"title": where}
    body["body"] = f"{mark}\n{report}"
    found = earlier(client, there, mark)
    if found:
        client.patch(one.format(**found), json=body).raise_for_status()
    else:
        client.post(there, json=body).raise_for_status()


def earlier(client: httpx.Client, there: str, mark: str) -> dict[str, Any] | None:
    """What begins with the mark; closed issues are not listed."""
    page = 1
    while True:
        query = {"per_page": FIND_AT_ONCE, "page": page}
        items: list[dict[str, Any]] = client.get(there, params=query).raise_for_status().json()
        for item in items:
            if (item.get("body") or "").startswith(mark):
                return item
        if len(items) < FIND_AT_ONCE:
            return None
        page += 1


def main(report: str, kind: str, where: str) -> None:
    """The command."""
    if kind not in ("comment", "issue"):
        raise SystemExit(__doc__)
    environment = os.environ
    address = environment.get("GITHUB_API_URL", "https://api.github.com")
    headers = {
        "authorization": f"Bearer {environment['GITHUB_TOKEN']}",
        "accept": "application/vnd.github+json",
    }
    base = f"{address}/repos/{environment['GITHUB_REPOSITORY']}/"
    with httpx.Client(base_url=base, headers=headers, timeout=30) as client:
        mark = f"<!-- pulumi {kind} {environment['PULUMI_STACK']} -->"
        publish(client, mark, Path(report).read_text(encoding="utf-8"), kind, where)


if __name__ == "__main__":
    main(*sys.argv[1:])
