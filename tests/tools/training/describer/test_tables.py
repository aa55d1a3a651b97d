"""From the packs to rows: frames, codes, sides, ages, the pictures of the detection pack."""

import numpy as np
import pytest

pytest.importorskip("tqdm")

from focalface.tools.training.describer import others, tables
from focalface.tools.training.describer.codes import CATEGORIES, UNITS, steps


def test_a_point_of_the_labels_lies_in_the_tighter_picture_by_the_formula_of_the_pack():
    points = np.array([[[80, 80], [93, 67]], [[80, 80], [160, 0]]], np.float32)
    large, small = tables.in_picture(points, np.array([False, True]))
    assert np.allclose(large, [[128, 128], [152, 104]])
    assert np.allclose(small, [[24, 24], [48, 0]])


@pytest.mark.parametrize(
    ("words", "half"),
    [("12R", 1), ("12L", 0), ("12R;2L", 1)],
    ids=["right: the picture's left is stronger", "left", "several"],
)
def test_a_one_sided_unit_is_weaker_on_the_other_half_of_the_picture(words, half):
    sides = np.full((2, len(UNITS)), 2.0, np.float32)
    tables.weaken(sides, words)
    smile = UNITS.index("AU12")
    assert sides[half, smile] == 1
    assert sides[1 - half, smile] == 2


@pytest.mark.parametrize("words", ["none", "", "99R"])
def test_without_a_known_one_sided_unit_both_halves_stay_alike(words):
    sides = np.full((2, len(UNITS)), 2.0, np.float32)
    tables.weaken(sides, words)
    assert (sides == 2).all()


def test_a_code_becomes_two_steps_and_what_is_unknown_stays_unknown():
    found = steps(np.array([0, 1, 1.5, 2, np.nan], np.float32))
    assert np.array_equal(found[:4], [[0, 0], [1, 0], [1, 0.5], [1, 1]])
    assert np.isnan(found[4]).all()


def test_coded_ages_are_corrected_towards_the_true_ones():
    found = tables.unbiased(np.array([3, 20, 50, 66, np.nan], np.float32))
    assert found[0] == 3
    assert found[1] < 20
    assert found[2] == 52
    assert found[3] == 75
    assert np.isnan(found[4])


def test_the_rows_hold_what_the_packs_say(rows):
    assert len(rows) == 24
    assert rows["val"].sum() == 8
    smiles = rows["units"][:, UNITS.index("AU12")]
    assert np.array_equal(smiles[:4], [0, 2, 0, 2])
    assert np.isnan(rows["units"][:, UNITS.index("AU4")]).all()
    assert np.isnan(rows["units_second"][-1]).all()
    assert CATEGORIES["gaze"][rows["is_gaze"][0]] == "left"
    assert rows["is_teeth"][1] == 1
    assert rows["sides"][1, 1, UNITS.index("AU12")] == 1
    assert rows.picture(0).shape == (48, 48)
    assert rows.picture(1).shape == (256, 256)


def test_an_aligned_face_has_its_five_points_where_the_template_puts_them(rows):
    from focalface.tools.training.describer.points import FIVE_POINTS

    for i in (0, 1):  # one picture of each size
        mesh = rows.mesh_in_crop(i)[list(FIVE_POINTS)]
        assert np.abs(mesh.mean(0) - [0.496, 0.507]).max() < 0.01
        assert 0.25 < mesh[1, 0] - mesh[0, 0] < 0.35


def test_masks_and_places_without_a_face_come_from_the_detection_pack(rows):
    kind = rows.others["kind"]
    counts = [int((kind == others.KINDS.index(name)).sum()) for name in others.KINDS]
    assert counts == [12, 12, 0, 32]
    assert np.isfinite(rows.others["five"][0]).all()
    assert rows.others["pictures"].shape[1:] == (128, 128)
    assert 0 < rows.others["val"].mean() < 0.5


def test_a_square_beyond_the_picture_repeats_its_edge():
    grey = np.zeros((40, 40), np.uint8)
    grey[:, 20:] = 200
    found = others.square(grey, 40, 20, 40)
    assert (found[:, 10:] == 200).all()
