"""The embedded describer on real photos: landmarks, focality, stability, errors."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import PIL.Image
import pytest
from insightface.data import get_image
from skimage.data import astronaut

from focalface.tools import Box, Disc, Workbench
from focalface.tools.describers.embedded.describer import EmbeddedDescriber
from focalface.tools.describers.embedded.networks import READING_NET
from focalface.tools.errors import DeadlineError, ModelDamagedError, ModelMissingError
from focalface.tools.face.facs import PRESENT
from focalface.tools.face.landmarks import INDEX, MIRROR
from focalface.tools.face.regions import ATLAS, BASIC
from focalface.tools.geometry import atlas
from focalface.tools.paths import WEIGHTS


def opened(bench: Workbench, rgb: np.ndarray):
    return bench.open(PIL.Image.fromarray(np.ascontiguousarray(rgb)))


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return Workbench(describer=EmbeddedDescriber(threads=1))


@pytest.fixture(scope="module")
def portrait(bench: Workbench):
    image = opened(bench, astronaut())
    return image, bench.detect(image)[0]


def eye_distance(face) -> float:
    return float(np.hypot(*np.subtract(face.keypoints.left_eye, face.keypoints.right_eye)))


def distance(found, wanted, face) -> float:
    """Mean distance of points over the eye distance."""
    off = np.asarray(found) - np.asarray(wanted)
    return float(np.hypot(*off.T).mean()) / eye_distance(face)


def tv(one, other) -> float:
    """Total variation distance of two emotion estimates."""
    return sum(abs(one.probabilities[k] - p) for k, p in other.probabilities.items()) / 2


def test_landmarks_lie_on_the_points_that_the_detector_found(portrait):
    _, face = portrait
    names = ["left_iris", "right_iris", "left_mouth_corner", "right_mouth_corner"]
    found = [face.landmarks[INDEX[name]] for name in names]
    k = face.keypoints
    assert distance(found, [k.left_eye, k.right_eye, k.left_mouth, k.right_mouth], face) < 0.12


def test_a_smiling_face_reads_as_happy_and_the_mouth_shows_why(bench, portrait):
    image, face = portrait
    whole, mouth = bench.describe(image, face, ["face", "mouth"])
    assert whole.emotion.label == mouth.emotion.label == "happiness"
    assert {u.code for u in mouth.action_units if u.intensity > 0.3} & {"AU12", "AU25"}


def test_probabilities_sum_to_one_and_contempt_gets_none(bench, portrait):
    image, face = portrait
    for found in bench.describe(image, face, list(ATLAS)):
        if found.emotion:
            assert sum(found.emotion.probabilities.values()) == pytest.approx(1, abs=1e-4)
            assert found.emotion.probabilities["contempt"] == 0
        if found.age:
            assert found.age.low <= found.age.years <= found.age.high


def test_results_come_in_input_order_and_do_not_depend_on_each_other(bench, portrait):
    image, face = portrait
    together = bench.describe(image, face, list(ATLAS))
    assert [r.region.name for r in together] == list(ATLAS)
    named = {found.region.name: found for found in together}
    for name in (*BASIC[::5], "upper_face", "lower_face", "left_half"):
        (alone,) = bench.describe(image, face, [name])
        assert figures(alone) == pytest.approx(figures(named[name]), abs=1e-4)


def figures(found) -> list[float]:
    """Intensities, odds of emotions and median age of a description."""
    odds = found.emotion.probabilities.values() if found.emotion else ()
    years = [found.age.years] if found.age else []
    return [*(unit.intensity for unit in found.action_units), *odds, *years]


def test_unsupported_units_are_not_assessed_and_never_absent(bench, portrait):
    image, face = portrait
    for found in bench.describe(image, face, list(ATLAS)):
        codes = {u.code for u in found.action_units}
        assert codes <= bench.supported_aus
        assert not codes & set(found.not_assessed)
    assert {"AU6", "AU9", "AU12", "AU43"} <= bench.supported_aus


def levels(found) -> dict:
    return {(u.code, u.side): (u.intensity, u.presence) for u in found.action_units}


def test_parts_and_unions_say_of_a_unit_what_the_whole_face_says(bench, portrait):
    image, face = portrait
    whole, *parts = bench.describe(image, face, ["face", *(n for n in ATLAS if n != "face")])
    known = levels(whole)
    for part in parts:
        assert levels(part).items() <= known.items()
    union = next(p for p in parts if p.region.name == "lower_face")
    mouth = next(p for p in parts if p.region.name == "mouth")
    assert levels(mouth).items() <= levels(union).items()


def test_a_box_round_the_mouth_says_what_the_mouth_says(bench, portrait):
    image, face = portrait
    mouth = bench.describe(image, face, ["mouth"])[0]
    box = bench.describe(image, face, [mouth.region.box])[0]
    assert levels(mouth).items() <= levels(box).items()


def test_a_unit_counts_as_present_exactly_where_a_coder_likely_calls_it_so(bench, portrait):
    image, face = portrait
    whole = bench.describe(image, face, ["face"])[0]
    graded = [u for u in whole.action_units if u.code not in ("AU26", "AU43")]
    assert any(u.presence >= 0.5 for u in graded)
    for unit in graded:
        assert (unit.presence >= 0.5) == (unit.intensity >= PRESENT)


@pytest.mark.parametrize("turn", [-35.0, 30.0])
def test_a_turned_picture_moves_the_landmarks_along_and_changes_the_roll(bench, portrait, turn):
    image, face = portrait
    matrix = cv2.getRotationMatrix2D(face.box.center, turn, 1.0)
    turned = cv2.warpAffine(image.rgb, matrix, image.size, borderMode=cv2.BORDER_REPLICATE)
    other = bench.detect(opened(bench, turned))[0]
    expected = np.asarray(face.landmarks) @ matrix[:, :2].T + matrix[:, 2]
    assert distance(other.landmarks, expected, face) < 0.1
    assert other.pose.roll - face.pose.roll == pytest.approx(turn, abs=8)


def test_a_mirrored_picture_swaps_the_sides(bench, portrait):
    image, face = portrait
    mirrored = opened(bench, image.rgb[:, ::-1])
    other = bench.detect(mirrored)[0]
    back = [(image.width - other.landmarks[i][0], other.landmarks[i][1]) for i in MIRROR]
    assert distance(back, face.landmarks, face) < 0.08
    one = bench.describe(image, face, ["face"])[0]
    two = bench.describe(mirrored, other, ["face"])[0]
    swap = {"left": "right", "right": "left", "both": "both"}
    there = {(u.code, swap[u.side]): u.intensity for u in two.action_units}
    off = [abs(there[u.code, u.side] - u.intensity) for u in one.action_units]
    assert np.mean(off) < 0.1


def test_landmarks_stay_when_the_box_moves_a_little(bench, portrait):
    image, face = portrait
    step = 0.05 * face.box.width
    for dx, dy in ((step, 0), (-step, step), (0, -step)):
        box = Box(
            x1=face.box.x1 + dx, y1=face.box.y1 + dy, x2=face.box.x2 + dx, y2=face.box.y2 + dy
        )
        mesh = bench.mesher.fit(image, box, None)
        assert distance(mesh.landmarks, face.landmarks, face) < 0.08


def test_faces_fitted_together_get_the_landmarks_that_each_gets_alone(bench):
    image = opened(bench, get_image("t1")[..., ::-1])
    found = bench.detector.detect(image.rgb)
    assert len(found) == 6
    for one, mesh in zip(found, bench.mesher.fit_all(image, found), strict=True):
        alone = bench.mesher.fit(image, one.box, one.keypoints)
        assert np.abs(np.subtract(mesh.landmarks, alone.landmarks)).max() < 0.01
        assert mesh.pose.yaw == pytest.approx(alone.pose.yaw, abs=0.01)


def blanked(image, polygon, inside: bool) -> np.ndarray:
    """The picture with grey noise in the polygon or everywhere else."""
    mask = np.zeros(image.rgb.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(polygon).astype(np.int32)], 1)
    noise = np.random.default_rng(0).integers(60, 190, image.rgb.shape, dtype=np.uint8)
    return np.where((mask > 0)[..., None] == inside, noise, image.rgb)


def box_round(face, names: list[str]) -> Box:
    """A box round some atlas regions, with a margin."""
    corners = np.concatenate([atlas.outline(face, name) for name in names])
    (x1, y1), (x2, y2) = corners.min(0), corners.max(0)
    return Box(x1=x1 - 2, y1=y1 - 2, x2=x2 + 2, y2=y2 + 2)


@pytest.mark.parametrize("target", ["mouth", "lower_face", ["left_eye", "right_eye"]])
def test_a_region_is_read_from_its_own_pixels(bench, portrait, target):
    image, face = portrait
    wanted = target if isinstance(target, str) else box_round(face, target)
    clean = bench.describe(image, face, [wanted])[0]
    region = clean.region
    outside = opened(bench, blanked(image, region.polygon, inside=False))
    within = opened(bench, blanked(image, region.polygon, inside=True))
    kept, lost = (bench.describer.describe(i, face, [region])[0] for i in (outside, within))
    assert tv(clean.emotion, kept.emotion) < 0.25
    assert lost.emotion is None or tv(clean.emotion, kept.emotion) < tv(clean.emotion, lost.emotion)


def test_a_box_round_both_eyes_suggests_what_each_eye_does(bench, portrait):
    image, face = portrait
    names = ["left_eye", "right_eye"]
    *eyes, both = bench.describe(image, face, [*names, box_round(face, names)])
    odds = np.array([list(e.emotion.probabilities.values()) for e in (*eyes, both)])
    mean = np.exp(np.log(odds[:2] + 1e-9).mean(0))
    assert np.abs(odds[2] - mean / mean.sum()).sum() / 2 < 0.25


def test_a_box_without_a_face_gets_no_reading_and_says_so(bench):
    card = opened(bench, np.full((300, 240, 3), 128, np.uint8))
    face = bench.face_at(card, Box(x1=0, y1=0, x2=240, y2=300))
    for found in bench.describe(card, face, ["face", "mouth", "left_eye"]):
        assert (found.action_units, found.emotion, found.age) == ((), None, None)
        assert found.region.visibility < 0.5
        assert "No face can be seen" in found.text and found.text in found.limits


def test_a_face_crop_given_as_a_box_is_read(bench, portrait):
    image, face = portrait
    x1, y1, x2, y2 = (int(v) for v in face.box.xyxy)
    crop = opened(bench, image.rgb[y1:y2, x1:x2])
    whole = bench.face_at(crop, Box(x1=0, y1=0, x2=x2 - x1, y2=y2 - y1))
    assert bench.describe(crop, whole, ["face"])[0].emotion.label == "happiness"


def test_a_region_off_the_face_is_not_judged(bench, portrait):
    image, face = portrait
    corner = bench.describe(image, face, [Box(x1=0, y1=0, x2=30, y2=30)])[0]
    assert corner.emotion is None
    assert corner.age is None
    assert corner.action_units == ()
    assert corner.limits


def test_a_tiny_region_says_that_it_tells_little(bench, portrait):
    image, face = portrait
    x, y = face.landmarks[INDEX["left_eye_outer"]]
    found = bench.describe(image, face, [Disc(x=x, y=y, radius=1.5)])[0]
    assert any("small" in limit for limit in found.limits) or found.emotion is None


def test_a_custom_box_round_the_face_is_read_as_the_face(bench, portrait):
    image, face = portrait
    xs, ys = zip(*face.landmarks, strict=True)
    box = Box(x1=min(xs) - 2, y1=min(ys) - 2, x2=max(xs) + 2, y2=max(ys) + 2)
    whole, custom = bench.describe(image, face, ["face", box])
    assert custom.emotion == whole.emotion
    assert custom.age == whole.age


def test_a_forgotten_look_is_made_again_with_the_same_result(portrait):
    image, face = portrait
    fresh = Workbench(describer=EmbeddedDescriber(threads=1))
    again = fresh.describe(image, face, ["mouth"])[0]
    first = Workbench(describer=EmbeddedDescriber(threads=1))
    mine = first.detect(image)[0]
    assert tv(first.describe(image, mine, ["mouth"])[0].emotion, again.emotion) < 0.02


def test_several_threads_get_what_one_gets(bench):
    image = opened(bench, get_image("t1")[..., ::-1])
    faces = bench.detect(image)
    assert len(faces) >= 4
    alone = [bench.describe(image, face, ["face"])[0].emotion for face in faces]
    with ThreadPoolExecutor(4) as pool:
        shared = list(pool.map(lambda f: bench.describe(image, f, ["face"])[0].emotion, faces))
    assert all(tv(a, b) < 1e-3 for a, b in zip(alone, shared, strict=True))


def test_no_time_is_a_deadline_error(bench, portrait):
    image, face = portrait
    regions = bench.regions(image, face, ["mouth"])
    with pytest.raises(DeadlineError):
        bench.describer.describe(image, face, regions, timeout_s=0)


def test_progress_is_told_region_by_region(bench, portrait):
    image, face = portrait
    seen: list[tuple[int, int]] = []
    bench.describe(image, face, ["mouth", "chin"], progress=lambda *step: seen.append(step))
    assert seen == [(1, 2), (2, 2)]


def test_missing_weights_name_the_file_and_the_repair(tmp_path):
    with pytest.raises(ModelMissingError, match=r"reading_net\.onnx.*install"):
        _ = EmbeddedDescriber(folder=tmp_path).supported_aus


@pytest.mark.parametrize("damage", ["cut", "foreign"])
def test_damaged_weights_name_the_file_and_the_repair(tmp_path, damage):
    if damage == "cut":
        (tmp_path / READING_NET).write_bytes((WEIGHTS / READING_NET).read_bytes()[:5000])
    else:
        shutil.copy(WEIGHTS / "detector.onnx", tmp_path / READING_NET)
    with pytest.raises(ModelDamagedError, match=r"reading_net\.onnx.*install"):
        _ = EmbeddedDescriber(folder=tmp_path).supported_aus
