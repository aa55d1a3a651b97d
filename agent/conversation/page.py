"""The page of a conversation, on loopback: its picture, regions to point at, a question box.

The address holds a secret of this run, so that no other page in the browser can reach it.
"""

import asyncio
import json
import os
import secrets
import socket
import sys
import webbrowser
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from focalface.agent.conversation.session import Session
from focalface.tools.errors import FocalFaceError
from focalface.tools.server import page

LOOPBACK = "127.0.0.1"
MOST_BYTES = 100_000
"""Of one request; a polygon drawn by hand has a few hundred points."""


class Page:
    """Serves the page of ``session`` in the running loop, as long as it is entered.

    It shows the picture that the session has when it is loaded. ``floor`` is held while a question
    is answered: whoever else uses the session takes turns by it.
    """

    def __init__(self, session: Session, floor: asyncio.Lock, *, port: int = 0) -> None:
        self.address = ""
        """Where it is served, once it has been entered."""
        self._session, self._floor, self._port = session, floor, port
        self._key = secrets.token_urlsafe(16)
        self._listening: socket.socket | None = None
        self._served: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Page":
        """Raises ``FocalFaceError`` where the port cannot be had."""
        self._listening = _listen(self._port)
        app = make_app(self._session, self._floor, self._key)
        config = uvicorn.Config(
            app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = _Server(config)
        self._served = asyncio.create_task(self._server.serve(sockets=[self._listening]))
        self.address = f"http://{LOOPBACK}:{self._listening.getsockname()[1]}/{self._key}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.should_exit = True
        if self._served is not None:
            await asyncio.wait({self._served})
        if self._listening is not None:
            self._listening.close()


class _Server(uvicorn.Server):
    """Leaves Ctrl-C to the program that it runs in."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise FocalFaceError(
            f"Port {port} cannot be used ({error.strerror}); choose another with --port."
        ) from None


async def browse(address: str) -> bool:
    """Open an address in the browser of this desktop; whether there is one.

    Browsers that live in a terminal are left alone: ours is in use.
    """
    desktop = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
    return desktop and await asyncio.to_thread(webbrowser.open, address)


def make_app(session: Session, floor: asyncio.Lock, key: str) -> Starlette:
    """Return the page below ``/key/`` and the two things that it asks for: tool calls and
    answers."""

    async def show(request: Request) -> Response:
        headers = {
            "Content-Security-Policy": page.policy(served=True) + "; frame-ancestors 'none'",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }
        return HTMLResponse(page.render(session.source), headers=headers)

    async def call(request: Request) -> Response:
        wanted = await _body(request)
        name, arguments = str(wanted.get("name")), wanted.get("arguments") or {}
        result = await session.call_tool(name, arguments)
        return JSONResponse(result.model_dump(by_alias=True, mode="json", exclude_none=True))

    async def ask(request: Request) -> Response:
        wanted = await _body(request)
        async with floor:
            with _focus_of(session):
                ids = [face.id for face in session.faces]
                session.face = ids.index(wanted["face"]) + 1 if wanted.get("face") in ids else None
                if target := wanted.get("target"):
                    await session.select(str(target))
                answer = await session.answer(str(wanted.get("question", "")))
        return JSONResponse({"text": "\n".join([answer.text, *answer.limits])})

    routes = [
        Route(f"/{key}/", show),
        Route(f"/{key}/call", _taught(call), methods=["POST"]),
        Route(f"/{key}/ask", _taught(ask), methods=["POST"]),
    ]
    return Starlette(routes=routes)


@contextmanager
def _focus_of(session: Session) -> Iterator[None]:
    """What is chosen on the page is chosen there alone: the terminal keeps its own."""
    face, selection = session.face, session.selection
    session.selection = ()
    try:
        yield
    finally:
        session.face, session.selection = face, selection


async def _body(request: Request) -> dict[str, Any]:
    read = b""
    async for part in request.stream():
        read += part
        if len(read) > MOST_BYTES:
            raise FocalFaceError(f"A request has at most {MOST_BYTES} bytes.")
    try:
        wanted = json.loads(read)
    except ValueError:
        wanted = None
    if not isinstance(wanted, dict):
        raise FocalFaceError("A request is a JSON object.")
    return wanted


Handler = Callable[[Request], Awaitable[Response]]


def _taught(handler: Handler) -> Handler:
    """Answers our errors with their sentence."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except FocalFaceError as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return handle
