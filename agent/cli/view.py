"""``focalface view``: a conversation about one picture, had on its page."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from focalface.agent.conversation.page import Page, browse
from focalface.agent.conversation.session import Session
from focalface.tools.server.protocol import create_server
from focalface.tools.settings import Settings


async def view(
    picture: Path,
    settings: Settings,
    *,
    port: int,
    crop: bool,
    model: str | None,
    told: Callable[[str], None],
    open_browser: bool,
) -> None:
    """Serve the page until it is interrupted; ``told`` hears its address.

    Raises an ``ImageError`` for what is no picture, before anything is served.
    """
    server = create_server(settings)
    session = Session(
        server=server, describer=settings.describer, model=model, emotion=settings.emotion
    )
    async with session:
        await session.open(picture, crop=crop)
        async with Page(session, asyncio.Lock(), port=port) as page:
            told(page.address)
            if open_browser:
                await browse(page.address)
            await asyncio.Event().wait()
