"""Whatever arguments an assistant sends: a result, or one sentence that teaches."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
import skimage.data
from hypothesis import given
from hypothesis import strategies as st
from mcp import Client

from focalface.tools import Workbench
from focalface.tools.server.protocol import create_server

NUMBER = st.floats() | st.integers() | st.sampled_from([10**400, 1e308, -1.0, 40.0])
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBER | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
BOX = st.fixed_dictionaries(dict.fromkeys(("x1", "y1", "x2", "y2"), NUMBER))
DISC = st.fixed_dictionaries(dict.fromkeys(("x", "y", "radius"), NUMBER))
POLYGON = st.lists(st.lists(NUMBER, min_size=2, max_size=2), max_size=6)
NAMES = st.lists(st.sampled_from(["mouth", "left_eye", "moth", "", "face"]) | st.text(max_size=9))
SHAPES = st.fixed_dictionaries({}, optional={
    "regions": NAMES | ANYTHING,
    "boxes": st.lists(BOX, max_size=3) | ANYTHING,
    "points": st.lists(DISC, max_size=3) | ANYTHING,
    "polygons": st.lists(POLYGON, max_size=3) | ANYTHING,
    "region_ids": ANYTHING,
    "face_id": ANYTHING,
    "timeout_s": ANYTHING,
    "limit": ANYTHING,
    "max_side": ANYTHING,
    "focus": ANYTHING,
    "path": ANYTHING,
})  # fmt: skip
TOOLS = st.sampled_from(["detect_faces", "propose_regions", "describe_regions", "annotate_image"])


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Calls a tool of a server in this process, on a picture that it knows."""
    path: Path = tmp_path_factory.mktemp("fuzz") / "portrait.png"
    PIL.Image.fromarray(skimage.data.astronaut()).save(path)
    with asyncio.Runner() as runner:
        client, close = runner.run(_connected())
        seen = runner.run(client.call_tool("detect_faces", {"path": str(path)}))
        image_id = seen.structured_content["image_id"]

        def run(tool: str, arguments: dict[str, Any]) -> Any:
            known = {} if "path" in arguments else {"image_id": image_id}
            return runner.run(client.call_tool(tool, known | arguments))

        yield run
        runner.run(close())


async def _connected() -> tuple[Client, Callable[[], Awaitable[None]]]:
    """A client, and what closes it: in the task that opened it, as it must be."""
    opened, done = asyncio.get_running_loop().create_future(), asyncio.Event()

    async def hold() -> None:
        async with Client(create_server(bench=Workbench())) as client:
            opened.set_result(client)
            await done.wait()

    holder = asyncio.create_task(hold())

    async def close() -> None:
        done.set()
        await holder

    return await opened, close


@given(TOOLS, SHAPES)
def test_any_arguments_give_a_result_or_a_sentence(
    call: Any, tool: str, arguments: dict[str, Any]
) -> None:
    result = call(tool, arguments)
    text = " ".join(block.text for block in result.content if block.type == "text")
    assert text
    assert "Traceback" not in text
    assert not text.startswith(f"Error executing tool {tool}") or ": " in text, text
