"""The MCP server: wires tools, prompts, resources and the page to the protocol, nothing else."""

import base64
import importlib
import importlib.metadata
import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mcp.types import Icon

from focalface.tools.server import movements_only, page, prompts, resources
from focalface.tools.server.service import Declines, FaceService
from focalface.tools.server.strict import FaceServer
from focalface.tools.server.tools import make_tools
from focalface.tools.server.work import Workers
from focalface.tools.settings import Settings

if TYPE_CHECKING:
    from focalface.tools.workbench import Workbench

NAME = "focalface"
DECLINING = "focalface.agent.composing.declining"

INSTRUCTIONS = """\
Tools that look at parts of faces: muscle movements (FACS action units), the emotion that an \
expression suggests, and apparent age, for any region of a face, with what could not be judged.
Every tool takes the path of a picture. Order of calls, where more than one is needed: \
detect_faces(path) gives image_id and face_ids; propose_regions (optional) gives the regions that \
bear on a question; describe_regions describes any set of regions of one or several faces in one \
call (pass all at once); annotate_image shows where they are.
Left and right are always the subject's. Boxes and points are pixels of the picture as displayed.
Use only numbers that the tools returned. 'Not assessed' is not 'absent'. Emotions are what an \
expression suggests, not what a person feels. The tools do not identify people, and they say \
nothing about ethnicity, looks, honesty, health or character.
{network}
People must be told that they are exposed to emotion recognition, and inferring emotions at work \
or in education is prohibited in the EU: ask the user when a picture seems to come from there.
{lifetime}"""

_HERE = "Pictures stay on this machine; nothing is sent over a network."
_THERE = "Crops of the faces are sent to the model at {}: ask the user for consent first."
_UNKNOWN = (
    "Faces are read by {}, code of the user's own: where it sends them is not known here; ask the "
    "user for consent first."
)

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
    '<rect width="48" height="48" rx="11" fill="#16202b"/>'
    '<ellipse cx="24" cy="25" rx="13" ry="16" fill="none" stroke="#f4f1ea" stroke-width="2.6"/>'
    '<circle cx="19" cy="22" r="1.9" fill="#f4f1ea"/>'
    '<circle cx="29" cy="22" r="1.9" fill="#f4f1ea"/>'
    '<path d="M17.5 31q6.5 5.5 13 0" fill="none" stroke="#e69f00" stroke-width="2.8"/>'
    '<path d="M13 29v-3.5h3.5M35 29v-3.5h-3.5M13 33.5V37h3.5M35 33.5V37h-3.5" fill="none" '
    'stroke="#56b4e9" stroke-width="2.2"/></svg>'
)
"""A face with its mouth in focus."""


def _network(settings: Settings) -> str:
    """Return what is said of where pictures go."""
    if settings.reader == "own":
        return _UNKNOWN.format(settings.describer)
    remote = settings.reader == "endpoint"
    return _THERE.format(settings.base_url or "its provider") if remote else _HERE


def create_server(
    settings: Settings | None = None,
    *,
    bench: "Workbench | None" = None,
    workers: Workers | None = None,
    declines: Declines | None = None,
) -> FaceServer:
    """Return the server over one workbench; models load when a tool is first called.

    ``workers`` bound the calls at work; ``declines`` says which questions are not answered.
    """
    settings = bench.settings if bench else settings or Settings()
    service = FaceService(settings, bench, declines or _as_the_agent_does)
    tools = make_tools(service, workers or Workers(), open_world=settings.reader != "here")
    said: Callable[[str], str] = str
    if not settings.emotion:
        said = movements_only.without_emotion
        for tool in tools:
            movements_only.reword(tool)
    server = FaceServer(
        NAME,
        title="focalface: parts of faces, described",
        version=importlib.metadata.version("focalface"),
        icons=[icon()],
        instructions=said(INSTRUCTIONS).format(
            lifetime=service.store.lifetime, network=_network(settings)
        ),
        tools=list(tools),
        extensions=[page.extension()],
        subscriptions=False,  # the lists never change
        log_level="WARNING",
    )
    resources.add_resources(server, service)
    resources.add_completion(server)
    prompts.add_prompts(server, said, () if settings.emotion else movements_only.OF_EMOTION)
    return server


def _as_the_agent_does(question: str) -> str | None:
    """Tell why the agent would not answer. It stands above this room, and only its name is known
    here;
    it loads with the first question."""
    declined: Declines = importlib.import_module(DECLINING).declined
    return declined(question)


def icon() -> Icon:
    """Return our icon, inside the message: no host has to fetch anything."""
    data = base64.b64encode(ICON.encode()).decode()
    return Icon(src=f"data:image/svg+xml;base64,{data}", mime_type="image/svg+xml", sizes=["any"])


def serve_stdio(settings: Settings | None = None, declines: Declines | None = None) -> None:
    """Serve over standard input and output until the client hangs up or Ctrl-C is pressed."""
    signal.signal(signal.SIGINT, _leave)
    create_server(settings, declines=declines).run("stdio")


def _leave(number: int, frame: Any) -> None:
    """End at once: the thread that reads standard input would keep a polite end waiting."""
    os._exit(128 + number)
