"""Made-up faces, regions and readings for tests of pure code; whatever matters can be chosen."""

from collections.abc import Iterable, Sequence

from focalface.tools.face.facs import UNITS, unsided
from focalface.tools.face.regions import side_of
from focalface.tools.types import (
    EMOTIONS,
    ActionUnit,
    AgeEstimate,
    Box,
    Emotion,
    EmotionEstimate,
    Face,
    Keypoints,
    Pose,
    Region,
    RegionDescription,
    Side,
    age_group_of,
)

KEYPOINTS = Keypoints(
    left_eye=(60, 40), right_eye=(40, 40), nose=(50, 50), left_mouth=(58, 60), right_mouth=(42, 60)
)


def box(x1: float, y1: float, x2: float, y2: float) -> Box:
    return Box(x1=x1, y1=y1, x2=x2, y2=y2)


def face(face_id: str = "fac_1", **changes: object) -> Face:
    """A face of 80 x 80 pixels that looks straight ahead."""
    values = {
        "id": face_id,
        "image_id": "img",
        "box": box(10, 10, 90, 90),
        "score": 0.9,
        "keypoints": KEYPOINTS,
        "landmarks": (),
        "pose": Pose(pitch=0, yaw=0, roll=0),
    }
    return Face.model_validate(values | changes)


def region(name: str, **changes: object) -> Region:
    """A region that fills its box, by default 9 x 9 pixels."""
    where = changes.get("box", box(0, 0, 9, 9))
    assert isinstance(where, Box)
    values = {
        "id": f"reg_{name}",
        "face_id": "fac_1",
        "name": name,
        "side": side_of(name) if name != "custom" else "both",
        "polygon": (
            (where.x1, where.y1),
            (where.x2, where.y1),
            (where.x2, where.y2),
            (where.x1, where.y2),
        ),
        "box": where,
        "visibility": 1.0,
    }
    return Region.model_validate(values | changes)


def unit(code: str, intensity: float, side: Side = "both") -> ActionUnit:
    return ActionUnit(code=code, name=UNITS[code].name, side=side, intensity=intensity)


def units(name: str, levels: Iterable[Sequence[object]]) -> tuple[ActionUnit, ...]:
    """``levels``: (code, left, right) or (code, both); a sided region keeps its own side."""
    found: list[ActionUnit] = []
    for code, *values in levels:
        sides: tuple[Side, ...] = ("left", "right") if len(values) == 2 else ("both",)
        found += [
            unit(str(code), float(str(value)), side)
            for side, value in zip(sides, values, strict=True)
            if unsided(name) == name or side in (side_of(name), "both")
        ]
    return tuple(found)


def emotion(**shares: float) -> EmotionEstimate:
    """The shares as given (``happiness=0.8``), the rest evenly on the other labels."""
    rest = (1 - sum(shares.values())) / (len(EMOTIONS) - len(shares))
    probabilities: dict[Emotion, float] = {e: shares.get(e, rest) for e in EMOTIONS}
    label = max(EMOTIONS, key=lambda e: probabilities[e])
    return EmotionEstimate(label=label, probabilities=probabilities)


def age(years: float, low: float, high: float) -> AgeEstimate:
    return AgeEstimate(years=years, low=low, high=high, group=age_group_of(years))


def reading(
    of: str | Region, action_units: Iterable[ActionUnit] = (), **changes: object
) -> RegionDescription:
    """What a describer found in a region: nothing, unless told."""
    values = {
        "region": region(of) if isinstance(of, str) else of,
        "text": "",
        "action_units": tuple(action_units),
        "not_assessed": (),
        "emotion": None,
        "age": None,
        "limits": (),
        "describer": "test",
        "device": "cpu",
        "milliseconds": 1,
    }
    return RegionDescription.model_validate(values | changes)
