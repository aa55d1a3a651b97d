"""Lines of corners that several outlines share, on the left of the face."""

from focalface.tools.face.region_rows.row import Corner, Outline


def row_of(name: str, numbers: tuple[int, ...]) -> Outline:
    """Return numbered landmarks of the left side."""
    return tuple(f"left_{name}_{i}" for i in numbers)


def between(start: str, end: str, t: float, numbers: tuple[int, ...]) -> Outline:
    """Return corners on lines between two rows of numbered landmarks."""
    return tuple((f"left_{start}_{i}", f"left_{end}_{i}", t) for i in numbers)


BROW_TOP = between("brow_lower", "brow_upper", 1.3, (5, 4, 3, 2, 1))
BROW_BOTTOM = between("brow_upper", "brow_lower", 1.15, (1, 2, 3, 4, 5))
EYE_OUTER: Corner = ("left_eye_inner", "left_eye_outer", 1.12)
EYE_INNER: Corner = ("left_eye_outer", "left_eye_inner", 1.1)
LID_LINE: Outline = (
    ("left_lid_lower_1", "left_under_eye_2", 0.35),
    ("left_lid_lower_3", "left_under_eye_3", 0.35),
    ("left_lid_lower_5", "left_under_eye_4", 0.35),
)
FOLD_OUTER: Outline = (
    ("left_nasolabial_1", "left_cheek_4", 0.4),
    ("left_nasolabial_2", "left_cheek_4", 0.5),
    ("left_nasolabial_3", "left_cheek_5", 0.35),
    ("left_nasolabial_4", "left_cheek_6", 0.3),
)
LIP_TOP = row_of("lip_upper_outer", (4, 3, 2, 1))
LIP_BOTTOM = row_of("lip_lower_outer", (1, 2, 3, 4))
LOW_EYES: Outline = (
    "left_oval_8",
    "left_cheek_1",
    "left_under_eye_1",
    *LID_LINE,
    "left_under_eye_5",
    "nose_bridge_1",
)
"""Where the upper face ends."""
LOW_NOSE: Outline = ("left_oval_10", "left_cheek_5", "left_nasolabial_2", "nose_base")
"""Where the lower face begins."""
