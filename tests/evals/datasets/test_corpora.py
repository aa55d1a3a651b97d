"""Official layouts as small made-up folders, and the data that comes with the suites."""

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from focalface.evals.datasets import corpora, pictures, scenes
from focalface.evals.harness.inspecting import take
from focalface.evals.records import FACE
from focalface.tools.errors import ImageNotFoundError, UsageError
from focalface.tools.face.regions import ATLAS, BASIC


def picture(path: Path, shade: int = 90) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    PIL.Image.new("RGB", (20, 20), (shade, shade, shade)).save(path)


def test_built_in_faces_are_seven_and_four_of_them_once_more_cut_off():
    cases = corpora.builtin()
    assert len(cases) == len({c.id for c in cases}) == 11
    assert sum(c.change == "crop" for c in cases) == 4
    assert all(c.regions[0].target == FACE for c in cases if c.change == "none")


def test_annotated_points_lie_on_the_side_of_the_subject():
    for row in corpora.rows("faces"):
        points = row["points"]
        for part in ("eye_outer", "mouth", "brow_inner"):
            left, right = points.get(f"left_{part}"), points.get(f"right_{part}")
            if left and right:
                assert left[0] > right[0]


def test_expected_regions_of_all_questions_are_atlas_names():
    for name, keys in (
        ("proposals", ("expected", "allowed")),
        ("planning", ("needs", "may")),
        ("names", ("expected",)),
    ):
        for row in corpora.rows(name):
            assert {r for key in keys for r in row[key]} <= {*ATLAS}


def test_fer2013_takes_the_private_test_part(tmp_path: Path):
    pixels = " ".join(["120"] * 48 * 48)
    lines = ["emotion,pixels,Usage"]
    lines += [f"3,{pixels},Training", f"3,{pixels},PrivateTest", f"4,{pixels},PrivateTest"]
    (tmp_path / "fer2013.csv").write_text("\n".join(lines), encoding="utf-8")
    cases = corpora.faces(str(tmp_path))
    assert [c.emotion for c in cases] == ["happiness", "sadness"]
    assert all(c.box is None for c in cases)
    assert pictures.load(cases[0].picture).size == (48, 48)


def test_utkface_names_give_age_and_audit_groups(tmp_path: Path):
    for number in range(60):
        picture(tmp_path / f"26_1_2_{number:017}.jpg.chip.jpg")
        picture(tmp_path / f"70_0_0_{number:017}.jpg.chip.jpg")
    cases = corpora.faces(str(tmp_path))
    ages = {c.age: c.groups for c in cases}
    assert ages[26] == {"gender": "female", "race": "Asian", "age": "20-59"}
    assert ages[70] == {"gender": "male", "race": "White", "age": "60+"}
    # The tenth that a corpus built of this folder keeps for its test.
    assert 4 <= len(cases) <= 24


def test_disfa_levels_are_fifths_and_uncoded_units_stay_unknown(tmp_path: Path):
    labels = tmp_path / "ActionUnit_Labels" / "SN001"
    labels.mkdir(parents=True)
    (labels / "SN001_au12.txt").write_text("1,0\n2,4\n", encoding="utf-8")
    for frame in (1, 2):
        picture(tmp_path / "Images" / "SN001" / f"{frame:05d}.jpg", shade=frame * 50)
    cases = corpora.faces(str(tmp_path))
    assert [dict(c.units) for c in cases] == [{"AU12": 0.0}, {"AU12": 0.8}]
    assert {c.unit_source for c in cases} == {"human"}


def rafdb(root: Path, tests: int) -> None:
    names = ["train_00001", *(f"test_{n:04}" for n in range(tests))]
    lists = root / "EmoLabel"
    lists.mkdir()
    text = "".join(f"{name}.jpg {1 + k % 7}\n" for k, name in enumerate(names))
    (lists / "list_patition_label.txt").write_text(text, encoding="utf-8")
    for name in names:
        picture(root / "Image" / "aligned" / f"{name}_aligned.jpg")


def test_rafdb_takes_its_test_part(tmp_path: Path):
    rafdb(tmp_path, tests=2)
    assert [c.emotion for c in corpora.faces(str(tmp_path))] == ["fear", "disgust"]


def test_affectnet_takes_its_validation_part(tmp_path: Path):
    head = "subDirectory_filePath,face_x,face_y,face_width,face_height,expression\n"
    for name, label in (("training", 1), ("validation", 7)):
        text = f"{head}1/{name}.jpg,2,2,9,9,{label}\n"
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        picture(tmp_path / "Manually_Annotated_Images" / "1" / f"{name}.jpg")
    assert [c.emotion for c in corpora.faces(str(tmp_path))] == ["contempt"]


def test_a_folder_is_read_once_and_gives_the_same_sample_again(tmp_path: Path):
    rafdb(tmp_path, tests=8)
    first = corpora.faces(str(tmp_path), limit=3, seed=5)
    for file in (tmp_path / "EmoLabel").iterdir():
        file.rename(file.with_suffix(".gone"))
    again = corpora.faces(str(tmp_path), limit=3, seed=5)
    assert [c.id for c in first] == [c.id for c in again]
    assert len(first) == 3


def test_a_folder_is_read_again_when_its_table_has_changed(tmp_path: Path):
    pixels = " ".join(["120"] * 48 * 48)
    table = tmp_path / "fer2013.csv"
    rows = ["emotion,pixels,Usage", f"3,{pixels},PrivateTest"]
    table.write_text("\n".join(rows), encoding="utf-8")
    assert len(corpora.faces(str(tmp_path))) == 1
    table.write_text("\n".join([*rows, f"4,{pixels},PrivateTest"]), encoding="utf-8")
    assert len(corpora.faces(str(tmp_path))) == 2


def test_a_folder_without_anything_known_is_an_error(tmp_path: Path):
    with pytest.raises(UsageError):
        corpora.faces(str(tmp_path))
    with pytest.raises(UsageError, match=r"annotations\.jsonl"):
        scenes.scenes(str(tmp_path))
    with pytest.raises(ImageNotFoundError, match="astronaut"):
        pictures.load("nobody")


def test_a_sample_is_seeded_and_keeps_the_order():
    assert take(range(100), 5, seed=1) == take(range(100), 5, seed=1)
    assert take(range(100), 5, seed=1) == sorted(take(range(100), 5, seed=1))
    assert take(range(100), 5, seed=1) != take(range(100), 5, seed=2)
    assert take(range(3), None, seed=1) == [0, 1, 2]
    with pytest.raises(UsageError):
        take(range(3), 0, seed=1)


def test_every_format_of_a_scene_opens_to_the_same_size():
    from focalface.tools.workbench import Workbench

    bench = Workbench()
    for case in scenes.builtin():
        if case.picture == "astronaut" and case.scale == 1.0:
            image = bench.open(scenes.source(case))
            assert image.size == (512, 512)
            if case.format.startswith("exif"):
                # Turned back: JPEG loses little, so the pixels are nearly those of the original.
                plain = np.asarray(pictures.load("astronaut"), float)
                assert np.abs(image.rgb - plain).mean() < 4


def test_builtin_cases_ask_about_every_region():
    assert [r.name for r in corpora.builtin()[0].regions] == [FACE, *BASIC]
