"""The shapes of the atlas regions: polygons over named landmarks, and where each one faces.

A corner is a landmark, or ``(start, end, t)``: the point ``start + t * (end - start)`` on the line
through two landmarks (t > 1 lies beyond ``end``). Left regions are written down, right ones are
their mirror.
"""

from types import MappingProxyType

from focalface.tools.face.landmarks import mirrored

Corner = str | tuple[str, str, float]
Outline = tuple[Corner, ...]

FACING = MappingProxyType(
    {
        "forehead": (0.0, 20.0),
        "glabella": (0.0, 5.0),
        "brow": (25.0, 10.0),
        "eye": (25.0, 0.0),
        "under_eye": (30.0, -10.0),
        "crows_feet": (58.0, 0.0),
        "nose_bridge": (0.0, 15.0),
        "nose_tip": (0.0, 0.0),
        "cheek": (45.0, -5.0),
        "nasolabial_fold": (30.0, -5.0),
        "upper_lip": (0.0, -5.0),
        "lower_lip": (0.0, 0.0),
        "mouth": (0.0, 0.0),
        "lip_corner": (30.0, 0.0),
        "chin": (0.0, -15.0),
        "jaw": (55.0, -20.0),
    }
)
"""Region without side -> rough direction of its surface on a head that looks into the camera.

(azimuth, elevation) in degrees, azimuth towards the region's own side, elevation upwards; estimated
by eye from the canonical face model, good enough to tell what is turned away.
"""


def _between(start: str, end: str, t: float, numbers: tuple[int, ...]) -> Outline:
    """Corners on lines between two rows of numbered landmarks."""
    return tuple((f"left_{start}_{i}", f"left_{end}_{i}", t) for i in numbers)


def _row(name: str, numbers: tuple[int, ...]) -> Outline:
    return tuple(f"left_{name}_{i}" for i in numbers)


_OUTWARD = (5, 4, 3, 2, 1)
_INWARD = (1, 2, 3, 4, 5)

_BROW_TOP = _between("brow_lower", "brow_upper", 1.3, _OUTWARD)
_BROW_BOTTOM = _between("brow_upper", "brow_lower", 1.15, _INWARD)
_EYE_OUTER: Corner = ("left_eye_inner", "left_eye_outer", 1.12)
_EYE_INNER: Corner = ("left_eye_outer", "left_eye_inner", 1.1)
_LID_LINE: Outline = (
    ("left_lid_lower_1", "left_under_eye_2", 0.35),
    ("left_lid_lower_3", "left_under_eye_3", 0.35),
    ("left_lid_lower_5", "left_under_eye_4", 0.35),
)
_FOLD_OUTER: Outline = (
    ("left_nasolabial_1", "left_cheek_4", 0.4),
    ("left_nasolabial_2", "left_cheek_4", 0.5),
    ("left_nasolabial_3", "left_cheek_5", 0.35),
    ("left_nasolabial_4", "left_cheek_6", 0.3),
)
_FOLD_INNER: Outline = (
    ("left_nasolabial_4", "left_mouth_corner", 0.25),
    ("left_nasolabial_3", "left_lip_upper_outer_1", 0.4),
    ("left_nasolabial_2", "philtrum", 0.25),
    "left_nose_wing_3",
)
_LIP_TOP = _row("lip_upper_outer", (4, 3, 2, 1))
_LIP_BOTTOM = _row("lip_lower_outer", (1, 2, 3, 4))
_SEAM_ABOVE = _row("lip_upper_inner", (1, 2, 3))
_SEAM_BELOW = _row("lip_lower_inner", (3, 2, 1))
_LOW_EYES: Outline = (
    "left_oval_8",
    "left_cheek_1",
    "left_under_eye_1",
    *_LID_LINE,
    "left_under_eye_5",
    "nose_bridge_1",
)
_LOW_NOSE: Outline = ("left_oval_10", "left_cheek_5", "left_nasolabial_2", "nose_base")
_MIDLINE: Outline = (
    "chin_bottom",
    "chin_upper",
    "lip_lower_bottom",
    "lip_lower_top",
    "lip_upper_top",
    "nose_base",
    "nose_tip",
    "nose_bridge_4",
    "nose_bridge_2",
    "nose_root",
    "glabella",
    "forehead_middle",
    "forehead_top",
)

# One region on the left: all its corners.
_LEFT: dict[str, Outline] = {
    "brow": (*_BROW_TOP, *_BROW_BOTTOM),
    "eye": (
        _EYE_OUTER,
        *_LID_LINE,
        _EYE_INNER,
        "left_lid_crease_3",
        "left_lid_crease_2",
        "left_lid_crease_1",
    ),
    "under_eye": (
        *_LID_LINE,
        "left_under_eye_5",
        "left_under_eye_8",
        "left_under_eye_7",
        "left_under_eye_6",
        "left_under_eye_1",
    ),
    "crows_feet": (
        _EYE_OUTER,
        ("left_crows_feet_3", "left_brow_lower_1", 0.5),
        "left_crows_feet_4",
        "left_cheek_1",
        "left_under_eye_1",
    ),
    "cheek": (
        "left_cheek_1",
        "left_under_eye_6",
        "left_under_eye_7",
        ("left_under_eye_8", "left_nose_wing_2", 0.25),
        ("left_nose_wing_1", "left_cheek_3", 0.35),
        *_FOLD_OUTER[:3],
        "left_cheek_6",
        ("left_oval_9", "left_cheek_2", 0.2),
    ),
    "nasolabial_fold": ("left_nose_wing_2", *_FOLD_OUTER, *_FOLD_INNER),
    "lip_corner": (
        "left_lip_upper_outer_2",
        ("left_mouth_corner", "left_nasolabial_3", 0.55),
        ("left_mouth_corner", "left_nasolabial_4", 0.8),
        ("left_mouth_corner", "left_nasolabial_5", 0.7),
        "left_lip_lower_outer_2",
        "left_lip_lower_inner_1",
        "left_lip_upper_inner_1",
    ),
    "jaw": (
        *_row("oval", (10, 11, 12, 13, 14, 15)),
        "left_chin_2",
        "left_chin_1",
        "left_nasolabial_5",
        _FOLD_OUTER[3],
        "left_cheek_6",
    ),
    "half": (*_row("oval", tuple(range(1, 18))), *_MIDLINE),
}

# A region on the midline: the corners of its left half, from its top to its bottom middle.
_CENTRAL: dict[str, Outline] = {
    "forehead": (
        "forehead_top",
        *_row("oval", (1, 2, 3, 4)),
        "left_forehead_1",
        *reversed(_BROW_TOP[:4]),
        "forehead_low",
    ),
    "glabella": (
        ("glabella", "forehead_low", 0.9),
        ("left_brow_lower_5", "left_brow_upper_5", 1.4),
        "left_brow_lower_5",
        "left_nose_wall_1",
        "nose_root",
    ),
    "nose_bridge": (
        "nose_root",
        "left_nose_wall_1",
        "left_nose_wall_2",
        "left_nose_wall_3",
        "nose_bridge_4",
    ),
    "nose_tip": (
        "nose_bridge_4",
        "left_nose_wall_3",
        "left_nose_wing_1",
        "left_nose_wing_2",
        "left_nose_wing_3",
        ("left_nostril", "left_lip_upper_outer_2", 0.25),
        ("nose_base", "philtrum", 0.5),
    ),
    "upper_lip": (
        "lip_upper_top",
        *_LIP_TOP,
        "left_mouth_corner",
        "left_mouth_corner_inner",
        *_SEAM_ABOVE,
        "lip_upper_bottom",
    ),
    "lower_lip": (
        "lip_lower_top",
        *_SEAM_BELOW,
        "left_mouth_corner_inner",
        "left_mouth_corner",
        *_LIP_BOTTOM,
        "lip_lower_bottom",
    ),
    "mouth": (
        "lip_upper_top",
        *_LIP_TOP,
        "left_mouth_corner",
        *_LIP_BOTTOM,
        "lip_lower_bottom",
    ),
    "chin": (
        ("lip_lower_bottom", "chin_crease", 0.6),
        "left_chin_1",
        "left_chin_2",
        *_row("oval", (15, 16, 17)),
        "chin_bottom",
    ),
    "upper_face": ("forehead_top", *_row("oval", tuple(range(1, 8))), *_LOW_EYES),
    "mid_face": ("nose_bridge_1", *reversed(_LOW_EYES[:-1]), "left_oval_9", *_LOW_NOSE),
    "lower_face": (
        "nose_base",
        *reversed(_LOW_NOSE[:-1]),
        *_row("oval", tuple(range(11, 18))),
        "chin_bottom",
    ),
    "face": ("forehead_top", *_row("oval", tuple(range(1, 18))), "chin_bottom"),
}


def _flip(corner: Corner) -> Corner:
    if isinstance(corner, str):
        return mirrored(corner)
    start, end, t = corner
    return (mirrored(start), mirrored(end), t)


def _both(left: Outline) -> Outline:
    """The left half from top to bottom, then its mirror back up; the middle corners only once."""
    return (*left, *(_flip(corner) for corner in reversed(left[1:-1])))


def _outlines() -> dict[str, Outline]:
    made = {name: _both(half) for name, half in _CENTRAL.items()}
    for base, left in _LEFT.items():
        made[f"left_{base}"] = left
        made[f"right_{base}"] = tuple(_flip(corner) for corner in left)
    return made


OUTLINES = MappingProxyType(_outlines())
"""Atlas name -> its corners, in order around the region."""
