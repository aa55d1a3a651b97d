"""Rows as tables: names, order, sides, what is empty."""

from typing import Any

from focalface.tools.batch.columns import column_names, flatten, kind_of

JOB = {
    "regions": ["face", "mouth"],
    "describer": "embedded",
    "detector": "embedded",
    "emotion_told": True,
    "every": None,
    "smoothing": None,
    "version": "1",
    "schema": 3,
}


def described(region: str, *units: tuple[str, str, float], **more: Any) -> dict[str, Any]:
    made = [{"code": c, "side": s, "intensity": i, "presence": None} for c, s, i in units]
    return {
        "region": {"name": region, "visibility": 1.0, "hidden_by": None},
        "text": f"{region}.",
        "action_units": made,
        "emotion": None,
        "age": None,
        "attributes": {},
        **more,
    }


def picture(*faces: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    box, pose = {"x1": 10, "y1": 20, "x2": 40, "y2": 60}, {"pitch": 1.0, "yaw": 2.0, "roll": 3.0}
    face = {"score": 0.9, "box": box, "pose": pose}
    return {
        "file": "a.jpg",
        "kind": "picture",
        "content": "c",
        "image_id": "img",
        "width": 100,
        "height": 80,
        "error": None,
        "faces": [{"face": face, "descriptions": list(one)} for one in faces],
        **more,
        **JOB,
    }


def test_the_columns_are_those_of_py_feat_and_openface_in_a_stable_order() -> None:
    names = column_names(["face"])
    assert names[:6] == ("input", "frame", "timestamp", "face_id", "success", "confidence")
    for name in ("FaceRectX", "FaceScore", "Pitch", "AU01", "AU12_r", "AU12_c", "happiness"):
        assert name in names
    assert names == column_names(["face"]) and len(set(names)) == len(names)
    units = [name for name in names if name.startswith("AU") and name[2:].isdigit()]
    assert units == sorted(units) and len(units) == 21


def test_a_unit_has_its_sides_the_stronger_of_them_and_both_scales() -> None:
    (row,) = flatten(picture([described("face", ("AU12", "left", 0.8), ("AU12", "right", 0.2))]))
    assert (row["AU12"], row["AU12_left"], row["AU12_right"]) == (0.8, 0.8, 0.2)
    assert (row["AU12_r"], row["AU12_c"]) == (4.0, 1)
    assert "AU06" not in row and "AU06_c" not in row


def test_presence_decides_what_counts_as_present_where_it_is_known() -> None:
    one = described("face", ("AU4", "both", 0.5))
    one["action_units"][0]["presence"] = 0.2
    (row,) = flatten(picture([one]))
    assert (row["AU04_presence"], row["AU04_c"]) == (0.2, 0)


def test_a_region_speaks_of_itself_in_columns_with_its_name() -> None:
    emotion = {"label": "happiness", "probabilities": {"happiness": 0.9, "neutral": 0.1}}
    mouth = described("mouth", ("AU12", "left", 0.3), emotion=emotion, attributes={"teeth": True})
    (row,) = flatten(picture([described("face", ("AU12", "left", 0.5)), mouth]))
    assert row["AU12"] == 0.5
    assert (row["mouth_emotion"], row["mouth_happiness"], row["mouth_teeth"]) == (
        "happiness",
        0.9,
        1,
    )
    assert "emotion" not in row and row["text"] == "face."
    assert set(row) <= set(column_names(["face", "mouth"]))


def test_custom_regions_get_names_of_their_own() -> None:
    two = [described("custom"), described("custom")]
    (row,) = flatten(picture(two))
    assert {"custom_text", "custom2_text"} <= set(row)
    assert set(row) <= set(column_names(["custom", "custom2"]))


def test_a_picture_without_faces_keeps_its_row_and_a_film_its_last_one_not() -> None:
    (row,) = flatten(picture(error="no"))
    assert (row["success"], row["error"]) == (0, "no") and "face_id" not in row
    assert list(flatten(picture(kind="clip", frames=2))) == []


def test_faces_of_films_carry_their_number_and_time() -> None:
    film = picture([described("face")], kind="frame", frame=7, seconds=0.28)
    film["faces"][0]["track"] = 3
    (row,) = flatten(film)
    assert (row["frame"], row["timestamp"], row["face_id"]) == (7, 0.28, 3)


def test_each_column_has_a_type() -> None:
    kinds = {name: kind_of(name) for name in column_names(["face", "mouth"])}
    assert kinds["AU12"] is float and kinds["AU12_c"] is int and kinds["mouth_emotion"] is str
    assert kinds["teeth"] is int and kinds["mouth_gaze"] is str and kinds["symmetry"] is float


def test_without_emotions_there_are_no_columns_of_them() -> None:
    names = column_names(["face", "mouth"], emotion=False)
    assert not [
        name for name in names if "happiness" in name or name.endswith("emotion") or "mixed" in name
    ]
    assert "AU12" in names and "mouth_text" in names
