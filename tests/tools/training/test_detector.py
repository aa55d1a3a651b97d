"""The detector's training code: the split, the windows, the assignment, the exported graph."""

import json
import tarfile
from pathlib import Path

import cv2
import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra 'train'")
pytest.importorskip("tqdm", reason="training needs the extra 'train'")

from focalface.tools.training.detector import augment  # noqa: E402
from focalface.tools.training.detector.data import DetectionPack, split_of  # noqa: E402
from focalface.tools.training.detector.loss import Truth, assign, decode, giou  # noqa: E402
from focalface.tools.training.detector.model import Anchors, FaceDetector, export  # noqa: E402
from focalface.tools.training.detector.train import blend, collate, schedule  # noqa: E402


def test_a_person_and_all_windows_of_one_file_are_on_one_side() -> None:
    for k in range(50):
        sides = {
            split_of({"source": "s", "src_file": f"{k}-{n}.jpg", "person": f"p{k}"})
            for n in range(9)
        }
        windows = {split_of({"source": "s", "src_file": f"f{k}.jpg#{n},0,9,9"}) for n in range(9)}
        assert len(sides) == len(windows) == 1


def test_about_an_eighth_is_kept_for_validation() -> None:
    sides = [split_of({"source": "s", "src_file": f"{k}.jpg"}) for k in range(4000)]
    assert 0.10 < sides.count("validation") / len(sides) < 0.14


def test_a_damaged_picture_is_left_out_and_the_rest_of_the_pack_kept(tmp_path: Path) -> None:
    rows, solid = [], {"first.png": 40, "torn.png": None, "last.png": 200}
    with tarfile.open(tmp_path / "all-0.tar", "w") as tar:
        for name, shade in solid.items():
            if shade is None:
                (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n torn")
            else:
                cv2.imwrite(str(tmp_path / name), np.full((9, 7, 3), shade, np.uint8))
            tar.add(tmp_path / name, name)
            rows.append({"file": name, "kind": "negative", "source": "m", "src_file": name})
    lines = "\n".join(json.dumps(row | {"faces": []}) for row in rows)
    (tmp_path / "annotations.jsonl").write_text(lines, encoding="utf-8")
    found = DetectionPack(tmp_path, tmp_path / "cache")
    assert [row["file"] for row in found.rows] == ["first.png", "last.png"]
    assert [(found.image(i).shape, found.image(i)[0, 0, 0]) for i in range(2)] == [
        ((9, 7, 3), 40),
        ((9, 7, 3), 200),
    ]


def test_a_mirrored_face_swaps_its_eyes_and_mouth_corners(pack: DetectionPack) -> None:
    mirror = np.array([[-1, 0, 140], [0, 1, 0]], np.float32)
    labelled = next(faces for faces in pack.faces if len(faces.boxes))
    moved = augment._moved(labelled, mirror)
    assert moved.boxes.tolist() == [[60, 30, 100, 90]]
    assert moved.keypoints[0].tolist() == [[70, 50], [90, 50], [80, 60], [72, 75], [88, 75]]


def test_a_roll_moves_a_keypoint_as_it_moves_the_pixel() -> None:
    matrix = augment._matrix(
        np.array([60.0, 60.0]), np.array([100.0, 90.0]), 1.5, np.random.default_rng(3)
    )
    picture = np.zeros((120, 140, 3), np.uint8)
    picture[48:53, 48:53] = 255  # around the first eye, whose middle is (50.5, 50.5)
    shown = cv2.warpAffine(picture, augment._pixel_centres(matrix), (320, 320))
    y, x = (np.argwhere(shown[..., 0] > 100) + 0.5).mean(0)
    expected = matrix[:, :2] @ (50.5, 50.5) + matrix[:, 2]
    assert np.hypot(x - expected[0], y - expected[1]) < 0.3


def test_equal_seeds_draw_equal_windows_and_faces_stay_inside(pack: DetectionPack) -> None:
    maker = augment.WindowMaker(pack, 160)
    for seed in range(40):
        one = maker.draw(np.random.default_rng(seed))
        two = maker.draw(np.random.default_rng(seed))
        assert np.array_equal(one.pixels, two.pixels)
        assert one.pixels.shape == (160, 160, 3)
        assert ((one.boxes >= 0) & (one.boxes <= 160)).all()


def test_a_perfect_prediction_is_assigned_to_its_face_and_aims_at_one() -> None:
    anchors = Anchors.of(160, torch.device("cpu"))
    box = torch.tensor([[[40.0, 40.0, 80.0, 84.0]]])
    keypoints = torch.full((1, 1, 5, 2), float("nan"))
    yes = torch.ones(1, 1, dtype=torch.bool)
    truth = Truth(box, keypoints, yes, ~yes, torch.ones(1, 1))
    boxes = box.expand(1, len(anchors.sizes), 4)
    owner, target = assign(torch.full((1, len(anchors.sizes)), 0.5), boxes, anchors, truth)
    assert (owner >= 0).sum() == 10
    assert target.max().item() == pytest.approx(1.0, abs=1e-3)
    near = (anchors.points[owner[0] >= 0] - torch.tensor([60.0, 62.0])).abs().max()
    assert near <= 20


def test_decoding_undoes_the_anchor_s_unit() -> None:
    anchors = Anchors.of(64, torch.device("cpu"))
    square = decode(torch.ones(1, len(anchors.sizes), 4), anchors)[0]
    assert torch.allclose(square[:, 2] - square[:, 0], anchors.sizes)


def test_boxes_apart_have_a_negative_generalised_overlap() -> None:
    iou, generalised = giou(torch.tensor([0.0, 0, 10, 10]), torch.tensor([20.0, 0, 30, 10]))
    assert iou.item() == 0
    assert generalised.item() == pytest.approx(-1 / 3, abs=1e-4)


def test_the_learning_rate_rises_and_then_falls_to_a_hundredth() -> None:
    assert schedule(0, 1000) < schedule(49, 1000) == pytest.approx(1.0)
    assert schedule(999, 1000) == pytest.approx(0.01, abs=1e-3)


def test_windows_become_one_padded_batch(pack: DetectionPack) -> None:
    maker = augment.WindowMaker(pack, 96)
    windows = [maker.draw(np.random.default_rng(k)) for k in range(6)]
    images, truth = collate(windows, "cpu")
    assert images.shape == (6, 3, 96, 96)
    assert truth.real.sum() == sum(int((~w.ignore).sum()) for w in windows)
    assert -1 <= images.min() <= images.max() <= 1


def test_a_blend_lies_between_two_runs_and_leaves_the_other_alone() -> None:
    mine, other = FaceDetector(), FaceDetector()
    before = [w.clone() for w in mine.parameters()]
    theirs = [w.clone() for w in other.parameters()]
    blend(mine, other, 0.25)
    for now, first, second in zip(mine.parameters(), before, theirs, strict=True):
        assert torch.allclose(now, 0.75 * first + 0.25 * second, atol=1e-6)
    assert all(torch.equal(a, b) for a, b in zip(other.parameters(), theirs, strict=True))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
def test_the_exported_graph_is_one_that_insightface_decodes_at_any_size(tmp_path: Path) -> None:
    pytest.importorskip("onnxscript", reason="export needs the extra 'train'")
    from insightface.model_zoo import get_model
    from insightface.model_zoo.scrfd import SCRFD

    export(FaceDetector().eval(), tmp_path / "untrained.onnx")
    model = get_model(str(tmp_path / "untrained.onnx"), providers=["CPUExecutionProvider"])
    assert isinstance(model, SCRFD)
    assert model.static_input_size is None
    for size in ((64, 96), (320, 320)):
        boxes, points = model.detect(
            np.zeros((size[1], size[0], 3), np.uint8), size, det_thresh=0.0
        )
        assert boxes.shape[1:] == (5,)
        assert points.shape[1:] == (5, 2)
