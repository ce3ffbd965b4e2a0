"""The control plane by HTTP, under `/_emulator/`, and the page. A call answers JSON; one that cannot be used, 400.

`?platform=qoder` looks at the objects of another platform, as `Control.on` does.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import callers, page, settings
from .control import Control
from .errors import EmulatorError
from .reading import whole_body

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from ..page.site import Site

Handler = Callable[[Control, Any, Any], Any]

HANDLERS: dict[str, tuple[str, str, Handler]] = {
    "reset": ("POST", "reset", lambda control, _, __: control.reset()),
    "seed": ("POST", "seed", lambda control, body, _: control.seed(body["seed"])),
    "clock": ("POST", "clock", lambda control, body, _: {"now": control.clock(**body)}),
    "settings": ("GET", "settings", lambda control, _, __: _settings(control)),
    "change settings": ("POST", "settings", lambda control, body, _: control.settings(**body)),
    "repositories": (
        "POST",
        "repositories",
        lambda control, body, _: control.repositories(_list(body, "repositories")),
    ),
    "github apps": ("POST", "github_apps", lambda control, body, _: control.github_apps(_list(body, "github_apps"))),
    "github tokens": ("GET", "github_tokens", lambda control, _, __: control.github_tokens()),
    "federation": ("POST", "federation", lambda control, body, _: control.federation(**body)),
    "authentication history": (
        "GET",
        "authentication_history",
        lambda control, _, __: control.authentication_history(),
    ),
    "revoke access tokens": ("POST", "revoke_access_tokens", lambda control, _, __: control.revoke_access_tokens()),
    "faults": ("POST", "faults", lambda control, body, _: control.faults(_list(body, "faults"))),
    "fault rules": ("GET", "faults", lambda control, _, __: control.fault_rules()),
    "clear faults": ("DELETE", "faults", lambda control, _, __: control.clear_faults()),
    "requests": ("GET", "requests", lambda control, _, query: control.requests(int(query.get("since", "0")))),
    "counters": ("GET", "counters", lambda control, _, __: control.counters()),
    "snapshot": ("GET", "snapshot", lambda control, _, query: control.snapshot(query.get("open"), query.get("since"))),
    "objects": ("GET", "objects/<kind>", lambda control, _, query: control.objects(query["kind"])),
    "change": ("POST", "objects/<kind>/<id>", lambda control, body, query: _change(control, query, body)),
    "remove": ("DELETE", "objects/<kind>/<id>", lambda control, _, query: control.remove(query["kind"], query["id"])),
    "rotations": ("GET", "sessions/<id>/rotations", lambda control, _, query: control.rotations(query["id"])),
    "mounts": ("GET", "sessions/<id>/mounts", lambda control, _, query: control.mounts(query["id"])),
    "credential secrets": (
        "GET",
        "credentials/<id>/secrets",
        lambda control, _, query: control.credential_secrets(query["id"]),
    ),
    "status": ("POST", "sessions/<id>/status", lambda control, body, q: control.set_status(q["id"], body["status"])),
    "emit": ("POST", "sessions/<id>/events", lambda control, body, query: control.emit(query["id"], body)),
    "fingerprint": ("POST", "fingerprint", lambda control, body, _: control.fingerprint(body["token"])),
}


@cache
def _map() -> Map:
    return Map(
        [Rule(f"/_emulator/{path}", methods=[method], endpoint=name) for name, (method, path, _) in HANDLERS.items()]
    )


MAX_BODY = 32 * 1024 * 1024
"""No call is longer."""

_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


class ControlPages:
    """The WSGI side of a `Control`, and the page that shows its world."""

    def __init__(self, control: Control, site: Callable[[], "Site"]) -> None:
        self._control = control
        self._site = cache(site)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answers one control call, or a file of the page."""
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        headers = {name.lower(): value for name, value in request.headers}
        problem = callers.refusal(request.method, request.path, headers)  # whatever serves it
        if problem is not None:
            return _json({"error": problem}, 403)
        if request.path == callers.PAGE or request.path.startswith(page.ASSETS):
            return page.answer(self._site(), request)
        try:
            name, ids = _map().bind_to_environ(request.environ).match()
        except HTTPException as error:
            return _json({"error": f"No such control call: {error.name}."}, error.code or 404)
        try:
            query = {**request.args.to_dict(), **ids}
            control = self._control.on(query.pop("platform")) if "platform" in query else self._control
            document = HANDLERS[name][2](control, _body(request), query)
        except RequestEntityTooLarge:
            return _json({"error": f"{name}: a body has at most {MAX_BODY:,} bytes."}, 413)
        except (EmulatorError, KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
            return _json({"error": f"{name}: {_sentence(error)}"}, 400)
        return _json({} if document is None else document, 200)


def _sentence(error: Exception) -> str:
    # A message of Python may quote the body, which may hold a token.
    return str(error) if isinstance(error, EmulatorError) else "the call does not have the form that is asked for."


def _body(request: Request) -> Any:
    return json.loads(whole_body(request, MAX_BODY) or b"{}")


def _json(document: Any, status: int) -> Response:
    return Response(json.dumps(document), status, _HEADERS, content_type="application/json")


def _list(body: Any, name: str) -> Any:
    """A list stands alone or under its name."""
    return body[name] if isinstance(body, dict) else body


def _settings(control: Control) -> dict[str, Any]:
    return {
        name: {"value": value, "meaning": settings.SETTINGS[name].meaning, "source": settings.SETTINGS[name].source}
        for name, value in control.settings().items()
    }


def _change(control: Control, query: dict[str, str], body: dict[str, Any]) -> Any:
    return control.change(query["kind"], query["id"], **body)
