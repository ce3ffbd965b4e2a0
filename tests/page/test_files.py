"""The page as it is served: its files, what its headers forbid, and to whom it answers."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from importlib import resources
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from pulumi_managed_agents.emulator import page
from pulumi_managed_agents.page import site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", site.FILES)
def test_every_file_is_in_the_package_and_is_served(world: Any, name: str) -> None:
    answer = httpx.get(f"{world.server.url}{page.ASSETS}/{name}")

    assert answer.content == (resources.files("pulumi_managed_agents.page") / name).read_bytes()
    assert answer.headers["content-type"] == site.FILES[name]


def test_nothing_but_its_own_files_can_run_or_load(world: Any) -> None:
    headers = httpx.get(world.server.url).headers

    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert "require-trusted-types-for 'script'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert httpx.get(f"{world.server.url}/_emulator/snapshot").headers["x-content-type-options"] == "nosniff"


def test_no_file_names_another_host() -> None:
    for name in site.FILES:
        addresses = set(re.findall(r"https?://[\w.]*|url\(|@import", site.read(name).decode()))
        assert addresses <= {"http://www.w3.org"}, name


@pytest.mark.parametrize("path", ["/", "/_emulator/page/page.js", "/_emulator/snapshot", "/_emulator/requests"])
@pytest.mark.parametrize("host", ["emulator.example", "127.0.0.1.example:80", "192.0.2.1", "[2001:db8::1]:80", "[", ""])
def test_a_name_that_leads_here_by_a_trick_gets_nothing(world: Any, path: str, host: str) -> None:
    world.agent("private")

    answer = httpx.get(world.server.url + path, headers={"Host": host})

    assert answer.status_code in ((403, 200) if host == "" else (403,))
    assert "private" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.2:80", "[::1]:80", "emulator.localhost"])
def test_every_name_of_this_machine_is_answered(world: Any, host: str) -> None:
    assert httpx.get(world.server.url, headers={"Host": host}).status_code == 200


def test_a_page_of_another_origin_is_not_told(world: Any) -> None:
    foreign = {"Origin": "https://evil.example"}

    assert httpx.get(f"{world.server.url}/_emulator/snapshot", headers=foreign).status_code == 403


def test_the_page_is_only_read(world: Any) -> None:
    assert httpx.post(world.server.url).status_code == 405
    assert httpx.head(world.server.url).status_code == 200
    assert httpx.get(f"{world.server.url}/_emulator/page/site.py").status_code == 404


def test_the_snapshot_by_http_is_that_of_python(world: Any) -> None:
    session = world.session()
    url = f"{world.server.url}/_emulator/snapshot"

    told = httpx.get(url, params={"open": session.id}).json()
    again = httpx.get(url, params={"open": session.id, "since": told["number"]}).json()

    assert told | {"now": ""} == world.control.snapshot(session.id) | {"now": ""}
    assert told["opened"]["id"] == session.id
    assert "platforms" not in again


def test_the_command_prints_the_address_alone_and_speaks_of_the_page_beside_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pulumi_managed_agents.cli", "emulator", "--file", str(tmp_path / "world")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        address = process.stdout.readline().strip()
        said = process.stderr.readline()
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - the loopback address that was printed
            shown = answer.read().decode()
        process.send_signal(signal.SIGTERM)
        try:
            rest, _ = process.communicate(timeout=60)
        finally:
            process.kill()

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
    assert "browser" in said
    assert "<title>Managed Agents emulator</title>" in shown
    assert (process.returncode, rest) == (0, "")


PROGRAM = """
import os, signal, sys, threading
from pulumi_managed_agents.commands.emulator import ending

def send():
    os.kill(os.getpid(), signal.SIGTERM)

for moment in range(40):
    wait, left = ending(), [moment]

    def at_its_moment(frame, event, _):
        left[0] -= 1
        if left[0] == 0:
            send()
        return at_its_moment

    later = threading.Timer(0.02, send)
    later.start()
    sys.settrace(at_its_moment)
    wait()
    sys.settrace(None)
    later.join(10)
"""
"""Waits, and gets a signal after the first, the second, ... step of waiting, and one that comes for certain."""


def test_a_signal_ends_the_command_whenever_it_comes() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, timeout=60)
