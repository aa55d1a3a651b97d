"""The named landmarks of a face: which points there are, in which order, and what they are called.

The points are a subset of the 478-point mesh of MediaPipe Face Landmarker (its point numbers are
the ``MESH`` column). The embedded face network returns exactly ``NAMES``, in that order, so
``Face.landmarks[INDEX["nose_tip"]]`` is the tip of the nose. Sides are the subject's.

Numbering within a row of points runs from outer to inner (brows, lids, lips: from the corner to
the midline) or from top to bottom (face oval, folds, jaw).
"""

from collections.abc import Sequence
from types import MappingProxyType

from focalface.tools.types import Point

# Group -> rows. A midline row has one mesh point; a paired row has (subject's right, left) ones.
_MIDLINE: dict[str, dict[str, int]] = {
    "forehead": {"forehead_top": 10, "forehead_middle": 151, "forehead_low": 9},
    "glabella": {"glabella": 8},
    "nose": {
        "nose_root": 168,
        "nose_bridge_1": 6,
        "nose_bridge_2": 197,
        "nose_bridge_3": 195,
        "nose_bridge_4": 5,
        "nose_ball": 4,
        "nose_tip": 1,
        "nose_base": 2,
    },
    "lips": {
        "philtrum": 164,
        "lip_upper_top": 0,
        "lip_upper_bottom": 13,
        "lip_lower_top": 14,
        "lip_lower_bottom": 17,
    },
    "chin": {
        "chin_crease": 18,
        "chin_upper": 200,
        "chin_middle": 199,
        "chin_lower": 175,
        "chin_bottom": 152,
    },
}
_PAIRED: dict[str, dict[str, tuple[int, int]]] = {
    "oval": {
        "oval_1": (109, 338),
        "oval_2": (67, 297),
        "oval_3": (103, 332),
        "oval_4": (54, 284),
        "oval_5": (21, 251),
        "oval_6": (162, 389),
        "oval_7": (127, 356),
        "oval_8": (234, 454),
        "oval_9": (93, 323),
        "oval_10": (132, 361),
        "oval_11": (58, 288),
        "oval_12": (172, 397),
        "oval_13": (136, 365),
        "oval_14": (150, 379),
        "oval_15": (149, 378),
        "oval_16": (176, 400),
        "oval_17": (148, 377),
    },
    "forehead": {"forehead_1": (68, 298), "forehead_2": (104, 333), "forehead_3": (69, 299)},
    "brow": {
        "brow_upper_1": (70, 300),
        "brow_upper_2": (63, 293),
        "brow_upper_3": (105, 334),
        "brow_upper_4": (66, 296),
        "brow_upper_5": (107, 336),
        "brow_lower_1": (46, 276),
        "brow_lower_2": (53, 283),
        "brow_lower_3": (52, 282),
        "brow_lower_4": (65, 295),
        "brow_lower_5": (55, 285),
    },
    "eye": {
        "eye_outer": (33, 263),
        "lid_upper_1": (161, 388),
        "lid_upper_2": (160, 387),
        "lid_upper_3": (159, 386),
        "lid_upper_4": (158, 385),
        "lid_upper_5": (157, 384),
        "eye_inner": (133, 362),
        "lid_lower_1": (163, 390),
        "lid_lower_2": (144, 373),
        "lid_lower_3": (145, 374),
        "lid_lower_4": (153, 380),
        "lid_lower_5": (154, 381),
        "lid_crease_1": (30, 260),
        "lid_crease_2": (27, 257),
        "lid_crease_3": (56, 286),
    },
    "iris": {
        "iris": (468, 473),
        "iris_top": (470, 475),
        "iris_bottom": (472, 477),
        "iris_outer": (471, 474),
        "iris_inner": (469, 476),
    },
    "under_eye": {
        "under_eye_1": (31, 261),
        "under_eye_2": (228, 448),
        "under_eye_3": (230, 450),
        "under_eye_4": (232, 452),
        "under_eye_5": (244, 464),
        "under_eye_6": (117, 346),
        "under_eye_7": (119, 348),
        "under_eye_8": (121, 350),
    },
    "crows_feet": {
        "crows_feet_1": (226, 446),
        "crows_feet_2": (143, 372),
        "crows_feet_3": (124, 353),
        "crows_feet_4": (34, 264),
    },
    "nose": {
        "nose_wall_1": (193, 417),
        "nose_wall_2": (122, 351),
        "nose_wall_3": (198, 420),
        "nose_wing_1": (49, 279),
        "nose_wing_2": (129, 358),
        "nose_wing_3": (64, 294),
        "nostril": (98, 327),
    },
    "cheek": {
        "cheek_1": (116, 345),
        "cheek_2": (50, 280),
        "cheek_3": (101, 330),
        "cheek_4": (205, 425),
        "cheek_5": (187, 411),
        "cheek_6": (213, 433),
    },
    "nasolabial": {
        "nasolabial_1": (203, 423),
        "nasolabial_2": (206, 426),
        "nasolabial_3": (216, 436),
        "nasolabial_4": (212, 432),
        "nasolabial_5": (202, 422),
    },
    "lips": {
        "mouth_corner": (61, 291),
        "lip_upper_outer_1": (185, 409),
        "lip_upper_outer_2": (40, 270),
        "lip_upper_outer_3": (39, 269),
        "lip_upper_outer_4": (37, 267),
        "lip_lower_outer_1": (146, 375),
        "lip_lower_outer_2": (91, 321),
        "lip_lower_outer_3": (181, 405),
        "lip_lower_outer_4": (84, 314),
        "mouth_corner_inner": (78, 308),
        "lip_upper_inner_1": (80, 310),
        "lip_upper_inner_2": (81, 311),
        "lip_upper_inner_3": (82, 312),
        "lip_lower_inner_1": (88, 318),
        "lip_lower_inner_2": (178, 402),
        "lip_lower_inner_3": (87, 317),
    },
    "chin": {"chin_1": (204, 424), "chin_2": (211, 431), "chin_3": (171, 396)},
}


def _table() -> list[tuple[str, int, str]]:
    """Return rows (name, mesh point, group): midline points first, then pairs, left before
    right."""
    rows = [(name, p, g) for g, points in _MIDLINE.items() for name, p in points.items()]
    for group, pairs in _PAIRED.items():
        for name, (right, left) in pairs.items():
            rows += [(f"left_{name}", left, group), (f"right_{name}", right, group)]
    return rows


NAMES: tuple[str, ...] = tuple(name for name, _, _ in _table())
"""Names of the landmarks, in the order of ``Face.landmarks``."""

MESH: tuple[int, ...] = tuple(point for _, point, _ in _table())
"""For each landmark its point number in the 478-point mesh: ``mesh[list(MESH)]`` selects them."""

INDEX = MappingProxyType({name: i for i, name in enumerate(NAMES)})
"""Name -> position in ``NAMES``."""

GROUPS = MappingProxyType(
    {
        group: tuple(name for name, _, g in _table() if g == group)
        for group in {g: None for _, _, g in _table()}
    }
)
"""Group (``oval``, ``brow``, ``eye``...) -> names of its landmarks, both sides."""


def mirrored(name: str) -> str:
    """Return the landmark of that name on the other side; a midline landmark is its own mirror."""
    if name.startswith("left_"):
        return "right_" + name.removeprefix("left_")
    if name.startswith("right_"):
        return "left_" + name.removeprefix("right_")
    return name


MIRROR: tuple[int, ...] = tuple(INDEX[mirrored(name)] for name in NAMES)
"""Position of each landmark's mirror: flip x, then ``points[list(MIRROR)]`` are in order again."""


def mirror(points: Sequence[Point], width: float) -> tuple[Point, ...]:
    """Return the landmarks of the picture flipped left to right, ``width`` pixels wide, in
    order."""
    return tuple((width - points[i][0], points[i][1]) for i in MIRROR)
