"""A page of another origin in a real browser, beside a served emulator: it creates nothing and reads nothing."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from emulator.wire import creation, fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from page.conftest import World
    from page.reader import Reader

REBOUND = "rebound.example"
"""A name of somebody else that leads to this machine (`SWITCHES` of the browser)."""

SECRET = "a-prompt-that-nobody-else-reads"

ATTACK = """<!doctype html><meta charset=utf-8><title>evil</title><body><script>
const target = %(target)s, hidden = %(hidden)s, paths = %(paths)s;
const heard = [];
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const bounded = (promise) => Promise.race([promise, wait(4000)]);
const note = (what, text) => heard.push([what, String(text)]);

async function fetched(what, path, options) {
  try {
    const answer = await fetch(target + path, options);
    note(what, answer.type === "opaque" ? "" : await answer.text());
  } catch (error) { /* nothing was heard */ }
}
function element(what, tag, attributes) {
  return new Promise((resolve) => {
    const made = document.createElement(tag);
    made.onload = () => { note(what, made.naturalWidth ? "a picture" : ""); resolve(); };
    made.onerror = resolve;
    Object.assign(made, attributes);
    document.body.append(made);
  });
}
function framed(path) {
  return new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.onload = () => {
      try { note("frame", frame.contentDocument.documentElement.innerText); } catch (error) { /* not ours */ }
      resolve();
    };
    frame.src = target + path;
    document.body.append(frame);
  });
}
function sent(path, encoding, name, value) {
  const frame = document.createElement("iframe");
  frame.name = "f" + Math.random();
  document.body.append(frame);
  const form = document.createElement("form");
  Object.assign(form, {action: target + path, method: "post", enctype: encoding, target: frame.name});
  const input = document.createElement("textarea");
  Object.assign(input, {name, value});
  form.append(input);
  document.body.append(form);
  form.submit();
}
function socket(path) {
  return new Promise((resolve) => {
    const opened = new WebSocket(target.replace("http", "ws") + path);
    opened.onopen = () => { note("socket", "opened"); opened.send(hidden); };
    opened.onmessage = ({data}) => note("socket", data);
    opened.onerror = opened.onclose = resolve;
  });
}
function events(path) {
  return new Promise((resolve) => {
    const source = new EventSource(target + path, {withCredentials: true});
    source.onopen = () => note("events", "opened");
    source.onerror = () => { source.close(); resolve(); };
  });
}
async function attack() {
  for (const path of paths) {
    for (const mode of ["cors", "no-cors"]) {
      await bounded(fetched(mode, path, {mode, credentials: "include"}));
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
        const options = {method: "POST", mode, body: hidden, headers: {"content-type": type}, credentials: "include"};
        await bounded(fetched(mode, path, options));
      }
    }
    const named = {"x-api-key": "k", "anthropic-version": "2023-06-01", "authorization": "Bearer k"};
    await bounded(fetched("headers", path, {method: "POST", headers: named, body: hidden}));
    await bounded(fetched("delete", path, {method: "DELETE", mode: "cors"}));
    await bounded(element("picture", "img", {src: target + path}));
    await bounded(element("script", "script", {src: target + path}));
    await bounded(element("style", "link", {rel: "stylesheet", href: target + path}));
    await bounded(framed(path));
    navigator.sendBeacon(target + path, hidden);
    sent(path, "text/plain", hidden, "");
    sent(path, "application/x-www-form-urlencoded", "faults", hidden);
    sent(path, "multipart/form-data", "body", hidden);
    await bounded(socket(path));
    await bounded(events(path));
  }
  await wait(500);
  window.heard = heard;
}
attack();
</script>"""

PATHS = [
    "/_emulator/reset",
    "/_emulator/faults",
    "/_emulator/snapshot",
    "/_emulator/objects/agents",
    "/v1/agents",
    "/api/v1/cloud/agents",
    "/github/rate_limit",
    "/",
    "/nothing",
]


class Elsewhere:
    """Serves the page of another origin."""

    def __init__(self) -> None:
        text = self.text = {"page": ""}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.end_headers()
                self.wfile.write(text["page"].encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    found = Elsewhere()
    yield found
    found.close()


def before(world: World) -> Any:
    world.agent(system=SECRET, name=SECRET)
    world.control.faults([{"operation": "agents.archive", "status": 503}])
    return world.emulator.control.snapshot(None, None) | {"now": None}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
@pytest.mark.timeout(300)
def test_a_page_of_another_origin_creates_nothing_and_reads_nothing(
    world: World, reader: Reader, elsewhere: Elsewhere, host: str
) -> None:
    target = f"http://{host}:{world.server.port}"
    hidden = (creation() + fault()).decode()
    elsewhere.text["page"] = ATTACK % {
        "target": json.dumps(target),
        "hidden": json.dumps(hidden),
        "paths": json.dumps(PATHS),
    }
    reader.browser.get("about:blank")
    found = before(world)

    reader.browser.get(f"http://127.0.0.1:{elsewhere.port}/")
    heard = json.loads(reader.wait(lambda: reader.run("return window.heard && JSON.stringify(window.heard)")))

    assert [each for each in heard if each[1]] == []
    assert SECRET not in json.dumps(heard)
    assert world.emulator.control.snapshot(None, None) | {"now": None} == found


def test_a_name_that_was_bound_to_this_machine_creates_nothing_and_reads_nothing(world: World, reader: Reader) -> None:
    """The page is of the same origin as what it asks: only the name tells that it is not ours."""
    reader.browser.get("about:blank")
    found = before(world)

    for path in ("/", "/v1/agents", "/_emulator/snapshot", "/api/v1/cloud/agents", "/nothing"):
        reader.browser.get(f"http://{REBOUND}:{world.server.port}{path}")
        assert SECRET not in reader.browser.page_source
        script = f"""const done = arguments[arguments.length - 1];
        const headers = {{"x-api-key": "k", "anthropic-version": "2023-06-01",
                          "anthropic-beta": "managed-agents-2026-04-01", "content-type": "application/json"}};
        const body = JSON.stringify({{name: "rebound", model: "claude-opus-5-5"}});
        Promise.all([fetch("/v1/agents", {{headers}}), fetch("/v1/agents", {{method: "POST", headers, body}}),
                     fetch("/_emulator/reset", {{method: "POST"}}), fetch({json.dumps(quote(path))})])
          .then((all) => Promise.all(all.map(async (one) => [one.status, await one.text()])))
          .then(done, (error) => done([[0, String(error)]]));"""
        heard = reader.browser.execute_async_script(script)
        assert {status for status, _ in heard} <= {0, 403}
        assert SECRET not in json.dumps(heard)

    assert world.emulator.control.snapshot(None, None) | {"now": None} == found
