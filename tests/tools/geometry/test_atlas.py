import numpy as np
import pytest

from focalface.tools.errors import BadRegionError, UnknownRegionError
from focalface.tools.face import facs, landmarks
from focalface.tools.face.regions import ATLAS, BASIC
from focalface.tools.geometry import atlas, plane
from focalface.tools.types import Box, Disc

SIZE = (640, 640)


def centre(polygon):
    xs, ys = zip(*polygon, strict=True)
    return sum(xs) / len(xs), sum(ys) / len(ys)


@pytest.mark.parametrize("name", ATLAS)
def test_every_atlas_name_is_a_polygon_with_area_on_the_face(mean_face, name):
    (region,) = atlas.resolve(mean_face(), name, SIZE)
    assert region.name == name
    assert plane.area(region.polygon) > 100
    assert region.visibility == pytest.approx(1.0)
    face = mean_face().box
    assert face.x1 <= region.box.x1 < region.box.x2 <= face.x2


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("left_eye", "left_iris", "right_iris"),
        ("right_eye", "right_iris", "left_iris"),
        ("mouth", "lip_upper_bottom", "chin_middle"),
        ("nose_tip", "nose_tip", "nose_root"),
        ("forehead", "forehead_middle", "glabella"),
        ("glabella", "glabella", "forehead_middle"),
        ("left_cheek", "left_cheek_2", "left_under_eye_3"),
        ("chin", "chin_middle", "lip_lower_top"),
        ("left_half", "left_cheek_2", "right_cheek_2"),
        ("upper_face", "left_iris", "nose_tip"),
        ("mid_face", "nose_tip", "left_iris"),
        ("lower_face", "lip_lower_top", "nose_tip"),
        ("left_crows_feet", "left_crows_feet_2", "left_iris"),
        ("left_under_eye", "left_under_eye_4", "left_iris"),
        ("left_nasolabial_fold", "left_nasolabial_3", "left_mouth_corner"),
        ("left_lip_corner", "left_mouth_corner", "lip_upper_top"),
    ],
)
def test_a_region_holds_its_own_landmarks_and_not_its_neighbours(mean_face, name, inside, outside):
    face = mean_face()
    polygon = atlas.outline(face, name)
    points = np.array([face.landmarks[landmarks.INDEX[n]] for n in (inside, outside)])
    assert list(plane.contains(polygon, points)) == [True, False]


@pytest.mark.parametrize("turn", [-90, -30, 15, 45, 180])
@pytest.mark.parametrize("scale", [0.2, 3.0])
def test_regions_move_with_a_rolled_and_scaled_face(mean_face, move_face, turn, scale):
    face = mean_face()
    changed, move = move_face(face, turn=turn, scale=scale, shift=(7, -3))
    for name in ATLAS:
        expected = [move(p) for p in atlas.outline(face, name)]
        for got, want in zip(atlas.outline(changed, name), expected, strict=True):
            assert got == pytest.approx(want, abs=1e-6)


def test_a_rolled_face_keeps_its_left_brow_on_its_left(mean_face, move_face):
    upside_down, _ = move_face(mean_face(), turn=180)
    left = atlas.named_region(upside_down, "left_brow", SIZE).box.center
    right = atlas.named_region(upside_down, "right_brow", SIZE).box.center
    assert left[0] < right[0]


def test_mirroring_a_face_swaps_left_and_right_regions(mean_face, face_with):
    face = mean_face()
    flipped = face_with(landmarks.mirror(face.landmarks, 640))
    for name in ATLAS:
        other = landmarks.mirrored(name)
        x, y = centre(atlas.outline(face, name))
        assert centre(atlas.outline(flipped, other)) == pytest.approx((640 - x, y))


def test_basic_regions_overlap_little_except_for_the_lips(mean_face):
    face = mean_face()
    lips = {"mouth", "upper_lip", "lower_lip", "left_lip_corner", "right_lip_corner"}
    for region in (atlas.named_region(face, name, SIZE) for name in BASIC):
        if region.name in lips:
            continue
        shared = atlas.overlaps(face, region)
        assert shared.pop(region.name) == 1.0
        assert all(share < 0.1 for name, share in shared.items()), region.name


def test_an_alias_gives_several_regions_in_order(mean_face):
    assert [r.name for r in atlas.resolve(mean_face(), "eyes", SIZE)] == ["left_eye", "right_eye"]


def test_an_unknown_name_is_an_error(mean_face):
    with pytest.raises(UnknownRegionError):
        atlas.resolve(mean_face(), "banana", SIZE)


def test_ids_are_stable_and_differ_between_regions_and_faces(mean_face):
    ids, again = (
        [atlas.named_region(mean_face(), name, SIZE).id for name in ATLAS] for _ in range(2)
    )
    assert len(set(ids)) == len(ATLAS)
    assert ids == again
    other = atlas.named_region(mean_face(face_id="fac_other"), "mouth", SIZE)
    assert other.id not in ids
    one, same, moved = (
        atlas.custom(mean_face(), Box(x1=x, y1=10, x2=90, y2=90), SIZE).id for x in (10, 10, 11)
    )
    assert one == same != moved


def test_a_region_of_the_face_comes_back_as_it_is(mean_face):
    region = atlas.named_region(mean_face(), "mouth", SIZE)
    assert atlas.resolve(mean_face(), region, SIZE) == [region]


def test_a_region_of_another_face_is_refused(mean_face):
    region = atlas.named_region(mean_face(face_id="fac_other"), "mouth", SIZE)
    with pytest.raises(BadRegionError, match="belongs to face fac_other"):
        atlas.resolve(mean_face(), region, SIZE)


def test_a_box_beyond_the_border_is_the_box_cut_there(mean_face):
    (region,) = atlas.resolve(mean_face(), Box(x1=-100, y1=100, x2=100, y2=200), SIZE)
    assert region.name == "custom"
    assert region.box.xyxy == pytest.approx((0, 100, 100, 200))
    (cut,) = atlas.resolve(mean_face(), Box(x1=0, y1=100, x2=100, y2=200), SIZE)
    assert region == cut


def test_a_disc_and_a_polygon_become_regions(mean_face):
    (disc,) = atlas.resolve(mean_face(), Disc(x=320, y=300, radius=50), SIZE)
    assert disc.box.xyxy == pytest.approx((270, 250, 370, 350), abs=1)
    (triangle,) = atlas.resolve(mean_face(), [(10, 10), (60, 10), (30, 50)], SIZE)
    assert triangle.polygon == ((10, 10), (60, 10), (30, 50))


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (Box(x1=700, y1=10, x2=800, y2=90), "outside the picture of 640 x 640"),
        (Disc(x=-50, y=-50, radius=20), "outside the picture"),
        ([(1, 1), (2, 2)], "at least 3 points"),
        ([(1, 1), (50, 50), (90, 90)], "has no area"),
        ([(1, 1), (float("nan"), 5), (9, 9)], "no number"),
        ([(1, 1), (10**400, 5), (9, 9)], "beyond any picture"),
        ([(1, 1), (5,), (9, 9)], "list of"),
        ([1, 2, 3, 4], "list of"),
    ],
)
def test_an_impossible_shape_is_one_clear_error(mean_face, shape, message):
    with pytest.raises(BadRegionError, match=message):
        atlas.resolve(mean_face(), shape, SIZE)


def test_a_region_outside_the_picture_is_not_visible(mean_face, move_face):
    away, _ = move_face(mean_face(), shift=(-360, 0))
    regions = {name: atlas.named_region(away, name, SIZE) for name in BASIC}
    assert regions["right_eye"].visibility == 0
    assert 0 < regions["mouth"].visibility < 1
    assert regions["left_eye"].visibility > 0.8


@pytest.mark.parametrize(
    ("yaw", "hidden", "seen"),
    [(50, "left_crows_feet", "right_crows_feet"), (-50, "right_cheek", "left_cheek")],
)
def test_a_turned_head_hides_the_far_side(mean_face, yaw, hidden, seen):
    face = mean_face(yaw=yaw)
    assert atlas.named_region(face, hidden, SIZE).visibility < 0.3
    assert atlas.named_region(face, seen, SIZE).visibility == pytest.approx(1.0)


def test_a_custom_region_is_turned_away_like_what_it_covers(mean_face):
    face = mean_face(yaw=60)
    eye = atlas.named_region(face, "left_crows_feet", SIZE)
    assert atlas.custom(face, eye.box, SIZE).visibility == pytest.approx(eye.visibility, abs=0.3)


@pytest.mark.parametrize(
    ("names", "side"),
    [
        (["left_eye"], "left"),
        (["right_cheek"], "right"),
        (["mouth"], "both"),
        (["left_eye", "right_eye"], "both"),
    ],
)
def test_a_custom_box_has_the_side_on_which_it_lies(mean_face, names, side):
    face = mean_face()
    boxes = [atlas.named_region(face, name, SIZE).box for name in names]
    box = Box(
        x1=min(b.x1 for b in boxes),
        y1=min(b.y1 for b in boxes),
        x2=max(b.x2 for b in boxes),
        y2=max(b.y2 for b in boxes),
    )
    assert atlas.custom(face, box, SIZE).side == side


def test_the_side_is_the_subjects_also_beside_a_face_that_is_upside_down(mean_face, move_face):
    face, _ = move_face(mean_face(), turn=180, scale=0.3)
    assert atlas.custom(face, Box(x1=10, y1=300, x2=60, y2=340), SIZE).side == "left"


def test_overlaps_are_shares_of_the_atlas_regions(mean_face):
    face = mean_face()
    eye = atlas.named_region(face, "left_eye", SIZE)
    shares = atlas.overlaps(face, atlas.custom(face, eye.box, SIZE))
    assert shares["left_eye"] == 1.0
    assert "mouth" not in shares and "right_eye" not in shares


def test_units_of_a_custom_box_follow_from_what_it_covers(mean_face):
    face = mean_face()
    box = atlas.custom(face, atlas.named_region(face, "left_brow", SIZE).box, SIZE)
    units = atlas.visible_units(face, box)
    assert units["AU1"] == ("left",)
    assert "AU12" not in units


def test_a_small_spot_shows_what_its_surroundings_show(mean_face):
    face = mean_face()
    x, y = face.landmarks[landmarks.INDEX["left_cheek_2"]]
    spot = atlas.custom(face, Disc(x=x, y=y, radius=6), SIZE)
    assert tuple(atlas.visible_units(face, spot)) == facs.shown_in("cheek")


def test_a_box_beside_the_face_shows_no_units(mean_face):
    face = mean_face()
    assert atlas.visible_units(face, atlas.custom(face, Box(x1=1, y1=1, x2=60, y2=60), SIZE)) == {}


def test_sides_of_units_follow_the_region(mean_face):
    face = mean_face()
    units = {n: atlas.visible_units(face, atlas.named_region(face, n, SIZE)) for n in ATLAS}
    assert units["left_brow"]["AU1"] == ("left",)
    assert units["glabella"]["AU4"] == ("left", "right")
    assert units["right_half"]["AU12"] == ("right",)
    assert units["mouth"]["AU25"] == ("both",)
    assert tuple(units["face"]) == facs.CODES
