"""What the service answers, as a WSGI application: any WSGI server can run ``service.app:app``."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from service import NAME

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


@dataclass(frozen=True)
class Answer:
    """An answer that knows nothing about sockets, so that a test can ask for it directly."""

    status: HTTPStatus
    body: dict[str, object]
    headers: dict[str, str] = field(default_factory=dict)


def greet() -> Answer:
    """Greet with the name of the service."""
    return Answer(HTTPStatus.OK, {"service": NAME, "message": f"Hello from {NAME}"})


def health() -> Answer:
    """Say that the process can answer.

    What must be there before the service may get traffic (a database, say) belongs to a readiness
    route of its own, or a slow dependency gets healthy processes restarted.
    """
    return Answer(HTTPStatus.OK, {"status": "ok"})


# All routes. A new one is a line here and a function above.
ROUTES: dict[str, Callable[[], Answer]] = {
    "/": greet,
    "/health": health,
}


def respond(method: str, path: str) -> Answer:
    """Answer a request."""
    handler = ROUTES.get(path)
    if handler is None:
        return Answer(HTTPStatus.NOT_FOUND, {"error": "not found"})
    if method not in {"GET", "HEAD"}:
        problem = {"error": "method not allowed"}
        return Answer(HTTPStatus.METHOD_NOT_ALLOWED, problem, {"Allow": "GET, HEAD"})
    return handler()


def app(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Serve one request by the rules of WSGI."""
    method = environ["REQUEST_METHOD"]
    answer = respond(method, environ.get("PATH_INFO", "/"))
    body = json.dumps(answer.body, separators=(",", ":")).encode()
    headers = {
        **answer.headers,
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }
    start_response(f"{answer.status.value} {answer.status.phrase}", list(headers.items()))
    return [] if method == "HEAD" else [body]
