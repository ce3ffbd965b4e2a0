"""Puts a report where people see it: one comment on a pull request, or one open issue, replaced when there is one.

Usage: publish.py REPORT comment NUMBER | publish.py REPORT issue TITLE
Environment: GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_API_URL, PULUMI_STACK; and PUBLISHED_BY, the login under which the
token writes, where that is neither a person's nor a job's own (`my-app[bot]`, say).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import httpx

FIND_AT_ONCE = 100
JOB = "github-actions[bot]"
"""Who writes with a job's own token: GitHub does not tell such a token whose it is."""


def publish(client: httpx.Client, mark: str, report: str, kind: str, where: str) -> None:
    """Writes the report where the mark says that an earlier one stands, or anew."""
    if kind == "comment":
        there, one = f"issues/{where}/comments", "issues/comments/{id}"
        body: dict[str, str] = {}
    else:
        there, one = "issues", "issues/{number}"
        body = {"title": where}
    body["body"] = f"{mark}\n{report}"
    found = earlier(client, there, mark, login(client))
    if found:
        client.patch(one.format(**found), json=body).raise_for_status()
    else:
        client.post(there, json=body).raise_for_status()


def login(client: httpx.Client) -> str:
    """Who writes with this token."""
    answer = client.get(str(client.base_url).partition("/repos/")[0] + "/user")
    told = answer.json().get("login") if answer.is_success else None
    return str(told or os.environ.get("PUBLISHED_BY") or JOB)


def earlier(client: httpx.Client, there: str, mark: str, author: str) -> dict[str, Any] | None:
    """What the author began with the mark: anybody can write one. Closed issues are not listed, pull requests are."""
    page = 1
    while True:
        query = {"per_page": FIND_AT_ONCE, "page": page}
        items: list[dict[str, Any]] = client.get(there, params=query).raise_for_status().json()
        for item in items:
            its_author = (item.get("user") or {}).get("login")
            if its_author == author and "pull_request" not in item and (item.get("body") or "").startswith(mark):
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
