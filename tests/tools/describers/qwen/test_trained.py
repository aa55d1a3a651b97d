"""The local path on trained weights: the hybrid, small but taught by all four stages.

How good it is stands in ``tools/training/finetune/FINETUNING.md``; here is what must hold for any
trained model: it keeps to the structure on its own, to the region, and to what its text says.
"""

import shutil
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from skimage.data import astronaut

pytestmark = pytest.mark.qwen
pytest.importorskip("torch")
pytest.importorskip("transformers")

from focalface.tools import Box, Workbench  # noqa: E402
from focalface.tools.describers.language import results  # noqa: E402
from focalface.tools.describers.language.phrases import codes_in  # noqa: E402
from focalface.tools.describers.qwen import grammar  # noqa: E402
from focalface.tools.describers.qwen.describer import QwenDescriber  # noqa: E402
from focalface.tools.describers.qwen.hashes import check_hashes  # noqa: E402
from focalface.tools.errors import ModelDamagedError  # noqa: E402
from focalface.tools.geometry import atlas  # noqa: E402

FOLDER = Path(__file__).parents[1] / "data" / "qwen_hybrid"
NAMES = ["mouth", "left_eye", "right_brow", "chin", "face", "left_cheek"]


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return Workbench(describer=QwenDescriber(str(FOLDER), device="cpu"))


@pytest.fixture(scope="module")
def portrait(bench):
    image = bench.open(PIL.Image.fromarray(astronaut()))
    return image, bench.detect(image)[0]


@pytest.fixture(scope="module")
def described(bench, portrait):
    image, face = portrait
    regions = [atlas.named_region(face, name, image.size) for name in NAMES]
    return bench.describer.describe(image, face, regions)


def test_it_keeps_to_the_structure_without_a_grammar(bench, portrait, monkeypatch):
    monkeypatch.setattr(grammar, "available", lambda: False)
    image, face = portrait
    regions = [atlas.named_region(face, name, image.size) for name in NAMES]
    for found in QwenDescriber(str(FOLDER), device="cpu").describe(image, face, regions):
        assert results.UNREADABLE not in found.limits


def test_units_and_texts_stay_in_the_region(portrait, described):
    _, face = portrait
    for found in described:
        shown = set(atlas.visible_units(face, found.region))
        assert {u.code for u in found.action_units} <= shown
        assert set(codes_in(found.text.lower())) <= shown
    assert len({found.text for found in described}) == len(described)


def test_emotion_comes_with_the_model_s_own_probabilities(described):
    told = [found.emotion for found in described if found.emotion is not None]
    assert told
    for emotion in told:
        assert sum(emotion.probabilities.values()) == pytest.approx(1)
        assert emotion.probabilities[emotion.label] == max(emotion.probabilities.values())


def test_a_chin_has_neither_emotion_nor_age(described):
    chin = described[NAMES.index("chin")]
    assert chin.emotion is None and chin.age is None


def test_another_picture_gets_another_answer(bench, described):
    dark = bench.open(PIL.Image.fromarray((astronaut() * 0.2).astype(np.uint8)[:, ::-1]))
    faces = bench.detect(dark)
    again = bench.describer.describe(
        dark, faces[0], [atlas.named_region(faces[0], name, dark.size) for name in NAMES]
    )
    assert [f.text for f in again] != [f.text for f in described]


def test_a_region_beside_the_face_claims_nothing(bench, portrait):
    image, face = portrait
    beside = atlas.custom(face, Box(x1=0, y1=400, x2=60, y2=460), image.size)
    (found,) = bench.describer.describe(image, face, [beside])
    assert found.action_units == () and found.emotion is None and found.limits


@pytest.mark.parametrize("place", [0.1, 0.5, 0.99])
def test_a_flipped_bit_in_trained_weights_is_found_when_they_are_loaded(tmp_path, portrait, place):
    folder = shutil.copytree(FOLDER, tmp_path / "flipped")
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[int(place * len(data))] ^= 4
    weights.write_bytes(data)
    image, face = portrait
    with pytest.raises(ModelDamagedError, match="not what its card says"):
        QwenDescriber(str(folder), device="cpu").describe(
            image, face, [atlas.named_region(face, "mouth", image.size)]
        )


def test_a_card_that_names_weights_that_are_gone_says_so(tmp_path):
    with pytest.raises(ModelDamagedError, match="cannot be read"):
        check_hashes(tmp_path, {"../model.safetensors": "0"})
