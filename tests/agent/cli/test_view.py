"""The page in a real browser: served by ``focalface view``, and inside an MCP host."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from focalface.agent.conversation.page import Page
from focalface.agent.conversation.session import Session
from focalface.tools.server import page
from focalface.tools.server.protocol import create_server
from focalface.tools.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
browsers = pytest.importorskip("playwright.async_api", reason="needs the package playwright")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: chromium)")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@asynccontextmanager
async def browser_page(seen: list[str]) -> AsyncIterator[Any]:
    """An empty page; ``seen`` collects the addresses asked for and complaints of the console."""
    async with browsers.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = await browser.new_page(viewport={"width": 1100, "height": 800})
        tab.set_default_timeout(60_000)
        tab.on("request", lambda request: seen.append(request.url))
        tab.on("console", lambda told: seen.append(f"console {told.type}: {told.text}"))
        tab.on("pageerror", lambda error: seen.append(f"console error: {error}"))
        try:
            yield tab
        finally:
            await browser.close()


async def box_of(tab: Any, region: str) -> tuple[float, float, float, float]:
    """Where a region stands in the window: left, top, right, bottom."""
    shape = tab.locator(f'.region[aria-label="{region}"]')
    box = await shape.bounding_box()
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


async def draw_over_the_mouth(tab: Any) -> None:
    left, top, right, bottom = await box_of(tab, "mouth")
    await tab.get_by_role("button", name="Draw a box").click()
    await tab.mouse.move(left - 4, top - 4)
    await tab.mouse.down()
    await tab.mouse.move(right + 4, bottom + 4, steps=4)
    await tab.mouse.up()


async def until(tab: Any, text: str) -> str:
    reading = tab.locator("#reading")
    await reading.get_by_text(text).first.wait_for()
    return str(await reading.inner_text())


async def test_a_region_is_pointed_at_drawn_by_hand_and_asked_about(photo: Path) -> None:
    seen: list[str] = []
    server = create_server(Settings(threads=1))
    async with Session(server=server) as session:
        await session.open(photo)
        async with Page(session, asyncio.Lock()) as served, browser_page(seen) as tab:
            await tab.goto(served.address)
            await until(tab, "Mouth")
            await tab.locator('.region[aria-label="left eye"]').hover()
            await until(tab, "Left eye")
            await draw_over_the_mouth(tab)
            told = await until(tab, "Your own region")
            assert "lip corner" in told.lower()
            await tab.locator("#question").fill("Is she smiling?")
            await tab.get_by_role("button", name="Ask", exact=True).click()
            await browsers.expect(tab.locator("#answer")).to_contain_text(
                "lip corners", timeout=60_000
            )
    own = served.address
    outside = [one for one in seen if not one.startswith((own, "data:", "console"))]
    assert outside == []
    assert not [one for one in seen if "Content Security Policy" in one]


async def test_the_keyboard_alone_picks_and_draws(photo: Path) -> None:
    seen: list[str] = []
    server = create_server(Settings(threads=1))
    async with Session(server=server) as session:
        await session.open(photo)
        async with Page(session, asyncio.Lock()) as served, browser_page(seen) as tab:
            await tab.goto(served.address)
            await until(tab, "Mouth")
            await tab.locator('.region[aria-label="chin"]').focus()
            await until(tab, "Chin")
            await tab.get_by_role("button", name="Draw a box").focus()
            for key in ("Enter", "ArrowDown", "ArrowDown", "Shift+ArrowRight", "Enter"):
                await tab.keyboard.press(key)
            await until(tab, "Your own region")


HOST = """<!doctype html><title>host</title>
<iframe id="app" sandbox="allow-scripts" style="width:1000px;height:700px;border:0"></iframe>
<script>
const app = document.getElementById("app"), heard = [];
const post = (message) => app.contentWindow.postMessage({ jsonrpc: "2.0", ...message }, "*");
window.addEventListener("message", async ({ source, data }) => {
  if (source !== app.contentWindow) return;
  heard.push(data);
  if (data.method === "ui/initialize") post({ id: data.id, result: {
    protocolVersion: "2026-01-26", hostInfo: { name: "test", version: "1" },
    hostCapabilities: { serverTools: {}, message: { text: {} } },
    hostContext: { theme: "dark" } } });
  if (data.method === "ui/notifications/initialized") {
    post({ method: "ui/notifications/tool-input", params: { arguments: ARGUMENTS } });
  }
  if (data.method === "tools/call") {
    const result = JSON.parse(await window.callTool(JSON.stringify(data.params)));
    post({ id: data.id, result });
  }
  if (data.method === "ui/message") post({ id: data.id, result: {} });
});
app.srcdoc = PAGE;
</script>"""


def a_host(html: str, arguments: dict[str, str]) -> str:
    """A host's own page, which shows ours in a sandbox as the specification has it."""
    safe = json.dumps(html).replace("</", "<\\/")
    return HOST.replace("ARGUMENTS", json.dumps(arguments)).replace("PAGE", safe)


def through(client: Client) -> Callable[[str], Awaitable[str]]:
    async def call(params: str) -> str:
        wanted = json.loads(params)
        result = await client.call_tool(wanted["name"], wanted["arguments"])
        return result.model_dump_json(by_alias=True, exclude_none=True)

    return call


async def test_inside_a_host_the_drawn_region_is_sent_to_the_conversation(photo: Path) -> None:
    seen: list[str] = []
    async with Client(create_server(Settings(threads=1))) as client, browser_page(seen) as tab:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert (tools["annotate_image"].meta or {})["ui"]["resourceUri"] == page.PAGE_URI
        content = (await client.read_resource(page.PAGE_URI)).contents[0]
        assert content.mime_type == "text/html;profile=mcp-app"
        html = content.text  # type: ignore[union-attr]
        await tab.expose_function("callTool", through(client))
        await tab.set_content(a_host(html, {"path": str(photo)}))
        inner = tab.frame_locator("#app")
        await until(inner, "Mouth")
        shape = await inner.locator('.region[aria-label="mouth"]').bounding_box()
        await inner.get_by_role("button", name="Draw a box").click()
        await tab.mouse.move(shape["x"] - 4, shape["y"] - 4)
        await tab.mouse.down()
        right, bottom = shape["x"] + shape["width"] + 4, shape["y"] + shape["height"] + 4
        await tab.mouse.move(right, bottom, steps=4)
        await tab.mouse.up()
        await until(inner, "Your own region")
        await inner.get_by_role("button", name="Send to the conversation").click()
        await inner.get_by_text("Sent to the conversation.").wait_for()
        sent = await tab.evaluate("heard.filter((one) => one.method === 'ui/message')[0].params")
    assert "lip corner" in sent["content"][0]["text"].lower()
    assert [one for one in seen if not one.startswith(("data:", "console", "about:"))] == []
    assert not [one for one in seen if "Content Security Policy" in one]
