"""The arguments of the tools, each with what a model has to know of it."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from focalface.tools.server.schema import Detail
from focalface.tools.types import Box, Disc


def _as_list(value: object) -> object:
    """``"mouth, eyes"`` as a list: models often give one name, or several in one string."""
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


Names = Annotated[list[str], BeforeValidator(_as_list)]

Path = Annotated[
    str | None,
    Field(description="Path or file:// URL of a picture; a relative one counts from the folder"),
]
KnownImage = Annotated[
    str | None, Field(description="Instead of path: image_id of a picture opened before")
]
WholeImage = Annotated[bool, Field(description="True for a face crop: the whole picture is a face")]
FaceId = Annotated[
    str | None, Field(description="face_id, or its number: 1 is the largest, the default")
]
FaceIds = Annotated[
    Names,
    Field(default_factory=list, description="face_ids or numbers, for several faces in one call"),
]
DrawnFaces = Annotated[
    Names,
    Field(default_factory=list, description="face_ids or numbers; default: those of the regions"),
]
Cursor = Annotated[str | None, Field(description="next_cursor of the page before")]
Faces = Annotated[int, Field(ge=1, le=1000, description="Faces on a page at most")]
AnyDetail = Annotated[
    Detail, Field(description="full: outlines and every number, for programs; long")
]
WithLandmarks = Annotated[bool, Field(description="True to get all landmark points (very long)")]
Focus = Annotated[str | None, Field(description="The question, such as: is the smile genuine?")]
Attributes = Annotated[
    Names,
    Field(default_factory=list, description="emotion, age, or action units such as AU12"),
]
Limit = Annotated[int, Field(ge=1, le=40, description="Regions at most")]
RegionNames = Annotated[
    Names,
    Field(
        default_factory=list,
        description="Names or aliases: mouth, left_eye, eyes, smile lines, face... (resource "
        "focal://atlas has all); left and right are the subject's",
    ),
]
RegionIds = Annotated[
    Names, Field(default_factory=list, description="region_ids from earlier results")
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
Labels = Annotated[
    Literal["names", "numbers", "none"], Field(description="none: the plain picture, nothing drawn")
]
MaxSide = Annotated[int, Field(ge=64, le=4096, description="Longer side of the JPEG in pixels")]
MaxKilobytes = Annotated[
    int, Field(ge=20, le=740, description="Size of the JPEG at most, in kB; grain is given up")
]
