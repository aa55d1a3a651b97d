"""A small OpenAI-compatible server on this machine, whose replies are scripted.

It speaks the chat completions of the protocol, streamed or whole as the client asks, so that a
test runs everything of ours and of LangChain up to the network's edge.
"""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]
Reply = str | int | bytes | list[Body] | None
"""A text; an HTTP status; raw bytes for a body; tool calls (see :func:`call`); None: silence."""
Step = Reply | Callable[[Body], Reply]
"""A reply, or what makes one of the request."""


def call(name: str, arguments: dict[str, Any] | str) -> Body:
    """A tool call as it stands in a reply; ``arguments`` as text may be no JSON at all."""
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return {"id": "call_1", "type": "function", "function": {"name": name, "arguments": text}}


def look_at(*regions: str) -> Callable[[Body], Reply]:
    """A call of ``describe_regions`` with the picture that the question names."""

    def reply(request: Body) -> Reply:
        asked = next(m["content"] for m in request["messages"] if "image_id" in str(m["content"]))
        image_id = asked.split("image_id ")[1].split(",")[0]
        return [call("describe_regions", {"image_id": image_id, "regions": list(regions)})]

    return reply


class ChatServer:
    """Use as a context manager. The last step of ``script`` is repeated for ever."""

    def __init__(self, script: Sequence[Step]) -> None:
        self.requests: list[Body] = []
        """What was asked, oldest first."""
        self.asked = threading.Event()
        """Set when the first request has come."""
        self._script = list(script)
        self._over = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True

    @property
    def url(self) -> str:
        """For ``--base-url``."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> "ChatServer":
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._http.shutdown()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                request = json.loads(self.rfile.read(length))
                owner.requests.append(request)
                owner.asked.set()
                step = owner._script[min(len(owner.requests), len(owner._script)) - 1]
                reply = step(request) if callable(step) else step
                if reply is None:
                    owner._over.wait()
                    return
                self._send(reply, streamed=bool(request.get("stream")))

            def _send(self, reply: Reply, *, streamed: bool) -> None:
                kind = "text/event-stream" if streamed else "application/json"
                if isinstance(reply, int):
                    body = json.dumps({"error": {"message": f"status {reply}"}}).encode()
                elif isinstance(reply, bytes):
                    body = reply
                elif streamed:
                    body = b"".join(_chunks(reply))
                else:
                    body = json.dumps(completion(reply)).encode()
                self.send_response(reply if isinstance(reply, int) else 200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Retry-After-Ms", "1")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def completion(reply: Reply, tokens: int = 15) -> Body:
    """A reply as an endpoint sends it, with what it says that it cost."""
    calls = reply if isinstance(reply, list) else None
    message = {"role": "assistant", "content": None if calls else reply, "tool_calls": calls}
    return {
        "id": "made-up",
        "object": "chat.completion",
        "created": 0,
        "model": "made-up",
        "choices": [
            {"index": 0, "message": message, "finish_reason": "tool_calls" if calls else "stop"}
        ],
        "usage": {"prompt_tokens": tokens - 5, "completion_tokens": 5, "total_tokens": tokens},
    }


def _chunks(reply: Reply) -> Iterator[bytes]:
    whole = completion(reply)
    choice = whole["choices"][0]
    parts: list[Body] = [{"role": "assistant", "content": ""}]
    if isinstance(reply, list):
        parts += [{"tool_calls": [{"index": n, **made}]} for n, made in enumerate(reply)]
    else:
        parts += [{"content": word} for word in str(reply).splitlines(keepends=True)]
    ends = [None] * len(parts) + [choice["finish_reason"]]
    for part, end in zip([*parts, {}], ends, strict=True):
        chunk = whole | {"object": "chat.completion.chunk"}
        chunk["choices"] = [{"index": 0, "delta": part, "finish_reason": end}]
        yield f"data: {json.dumps(chunk)}\n\n".encode()
    yield b"data: [DONE]\n\n"
