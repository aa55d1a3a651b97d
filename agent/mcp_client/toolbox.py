"""The MCP tools of one server: called directly, or offered to a LangChain agent.

The bridge is small on purpose: JSON schemas go to LangChain as they are, the text twin of a result
becomes the content of the ``ToolMessage`` and the structured content its artifact.
"""

import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TextIO

from mcp import Client, StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult, ImageContent, TextContent

from focalface.agent.basics.events import Emit, Notice, ToolFinished, ToolProgress, ToolStarted
from focalface.agent.basics.phrasing import spoken_together
from focalface.tools import paths
from focalface.tools.errors import FocalFaceError, RemoteError, UsageError

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool
    from mcp.client import Transport
    from mcp.server import MCPServer

OFFERED = ("detect_faces", "propose_regions", "describe_regions")
"""Tools that a chat model may call; the program itself draws the picture."""

WHOLE: dict[str, dict[str, Any]] = {
    "detect_faces": {"detail": "full", "limit": 1000},
    "propose_regions": {"detail": "full"},
    "describe_regions": {"detail": "full"},
}
"""Arguments added to each call: we read types, not a summary for a model's context."""

MAX_LOG = 1_000_000
"""Bytes from which the log of the server process is begun anew."""

LOST = (MCPError, OSError, EOFError, RuntimeError)
"""What a call on a broken connection raises."""

_TWICE = "The face tools failed twice ({}); run 'focalface doctor' to see why."


def isolated_server(environment: dict[str, str]) -> StdioServerParameters:
    """Tell how to start ``focalface serve`` as a process of its own, on this Python."""
    arguments = ["-m", "focalface.agent", "serve"]
    return StdioServerParameters(command=sys.executable, args=arguments, env=environment)


class Toolbox:
    """A connection to a face-tool server that is healed when it breaks. Use as ``async with``.

    ``emit`` hears of every call. The connection lives in a task of its own, because it has to be
    closed by the task that opened it, and a turn runs in another one.
    """

    def __init__(self, server: "MCPServer | StdioServerParameters", emit: Emit) -> None:
        self._server = server
        self._emit = emit
        self._calls = 0
        self._client: Client | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()
        self._picture: dict[str, Any] | None = None
        self._faces: list[str] = []

    async def __aenter__(self) -> Self:
        await self._connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._disconnect()

    async def restart(self, server: "MCPServer | StdioServerParameters | None" = None) -> None:
        """Connect anew, to another server if one is given."""
        await self._disconnect()
        self._server = server or self._server
        await self._connect()

    async def call(self, name: str, arguments: dict[str, Any]) -> CallToolResult:
        """Call one tool; a tool error comes back as a result with ``is_error``.

        Cancelling the caller cancels the call on the server. A lost connection is restarted once,
        the picture is opened again (handles are content hashes, so they stay the same), and the
        call repeated. Raises ``RemoteError`` when that does not help.
        """
        self._calls += 1
        number, start = self._calls, time.perf_counter()
        self._emit(ToolStarted(number, name, arguments))
        try:
            result = await self._send(number, name, arguments)
        except LOST:
            result = await self._again(number, name, arguments)
        if name == "detect_faces" and "path" in arguments and not result.is_error:
            self._picture = arguments
        took = (time.perf_counter() - start) * 1000
        found = result.structured_content or {}
        if name == "detect_faces" and not result.is_error:
            self._faces = [str(face["id"]) for face in found.get("faces", ())]
        if result.is_error:
            result = _told(result)
        done = _summary(name, found) + self._of(arguments)
        summary = text_of(result) if result.is_error else done
        self._emit(ToolFinished(number, name, summary, bool(result.is_error), took, found))
        return result

    async def pass_on(self, name: str, arguments: dict[str, Any]) -> CallToolResult:
        """Call a tool beside the conversation: neither changed nor told of.

        Raises ``RemoteError`` when the connection is lost for good.
        """
        for again in (False, True):
            try:
                if self._client is None:
                    raise RuntimeError("not connected")
                return await self._client.call_tool(name, arguments)
            except LOST as error:
                if again:
                    raise RemoteError(_TWICE.format(error)) from error
                await self._heal()
        raise AssertionError("the second try returns or raises")

    def _of(self, arguments: dict[str, Any]) -> str:
        """Tell which of several faces a call is about, in words."""
        face = arguments.get("face_id")
        if len(self._faces) < 2 or face not in self._faces:
            return ""
        return f" of face {self._faces.index(face) + 1}"

    async def _again(self, number: int, name: str, arguments: dict[str, Any]) -> CallToolResult:
        await self._heal(reopen=name != "detect_faces")
        try:
            return await self._send(number, name, arguments)
        except LOST as error:
            raise RemoteError(_TWICE.format(error)) from error

    async def _heal(self, *, reopen: bool = True) -> None:
        """Start the server again and say so; open the picture there again."""
        self._emit(Notice("The face tools stopped answering; they were started again."))
        try:
            await self.restart()
            if self._picture and reopen:
                await self._send(self._calls, "detect_faces", self._picture)
        except LOST as error:
            raise RemoteError(_TWICE.format(error)) from error

    async def _send(self, number: int, name: str, arguments: dict[str, Any]) -> CallToolResult:
        if self._client is None:
            raise RuntimeError("not connected")

        async def progress(progress: float, total: float | None, message: str | None) -> None:
            self._emit(ToolProgress(number, progress, total))

        whole = WHOLE.get(name, {}) | arguments
        return await self._client.call_tool(name, whole, progress_callback=progress)

    async def _connect(self) -> None:
        ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._stop = asyncio.Event()
        self._keeper = asyncio.create_task(self._keep(ready, self._stop))
        try:
            await ready
        except FocalFaceError:
            raise
        except Exception as error:
            raise RemoteError(
                f"The face tools did not start ({error}); run 'focalface doctor' to see why."
            ) from error

    async def _keep(self, ready: asyncio.Future[None], stop: asyncio.Event) -> None:
        try:
            async with self._transport() as server, Client(server) as client:
                self._client = client
                ready.set_result(None)
                await stop.wait()
        except Exception as error:  # noqa: BLE001  # whoever waits is told
            if not ready.done():
                ready.set_exception(error)
        finally:
            self._client = None

    @asynccontextmanager
    async def _transport(self) -> "AsyncIterator[MCPServer | Transport]":
        """Return what to connect to; a process of its own writes what it complains of into a
        log."""
        if isinstance(self._server, StdioServerParameters):
            with open_log() as log:
                yield stdio_client(self._server, errlog=log)
        else:
            yield self._server

    async def _disconnect(self) -> None:
        self._stop.set()
        if self._keeper is not None:
            with suppress(asyncio.CancelledError):
                await asyncio.wait({self._keeper}, timeout=10)
            if not self._keeper.done():
                self._keeper.cancel()
        self._keeper = None

    async def tools(self) -> "list[BaseTool]":
        """Return the tools as a LangChain agent takes them."""
        from langchain_core.tools import StructuredTool, ToolException

        if self._client is None:
            raise UsageError("The toolbox is not open; use it with 'async with'.")
        try:
            listed = await self._client.list_tools()
        except LOST:
            await self._heal()
            listed = await self._client.list_tools()

        def bridge(name: str) -> Callable[..., Any]:
            async def run(**arguments: Any) -> tuple[str, dict[str, Any]]:
                result = await self.call(name, arguments)
                if result.is_error:
                    raise ToolException(text_of(result))
                return text_of(result), result.structured_content or {}

            return run

        return [
            StructuredTool(
                name=tool.name,
                description=tool.description or tool.name,
                args_schema=tool.input_schema,
                coroutine=bridge(tool.name),
                response_format="content_and_artifact",
                handle_tool_error=True,
            )
            for tool in listed.tools
            if tool.name in OFFERED
        ]


def server_log() -> Path:
    """Tell where a server process writes what it complains of."""
    return paths.home() / "server.log"


def open_log() -> TextIO:
    """Return the log, begun anew when it has grown big; nowhere where it cannot be written."""
    path = server_log()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        grown = path.exists() and path.stat().st_size > MAX_LOG
        return path.open("w" if grown else "a", encoding="utf-8")
    except OSError:
        return Path(os.devnull).open("w", encoding="utf-8")


def _told(result: CallToolResult) -> CallToolResult:
    """Return an error as the server put it; of one that it did not expect, where to read more."""
    if not text_of(result).startswith("Error executing tool"):
        return result
    sentence = f"The face tools failed inside; the cause may stand in {server_log()}."
    return CallToolResult(content=[TextContent(type="text", text=sentence)], is_error=True)


def text_of(result: CallToolResult) -> str:
    """Return the text twin of a result; of an error, the sentence without the SDK's preamble."""
    said = "\n".join(part.text for part in result.content if isinstance(part, TextContent))
    return re.sub(r"^Error executing tool \w+: ", "", said) if result.is_error else said


def picture_of(result: CallToolResult) -> str | None:
    """Return the first picture of a result, base64."""
    return next((p.data for p in result.content if isinstance(p, ImageContent)), None)


def _summary(name: str, found: dict[str, Any]) -> str:
    """Return one line for people."""
    if name == "detect_faces":
        count = len(found.get("faces", ()))
        return f"{count} face{'' if count == 1 else 's'} found"
    if name == "annotate_image":
        return "picture drawn"
    key = "descriptions" if name == "describe_regions" else "regions"
    items = found.get(key, ())
    names = [str((d.get("region") or d).get("name", "")) for d in items]
    shown = spoken_together(names[:6]) + ("..." if len(names) > 6 else "")
    verb = "described" if name == "describe_regions" else "proposed"
    return f"{len(names)} region{'' if len(names) == 1 else 's'} {verb}: {shown}"
