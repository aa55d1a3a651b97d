"""The face detector on real pictures: those of installed packages, and the shared photos."""

import gc
import json
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest
from insightface.data import get_image
from numpy.typing import NDArray
from skimage.data import astronaut

from focalface.tools import paths
from focalface.tools.detection.detect import Detector, face_id
from focalface.tools.detection.views import views_of
from focalface.tools.errors import (
    BadRegionError,
    ModelDamagedError,
    ModelMissingError,
    SettingsError,
)
from focalface.tools.interfaces import Detection
from focalface.tools.pictures.images import open_image
from focalface.tools.types import Box

Rgb = NDArray[np.uint8]
PHOTOS = paths.shared() / "photos"
SCRFD_500M = paths.shared() / "models" / "scrfd_500m_kps.onnx"
needs_photos = pytest.mark.skipif(
    not (PHOTOS / "photos.json").exists(), reason=f"needs the photos of {PHOTOS}"
)
needs_scrfd = pytest.mark.skipif(not SCRFD_500M.exists(), reason=f"needs {SCRFD_500M}")


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(threads=1)


@pytest.fixture(scope="module")
def portrait() -> Rgb:
    return np.asarray(astronaut())


@pytest.fixture(scope="module")
def group() -> Rgb:
    return np.ascontiguousarray(get_image("t1")[..., ::-1])


def only(found: list[Detection]) -> Detection:
    assert len(found) == 1
    return found[0]


def iou(a: Box, b: Box) -> float:
    width = min(a.x2, b.x2) - max(a.x1, b.x1)
    height = min(a.y2, b.y2) - max(a.y1, b.y1)
    shared = max(width, 0) * max(height, 0)
    return shared / (a.area + b.area - shared)


def on_canvas(face: Rgb, height: int, canvas: tuple[int, int]) -> Rgb:
    """``face`` shrunk to ``height`` pixels in the middle of a grey picture of (width, height)."""
    size = (round(face.shape[1] * height / face.shape[0]), height)
    small = cv2.resize(face, size, interpolation=cv2.INTER_AREA)
    picture = np.full((canvas[1], canvas[0], 3), 120, np.uint8)
    y, x = (canvas[1] - size[1]) // 2, (canvas[0] - size[0]) // 2
    picture[y : y + size[1], x : x + size[0]] = small
    return picture


def test_a_portrait_has_one_face_with_its_left_eye_on_the_right_of_the_picture(
    detector: Detector, portrait: Rgb
) -> None:
    face = only(detector.detect(portrait))
    points = face.keypoints
    assert points is not None
    assert points.right_eye[0] < points.nose[0] < points.left_eye[0]
    assert points.right_mouth[0] < points.left_mouth[0]
    assert points.left_eye[1] < points.nose[1] < points.left_mouth[1]
    assert iou(face.box, Box(x1=176, y1=60, x2=276, y2=194)) > 0.6


def test_a_group_comes_largest_first_and_whole(detector: Detector, group: Rgb) -> None:
    found = detector.detect(group)
    assert len(found) == 6
    areas = [d.box.area for d in found]
    assert areas == sorted(areas, reverse=True)


def test_the_network_gets_blue_first_from_a_red_first_picture(portrait: Rgb) -> None:
    """One view of ours on RGB is insightface's own on BGR; swapped colours score otherwise."""
    from insightface.model_zoo import get_model

    vendor = get_model(str(paths.WEIGHTS / "detector.onnx"), providers=["CPUExecutionProvider"])
    square = cv2.resize(portrait, (640, 640))
    rows, _ = vendor.detect(np.ascontiguousarray(square[..., ::-1]), input_size=(640, 640))
    swapped, _ = vendor.detect(square, input_size=(640, 640))
    ours = Detector(threads=1)._run(square, views_of((640, 640))[0])
    vendor_best, swapped_best = float(rows[:, 4].max()), float(swapped[:, 4].max(initial=0))
    assert ours.scores.max() == pytest.approx(vendor_best, abs=1e-3)
    assert abs(vendor_best - swapped_best) > 1e-2


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_picture_on_its_side_or_head_is_found_by_a_second_look(
    detector: Detector, portrait: Rgb, turns: int
) -> None:
    upright = only(detector.detect(portrait))
    turned = np.ascontiguousarray(np.rot90(portrait, turns))
    face = max(detector.detect(turned), key=lambda d: d.score)
    assert face.keypoints is not None
    assert upright.keypoints is not None
    x, y = upright.keypoints.left_eye
    size = float(portrait.shape[0])
    expected = [(y, size - x), (size - x, size - y), (size - y, x)][turns - 1]
    assert np.hypot(*np.subtract(face.keypoints.left_eye, expected)) < 0.1 * face.box.height


@pytest.mark.parametrize("degrees", [-40, -20, 20, 40])
def test_a_rolled_face_keeps_its_sides(detector: Detector, portrait: Rgb, degrees: int) -> None:
    turn = cv2.getRotationMatrix2D((226, 127), degrees, 1.0)
    face = detector.detect(cv2.warpAffine(portrait, turn, (512, 512)))[0]
    assert face.keypoints is not None
    left, right = np.array(face.keypoints.left_eye), np.array(face.keypoints.right_eye)
    seen = np.degrees(np.arctan2(*(right - left)[::-1] * [1, 1])) % 360
    assert abs(seen - 180 + degrees) < 15


def test_a_face_that_fills_the_picture_is_found(detector: Detector, portrait: Rgb) -> None:
    close = np.ascontiguousarray(portrait[62:196, 172:280])
    assert len(detector.detect(close)) == 1
    assert len(detector.detect(cv2.resize(close, None, fx=6, fy=6))) == 1


@pytest.mark.parametrize("canvas", [(640, 480), (1600, 1200)])
def test_a_small_face_in_a_large_picture_is_found(
    detector: Detector, portrait: Rgb, canvas: tuple[int, int]
) -> None:
    picture = on_canvas(portrait, 180, canvas)  # the face itself is some 40 pixels high
    face = only(detector.detect(picture))
    assert 30 < face.box.height < 50


def test_colour_is_not_needed(detector: Detector, portrait: Rgb) -> None:
    grey = cv2.cvtColor(cv2.cvtColor(portrait, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    assert iou(only(detector.detect(grey)).box, only(detector.detect(portrait)).box) > 0.7


@pytest.mark.parametrize(
    "size", [(1, 1), (1, 3000), (3000, 1), (7, 5), (33, 31), (20, 2500)], ids=str
)
def test_a_picture_of_any_shape_without_a_face_gives_nothing(
    detector: Detector, size: tuple[int, int]
) -> None:
    assert detector.detect(np.full((*size, 3), 90, np.uint8)) == []


def test_noise_gives_nothing(detector: Detector) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8)
    assert detector.detect(noise) == []


def test_boxes_stay_inside_the_picture(detector: Detector, group: Rgb) -> None:
    cut = np.ascontiguousarray(group[100:, 130:])
    height, width = cut.shape[:2]
    for face in detector.detect(cut):
        assert face.box.x1 >= 0
        assert face.box.y1 >= 0
        assert face.box.x2 <= width
        assert face.box.y2 <= height


def test_threads_share_one_detector_and_get_the_same_answer(portrait: Rgb) -> None:
    fresh = Detector(threads=1)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(fresh.detect, [portrait] * 8))
    assert all(answer == answers[0] for answer in answers)
    assert answers[0] == Detector(threads=1).detect(portrait)


def test_ids_depend_on_the_picture_and_on_the_pixel_of_the_box() -> None:
    box = Box(x1=10, y1=20, x2=60, y2=80)
    assert face_id("img_a", box) == face_id("img_a", Box(x1=10.2, y1=20, x2=60, y2=79.8))
    assert face_id("img_a", box) != face_id("img_b", box)
    assert face_id("img_a", box) != face_id("img_a", Box(x1=12, y1=20, x2=60, y2=80))


def test_a_given_box_keeps_its_corners_and_gets_the_keypoints_in_it(
    detector: Detector, portrait: Rgb
) -> None:
    given = Box(x1=160, y1=40, x2=290, y2=210)
    face = detector.detect_at(portrait, given)
    assert face.box == given
    assert face.score > 0.3
    assert face.keypoints is not None
    assert 200 < face.keypoints.nose[0] < 260


def test_a_given_box_without_a_face_says_so_by_its_score(detector: Detector, portrait: Rgb) -> None:
    face = detector.detect_at(portrait, Box(x1=0, y1=0, x2=60, y2=60))
    assert face.box == Box(x1=0, y1=0, x2=60, y2=60)
    assert face.score == 0
    assert face.keypoints is None


def test_a_given_box_is_cut_at_the_border(detector: Detector, portrait: Rgb) -> None:
    face = detector.detect_at(portrait, Box(x1=380, y1=400, x2=640, y2=640))
    assert face.box == Box(x1=380, y1=400, x2=512, y2=512)


def test_a_box_beside_the_picture_is_refused(detector: Detector, portrait: Rgb) -> None:
    with pytest.raises(BadRegionError, match="512 x 512"):
        detector.detect_at(portrait, Box(x1=600, y1=0, x2=700, y2=90))


def test_a_missing_model_is_named(tmp_path: Path, portrait: Rgb) -> None:
    with pytest.raises(ModelMissingError, match=r"nowhere\.onnx"):
        Detector(str(tmp_path / "nowhere.onnx")).detect(portrait)


def test_a_folder_without_a_detector_is_named(tmp_path: Path, portrait: Rgb) -> None:
    (tmp_path / "notes.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelMissingError, match="no SCRFD"):
        Detector(str(tmp_path)).detect(portrait)


def test_a_damaged_model_is_named(tmp_path: Path, portrait: Rgb) -> None:
    cut_off = tmp_path / "cut_off.onnx"
    cut_off.write_bytes((paths.WEIGHTS / "detector.onnx").read_bytes()[:100_000])
    with pytest.raises(ModelDamagedError, match=r"cut_off\.onnx"):
        Detector(str(cut_off)).detect(portrait)


def test_a_model_of_another_kind_is_refused(tmp_path: Path, portrait: Rgb) -> None:
    import onnx
    from onnx import TensorProto, helper

    shape = [1, 3, 112, 112]
    graph = helper.make_graph(
        [helper.make_node("Identity", ["x"], ["y"])],
        "same",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
    )
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), tmp_path / "same.onnx")
    with pytest.raises(SettingsError, match="SCRFD"):
        Detector(str(tmp_path / "same.onnx")).detect(portrait)


def test_a_pack_folder_uses_its_detector(tmp_path: Path, portrait: Rgb) -> None:
    weights = (paths.WEIGHTS / "detector.onnx").read_bytes()
    (tmp_path / "det_own.onnx").write_bytes(weights)
    (tmp_path / "1k3d68.onnx").write_bytes(b"never opened")
    assert Detector(str(tmp_path), threads=1).detect(portrait) == Detector(threads=1).detect(
        portrait
    )


@needs_scrfd
def test_a_detector_of_fixed_input_size_finds_a_group_and_a_close_up(
    group: Rgb, portrait: Rgb
) -> None:
    foreign = Detector(str(SCRFD_500M), threads=1)
    assert len(foreign.detect(group)) == 6
    assert len(foreign.detect(np.ascontiguousarray(portrait[62:196, 172:280]))) == 1


@needs_photos
def test_the_shared_photos_have_as_many_faces_as_people_counted(detector: Detector) -> None:
    wrong = []
    for photo in json.loads((PHOTOS / "photos.json").read_text(encoding="utf-8")):
        if not photo["opens"] or photo["file"] == "huge.jpg":
            continue
        found = len(detector.detect(open_image(PHOTOS / photo["file"]).rgb))
        right = found == photo["faces"] if photo["exact"] else found > photo["faces"] / 4
        if not right:
            wrong.append(f"{photo['file']}: {found} of {photo['faces']}")
    assert wrong == []


def test_a_detector_that_is_dropped_gives_its_network_back_at_once(portrait: Rgb) -> None:
    # One that waits for the garbage collector may be taken apart in a forked child, which hangs.
    gc.disable()
    try:
        detector = Detector(threads=1)
        assert detector.detect(portrait)
        model = weakref.ref(detector._model)
        del detector
        assert model() is None
    finally:
        gc.enable()
