"""The page on which a region is picked by hand: an MCP App, and what ``focalface view`` shows.

One file of HTML without any outside request: style and script stand in it, and the policy that
goes with it allows just these two, by their hashes.
"""

import base64
import hashlib
import html
import json
from functools import cache
from pathlib import Path
from typing import Any

from mcp.server.apps import Apps, ResourceCsp

from focalface.tools.face.regions import BASIC

PAGE_URI = "ui://focalface/face.html"
_FOLDER = Path(__file__).parent


def extension() -> Apps:
    """Return the page as an MCP App; hosts that do not show Apps lose nothing."""
    apps = Apps()
    apps.add_html_resource(
        PAGE_URI,
        render({}),
        name="focalface",
        title="Pick a region of a face",
        description="The picture with its regions: pick or draw one, see its reading, send it.",
        csp=ResourceCsp(connect_domains=[], resource_domains=[]),
        prefers_border=True,
    )
    return apps


def render(start: dict[str, Any]) -> str:
    """Return the page; ``start`` is what it shows at once, nothing where a host tells it later."""
    style, script = _file("page.css"), _file("page.js")
    told = {"regions": BASIC, **start}
    return (
        _file("page.html")
        .replace("{{policy}}", html.escape(policy(served="path" in start)))
        .replace("{{start}}", html.escape(json.dumps(told)))
        .replace("{{style}}", style)
        .replace("{{script}}", script)
    )


def policy(*, served: bool) -> str:
    """Return what the page may load and reach: nothing, or the server that it came from."""
    style, script = (_hash(_file(name)) for name in ("page.css", "page.js"))
    reach = "'self'" if served else "'none'"
    return (
        f"default-src 'none'; img-src data:; style-src '{style}'; script-src '{script}'; "
        f"connect-src {reach}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _file(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
