"""Pictures to call the tools with, and clients of both protocol eras."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import insightface.data
import PIL.Image
import pytest
import pytest_asyncio
import skimage.data
from benches import SERVER
from mcp import Client


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one face, a group and none."""
    folder = tmp_path_factory.mktemp("pictures")
    PIL.Image.fromarray(skimage.data.astronaut()).save(folder / "one.png")
    bgr = insightface.data.get_image("t1")
    PIL.Image.fromarray(bgr[:, :, ::-1]).save(folder / "group.jpg", quality=95)
    PIL.Image.new("RGB", (320, 240), "grey").save(folder / "none.png")
    (folder / "text.jpg").write_text("not a picture", encoding="utf-8")
    return folder


@pytest_asyncio.fixture(params=["auto", "legacy"])
async def client(request: pytest.FixtureRequest) -> AsyncIterator[Client]:
    """A client of each protocol era on a server in this process.

    A task of its own holds it open, since it must be closed in the task that opened it.
    """
    mode: Literal["auto", "legacy"] = request.param
    ready: asyncio.Future[Client] = asyncio.get_running_loop().create_future()
    done = asyncio.Event()

    async def hold() -> None:
        try:
            async with Client(SERVER, mode=mode, raise_exceptions=True) as made:
                ready.set_result(made)
                await done.wait()
        except Exception as error:
            if ready.done():
                raise
            ready.set_exception(error)

    holder = asyncio.create_task(hold())
    yield await ready
    done.set()
    await holder
