"""Work that nobody waits for any more: cancelled calls, and a server that is interrupted."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import insightface.data
import PIL.Image
import pytest
from benches import BENCH
from mcp import Client

from focalface.tools.errors import StoppedError
from focalface.tools.server.protocol import create_server
from focalface.tools.settings import Settings
from focalface.tools.stopping import Stop, stoppable
from focalface.tools.workbench import Workbench


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictures") / "group.png"
    PIL.Image.fromarray(insightface.data.get_image("t1")[:, :, ::-1]).save(path)
    return path


class Watched(Workbench):
    """Pauses after the first step until the call has been cancelled; keeps how its work ended."""

    def __init__(self, cancelled: threading.Event) -> None:
        super().__init__(Settings(threads=1))
        self._detector, self._mesher = BENCH.detector, BENCH.mesher
        self.steps: list[tuple[int, int]] = []
        self.error: BaseException | None = None
        self.ended = threading.Event()
        self._cancelled = cancelled

    def detect(self, image: Any, *, progress: Any = None) -> Any:
        return self._watch(super().detect, progress, image)

    def annotate(self, *of: Any, progress: Any = None, **how: Any) -> Any:
        return self._watch(super().annotate, progress, *of, **how)

    def _watch(self, work: Callable[..., Any], progress: Any, *of: Any, **how: Any) -> Any:
        def step(done: int, total: int) -> None:
            self.steps.append((done, total))
            progress(done, total)
            assert self._cancelled.wait(60)

        try:
            return work(*of, progress=step, **how)
        except BaseException as error:
            self.error = error
            raise
        finally:
            self.ended.set()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("tool", ["detect_faces", "annotate_image"])
async def test_a_cancelled_call_does_no_further_step(
    group: Path, tool: str, mode: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancelled = threading.Event()
    stop = Stop.set

    def stopped(self: Stop) -> None:
        stop(self)
        cancelled.set()

    bench = Watched(cancelled)
    async with Client(create_server(bench=bench), mode=mode) as client:
        arguments: dict[str, Any] = {"path": str(group)}
        if tool == "annotate_image":  # on a picture whose faces are known
            cancelled.set()
            found = await client.call_tool("detect_faces", arguments)
            arguments = {"image_id": (found.structured_content or {})["image_id"]}
            cancelled.clear()
            bench.ended.clear()
            bench.steps.clear()
        monkeypatch.setattr(Stop, "set", stopped)
        heard = asyncio.Event()

        async def progress(done: float, total: float | None, message: str | None) -> None:
            heard.set()

        call = asyncio.create_task(client.call_tool(tool, arguments, progress_callback=progress))
        await heard.wait()
        call.cancel()
        assert await asyncio.to_thread(bench.ended.wait, 60)
    assert isinstance(bench.error, StoppedError)
    assert bench.steps[-1][0] == 1 < bench.steps[-1][1]


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(lambda image, faces: BENCH.detect(image), id="detect"),
        pytest.param(lambda image, faces: BENCH.annotate(image, faces), id="annotate"),
    ],
)
def test_what_was_cancelled_before_it_began_does_nothing(group: Path, work: Any) -> None:
    image = BENCH.open(group)
    faces = BENCH.detect(image)
    stop = Stop()
    stop.set()
    with stoppable(stop), pytest.raises(StoppedError):
        work(image, faces)


INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def line(message: dict[str, Any]) -> bytes:
    return json.dumps(message).encode() + b"\n"


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "at work"])
def test_an_interrupt_ends_the_server_on_stdio(group: Path, tmp_path: Path, busy: bool) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "focalface.agent", "serve", "--threads", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "FOCALFACE_HOME": str(tmp_path)},
    )
    assert server.stdin and server.stdout and server.stderr
    with server, server.stdin, server.stdout, server.stderr:
        server.stdin.write(line(INITIALIZE))
        server.stdin.flush()
        assert b"serverInfo" in server.stdout.readline()
        if busy:
            server.stdin.write(line({"jsonrpc": "2.0", "method": "notifications/initialized"}))
            params = {
                "name": "detect_faces",
                "arguments": {"path": str(group)},
                "_meta": {"progressToken": 1},
            }
            called = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": params}
            server.stdin.write(line(called))
            server.stdin.flush()
            assert b"notifications/progress" in server.stdout.readline()
        server.send_signal(signal.SIGINT)
        assert server.wait(60) == 128 + signal.SIGINT
        assert b"Traceback" not in server.stderr.read()
