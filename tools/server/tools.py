"""The four tools as the protocol sees them: arguments in, text, structure and picture out."""

from typing import Annotated, Any

from mcp.server.mcpserver import Context, Image
from mcp.types import CallToolResult, TextContent

from focalface.tools.server import arguments as given
from focalface.tools.server.chosen import Source, Wanted
from focalface.tools.server.page import PAGE_URI
from focalface.tools.server.schema import DescribeResult, DetectResult, ProposeResult
from focalface.tools.server.service import PAGE, FaceService, Told
from focalface.tools.server.strict import StrictTool, strict
from focalface.tools.server.work import Workers

DEADLINE = 50.0
"""Seconds after which a call stops; hosts give up after 60."""


def make_tools(service: FaceService, workers: Workers, *, open_world: bool) -> list[StrictTool]:
    """Return the tools over one service. ``open_world``: readings leave this machine."""

    async def detect_faces(
        context: Context[Any, Any],
        path: given.Path = None,
        image_id: given.KnownImage = None,
        whole_image_is_face: given.WholeImage = False,
        cursor: given.Cursor = None,
        limit: given.Faces = PAGE,
        detail: given.AnyDetail = "brief",
        include_landmarks: given.WithLandmarks = False,
    ) -> Annotated[CallToolResult, DetectResult]:
        """Find the faces on a picture, largest first, with handles for the other tools.
        Use it for how many faces there are and where; to read a face you may call
        describe_regions with a path at once. No face is a normal answer.
        Example: {"path": "photo.jpg"}"""
        source = Source(path, image_id, whole_image_is_face)
        told = await workers.run(
            lambda report: service.detect(
                source,
                cursor=cursor,
                limit=limit,
                detail=detail,
                include_landmarks=include_landmarks,
                progress=report,
            ),
            context,
            DEADLINE,
            renewed=True,
        )
        return _result(told)

    async def propose_regions(
        context: Context[Any, Any],
        path: given.Path = None,
        image_id: given.KnownImage = None,
        whole_image_is_face: given.WholeImage = False,
        face_id: given.FaceId = None,
        focus: given.Focus = None,
        *,
        attributes: given.Attributes,
        limit: given.Limit = 6,
        detail: given.AnyDetail = "brief",
    ) -> Annotated[CallToolResult, ProposeResult]:
        """Rank the regions of a face that bear on a question, each with a reason.
        Use it when you do not know where to look; describe_regions takes region names directly.
        A question that no picture of a face can answer is declined.
        Example: {"path": "photo.jpg", "focus": "is the smile genuine?"}"""
        source = Source(path, image_id, whole_image_is_face)
        told = await workers.run(
            lambda report: service.propose(
                source, face_id, focus=focus, attributes=attributes, limit=limit, detail=detail
            ),
            context,
            DEADLINE,
        )
        return _result(told)

    async def describe_regions(
        context: Context[Any, Any],
        path: given.Path = None,
        image_id: given.KnownImage = None,
        whole_image_is_face: given.WholeImage = False,
        face_id: given.FaceId = None,
        *,
        face_ids: given.FaceIds,
        regions: given.RegionNames,
        region_ids: given.RegionIds,
        boxes: given.Boxes,
        polygons: given.Polygons,
        points: given.Points,
        detail: given.AnyDetail = "brief",
        timeout_s: given.Seconds = DEADLINE,
    ) -> Annotated[CallToolResult, DescribeResult]:
        """Describe any set of regions of one or several faces in one call: what is visible there
        in words, action units with side and intensity, suggested emotion, apparent age, limits.
        Use it for every question about a face, all regions at once; 'face' is the whole face.
        To compare faces or sides, name several in face_ids or regions.
        Example: {"path": "photo.jpg", "regions": ["mouth", "eyes"]}"""
        source = Source(path, image_id, whole_image_is_face)
        named = [*([face_id] if face_id else []), *face_ids]
        outlines = [[(x, y) for x, y in polygon] for polygon in polygons]
        wanted = Wanted(regions, region_ids, [*boxes, *outlines, *points])
        told = await workers.run(
            lambda report: service.describe(
                source, named, wanted, detail=detail, timeout_s=timeout_s, progress=report
            ),
            context,
            timeout_s,
        )
        return _result(told)

    async def annotate_image(
        context: Context[Any, Any],
        path: given.Path = None,
        image_id: given.KnownImage = None,
        whole_image_is_face: given.WholeImage = False,
        *,
        face_ids: given.DrawnFaces,
        regions: given.RegionNames,
        region_ids: given.RegionIds,
        labels: given.Labels = "names",
        max_side: given.MaxSide = 768,
        max_kb: given.MaxKilobytes = 150,
    ) -> CallToolResult:
        """Show a picture with its faces and regions drawn and labelled, as a small JPEG.
        Use it when the user wants to see where something is; it says nothing about expressions.
        Example: {"path": "photo.jpg", "regions": ["mouth"]}"""
        source = Source(path, image_id, whole_image_is_face)
        legend, jpeg = await workers.run(
            lambda report: service.annotate(
                source,
                face_ids,
                Wanted(regions, region_ids),
                labels=labels,
                max_side=max_side,
                most_bytes=max_kb * 1000,
                progress=report,
            ),
            context,
            DEADLINE,
        )
        picture = Image(data=jpeg, format="jpeg").to_image_content()
        return CallToolResult(content=[TextContent(type="text", text=legend), picture])

    page = {"ui": {"resourceUri": PAGE_URI}}
    return [
        strict(detect_faces, "Find faces", open_world=False),
        strict(propose_regions, "Propose regions", open_world=False),
        strict(describe_regions, "Describe regions", open_world=open_world),
        strict(annotate_image, "Show faces and regions", open_world=False, meta=page),
    ]


def _result(told: Told) -> CallToolResult:
    structure, text = told
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=structure
    )
