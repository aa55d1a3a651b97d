"""The page of ``focalface view``: one picture, its regions, a question box; served on loopback.

The address holds a secret of this run, so that no other page in the browser can reach it.
"""

import asyncio
import json
import secrets
import socket
import webbrowser
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import uvicorn
from mcp import Client
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from focalface.agent.conversation.session import Session
from focalface.tools.errors import FocalFaceError
from focalface.tools.server import page
from focalface.tools.server.protocol import create_server
from focalface.tools.settings import Settings

LOOPBACK = "127.0.0.1"
MOST_BYTES = 100_000
"""Of one request; a polygon drawn by hand has a few hundred points."""


async def view(
    picture: Path,
    settings: Settings,
    *,
    port: int,
    crop: bool,
    model: str | None,
    told: Callable[[str], None],
    browse: bool,
) -> None:
    """Serves the page until it is interrupted; ``told`` hears its address.

    Raises an ``ImageError`` for what is no picture, before anything is served.
    """
    server = create_server(settings)
    async with (
        Session(server=server, describer=settings.describer, model=model) as session,
        Client(server) as client,
    ):
        await session.open(picture, crop=crop)
        with _listening(port) as listening:
            key = secrets.token_urlsafe(16)
            address = f"http://{LOOPBACK}:{listening.getsockname()[1]}/{key}/"
            start = {"path": str(picture.absolute()), "whole_image_is_face": crop}
            app = make_app(session, client, start, key)
            config = uvicorn.Config(app, log_level="warning", lifespan="off")
            told(address)
            if browse:
                await asyncio.to_thread(webbrowser.open, address)
            await uvicorn.Server(config).serve(sockets=[listening])


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise FocalFaceError(
            f"Port {port} cannot be used ({error.strerror}); choose another with --port."
        ) from None


def make_app(session: Session, client: Client, start: dict[str, Any], key: str) -> Starlette:
    """The page below ``/key/`` and the two things that it asks for: tool calls and answers."""
    turn = asyncio.Lock()

    async def show(request: Request) -> Response:
        headers = {
            "Content-Security-Policy": page.policy(served=True) + "; frame-ancestors 'none'",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }
        return HTMLResponse(page.render(start), headers=headers)

    async def call(request: Request) -> Response:
        wanted = await _body(request)
        result = await client.call_tool(str(wanted.get("name")), wanted.get("arguments") or {})
        return JSONResponse(result.model_dump(by_alias=True, mode="json", exclude_none=True))

    async def ask(request: Request) -> Response:
        wanted = await _body(request)
        async with turn:  # one turn at a time
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
