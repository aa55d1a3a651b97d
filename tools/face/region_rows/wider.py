"""Regions that are made of basic ones: thirds, halves, the whole face; and words for several."""

from focalface.tools.face.region_rows import lines
from focalface.tools.face.region_rows.row import Row

ROWS = (
    Row(
        "upper_face",
        place="the upper face",
        words="upper|top face; upper|top half|part|third of the face; face upper; "
        "upper|top half|third",
        asked="top of the face",
        typed="top of head",
        outline=("forehead_top", *lines.row_of("oval", tuple(range(1, 8))), *lines.LOW_EYES),
    ),
    Row(
        "mid_face",
        place="the middle of the face",
        words="mid face; midface; middle|central face; middle|centre|center of the face; "
        "mid|middle half|part|third|section of the face; middle third",
        typed="centre; center",
        outline=(
            "nose_bridge_1",
            *reversed(lines.LOW_EYES[:-1]),
            "left_oval_9",
            *lines.LOW_NOSE,
        ),
    ),
    Row(
        "lower_face",
        place="the lower face",
        words="lower|bottom face; lower|bottom half|part|third of the face; face lower; "
        "lower|bottom half|third",
        asked="bottom of the face",
        outline=(
            "nose_base",
            *reversed(lines.LOW_NOSE[:-1]),
            *lines.row_of("oval", tuple(range(11, 18))),
            "chin_bottom",
        ),
    ),
    Row(
        "half",
        place="the @half of the face",
        words="",
        sided=True,
        outline=(
            *lines.row_of("oval", tuple(range(1, 18))),
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
        ),
    ),
    Row(
        "face",
        place="the face",
        words="whole face; entire face; full face; complete face; rest of the face; "
        "all over the face",
        told="face; facial expression; whole thing; all over; full picture of face",
        typed="all; everything; overall; whole; head",
        outline=("forehead_top", *lines.row_of("oval", tuple(range(1, 18))), "chin_bottom"),
    ),
)

SEVERAL: tuple[tuple[tuple[str, ...], str], ...] = (
    (("nose_bridge", "nose_tip"), "nose; nasal; nasal area; whole nose"),
    (("upper_lip", "lower_lip"), "lip; both lips; upper and lower lip; top and bottom lip"),
    (
        ("eye", "under_eye", "crows_feet"),
        "periorbital|periocular; periorbital|periocular region|area; skin|area around the eye; "
        "eye region as a whole; eye surroundings",
    ),
    (
        ("mouth", "lip_corner", "nasolabial_fold", "chin"),
        "perioral; perioral region|area; skin|area around the mouth; mouth surroundings",
    ),
)
"""Base names -> words that mean all of them."""
SEVERAL_TYPED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("eye", "under_eye", "crows_feet"), "around eye"),
    (("mouth", "lip_corner", "nasolabial_fold", "chin"), "around mouth"),
)
"""Base names -> words that mean all of them when nothing else was typed."""
