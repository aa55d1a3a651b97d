"""The page of a conversation: what it shows, who reaches it, and that it ends with it."""

import asyncio
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

import httpx2
import pytest
from sessions import make_session

from focalface.agent.conversation.page import Page, browse
from focalface.tools.errors import FocalFaceError


@pytest.fixture
async def page(photo):
    async with make_session() as session:
        await session.open(photo)
        floor = asyncio.Lock()
        async with Page(session, floor) as served, httpx2.AsyncClient(timeout=60) as browser:
            yield session, floor, served.address, browser


async def test_it_shows_the_picture_of_the_conversation_also_after_another(page, group):
    session, _, address, browser = page
    assert "an astronaut.png" in (await browser.get(address)).text
    await session.open(group)
    assert "group.png" in (await browser.get(address)).text


async def test_without_the_secret_there_is_nothing(page):
    _, _, address, browser = page
    parts = urlsplit(address)
    for path in ("/", "/call", "/ask", f"{parts.path[:-3]}/"):
        assert (await browser.get(f"http://{parts.netloc}{path}")).status_code == 404


async def test_a_question_there_leaves_the_choices_of_the_terminal_as_they_were(page, group):
    session, _, address, browser = page
    await session.open(group)
    session.choose_face(2)
    chosen = await session.select("left eye")
    wanted = {"question": "is the mouth open?", "face": session.faces[0].id, "target": "mouth"}
    told = (await browser.post(f"{address}ask", json=wanted)).json()
    assert "mouth" in told["text"] or "lips" in told["text"]
    assert (session.face, session.selection) == (2, chosen)
    assert [turn.question for turn in session.turns] == ["is the mouth open?"]


async def test_a_question_there_waits_while_the_terminal_has_the_floor(page):
    session, floor, address, browser = page
    async with floor:
        asked = asyncio.create_task(browser.post(f"{address}ask", json={"question": "smiling?"}))
        await browser.post(f"{address}call", json={"name": "detect_faces"})
        assert not asked.done() and not session.turns
    assert (await asked).json()["text"]


async def test_what_the_page_calls_is_no_step_of_the_conversation(page):
    session, _, address, browser = page
    arguments = {**session.source, "regions": ["mouth"], "detail": "full"}
    called = {"name": "describe_regions", "arguments": arguments}
    told = (await browser.post(f"{address}call", json=called)).json()
    assert told["structuredContent"]["descriptions"]
    assert not list(session.evidence()[0])


@pytest.mark.parametrize("body", ["[]", "no JSON", '{"question": "%s"}' % ("x" * 100_001)])
async def test_what_is_no_request_is_answered_in_a_sentence(page, body):
    _, _, address, browser = page
    refused = await browser.post(f"{address}ask", content=body)
    assert refused.status_code == 400
    assert refused.json()["error"].endswith(".")


async def test_it_ends_with_the_conversation(photo):
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(make_session())
        await session.open(photo)
        address = (await stack.enter_async_context(Page(session, asyncio.Lock()))).address
    async with httpx2.AsyncClient() as browser:
        with pytest.raises(httpx2.ConnectError):
            await browser.get(address)


async def test_a_port_in_use_is_said_in_a_sentence(page):
    session, floor, address, _ = page
    with pytest.raises(FocalFaceError, match="cannot be used"):
        await Page(session, floor, port=urlsplit(address).port or 0).__aenter__()


async def test_without_a_desktop_no_browser_of_a_terminal_is_started(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert not await browse("http://127.0.0.1:1/")
