"""The local path on a tiny model with random weights: its words are noise, its form is not."""

import json
import shutil
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

pytestmark = pytest.mark.qwen
torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from focalface.tools.describers.language import focal, results  # noqa: E402
from focalface.tools.describers.language.parse import parse  # noqa: E402
from focalface.tools.describers.qwen.chatml import Encoded  # noqa: E402
from focalface.tools.describers.qwen.decode import decode, encode_prefix  # noqa: E402
from focalface.tools.describers.qwen.describer import OUT_OF_TIME, QwenDescriber  # noqa: E402
from focalface.tools.describers.qwen.load import choose_device, find_weights, load_model  # noqa: E402
from focalface.tools.describers.qwen.run import Runner  # noqa: E402
from focalface.tools.errors import (  # noqa: E402
    DeadlineError,
    DeviceError,
    ModelDamagedError,
    ModelMissingError,
    SettingsError,
)
from focalface.tools.geometry import atlas  # noqa: E402
from focalface.tools.geometry.scope import scope_of  # noqa: E402
from focalface.tools.pictures.images import open_image  # noqa: E402
from focalface.tools.types import Box  # noqa: E402

NAMES = ["mouth", "left_eye", "right_brow", "chin", "forehead", "nose_tip", "face", "left_cheek"]


@pytest.fixture(scope="module")
def photo():
    noise = np.random.default_rng(0).integers(0, 255, (640, 640, 3), dtype=np.uint8)
    return open_image(PIL.Image.fromarray(noise))


@pytest.fixture(scope="module")
def describer(nano_folder):
    return QwenDescriber(str(nano_folder), device="cpu")


@pytest.fixture(scope="module")
def runner(nano_folder):
    return Runner(*load_model(find_weights(str(nano_folder), None), choose_device("cpu")))


def prompts_of(runner, photo, face, names):
    sizes = focal.Sizes(112, 56)
    window = focal.face_window(face, sizes)
    prefix = runner.prefix(window.cut(photo.rgb), focal.task_text(sizes))
    regions = [atlas.named_region(face, name, photo.size) for name in names]
    asks = [
        focal.region_ask(photo.rgb, window, region, scope_of(face, region), sizes)
        for region in regions
    ]
    return prefix, [runner.region(ask) for ask in asks]


def test_regions_decoded_together_answer_as_they_do_alone_in_one_plain_call(
    runner, photo, mean_face
):
    prefix, pieces = prompts_of(runner, photo, mean_face(), NAMES)
    assert len({len(piece) for piece in pieces}) > 1
    together = decode(
        runner.model,
        encode_prefix(runner.model, prefix),
        pieces,
        end_id=runner.codec.end_id,
        max_new=24,
    )
    assert len({tuple(row.ids) for row in together}) > 4
    for piece, row in zip(pieces, together, strict=True):
        whole = Encoded().extend(prefix).extend(piece)
        alone = runner.model.generate(
            input_ids=torch.tensor([whole.ids]),
            attention_mask=torch.ones((1, len(whole)), dtype=torch.long),
            mm_token_type_ids=torch.tensor([whole.is_image]),
            pixel_values=torch.from_numpy(np.concatenate(whole.patches)),
            image_grid_thw=torch.from_numpy(np.stack(whole.grids)),
            max_new_tokens=24,
            do_sample=False,
            eos_token_id=runner.codec.end_id,
        )[0, len(whole) :].tolist()
        assert row.ids == [token for token in alone if token != runner.codec.end_id]


def test_one_encoding_serves_several_batches(runner, photo, mean_face):
    prefix, pieces = prompts_of(runner, photo, mean_face(), NAMES[:4])
    encoded = encode_prefix(runner.model, prefix)
    first, second = (
        decode(runner.model, encoded, pieces, end_id=runner.codec.end_id, max_new=8)
        for _ in range(2)
    )
    assert [row.ids for row in first] == [row.ids for row in second]


def test_random_weights_cannot_break_the_structure(describer, photo, mean_face):
    pytest.importorskip("llguidance")
    face = mean_face()
    regions = [atlas.named_region(face, name, photo.size) for name in NAMES]
    found = describer.describe(photo, face, regions)
    assert [d.region for d in found] == regions
    for description in found:
        shown = set(atlas.visible_units(face, description.region))
        assert {u.code for u in description.action_units} <= shown & describer.supported_aus
        assert {u.code for u in description.action_units} | set(description.not_assessed) == shown
        if description.emotion is not None:
            assert sum(description.emotion.probabilities.values()) == pytest.approx(1)
        assert any("made for a test" in limit for limit in description.limits)
        assert description.describer == f"qwen:{Path(describer._weights.base).name}"


def test_what_the_grammar_lets_through_is_valid_json_of_our_schema(runner, photo, mean_face):
    grammar = pytest.importorskip("focalface.tools.describers.qwen.grammar")
    pytest.importorskip("llguidance")
    face = mean_face()
    prefix, pieces = prompts_of(runner, photo, face, NAMES[:3])
    scopes = [scope_of(face, atlas.named_region(face, name, photo.size)) for name in NAMES[:3]]
    words = runner.model.config.text_config.vocab_size
    grammars = grammar.Grammars(runner.codec.tokenizer, words, runner.codec.end_id)
    rows = decode(
        runner.model,
        encode_prefix(runner.model, prefix),
        pieces,
        end_id=runner.codec.end_id,
        max_new=300,
        constraints=[grammars.constraint(scope, text=False) for scope in scopes],
    )
    for row, scope in zip(rows, scopes, strict=True):
        assert row.finished
        answer = json.loads(runner.codec.decode(row.ids))
        assert {key.split()[0] for key in answer["action_units"]} <= set(scope.units)
        assert parse(runner.codec.decode(row.ids)).how in ("json", "recovered")


def test_free_decoding_of_noise_claims_nothing(nano_folder, photo, mean_face, monkeypatch):
    from focalface.tools.describers.qwen import grammar

    monkeypatch.setattr(grammar, "available", lambda: False)
    face = mean_face()
    (found,) = QwenDescriber(str(nano_folder), device="cpu").describe(
        photo, face, [atlas.named_region(face, "mouth", photo.size)]
    )
    assert (found.action_units, found.emotion, found.age) == ((), None, None)
    assert results.UNREADABLE in found.limits


def test_a_region_off_the_face_never_reaches_the_model(nano_folder, photo, mean_face):
    face = mean_face()
    corner = atlas.custom(face, Box(x1=0, y1=0, x2=20, y2=20), photo.size)
    describer = QwenDescriber(str(nano_folder), device="cpu")
    (found,) = describer.describe(photo, face, [corner])
    assert describer._runner is None
    assert found.action_units == () and found.emotion is None and found.limits


def test_no_time_at_all_is_an_error_and_progress_can_cancel(describer, photo, mean_face):
    face = mean_face()
    regions = [atlas.named_region(face, name, photo.size) for name in NAMES[:2]]
    with pytest.raises(DeadlineError, match="allow more time"):
        describer.describe(photo, face, regions, timeout_s=0.0)

    class CancelledError(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        raise CancelledError(f"{done}/{total}")

    with pytest.raises(CancelledError):
        describer.describe(photo, face, regions, progress=cancel)
    assert OUT_OF_TIME.startswith("The time")


def test_progress_counts_up_to_the_number_of_regions(describer, photo, mean_face):
    face = mean_face()
    seen: list[tuple[int, int]] = []
    regions = [atlas.named_region(face, name, photo.size) for name in NAMES[:3]]
    describer.describe(
        photo, face, regions, progress=lambda done, total: seen.append((done, total))
    )
    assert seen == sorted(seen) and seen[-1] == (3, 3)


def test_cuda_demanded_and_absent_is_an_error(nano_folder):
    if torch.cuda.is_available():
        pytest.skip("this machine has CUDA")
    with pytest.raises(DeviceError, match="0 CUDA devices"):
        QwenDescriber(str(nano_folder), device="cuda")
    assert "no GPU" in choose_device("auto").reason or choose_device("auto").name == "mps"
    with pytest.raises(SettingsError, match="no device 'tpu'"):
        choose_device("tpu")


def test_missing_weights_say_how_to_get_them_and_are_not_downloaded(photo, mean_face):
    face = mean_face()
    describer = QwenDescriber("Nobody/has-this-model", device="cpu")
    with pytest.raises(ModelMissingError, match="hf download Nobody/has-this-model"):
        describer.describe(photo, face, [atlas.named_region(face, "mouth", photo.size)])
    with pytest.raises(ModelMissingError, match="no adapter folder"):
        QwenDescriber("Nobody/has-this-model", "/nowhere", device="cpu")


def lose_config(folder: Path) -> None:
    (folder / "config.json").unlink()


def cut_weights(folder: Path) -> None:
    file = folder / "model.safetensors"
    file.write_bytes(file.read_bytes()[:1000])


@pytest.mark.parametrize("damage", [lose_config, cut_weights])
def test_a_damaged_folder_is_named(nano_folder, tmp_path, photo, mean_face, damage):
    folder = shutil.copytree(nano_folder, tmp_path / "broken")
    damage(folder)
    face = mean_face()
    with pytest.raises(ModelDamagedError, match="broken"):
        QwenDescriber(str(folder), device="cpu").describe(
            photo, face, [atlas.named_region(face, "mouth", photo.size)]
        )
