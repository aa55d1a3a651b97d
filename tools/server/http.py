"""Serving over HTTP: who may call, how long a request may take, how many at once."""

import asyncio
import hmac
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import uvicorn
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from uvicorn.protocols.http.h11_impl import H11Protocol

from focalface.tools.errors import UsageError
from focalface.tools.server.strict import FaceServer

LOOPBACK = ("127.0.0.1", "localhost", "::1")
HEALTH = "/healthz"
LEAST_TOKEN = 16
"""Characters of a token at least."""
HEADER_SECONDS = 10.0
"""Until the header of a request has to be there."""
BODY_SECONDS = 20.0
"""Until the body of a request has to be there."""
CONNECTIONS = 128
"""At once; one more is answered 503."""
QUEUE = 32
"""Calls that may wait for a thread; one more is told when to try again."""

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def check_address(host: str, token: str | None) -> None:
    """Refuse an address that others reach without a token, and a token that can be guessed.

    Raises ``UsageError``.
    """
    if token is not None and len(token) < LEAST_TOKEN:
        raise UsageError(f"FOCALFACE_TOKEN is too short; give it {LEAST_TOKEN} characters or more.")
    if host not in LOOPBACK and token is None:
        raise UsageError(
            f"On {host} others can reach this server; set FOCALFACE_TOKEN to a secret that "
            "clients send as 'Authorization: Bearer SECRET', and say with --folder what may be "
            "opened."
        )


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; raises ``UsageError`` for an address that cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=CONNECTIONS)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} cannot be listened on ({error.strerror or error}); "
            "choose another with --port or --host."
        ) from None


def make_app(server: FaceServer, host: str, allowed: Sequence[str], token: str | None) -> App:
    """Return the application at ``/mcp``, with ``/healthz`` beside it.

    ``allowed``: names that clients call this machine by, besides the loopback ones. Requests for
    any other name are refused, which keeps web pages from calling the server.
    """

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ok", "version": server.version})

    server.custom_route(HEALTH, methods=["GET"])(health)
    names = ["127.0.0.1", "localhost", "[::1]", host, *allowed]
    hosts = [form for name in names for form in (name, f"{name}:*")]
    security = TransportSecuritySettings(
        allowed_hosts=hosts, allowed_origins=[f"http://{name}" for name in hosts]
    )
    app: Any = server.streamable_http_app(host=host, transport_security=security)
    return _in_time(_with_token(app, token) if token else app)


def serve(app: App, listening: socket.socket) -> None:
    """Serve until it is interrupted."""
    config = uvicorn.Config(
        app,
        http=_PromptProtocol,
        ws="none",
        log_level="warning",
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _with_token(app: App, token: str) -> App:
    """Lets only those in who send the token; health may be asked by anybody."""
    wanted = b"Bearer " + token.encode()

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] != HEALTH:
            given = dict(scope["headers"]).get(b"authorization", b"")
            if not hmac.compare_digest(given, wanted):
                told = {"error": "Send the token of this server: Authorization: Bearer TOKEN."}
                headers = {"WWW-Authenticate": "Bearer"}
                return await JSONResponse(told, 401, headers)(scope, receive, send)  # type: ignore[arg-type]
        return await app(scope, receive, send)

    return guarded


def _in_time(app: App) -> App:
    """End a request whose body does not arrive in time, as if its client had gone."""

    async def bounded(scope: Scope, receive: Receive, send: Send) -> None:
        whole = scope["type"] != "http"

        async def hear() -> dict[str, Any]:
            nonlocal whole
            if whole:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), BODY_SECONDS)
            except TimeoutError:
                whole = True
                return {"type": "http.disconnect"}
            whole = not message.get("more_body", False)
            return message

        await app(scope, hear, send)

    return bounded


class _PromptProtocol(H11Protocol):
    """Closes a connection on which no request header arrives in time; uvicorn itself waits."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._deadline = self.loop.call_later(HEADER_SECONDS, transport.close)

    def handle_events(self) -> None:
        super().handle_events()
        if self._deadline and self.cycle is not None:
            self._deadline.cancel()
            self._deadline = None

    def connection_lost(self, exc: Exception | None) -> None:
        if self._deadline:
            self._deadline.cancel()
        super().connection_lost(exc)
