"""What of a picture is shown beside a table: all faces, or one face with numbered regions."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import PIL.Image

from focalface.agent.terminal.image import Mark, crop_around
from focalface.agent.terminal.render import View
from focalface.tools.paths import from_text
from focalface.tools.pictures.images import open_image
from focalface.tools.types import Box, Face, Region

if TYPE_CHECKING:
    from focalface.agent.conversation.session import Session

Drawing = tuple[PIL.Image.Image, list[Mark]]
"""A part of the picture, and labels with their points in it."""


async def of_faces(session: "Session", view: View) -> Drawing | None:
    """Return all faces of the picture with their numbers; None where no picture can be shown."""
    faces = session.faces
    marks = [Mark(str(n), face.box.center) for n, face in enumerate(faces, 1)]
    return await _part(session, view, [face.box for face in faces], marks if faces[1:] else [])


async def of_regions(session: "Session", view: View, regions: Sequence[Region]) -> Drawing | None:
    """Return the face around ``regions``, those with a number labelled; None where none can be
    shown."""
    numbers = {region.id: n for n, region in enumerate(session.numbered, 1)}
    marks = [Mark(str(numbers[r.id]), r.box.center) for r in regions if r.id in numbers]
    return await _part(session, view, boxes_around(regions, session.faces), marks)


def boxes_around(regions: Sequence[Region], faces: Sequence[Face]) -> list[Box]:
    """Return the boxes of the regions and of the faces that they belong to."""
    owners = {region.face_id for region in regions}
    return [region.box for region in regions] + [f.box for f in faces if f.id in owners]


async def _part(
    session: "Session", view: View, boxes: Sequence[Box], marks: Sequence[Mark]
) -> Drawing | None:
    path = session.source.get("path")  # of a clip, the frame that is shown
    if path is None or not view.shows_pictures:
        return None
    picture = (await asyncio.to_thread(open_image, from_text(str(path)))).to_pil()
    part = crop_around(boxes, picture.size)
    if view.draws_pixels:
        drawn = await session.picture()
        picture = drawn.resize(picture.size) if drawn.size != picture.size else drawn
    moved = [Mark(mark.label, (mark.at[0] - part.x1, mark.at[1] - part.y1)) for mark in marks]
    return picture.crop((round(part.x1), round(part.y1), round(part.x2), round(part.y2))), moved
