"""The server over HTTP: tokens, health, slow clients, full queues, ports in use."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2 as httpx
import pytest
import uvicorn

from focalface.tools.errors import BusyError, UsageError
from focalface.tools.server import http, protocol
from focalface.tools.server.work import Workers
from focalface.tools.settings import Settings

TOKEN = "a-secret-of-this-test"
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
ACCEPT = {"Accept": "application/json, text/event-stream"}


@contextmanager
def running(token: str | None) -> Iterator[str]:
    """The address of a server in a thread."""
    app = http.make_app(protocol.create_server(Settings(threads=1)), "127.0.0.1", [], token)
    with http.listen("127.0.0.1", 0) as listening:
        config = uvicorn.Config(app, log_level="warning", http=http._PromptProtocol)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def post(address: str, **headers: str) -> httpx.Response:
    return httpx.post(f"{address}/mcp", json=HELLO, headers={**ACCEPT, **headers}, timeout=60)


def test_health_is_told_to_anybody_and_everything_else_to_those_with_the_token() -> None:
    with running(TOKEN) as address:
        health = httpx.get(f"{address}/healthz", timeout=60)
        assert health.json()["status"] == "ok"
        for wrong in ({}, {"Authorization": "Bearer no"}, {"Authorization": TOKEN}):
            refused = post(address, **wrong)
            assert refused.status_code == 401 and "Bearer TOKEN" in refused.json()["error"]
        assert post(address, Authorization=f"Bearer {TOKEN}").status_code == 200


def test_a_page_of_another_name_is_refused() -> None:
    with running(None) as address:
        assert post(address).status_code == 200
        assert post(address, Host="evil.example").status_code == 421
        assert post(address, Origin="http://evil.example").status_code == 403


def test_a_client_that_never_ends_its_header_is_hung_up_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(http, "HEADER_SECONDS", 0.2)
    with running(None) as address:
        port = int(address.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=60) as slow:
            slow.sendall(b"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            assert slow.recv(100) == b""


def test_a_body_that_never_comes_ends_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "BODY_SECONDS", 0.2)
    with running(None) as address:
        port = int(address.rsplit(":", 1)[1])
        head = f"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 99\r\n"
        about = "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
        with socket.create_connection(("127.0.0.1", port), timeout=60) as slow:
            slow.sendall(f"{head}{about}\r\n".encode())
            slow.recv(1000)  # returns: an answer or the end, but no endless wait


@pytest.mark.parametrize(
    ("host", "token", "lesson"),
    [
        ("0.0.0.0", None, "set FOCALFACE_TOKEN"),
        ("192.168.0.7", None, "set FOCALFACE_TOKEN"),
        ("127.0.0.1", "short", "16 characters"),
    ],
)
def test_an_address_that_others_reach_needs_a_real_token(
    host: str, token: str | None, lesson: str
) -> None:
    with pytest.raises(UsageError, match=lesson):
        http.check_address(host, token)
    http.check_address("127.0.0.1", None)
    http.check_address(host, TOKEN)


def test_a_port_in_use_is_one_sentence() -> None:
    with http.listen("127.0.0.1", 0) as taken, pytest.raises(UsageError, match="--port"):
        http.listen("127.0.0.1", taken.getsockname()[1])


async def test_a_full_queue_says_when_to_come_back() -> None:
    workers = Workers(threads=1, queue=1)
    go, context = threading.Event(), None

    def wait(report: object) -> bool:
        return go.wait(60)

    calls = [asyncio.create_task(workers.run(wait, context)) for _ in range(2)]  # type: ignore[arg-type]
    while workers.waiting < 1:
        await asyncio.sleep(0)
    with pytest.raises(BusyError, match=r"busy with 2 calls; try again in \d+ seconds"):
        await workers.run(wait, context)  # type: ignore[arg-type]
    go.set()
    assert await asyncio.gather(*calls) == [True, True]
