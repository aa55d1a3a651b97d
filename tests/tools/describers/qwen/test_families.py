"""Models told apart by their configuration, and the same path for each of them."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.qwen
torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

import numpy as np  # noqa: E402
import PIL.Image  # noqa: E402

from focalface.tools.describers.qwen.chatml import Codec, Turn  # noqa: E402
from focalface.tools.describers.qwen.decode import decode, encode_prefix  # noqa: E402
from focalface.tools.describers.qwen.families import family_named, family_of  # noqa: E402
from focalface.tools.describers.qwen.load import (  # noqa: E402
    choose_device,
    find_weights,
    load_model,
)
from focalface.tools.errors import ModelDamagedError  # noqa: E402
from focalface.tools.training.finetune import nano  # noqa: E402
from focalface.tools.training.finetune.check import check  # noqa: E402
from focalface.tools.training.finetune.model import true_config, with_adapters  # noqa: E402
from focalface.tools.training.finetune.plan import load_plan  # noqa: E402
from focalface.tools.types import EMOTIONS  # noqa: E402


def qwen3(folder: Path) -> Path:
    """A tiny Qwen3-VL with random weights, as a folder."""
    from transformers import (
        Qwen2VLImageProcessorPil,
        Qwen3VLConfig,
        Qwen3VLForConditionalGeneration,
    )

    tokens = nano.tokenizer(["the mouth is open and the brows are raised"], 500, fixed=EMOTIONS)
    token = tokens.convert_tokens_to_ids
    rope = {"rope_type": "default", "rope_theta": 10_000.0, "mrope_section": [4, 6, 6]}
    config = Qwen3VLConfig(
        text_config={
            "vocab_size": len(tokens), "hidden_size": 64, "intermediate_size": 128,
            "num_hidden_layers": 3, "num_attention_heads": 2, "num_key_value_heads": 1,
            "head_dim": 32, "rope_parameters": rope,
        },
        vision_config={
            "depth": 3, "hidden_size": 32, "intermediate_size": 64, "num_heads": 2,
            "out_hidden_size": 64, "deepstack_visual_indexes": [0, 1],
            "num_position_embeddings": 64,
        },
        image_token_id=token("<|image_pad|>"),
        video_token_id=token("<|video_pad|>"),
        vision_start_token_id=token("<|vision_start|>"),
        vision_end_token_id=token("<|vision_end|>"),
        tie_word_embeddings=True,
    )  # fmt: skip
    torch.manual_seed(0)
    model = Qwen3VLForConditionalGeneration(config)
    with torch.no_grad():
        for weight in model.model.language_model.layers.parameters():
            if weight.dim() == 2:
                weight.normal_(std=0.3)
    model.save_pretrained(folder)
    tokens.save_pretrained(folder)
    Qwen2VLImageProcessorPil(
        patch_size=16, size={"shortest_edge": 32 * 32, "longest_edge": 1280 * 32 * 32}
    ).save_pretrained(folder)
    return folder


def noise(seed: int, side: int) -> PIL.Image.Image:
    level = np.random.default_rng(seed).integers(0, 255, (side, side, 3), dtype=np.uint8)
    return PIL.Image.fromarray(level)


def test_a_configuration_names_its_family_and_strangers_are_refused():
    assert family_named({"model_type": "qwen2_5_vl"}).square == 28
    assert family_named(true_config("Qwen/Qwen3-VL-4B-Instruct").to_dict()).name == "Qwen3-VL"
    assert family_named({"architectures": ["HybridForConditionalGeneration"]}).name == "hybrid"
    with pytest.raises(ModelDamagedError, match="'llava'"):
        family_named({"model_type": "llava"})


def test_regions_of_qwen3_share_an_encoding_and_answer_as_they_would_alone(tmp_path: Path):
    folder = qwen3(tmp_path / "three")
    device = choose_device("cpu")
    model, tokens, processor = load_model(find_weights(str(folder), None), device)
    codec = Codec(tokens, processor)
    prefix = codec.open_turn(Turn("user", (noise(1, 64), "look")))
    regions = [codec.parts((noise(n, 32), "the mouth " * n)) for n in (2, 3)]
    shared = encode_prefix(model, prefix)
    together = decode(model, shared, regions, end_id=codec.end_id, max_new=8)
    alone = [
        decode(model, shared, [region], end_id=codec.end_id, max_new=8)[0] for region in regions
    ]
    assert [row.ids for row in together] == [row.ids for row in alone]
    assert together[0].ids != together[1].ids


@pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing:FutureWarning")
def test_adapters_go_on_both_towers_of_qwen3_and_its_mergers_learn_whole(tmp_path: Path):
    pytest.importorskip("peft")
    folder = qwen3(tmp_path / "three")
    family = family_of(str(folder))
    model = family.model.from_pretrained(folder)
    made = with_adapters(model, load_plan(), family)
    names = [name for name, _ in made.named_parameters()]
    assert any("lora" in n and "visual.blocks" in n and "linear_fc1" in n for n in names)
    assert any("lora" in n and "language_model" in n for n in names)
    whole = {n for n in names if "modules_to_save" in n}
    assert any("deepstack_merger_list.1" in n for n in whole)
    assert any("visual.merger" in n for n in whole)


def test_a_sound_base_passes_its_check_whatever_its_family(tmp_path: Path, nano_folder: Path):
    for folder in (qwen3(tmp_path / "three"), nano_folder):
        found = {one.name: one for one in check(str(folder), device="cpu")}
        assert all(one.holds for one in found.values()), found
        assert "loss" in found["forward pass"].words
    assert found["family"].words.startswith("Qwen2.5-VL")


def test_a_check_names_what_is_wrong_and_stops_there(tmp_path: Path):
    folder = qwen3(tmp_path / "three")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:2000])
    found = check(str(folder), device="cpu")
    assert [(one.name, one.holds) for one in found] == [("files", False)]
    assert "damaged" in found[0].words
    weights.unlink()
    assert "missing" in check(str(folder), device="cpu")[0].words


def test_a_base_that_was_never_fetched_is_named_with_the_command_that_fetches_it():
    (found,) = check("Nobody/No-Such-VL", device="cpu")
    assert found.name == "files" and found.holds is False
    assert found.words.endswith("fetch it with: hf download Nobody/No-Such-VL.")


def test_a_tokenizer_of_another_model_is_found_out(tmp_path: Path, nano_folder: Path):
    folder = qwen3(tmp_path / "three")
    others = nano.tokenizer(["quite other words, and many more of them"], 400)
    others.save_pretrained(folder)
    config = (folder / "config.json").read_text(encoding="utf-8")
    moved = config.replace('"image_token_id": ', '"image_token_id": 1')
    (folder / "config.json").write_text(moved, encoding="utf-8")
    found = {one.name: one for one in check(str(folder), device="cpu")}
    assert found["tokens"].holds is False and "different models" in found["tokens"].words
    assert "forward pass" not in found
