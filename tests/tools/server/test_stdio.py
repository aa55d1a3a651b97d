"""The server as a process of its own."""

import os
import sys
from pathlib import Path

from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp_calls import call


async def test_a_real_process_answers_over_stdio(pictures: Path, tmp_path: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "focalface.agent", "serve", "--threads", "1"],
        env={**os.environ, "FOCALFACE_HOME": str(tmp_path)},
    )
    async with Client(server) as client:
        assert len((await client.list_tools()).tools) == 4
        found = await call(client, "detect_faces", path=str(pictures / "one.png"))
        described = await call(
            client, "describe_regions", image_id=found["image_id"], regions=["mouth"]
        )
        assert described["descriptions"][0]["text"]
