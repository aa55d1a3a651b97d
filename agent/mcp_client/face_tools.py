"""The face tools as a conversation uses them: typed results, errors raised, a describer chosen."""

import base64
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import PIL.Image

from focalface.agent.basics.events import Emit
from focalface.agent.mcp_client.toolbox import Toolbox, isolated_server, picture_of, text_of
from focalface.agent.planning.face_selection import SPOT
from focalface.agent.planning.turn_context import Picture
from focalface.tools.describers import KINDS
from focalface.tools.errors import ImageError, SettingsError, UsageError
from focalface.tools.face.regions import names_for
from focalface.tools.paths import as_text
from focalface.tools.question import regions as spoken
from focalface.tools.settings import Settings
from focalface.tools.types import Face, Region, RegionDescription

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool
    from mcp.client.stdio import StdioServerParameters
    from mcp.server import MCPServer
    from mcp.types import CallToolResult

LARGEST_DRAWING = 4096
"""Longer side in pixels up to which a picture is drawn in full size."""
LARGEST_FILE = 740
"""Kilobytes of a drawn picture at most, the most that the tool gives."""


class FaceTools:
    """The tools of one server, our own unless ``server`` is given. Use as ``async with``.

    ``isolated`` runs our server as a process of its own, ``emotion`` lets it tell emotions.
    What the tools refuse is raised: ``ImageError`` for a picture, else ``UsageError``.
    """

    def __init__(
        self,
        emit: Emit,
        *,
        describer: str,
        isolated: bool = False,
        emotion: bool = True,
        server: "MCPServer | StdioServerParameters | None" = None,
    ) -> None:
        self.describer = describer
        """The describer at work, as the settings name it."""
        self._emit, self._isolated, self._given_server = emit, isolated, server
        self._emotion = emotion
        self._toolbox: Toolbox | None = None

    async def __aenter__(self) -> Self:
        self._toolbox = Toolbox(self._server(self.describer), self._emit)
        await self._toolbox.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._toolbox is not None:
            await self._toolbox.__aexit__()
        self._toolbox = None

    def _server(self, describer: str) -> "MCPServer | StdioServerParameters":
        if self._given_server is not None:
            return self._given_server
        if self._isolated:
            chosen = {"FOCALFACE_DESCRIBER": describer, "FOCALFACE_EMOTION": str(self._emotion)}
            return isolated_server(os.environ | chosen)
        from focalface.tools.server.protocol import create_server
        from focalface.tools.server.work import Workers

        settings = Settings(describer=describer, emotion=self._emotion)
        return create_server(settings, workers=Workers(heard=True))

    @property
    def _opened(self) -> Toolbox:
        if self._toolbox is None:
            raise UsageError("The session is not open; use it with 'async with'.")
        return self._toolbox

    async def _call(self, name: str, arguments: dict[str, Any]) -> "CallToolResult":
        result = await self._opened.call(name, arguments)
        if result.is_error:
            said = text_of(result)
            raise ImageError(said) if name == "detect_faces" else UsageError(said)
        return result

    async def pass_on(self, name: str, arguments: dict[str, Any]) -> "CallToolResult":
        """Call a tool for the page: as it stands, and no step of the conversation."""
        return await self._opened.pass_on(name, arguments)

    async def tools(self) -> "list[BaseTool]":
        """Return the tools as a LangChain agent takes them."""
        return await self._opened.tools()

    async def open(self, path: Path, *, crop: bool = False) -> Picture:
        """Open a picture and find its faces; ``crop``: the whole picture is one face."""
        arguments = {"path": as_text(path), **({"whole_image_is_face": True} if crop else {})}
        found: Any = (await self._call("detect_faces", arguments)).structured_content
        return Picture(
            path=as_text(path),
            image_id=found["image_id"],
            width=found["width"],
            height=found["height"],
            faces=tuple(Face.model_validate(f) for f in found["faces"]),
            crop=crop,
            note=found.get("note") or "",
        )

    async def describe(
        self, picture: Picture, face: Face, targets: dict[str, Any]
    ) -> tuple[RegionDescription, ...]:
        """Describe regions of a face; ``targets`` are arguments of ``describe_regions``."""
        arguments = {"image_id": picture.image_id, "face_id": face.id, **targets}
        found: Any = (await self._call("describe_regions", arguments)).structured_content
        return tuple(RegionDescription.model_validate(d) for d in found["descriptions"])

    async def draw(
        self, picture: Picture, regions: Sequence[Region], *, numbers: bool
    ) -> PIL.Image.Image:
        """Return the picture with its faces and these regions drawn, numbered or named."""
        arguments: dict[str, Any] = {
            "image_id": picture.image_id,
            "labels": "numbers" if numbers else "names",
            "max_side": LARGEST_DRAWING,
            "max_kb": LARGEST_FILE,
        }
        if regions:
            arguments["region_ids"] = [r.id for r in regions]
        data = picture_of(await self._call("annotate_image", arguments))
        return PIL.Image.open(io.BytesIO(base64.b64decode(data or ""))).convert("RGB")

    async def change_describer(
        self, describer: str, picture: Picture | None, face: Face | None
    ) -> None:
        """Start a server with another describer, open the picture there and try it on a face.

        One that cannot work raises, and the describer before stays.
        """
        if not describer.strip():
            raise SettingsError(f"Name a describer: {KINDS}.")
        before = self.describer
        try:
            await self._serve(describer, picture)
            if picture is not None and face is not None:
                await self.describe(picture, face, {"regions": ["mouth"]})
        except BaseException:
            await self._serve(before, picture)
            raise
        self.describer = describer

    async def _serve(self, describer: str, picture: Picture | None) -> None:
        await self._opened.restart(self._server(describer))
        if picture is not None:
            await self._call("detect_faces", picture.source)


def targets_of(target: str) -> dict[str, Any]:
    """Return arguments of ``describe_regions`` for a region's name, ``x1,y1,x2,y2`` or
    ``x,y[,r]``."""
    boxes, points, _ = spoken.numbers(f"at {target}")
    if boxes:
        x1, y1, x2, y2 = boxes[0]
        return {"boxes": [{"x1": x1, "y1": y1, "x2": x2, "y2": y2}]}
    if points:
        x, y, radius = points[0]
        return {"points": [{"x": x, "y": y, "radius": radius or SPOT}]}
    return {"regions": list(names_for(target))}
