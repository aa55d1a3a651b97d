"""A stand-in on loopback for the model of a host: calls tools, and keeps what it is then given.

It speaks as much of four wire formats as hosts need: Anthropic's messages, OpenAI's responses and
chat completions, Gemini's generateContent. It understands nothing.
"""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]
DONE = "I have seen it."
WAIT = "WaitForMcpServers"


@dataclass(frozen=True, slots=True)
class Call:
    """A tool by our name, what it is called with, and which call of the conversation it is."""

    tool: str
    arguments: Json
    number: int = 0

    def named(self, names: Sequence[str]) -> str | None:
        """Return the host's own name for the tool, such as ``mcp__focalface__detect_faces``."""
        return next((name for name in names if name.endswith(self.tool)), None)


class Standin:
    """Makes ``calls`` one after the other in a conversation; ``given`` are the answers."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self.calls = [replace(call, number=n) for n, call in enumerate(calls)]
        self.given: list[Any] = []

    def reply(self, path: str, body: Json) -> Json | list[tuple[str, Json]]:
        """Return the answer to a request: JSON, or events of a stream with their names."""
        if "generateContent" in path.lower() or "GenerateContent" in path:
            return [("", self._gemini(body))] if "stream" in path else self._gemini(body)
        if path.endswith("/responses"):
            return self._responses(body)
        if path.endswith("/messages"):
            return self._messages(body)
        return self._chat(body)

    def _next(self, found: list[Any], answered: int) -> Call | None:
        """Return the call that comes after ``answered`` of them, whose answers are in ``found``."""
        if len(found) > len(self.given):
            self.given = found
        return self.calls[answered] if answered < len(self.calls) else None

    def _gemini(self, body: Json) -> Json:
        parts = [part for turn in body.get("contents", ()) for part in turn.get("parts", ())]
        found = [part for part in parts if "functionResponse" in part or "inlineData" in part]
        listed = [d for tool in body.get("tools", ()) for d in tool.get("functionDeclarations", ())]
        call = self._next(found, sum("functionResponse" in part for part in found))
        part: Json = {"text": DONE}
        if call and (name := call.named([d["name"] for d in listed])):
            part = {"functionCall": {"name": name, "args": call.arguments}}
        content = {"role": "model", "parts": [part]}
        usage = {"promptTokenCount": 1, "candidatesTokenCount": 1, "totalTokenCount": 2}
        return {
            "candidates": [{"content": content, "finishReason": "STOP", "index": 0}],
            "usageMetadata": usage,
        }

    def _messages(self, body: Json) -> list[tuple[str, Json]] | Json:
        blocks = [
            block
            for message in body.get("messages", ())
            if isinstance(message["content"], list)
            for block in message["content"]
        ]
        found = [b for b in blocks if b.get("tool_use_id", "").startswith("toolu_")]
        names = [tool.get("name", "") for tool in body.get("tools", ())]
        call = self._next(found, len(found))
        block: Json = {"type": "text", "text": DONE}
        if call and (name := call.named(names)):
            block = {"type": "tool_use", "id": f"toolu_{call.number}"}
            block |= {"name": name, "input": call.arguments}
        elif not found and WAIT in names:
            # The host has not connected to its servers yet, and offers to wait for them.
            block = {"type": "tool_use", "id": f"wait_{len(blocks)}", "name": WAIT, "input": {}}
        return _as_messages(block, body.get("model", "standin"), streamed=bool(body.get("stream")))

    def _responses(self, body: Json) -> list[tuple[str, Json]]:
        turns = [turn for turn in body.get("input", ()) if isinstance(turn, dict)]
        found = [turn for turn in turns if turn.get("type") == "function_call_output"]
        item: Json = {
            "type": "message",
            "role": "assistant",
            "id": "msg_1",
            "content": [{"type": "output_text", "text": DONE}],
        }
        call = self._next(found, len(found))
        if call and (function := _function(call, body.get("tools", ()))):
            item = {
                "type": "function_call",
                "id": f"fc_{call.number}",
                "call_id": f"call_{call.number}",
                "arguments": json.dumps(call.arguments),
                **function,
            }
        usage = {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}
        whole = {"id": "resp_1", "status": "completed", "output": [item], "usage": usage}
        return [
            ("response.created", {"type": "response.created", "response": {"id": "resp_1"}}),
            (
                "response.output_item.done",
                {"type": "response.output_item.done", "output_index": 0, "item": item},
            ),
            ("response.completed", {"type": "response.completed", "response": whole}),
        ]

    def _chat(self, body: Json) -> list[tuple[str, Json]] | Json:
        turns = body.get("messages", ())
        found = [turn for turn in turns if turn["role"] == "tool" or "image_url" in str(turn)]
        call = self._next(found, sum(turn["role"] == "tool" for turn in turns))
        delta: Json = {"role": "assistant", "content": DONE}
        reason = "stop"
        if call and (name := call.named([t["function"]["name"] for t in body.get("tools", ())])):
            function = {"name": name, "arguments": json.dumps(call.arguments)}
            about = {"index": 0, "id": f"call_{call.number}", "type": "function"}
            calls = [{**about, "function": function}]
            delta, reason = {"role": "assistant", "tool_calls": calls}, "tool_calls"
        key = "delta" if body.get("stream") else "message"
        choice = {"index": 0, key: delta, "finish_reason": reason}
        whole = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "standin"}
        return (
            [("", {**whole, "choices": [choice]})]
            if body.get("stream")
            else {
                **whole,
                "choices": [choice],
            }
        )


def _function(call: Call, tools: Any) -> Json | None:
    """Return our tool among functions, which may stand in a namespace of their server."""
    for tool in tools:
        for inner in tool.get("tools", ()):
            if str(inner.get("name", "")).endswith(call.tool):
                return {"name": inner["name"], "namespace": tool["name"]}
        if str(tool.get("name", "")).endswith(call.tool):
            return {"name": tool["name"]}
    return None


def _as_messages(block: Json, model: str, *, streamed: bool) -> list[tuple[str, Json]] | Json:
    stop = "tool_use" if block["type"] == "tool_use" else "end_turn"
    usage = {"input_tokens": 1, "output_tokens": 1}
    whole = {"id": "msg_1", "type": "message", "role": "assistant", "model": model, "usage": usage}
    if not streamed:
        return {**whole, "content": [block], "stop_reason": stop, "stop_sequence": None}
    if stop == "tool_use":
        begun = {**block, "input": {}}
        delta = {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
    else:
        begun, delta = {**block, "text": ""}, {"type": "text_delta", "text": block["text"]}
    events: list[Json] = [
        {"type": "message_start", "message": {**whole, "content": [], "stop_reason": None}},
        {"type": "content_block_start", "index": 0, "content_block": begun},
        {"type": "content_block_delta", "index": 0, "delta": delta},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": stop}, "usage": {"output_tokens": 1}},
        {"type": "message_stop"},
    ]
    return [(event["type"], event) for event in events]


@contextmanager
def listening(standin: Standin) -> Iterator[str]:
    """Give the address of the stand-in, on loopback, while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length) or b"{}")
            answer = standin.reply(self.path.split("?")[0], body)
            if isinstance(answer, list):
                events = [
                    f"event: {n}\n" * bool(n) + f"data: {json.dumps(d)}\n\n" for n, d in answer
                ]
                end = "data: [DONE]\n\n" if self.path.endswith("/completions") else ""
                self._send("text/event-stream", "".join(events) + end)
            else:
                self._send("application/json", json.dumps(answer))

        def do_GET(self) -> None:
            self._send("application/json", json.dumps({"object": "list", "data": []}))

        def do_HEAD(self) -> None:
            self._send("application/json", "")

        def _send(self, kind: str, text: str) -> None:
            data = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
