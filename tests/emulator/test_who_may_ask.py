"""Who is answered: this machine's programs and the emulator's own page. What others send changes and tells nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from emulator.wire import KEY, answers, creation, made, request, statuses, told, untouched

if TYPE_CHECKING:
    from pulumi_managed_agents.emulator import Control, Emulator, Server

ASKED = [
    ("GET", "/"),
    ("GET", "/_emulator/page/page.js"),
    ("GET", "/_emulator/snapshot"),
    ("GET", "/_emulator/nothing"),
    ("POST", "/_emulator/reset"),
    ("GET", "/v1/agents"),
    ("POST", "/v1/agents"),
    ("GET", "/api/v1/cloud/agents"),
    ("GET", "/github/rate_limit"),
    ("GET", "/nothing"),
    ("OPTIONS", "/v1/agents"),
]
"""Every service, the control plane, the page and nothing."""

FOREIGN_HOSTS = [
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1.evil.example:{port}",
    "localhost.evil.example:{port}",
    "notlocalhost:{port}",
    "10.0.0.1:{port}",
    "0.0.0.0:{port}",
    "[::2]:{port}",
    "[::ffff:10.0.0.1]:{port}",
    "localhost.:{port}",
    "evil.localhost.example:{port}",
    "127.0.0.1:{port}@evil.example",
    "evil.example@127.0.0.1:{port}",
    "127.0.0.1:{port}, evil.example",
    "127.0.0.1 evil.example",
    "2130706433:{port}",
    "127.1:{port}",
    "localhost:{port}/",
    "localhost:",
    "localhost:x",
    "",
]
OWN_HOSTS = [
    "127.0.0.1:{port}",
    "localhost:{port}",
    "LocalHost:{port}",
    "127.8.9.10:{port}",
    "[::1]:{port}",
    "localhost",
    "forwarded.localhost:80",
]
FOREIGN_ORIGINS = ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost", "file://", ""]


def told_nothing(server: Server, sent: bytes) -> None:
    """A refusal that holds nothing of the world."""
    answer = answers(server, sent)
    assert answer.split()[1] in (b"400", b"403"), answer
    assert b"in-sight" not in answer
    assert b"access-control" not in answer.lower()


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_name_of_somebody_else_is_refused_on_every_path(server: Server, control: Control, host: str) -> None:
    named = host.format(port=server.port)
    for method, path in ASKED:
        told_nothing(server, request(method, path, **KEY | {"Host": named}))

    told_nothing(server, creation(Host=named))
    told_nothing(server, request("POST", "/v1/agents", version="1.0", **KEY | {"Host": named}))
    assert untouched(control)


def test_two_names_are_none(server: Server, control: Control) -> None:
    told_nothing(server, creation(Host="127.0.0.1\r\nHost: evil.example"))
    assert untouched(control)


@pytest.mark.parametrize("host", OWN_HOSTS)
def test_this_machine_s_own_names_are_answered(server: Server, control: Control, host: str) -> None:
    named = host.format(port=server.port)

    assert statuses(server, request("GET", "/", Host=named)) == [200]
    assert statuses(server, request("GET", "/_emulator/counters", Host=named)) == [200]
    assert statuses(server, creation("own", Host=named)) == [200]
    assert made(control) == ["own"]


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_page_of_another_origin_is_refused_on_every_path(server: Server, control: Control, origin: str) -> None:
    named = {"Host": f"127.0.0.1:{server.port}", "Origin": origin or "http://127.0.0.1:{server.port}.evil.example"}
    for method, path in ASKED:
        told_nothing(server, request(method, path, **KEY | named))

    told_nothing(server, creation(**named))
    assert untouched(control)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_page_of_another_origin_embeds_is_refused(server: Server, control: Control, site: str) -> None:
    """A picture, a script or a frame bears no origin: the browser still says whose page wants it."""
    embedded = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"}
    for method, path in ASKED:
        told_nothing(server, request(method, path, **KEY, **embedded))
    framed = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}
    told_nothing(server, request("GET", "/", **framed))

    assert untouched(control)


def test_the_page_s_own_origin_reads_and_changes_nothing(server: Server, control: Control) -> None:
    """Browsers name the origin of a page's modules, too."""
    own = {"Host": f"127.0.0.1:{server.port}", "Origin": f"http://127.0.0.1:{server.port}"}

    assert statuses(server, request("GET", "/_emulator/page/page.js", **own)) == [200]
    assert statuses(
        server, request("GET", "/_emulator/page/page.js", **own | {"Host": f"localhost:{server.port}"})
    ) == [403]
    assert statuses(server, request("POST", "/_emulator/reset", **own)) == [403]
    assert statuses(server, creation(**own)) == [403]
    assert untouched(control)


def test_a_link_leads_to_the_page_and_to_nothing_else(server: Server) -> None:
    followed = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}

    assert statuses(server, request("GET", "/", **followed)) == [200]
    assert statuses(server, request("POST", "/", **followed)) == [403]
    assert statuses(server, request("GET", "/_emulator/snapshot", **followed)) == [403]


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_the_reader_and_the_page_itself_are_answered(server: Server, site: str) -> None:
    assert statuses(server, request("GET", "/_emulator/snapshot", Sec_Fetch_Site=site)) == [200]


def test_a_program_with_a_browser_s_manners_is_answered(server: Server) -> None:
    """Node's `fetch` names a mode and no site."""
    assert statuses(server, creation("node", Sec_Fetch_Mode="cors")) == [200]


def test_the_refusal_says_what_to_do(server: Server) -> None:
    status, refused = told(server, request("GET", "/v1/agents", Host="evil.example"))

    assert status == 403
    assert f"http://127.0.0.1:{server.port}" in refused["error"]
    assert "evil" not in refused["error"]


def test_no_answer_is_for_pages_of_others(server: Server) -> None:
    """What a browser that names no site may fetch, it may not hand to the page."""
    for path in ("/", "/_emulator/snapshot", "/v1/agents"):
        assert b"cross-origin-resource-policy: same-origin" in answers(server, request("GET", path)).lower()


def test_the_control_plane_judges_in_any_server(emulator: Emulator) -> None:
    """`wsgi` can be served by anybody."""
    from werkzeug.test import Client  # noqa: PLC0415

    client = Client(emulator.wsgi)

    assert client.post("/_emulator/reset", base_url="http://evil.example").status_code == 403
    assert client.post("/_emulator/reset", headers={"Origin": "http://localhost"}).status_code == 403
    assert client.post("/_emulator/reset").status_code == 200
