"""The shape of results: our own types with what was not asked for left out, after a summary.

``summary`` and ``caution`` come first in every structure, because many hosts hand their model the
structure alone, and some only the beginning of it.
"""

from typing import TYPE_CHECKING, Annotated, Any, Literal, Union

from pydantic import BaseModel, Field, create_model

from focalface.tools.types import ActionUnit, Face, Frozen, Region, RegionDescription

Detail = Literal["brief", "full"]
"""``brief`` is for a model's context; ``full`` gives our types whole, for programs."""


def _partial(model: type[BaseModel], name: str, **more: Any) -> Any:
    """Return the model with every field optional; ``more`` are fields added or replaced.

    A field that ``model`` gains later comes along by itself.
    """
    fields: dict[str, Any] = {
        field: (Union[about.annotation, None], None)  # noqa: UP007  # "|" takes no runtime value
        for field, about in model.model_fields.items()
    }
    return create_model(name, __base__=Frozen, **(fields | more))


if TYPE_CHECKING:
    SeenFace = BaseModel
    SeenRegion = BaseModel
    Finding = BaseModel
else:
    SeenFace = _partial(Face, "SeenFace", number=(int | None, None))
    SeenUnit = _partial(ActionUnit, "SeenUnit")
    SeenRegion = _partial(Region, "SeenRegion")
    Finding = _partial(
        RegionDescription,
        "Finding",
        region=(SeenRegion, ...),
        action_units=(tuple[SeenUnit, ...], ()),
        absent=(tuple[str, ...], ()),
    )


class Result(Frozen):
    """What every structure begins with."""

    summary: Annotated[str, Field(description="What was found, in words")]
    caution: Annotated[str, Field(description="What this does not show; pass it on to the user")]


class DetectResult(Result):
    """One page of the faces on a picture, largest first; ``faces[n].id`` is the face_id.

    ``note`` says what of the file was left out: other pages, half of its pixels.
    """

    image_id: str
    name: str
    note: str | None = None
    width: int
    height: int
    total: int
    faces: tuple[SeenFace, ...]
    next_cursor: str | None = None
    landmark_names: tuple[str, ...] = ()


class ProposeResult(Result):
    """Regions worth looking at, most relevant first; ``regions[n].id`` is the region_id."""

    image_id: str
    face_id: str
    regions: tuple[SeenRegion, ...]
    declined: str | None = None


class DescribeResult(Result):
    """One finding a region, face by face, in the order asked for.

    ``absent`` lists units below the intensity that counts as a movement.
    """

    image_id: str
    face_id: str | None = None
    face_ids: tuple[str, ...] = ()
    descriptions: tuple[Finding, ...]
    describer: str
    device: str
    milliseconds: float
