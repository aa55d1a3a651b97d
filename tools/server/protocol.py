"""The MCP server: wires the face tools, prompts and resources to the protocol, and nothing else."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal

import anyio.from_thread
from mcp.server import MCPServer
from mcp.server.mcpserver import Context, Image
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field

from focalface.tools.errors import FocalFaceError
from focalface.tools.server import schema
from focalface.tools.server.schema import (
    AnnotateResult,
    DescribeResult,
    DetectResult,
    ProposeResult,
)
from focalface.tools.server.service import FaceService
from focalface.tools.settings import Settings
from focalface.tools.types import Box, Disc

if TYPE_CHECKING:
    from focalface.tools.interfaces import Progress
    from focalface.tools.workbench import Workbench

NAME = "focalface"

INSTRUCTIONS = """\
Tools that look at parts of faces: muscle movements (FACS action units), the emotion that an \
expression suggests, and apparent age, for any region of a face, with what could not be judged.
Order of calls: detect_faces(path) gives image_id and face_ids; propose_regions (optional) gives \
the regions that bear on a question; describe_regions describes any set of regions of one face in \
one call (pass all regions at once); annotate_image draws them.
Left and right are always the subject's. Boxes and points are pixels of the picture as displayed.
Use only numbers that the tools returned. 'Not assessed' is not 'absent'. Emotions are what an \
expression suggests, not what a person feels. The tools do not identify people.
{lifetime}"""

Path = Annotated[str | None, Field(description="File path of a picture; no address, no base64")]
KnownImage = Annotated[str | None, Field(description="Instead of path: a picture opened before")]
WholeImage = Annotated[bool, Field(description="True for a face crop: the whole picture is a face")]
WithLandmarks = Annotated[bool, Field(description="True to get all landmark points (long)")]
ImageId = Annotated[str, Field(description="image_id from detect_faces")]
FaceId = Annotated[str | None, Field(description="face_id from detect_faces; default: the largest")]
Focus = Annotated[str | None, Field(description="The question, such as: is the smile genuine?")]
Attributes = Annotated[
    list[str],
    Field(default_factory=list, description="emotion, age, or action units such as AU12"),
]
RegionNames = Annotated[
    list[str],
    Field(
        default_factory=list,
        description="Region names of the atlas or aliases: mouth, left_eye, eyes, smile lines, "
        "face... (resource focal://atlas has all); left and right are the subject's",
    ),
]
RegionIds = Annotated[
    list[str], Field(default_factory=list, description="region_ids from earlier results")
]
FaceIds = Annotated[
    list[str],
    Field(default_factory=list, description="Faces to draw; default: those of the regions, or all"),
]
Boxes = Annotated[list[Box], Field(default_factory=list, description="Custom boxes, in pixels")]
# Lists and not tuples: some model providers refuse the "prefixItems" of a tuple's schema.
Corner = Annotated[list[float], Field(min_length=2, max_length=2)]
Polygons = Annotated[
    list[Annotated[list[Corner], Field(min_length=3)]],
    Field(default_factory=list, description="Custom polygons, each a list of [x, y] in pixels"),
]
Points = Annotated[list[Disc], Field(default_factory=list, description="Custom round spots")]
Seconds = Annotated[
    float | None, Field(gt=0, description="Stop after so long; what is done by then is returned")
]
Limit = Annotated[int, Field(ge=1, le=40, description="Regions at most")]
MaxSide = Annotated[int, Field(ge=64, le=4096, description="Longer side of the JPEG in pixels")]


def create_server(
    settings: Settings | None = None, *, bench: "Workbench | None" = None
) -> MCPServer:
    """The server over one workbench; models load when a tool is first called."""
    settings = bench.settings if bench else settings or Settings()
    service = FaceService(settings, bench)
    server = MCPServer(
        NAME,
        title="focalface: parts of faces, described",
        instructions=INSTRUCTIONS.format(lifetime=service.store.lifetime),
        tools=_tools(service, open_world=settings.describer.startswith("remote")),
        log_level="WARNING",
    )
    _add_resources(server, service)
    _add_prompts(server)
    return server


def serve_stdio(settings: Settings | None = None) -> None:
    """Serves over standard input and output until the client hangs up."""
    create_server(settings).run("stdio")


def serve_http(settings: Settings | None, host: str, port: int, allowed: list[str]) -> None:
    """Serves over streamable HTTP at ``http://host:port/mcp``.

    ``allowed``: names that clients call this machine by, besides the loopback ones. Requests for
    any other name are refused, which keeps web pages from calling the server.
    """
    names = ["127.0.0.1", "localhost", "[::1]", host, *allowed]
    hosts = [form for name in names for form in (name, f"{name}:*")]
    security = TransportSecuritySettings(
        allowed_hosts=hosts, allowed_origins=[f"http://{name}" for name in hosts]
    )
    create_server(settings).run(
        "streamable-http", host=host, port=port, transport_security=security
    )


@contextmanager
def _teaching() -> Iterator[None]:
    """Lets the one sentence of our errors reach the client; other errors stay on the server."""
    try:
        yield
    except FocalFaceError as error:
        raise ToolError(str(error)) from error


def _result(result: BaseModel, text: str, *pictures: bytes) -> CallToolResult:
    images = [Image(data=data, format="jpeg").to_image_content() for data in pictures]
    return CallToolResult(
        content=[TextContent(type="text", text=text), *images],
        structured_content=schema.structure(result),
    )


def _progress(context: Context[Any, Any]) -> "Progress":
    """Reports from the worker thread that a sync tool runs in."""

    def report(done: int, total: int) -> None:
        anyio.from_thread.run(context.report_progress, done, total, f"region {done} of {total}")

    return report


def _tools(service: FaceService, *, open_world: bool) -> list[Tool]:
    """The four tools; an argument that does not exist is an error instead of being dropped."""

    def detect_faces(
        path: Path = None,
        image_id: KnownImage = None,
        whole_image_is_face: WholeImage = False,
        include_landmarks: WithLandmarks = False,
    ) -> Annotated[CallToolResult, DetectResult]:
        """Open a picture and find all faces, largest first. Call this first: other tools need its
        image_id and face_ids. No face is a normal answer."""
        with _teaching():
            found = service.detect(
                path,
                image_id,
                whole_image_is_face=whole_image_is_face,
                include_landmarks=include_landmarks,
            )
        return _result(found, schema.detect_text(found))

    def propose_regions(
        image_id: ImageId,
        face_id: FaceId = None,
        focus: Focus = None,
        *,
        attributes: Attributes,
        limit: Limit = 6,
    ) -> Annotated[CallToolResult, ProposeResult]:
        """Rank the regions of a face that bear on a question or on attributes, each with a reason.
        Optional: describe_regions also takes region names directly."""
        with _teaching():
            found = service.propose(
                image_id, face_id, focus=focus, attributes=attributes, limit=limit
            )
        return _result(found, schema.propose_text(found))

    def describe_regions(
        context: Context[Any, Any],
        image_id: ImageId,
        face_id: FaceId = None,
        *,
        regions: RegionNames,
        region_ids: RegionIds,
        boxes: Boxes,
        polygons: Polygons,
        points: Points,
        timeout_s: Seconds = 50.0,
    ) -> Annotated[CallToolResult, DescribeResult]:
        """Describe any set of regions of one face in one call: what is visible there in words,
        action units with side and intensity, suggested emotion, apparent age, and limits. Give at
        least one region; 'face' is the whole face."""
        with _teaching():
            found = service.describe(
                image_id,
                face_id,
                regions=regions,
                region_ids=region_ids,
                boxes=boxes,
                polygons=[[(x, y) for x, y in polygon] for polygon in polygons],
                points=points,
                timeout_s=timeout_s,
                progress=_progress(context),
            )
        return _result(found, schema.describe_text(found))

    def annotate_image(
        image_id: ImageId,
        *,
        face_ids: FaceIds,
        regions: RegionNames,
        region_ids: RegionIds,
        labels: Literal["names", "numbers"] = "names",
        max_side: MaxSide = 768,
    ) -> Annotated[CallToolResult, AnnotateResult]:
        """Draw faces and regions on a copy of the picture and return it as a small JPEG with a
        legend. Nothing is written to disk. For people; models can rely on the text."""
        with _teaching():
            legend, jpeg = service.annotate(
                image_id,
                face_ids=face_ids,
                regions=regions,
                region_ids=region_ids,
                labels=labels,
                max_side=max_side,
            )
        return _result(legend, schema.annotate_text(legend), jpeg)

    return [
        _strict(detect_faces, "Find faces", open_world=False),
        _strict(propose_regions, "Propose regions", open_world=False),
        _strict(describe_regions, "Describe regions", open_world=open_world),
        _strict(annotate_image, "Draw regions", open_world=False),
    ]


def _strict(function: Any, title: str, *, open_world: bool) -> Tool:
    """A read-only tool that refuses unknown arguments (the SDK would drop them silently)."""
    tool = Tool.from_function(
        function,
        title=title,
        annotations=ToolAnnotations(
            read_only_hint=True,
            idempotent_hint=True,
            destructive_hint=False,
            open_world_hint=open_world,
        ),
    )
    tool.fn_metadata.arg_model.model_config["extra"] = "forbid"
    tool.fn_metadata.arg_model.model_rebuild(force=True)
    tool.parameters["additionalProperties"] = False
    return tool


def _add_resources(server: MCPServer, service: FaceService) -> None:
    @server.resource("focal://atlas", title="Regions of a face", mime_type="application/json")
    def atlas() -> str:
        """Names, aliases, muscles and action units of every region."""
        from focalface.tools.server import reference

        return json.dumps(reference.atlas(), ensure_ascii=False)

    @server.resource("focal://action-units", title="Action units", mime_type="application/json")
    def action_units() -> str:
        """FACS units: names, muscles, where they show, and which ones the describer assesses."""
        from focalface.tools.server import reference

        return json.dumps(reference.action_units(service.bench.supported_aus), ensure_ascii=False)

    @server.resource("focal://models", title="Models", mime_type="application/json")
    def models() -> str:
        """Weights: licence, source, size, and whether they are installed."""
        from focalface.tools.models import catalog as weights

        return json.dumps([m.model_dump(mode="json") for m in weights.catalogue()])


def _add_prompts(server: MCPServer) -> None:
    from focalface.prompts import load

    @server.prompt(title="Analyse a face")
    def analyze_face(image: Annotated[str, Field(description="Path of the picture")]) -> str:
        """Read a whole face region by region, with evidence."""
        return load("analyze_face").fill(image=image)

    @server.prompt(title="Compare the sides of a face")
    def compare_sides(image: Annotated[str, Field(description="Path of the picture")]) -> str:
        """Compare the subject's left and right side."""
        return load("compare_sides").fill(image=image)

    @server.prompt(title="Is this smile genuine?")
    def genuine_smile(image: Annotated[str, Field(description="Path of the picture")]) -> str:
        """Check a smile for the eye and mouth movements of a Duchenne smile."""
        return load("genuine_smile").fill(image=image)

    @server.prompt(title="Describe a region")
    def describe_region(
        image: Annotated[str, Field(description="Path of the picture")],
        region: Annotated[str, Field(description="Region, such as mouth or left brow")],
    ) -> str:
        """Describe one region of a face."""
        return load("describe_region").fill(image=image, region=region)
