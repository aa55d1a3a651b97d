"""The regions of the forehead and the eyes, from top to bottom."""

from focalface.tools.face.region_rows import lines
from focalface.tools.face.region_rows.row import Row

UPPER, BOTH = ("upper_face",), ("upper_face", "mid_face")

ROWS = (
    Row(
        "forehead",
        place="the forehead",
        words="forehead; frontal area; above % eyebrow; worry line",
        typed="brow line; hairline",
        outline=(
            "forehead_top",
            *lines.row_of("oval", (1, 2, 3, 4)),
            "left_forehead_1",
            *reversed(lines.BROW_TOP[:4]),
            "forehead_low",
        ),
        facing=(0.0, 20.0),
        unions=UPPER,
        signs=frozenset({"head_wear"}),
        age=True,
        hidden={"fringe": 0.8, "brow_cover": 0.4},
        overview="raised brows fold the forehead, and age lines show here",
    ),
    Row(
        "glabella",
        place="the area between the brows",
        words="glabella; between the eyebrows|eyes; space|skin|point between the eyebrows; "
        "middle of the brows; frown|eleven line",
        asked="glabellar; third eye",
        outline=(
            ("glabella", "forehead_low", 0.9),
            ("left_brow_lower_5", "left_brow_upper_5", 1.4),
            "left_brow_lower_5",
            "left_nose_wall_1",
            "nose_root",
        ),
        facing=(0.0, 5.0),
        unions=UPPER,
        emotion=True,
        age=True,
        hidden={"brow_cover": 0.3},
        overview="a frown shows between the brows first",
    ),
    Row(
        "brow",
        place="the @brow",
        pair="the brows",
        words="brow; eyebrow; eye brow; above the eye; brow arch; inner|outer eyebrow; "
        "inner|outer end|corner of the eyebrow",
        outline=(*lines.BROW_TOP, *lines.BROW_BOTTOM),
        sided=True,
        facing=(25.0, 10.0),
        unions=UPPER,
        emotion=True,
        hidden={"dark_glasses": 0.3, "fringe": 0.8, "brow_cover": 0.9},
        around=("glabella",),
        overview="raised and lowered brows colour the whole expression",
    ),
    Row(
        "eye",
        place="the @eye",
        pair="the eyes",
        words="eye; eyelid; upper eyelid; eye area; eye opening; iris; "
        "inner corner of the eye; inner eye corner",
        asked="lid; eyelash; lash; eyed; eyeball; gaze; pupil",
        told="pupil",
        outline=(
            lines.EYE_OUTER,
            *lines.LID_LINE,
            lines.EYE_INNER,
            "left_lid_crease_3",
            "left_lid_crease_2",
            "left_lid_crease_1",
        ),
        sided=True,
        facing=(25.0, 0.0),
        unions=UPPER,
        signs=frozenset({"gaze", "glasses"}),
        emotion=True,
        age=True,
        hidden={"dark_glasses": 1.0, "eye_cover": 1.0},
        around=("under_eye", "crows_feet"),
        overview="the lids show how open and how tense the eyes are",
    ),
    Row(
        "under_eye",
        place="the area under the @eye",
        pair="the skin under the eyes",
        words="under|below|underneath|beneath the eye; undereye; eye bag; dark circle; "
        "tear trough; bag under|below|beneath the eye; lower eyelid; lower eye area; "
        "skin under the eye; dark circle under the eye",
        typed="bag",
        outline=(
            *lines.LID_LINE,
            "left_under_eye_5",
            "left_under_eye_8",
            "left_under_eye_7",
            "left_under_eye_6",
            "left_under_eye_1",
        ),
        sided=True,
        facing=(30.0, -10.0),
        unions=("mid_face",),
        age=True,
        hidden={"dark_glasses": 0.7, "eye_cover": 0.6},
    ),
    Row(
        "crows_feet",
        place="the skin beside the @eye",
        pair="the skin beside the eyes",
        words="crow's foot; crow's feet; crowfoot; corner of the eye; outer corner of the eye; "
        "outer eye corner; eye outer corner; eye corner; outer eye; lateral canthus; "
        "beside the eye; next to the eye; skin|area beside the eye; "
        "skin|area next to the eye; eye wrinkle; "
        "wrinkle|line around|at|beside|near|by the eye; wrinkle|line next to the eye; "
        "laugh|laughter|smile line|wrinkle around|at|beside|near|by the eye",
        asked="temple",
        outline=(
            lines.EYE_OUTER,
            ("left_crows_feet_3", "left_brow_lower_1", 0.5),
            "left_crows_feet_4",
            "left_cheek_1",
            "left_under_eye_1",
        ),
        sided=True,
        facing=(58.0, 0.0),
        unions=BOTH,
        emotion=True,
        age=True,
        hidden={"dark_glasses": 0.7, "eye_cover": 0.6},
        overview="a smile that reaches the eyes shows beside them",
    ),
)
