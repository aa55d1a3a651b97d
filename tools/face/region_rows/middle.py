"""The regions of the nose and the cheeks, from top to bottom."""

from focalface.tools.face.region_rows import lines
from focalface.tools.face.region_rows.row import Row

MIDDLE = ("mid_face",)

ROWS = (
    Row(
        "nose_bridge",
        place="the bridge of the nose",
        words="nose|nasal bridge|root; bridge|root|top of the nose",
        typed="bridge",
        outline=(
            "nose_root",
            "left_nose_wall_1",
            "left_nose_wall_2",
            "left_nose_wall_3",
            "nose_bridge_4",
        ),
        facing=(0.0, 15.0),
        unions=MIDDLE,
    ),
    Row(
        "nose_tip",
        place="the tip of the nose",
        words="nose|nasal tip; tip|end of the nose; nostril; nose wing; ala; alae",
        outline=(
            "nose_bridge_4",
            "left_nose_wall_3",
            "left_nose_wing_1",
            "left_nose_wing_2",
            "left_nose_wing_3",
            ("left_nostril", "left_lip_upper_outer_2", 0.25),
            ("nose_base", "philtrum", 0.5),
        ),
        unions=MIDDLE,
        hidden={"mask": 1.0},
    ),
    Row(
        "cheek",
        place="the @cheek",
        pair="the cheeks",
        words="cheek; cheekbone; cheek bone; malar area; apple of the cheek",
        outline=(
            "left_cheek_1",
            "left_under_eye_6",
            "left_under_eye_7",
            ("left_under_eye_8", "left_nose_wing_2", 0.25),
            ("left_nose_wing_1", "left_cheek_3", 0.35),
            *lines.FOLD_OUTER[:3],
            "left_cheek_6",
            ("left_oval_9", "left_cheek_2", 0.2),
        ),
        sided=True,
        facing=(45.0, -5.0),
        unions=MIDDLE,
        emotion=True,
        age=True,
        hidden={"mask": 0.6},
    ),
    Row(
        "nasolabial_fold",
        place="the @nasolabial fold",
        pair="the nasolabial folds",
        words="nasolabial; nasolabial fold|line|crease|furrow; cheek fold; smile|laugh fold|line; "
        "laughter line; nose to mouth line",
        outline=(
            "left_nose_wing_2",
            *lines.FOLD_OUTER,
            ("left_nasolabial_4", "left_mouth_corner", 0.25),
            ("left_nasolabial_3", "left_lip_upper_outer_1", 0.4),
            ("left_nasolabial_2", "philtrum", 0.25),
            "left_nose_wing_3",
        ),
        sided=True,
        facing=(30.0, -5.0),
        unions=MIDDLE,
        emotion=True,
        age=True,
        hidden={"mask": 1.0, "object": 0.4},
        overview="raised lips and cheeks deepen the folds, as age does",
    ),
)
