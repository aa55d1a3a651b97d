"""What hides parts of a face: drawn covers on real photos, coded photos, and what follows."""

import json

import cv2
import numpy as np
import PIL.Image
import pytest
from skimage.data import astronaut

from focalface.tools import Workbench, paths
from focalface.tools.describers.embedded.describer import EmbeddedDescriber
from focalface.tools.face.landmarks import INDEX

EXPRESSIONS = paths.shared() / "photos" / "expressions"
UNITS_AT_THE_MOUTH = {"AU10", "AU12", "AU15", "AU17", "AU18", "AU20", "AU24", "AU25", "AU26"}


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return Workbench(describer=EmbeddedDescriber(threads=1))


@pytest.fixture(scope="module")
def portrait(bench):
    image = bench.open(PIL.Image.fromarray(astronaut()))
    return image, bench.detect(image)[0]


def at(face, name: str) -> np.ndarray:
    return np.array(face.landmarks[INDEX[name]])


def eyes(face) -> tuple[np.ndarray, np.ndarray, float]:
    """Right and left iris, and the distance between them."""
    right, left = at(face, "right_iris"), at(face, "left_iris")
    return right, left, float(np.hypot(*(left - right)))


def mask(rgb, face) -> None:
    """A light medical mask from the ridge of the nose to below the chin."""
    names = ("nose_ball", "left_oval_9", "left_oval_12", "left_oval_14", "chin_bottom")
    names += ("right_oval_14", "right_oval_12", "right_oval_9")
    cv2.fillPoly(rgb, [np.array([at(face, n) for n in names], np.int32)], (196, 214, 226))


def dark_glasses(rgb, face) -> None:
    """Two black discs and a bridge."""
    right, left, apart = eyes(face)
    for eye in (right, left):
        cv2.circle(rgb, tuple(int(v) for v in eye), int(0.42 * apart), (12, 12, 14), -1)
    ends = (tuple(int(v) for v in eye) for eye in (right, left))
    cv2.line(rgb, *ends, (12, 12, 14), max(2, int(0.1 * apart)))


def hand(rgb, face) -> None:
    """Three fingers of the face's own colour before the mouth."""
    _, _, apart = eyes(face)
    mouth = (at(face, "lip_upper_bottom") + at(face, "lip_lower_top")) / 2
    x, y = (int(v) for v in at(face, "left_cheek_2"))
    colour = rgb[y - 3 : y + 3, x - 3 : x + 3].mean((0, 1))
    for i in (-1, 0, 1):
        start = mouth + apart * np.array([-0.75, 0.27 * i])
        end = mouth + apart * np.array([1.5, 0.27 * i + 0.3])
        points = (tuple(int(v) for v in p) for p in (start, end))
        cv2.line(rgb, *points, (colour * (0.9 + 0.05 * i)).tolist(), int(0.26 * apart))


def covered(bench, portrait, draw) -> dict:
    """Region name -> description, with a cover drawn over the face."""
    image, face = portrait
    rgb = image.rgb.copy()
    draw(rgb, face)
    picture = bench.open(PIL.Image.fromarray(rgb))
    names = ["face", "mouth", "chin", "left_eye", "right_eye", "upper_face", "lower_face"]
    return {d.region.name: d for d in bench.describe(picture, face, names)}


@pytest.mark.parametrize(
    ("draw", "hidden", "free", "words"),
    [
        (mask, ("mouth", "chin", "lower_face"), ("left_eye", "right_eye", "upper_face"), "mask"),
        (hand, ("mouth",), ("left_eye", "right_eye", "upper_face"), "hand"),
        (dark_glasses, ("left_eye", "right_eye"), ("mouth", "chin", "lower_face"), "dark glasses"),
    ],
    ids=["mask", "hand", "dark glasses"],
)
def test_what_is_covered_is_hidden_and_what_is_free_stays_so(
    bench, portrait, draw, hidden, free, words
):
    found = covered(bench, portrait, draw)
    for name in hidden:
        one = found[name]
        assert one.region.visibility < 0.5
        assert words in one.region.hidden_by
        assert words in one.text and words in " ".join(one.limits)
        assert (one.action_units, one.emotion, one.age) == ((), None, None)
        assert one.not_assessed
    for name in free:
        assert found[name].region.visibility >= 0.5
        assert found[name].action_units


def test_nothing_hides_a_free_face(bench, portrait):
    image, face = portrait
    for found in bench.describe(image, face, ["face", "mouth", "left_eye", "right_eye"]):
        assert found.region.hidden_by is None
        assert found.region.visibility > 0.9


def test_units_behind_a_mask_are_not_assessed_on_the_face_either(bench, portrait):
    whole = covered(bench, portrait, mask)["face"]
    told = {u.code for u in whole.action_units}
    assert not told & UNITS_AT_THE_MOUTH
    assert set(whole.not_assessed) >= UNITS_AT_THE_MOUTH
    assert {"AU1", "AU2", "AU4"} <= told
    assert "The mouth is hidden by a mask." in whole.limits
    assert whole.attributes.teeth is None and whole.attributes.mouth_opening is None


def test_proposals_rank_hidden_regions_lower_and_say_why(bench, portrait):
    image, face = portrait
    rgb = image.rgb.copy()
    mask(rgb, face)
    picture = bench.open(PIL.Image.fromarray(rgb))
    mouth = next(r for r in bench.propose(picture, face, limit=30) if r.name == "mouth")
    assert mouth.visibility < 0.5
    assert "hidden by a mask" in mouth.reason


def coded() -> list:
    file = EXPRESSIONS / "expressions.json"
    rows = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    return [row for row in rows if row.get("codes")]


@pytest.mark.skipif(not coded(), reason="the shared photos are not here")
def test_clear_movements_of_coded_photos_are_found_and_hidden_parts_told(bench):
    found = missed = 0
    for row in coded():
        image = bench.open(EXPRESSIONS / row["file"])
        whole, mouth = bench.describe(image, bench.detect(image)[0], ["face", "mouth"])
        presence = {u.code: max(u.presence, 0) for u in whole.action_units}
        clear = [code for code, level in row["codes"].items() if level == 2]
        found += sum(presence.get(code, 0) >= 0.5 for code in clear)
        missed += sum(presence.get(code, 0) < 0.5 for code in clear)
        words = {"hand": "a hand or an object", "mask": "a mask"}.get(row["hidden"].get("mouth"))
        assert mouth.region.hidden_by in (words, "a beard"), row["file"]
        assert (mouth.region.visibility < 0.5) == (words is not None), row["file"]
    assert found >= 0.8 * (found + missed)
