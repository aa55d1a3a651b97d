"""The types that cross the border of :mod:`focalface.tools`: frozen, and JSON both ways.

Coordinate frame: all pixels are *image frame*: the picture as displayed (EXIF orientation
applied), origin at the top left corner of the top left pixel, x to the right, y down, floats.
Sides are always the *subject's*: ``left`` is on the right of a picture of someone who faces us.
"""

from bisect import bisect
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

Side = Literal["left", "right", "both"]
Emotion = Literal[
    "neutral", "happiness", "sadness", "surprise", "fear", "disgust", "anger", "contempt"
]
AgeGroup = Literal["0-2", "3-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70+"]
Gaze = Literal["camera", "left", "right", "up", "down"]
Glasses = Literal["none", "clear", "dark"]
FacialHair = Literal["none", "stubble", "moustache", "beard"]
HeadWear = Literal["none", "hat", "scarf", "other"]
Point = tuple[float, float]
Unit = Annotated[float, Field(ge=0.0, le=1.0)]
FARTHEST = 1e9
"""Pixels from which on a coordinate is a mistake: arithmetic and drawing would overflow."""

EMOTIONS: tuple[Emotion, ...] = get_args(Emotion)
AGE_GROUPS: tuple[tuple[int, AgeGroup], ...] = (
    (0, "0-2"),
    (3, "3-9"),
    (10, "10-19"),
    (20, "20-29"),
    (30, "30-39"),
    (40, "40-49"),
    (50, "50-59"),
    (60, "60-69"),
    (70, "70+"),
)
_STARTS = [start for start, _ in AGE_GROUPS]


def age_group_of(years: float) -> AgeGroup:
    """Return the age group in which ``years`` (>= 0, rounded down) falls."""
    return AGE_GROUPS[bisect(_STARTS, int(years)) - 1][1]


class Frozen(BaseModel):
    """Base of all types here: immutable, and unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(Frozen):
    """An upright box, corners ``x1 y1 x2 y2`` in pixels of the image frame; x1 < x2, y1 < y2."""

    x1: float
    y1: float
    x2: float
    y2: float

    @model_validator(mode="after")
    def _has_area(self) -> Self:
        if not (self.x1 < self.x2 and self.y1 < self.y2):
            raise ValueError(
                f"a box needs x1 < x2 and y1 < y2, got {self.x1},{self.y1},{self.x2},{self.y2}"
            )
        return self

    @property
    def width(self) -> float:
        """Width in pixels."""
        return self.x2 - self.x1

    @property
    def height(self) -> float:
        """Height in pixels."""
        return self.y2 - self.y1

    @property
    def area(self) -> float:
        """Area in square pixels."""
        return self.width * self.height

    @property
    def center(self) -> Point:
        """Centre (x, y)."""
        return ((self.x1 + self.x2) / 2, (self.y1 + self.y2) / 2)

    @property
    def xyxy(self) -> tuple[float, float, float, float]:
        """The corners as a tuple."""
        return (self.x1, self.y1, self.x2, self.y2)


class Disc(Frozen):
    """A point with a radius, pixels of the image frame: a custom round region."""

    x: float
    y: float
    radius: Annotated[float, Field(gt=0)]


class Keypoints(Frozen):
    """Five points (x, y), image frame, sides the subject's."""

    left_eye: Point
    right_eye: Point
    nose: Point
    left_mouth: Point
    right_mouth: Point


class Pose(Frozen):
    """Head pose in degrees.

    ``yaw`` > 0: turned to the right side of the picture (the subject's left); ``pitch`` > 0: turned
    up; ``roll`` > 0: tilted counter-clockwise as seen in the picture.
    """

    pitch: float
    yaw: float
    roll: float


class Face(Frozen):
    """One detected face. ``landmarks`` follow ``Workbench.landmark_names``, image frame."""

    id: str
    image_id: str
    box: Box
    score: Unit
    keypoints: Keypoints
    landmarks: tuple[Point, ...]
    pose: Pose


class Region(Frozen):
    """A part of a face: an atlas name, or ``custom`` for a box, polygon or disc of the user's.

    ``visibility``: the share of it that can be seen; below 0.5 it counts as hidden. ``hidden_by``:
    what hides it, in words (``a mask``, ``dark glasses``, ``outside the picture``), also where
    it hides only a part; None where nothing does.
    """

    id: str
    face_id: str
    name: str
    side: Side
    polygon: tuple[Point, ...]
    box: Box
    visibility: Unit
    hidden_by: str | None = None
    relevance: Unit | None = None
    reason: str | None = None


class ActionUnit(Frozen):
    """A FACS action unit; intensity 0..1, not the FACS letters A..E (see ``facs.letter``).

    ``intensity``: 0.3 slight (FACS A to B), 0.6 clear (C), 0.85 and more strong. ``presence``: the
    calibrated probability that a coder calls the unit present; None where the describer was not
    calibrated.
    """

    code: Annotated[str, Field(pattern=r"^AU\d+$")]
    name: str
    side: Side
    intensity: Unit
    presence: Unit | None = None


_EMPTY: Any = Field(default=None, exclude_if=lambda value: value is None)


class EmotionEstimate(Frozen):
    """The likeliest label and the whole distribution over the eight emotions (sums to 1).

    ``mixed``: the calibrated probability that an onlooker would name none of them, or several, as
    with talking, chewing or effort; None where the describer does not tell.
    """

    label: Emotion
    probabilities: dict[Emotion, Unit]
    mixed: Unit | None = _EMPTY


class AgeEstimate(Frozen):
    """Apparent age in years: the estimate, an 80 % interval and the age group of the estimate."""

    years: Annotated[float, Field(ge=0)]
    low: Annotated[float, Field(ge=0)]
    high: Annotated[float, Field(ge=0)]
    group: AgeGroup


class Attributes(Frozen):
    """What else a region shows; a field is None where the region does not show it or where it
    cannot be told. Empty fields are left out of JSON.

    ``gaze``: into the camera or to the *subject's* left or right, up or down. ``mouth_opening``:
    0 closed, 0.5 lips parted, 1 jaw dropped or mouth wide open. ``symmetry``: 1 where both halves
    move alike, less the largest difference of intensity between them.
    """

    gaze: Gaze | None = _EMPTY
    teeth: bool | None = _EMPTY
    tongue: bool | None = _EMPTY
    glasses: Glasses | None = _EMPTY
    facial_hair: FacialHair | None = _EMPTY
    head_wear: HeadWear | None = _EMPTY
    mouth_opening: Unit | None = _EMPTY
    symmetry: Unit | None = _EMPTY


class RegionDescription(Frozen):
    """What a describer sees in one region.

    ``action_units`` holds every assessed unit of the region, absent ones with a low intensity;
    ``not_assessed`` the codes that could show here but that the describer cannot judge (never to
    be read as absent); ``attributes`` what else it shows; ``limits`` says in sentences what could
    not be judged and why.
    """

    region: Region
    text: str
    action_units: tuple[ActionUnit, ...]
    not_assessed: tuple[str, ...]
    emotion: EmotionEstimate | None
    age: AgeEstimate | None
    attributes: Attributes = Attributes()
    limits: tuple[str, ...]
    describer: str
    device: str
    milliseconds: Annotated[float, Field(ge=0)]
