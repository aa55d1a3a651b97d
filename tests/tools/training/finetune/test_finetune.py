"""The whole path of fine-tuning on a tiny model and made-up faces: runs, resumes, loads, scores."""

import csv
import dataclasses
import itertools
import json
import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.qwen
torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from focalface.tools.describers.language.focal import Sizes, standing_texts  # noqa: E402
from focalface.tools.describers.qwen import run  # noqa: E402
from focalface.tools.describers.qwen.describer import QwenDescriber  # noqa: E402
from focalface.tools.describers.qwen.load import CARD  # noqa: E402
from focalface.tools.errors import SettingsError, UsageError  # noqa: E402
from focalface.tools.geometry import atlas  # noqa: E402
from focalface.tools.pictures.images import open_image  # noqa: E402
from focalface.tools.training.corpus import build as building  # noqa: E402
from focalface.tools.training.corpus.faces import Options  # noqa: E402
from focalface.tools.training.finetune import evaluate, nano, stages  # noqa: E402
from focalface.tools.training.finetune import model as finetune_model  # noqa: E402
from focalface.tools.training.finetune.data import IGNORED, Corpus, collate, encode, ordered  # noqa: E402
from focalface.tools.training.finetune.estimate import estimate  # noqa: E402
from focalface.tools.training.finetune.plan import STAGES, Lora, Plan, Stage, load_plan  # noqa: E402
from focalface.tools.training.finetune.trainer import Log, Settings  # noqa: E402

SETTINGS = Settings(device="cpu", per_device=2, save_every=2, log_every=1)


def stage(name, mix, steps=2, order="random", train=("language", "merger")):
    return Stage(
        name=name,
        about="a test",
        mix=mix,
        order=order,
        train=train,
        learning_rate=3e-3,
        warmup=0.0,
        steps=steps,
    )


PLAN = Plan(
    seed=0,
    lora=Lora(rank=2, alpha=4, dropout=0.0),
    batch=4,
    evaluate=1,
    stages=(
        stage("attributes", {"attributes": 1.0}, steps=4),
        stage("regions", {"recognise": 0.5, "describe": 0.5}, order="shrinking"),
    ),
    scratch={"width": 64, "layers": 2},
)


@pytest.fixture(autouse=True)
def short_answers(monkeypatch):
    """Untrained models never stop by themselves."""
    monkeypatch.setattr(evaluate, "MAX_NEW", 12)
    monkeypatch.setattr(run, "MAX_NEW", 40)


@pytest.fixture
def corpus(source, tmp_path):
    """A small corpus whose subjects fall into training and validation."""
    options = Options(regions=2, sizes=Sizes(56, 28), seed=3, share_validation=0.3, share_test=0.01)
    building.build([source], tmp_path / "corpus", options)
    return Corpus(tmp_path / "corpus")


@pytest.fixture
def base(corpus, tmp_path):
    """A folder with a small base: model, tokenizer, processor."""
    folder = tmp_path / "base"
    tokens = nano.tokenizer(corpus.texts(), 800)
    nano.model(tokens, width=64, layers=2).save_pretrained(folder)
    tokens.save_pretrained(folder)
    nano.image_processor().save_pretrained(folder)
    return folder


def test_the_plan_that_ships_is_sound_and_nano_changes_only_rates_and_sizes():
    plan, small = load_plan(), load_plan(base="nano")
    assert [s.name for s in plan.stages] == [
        "attributes",
        "recognition",
        "description",
        "conversation",
    ]
    assert [s.mix for s in small.stages] == [s.mix for s in plan.stages]
    assert small.scratch and small.batch < plan.batch
    assert small.stages[0].learning_rate > plan.stages[0].learning_rate


def test_every_stage_but_the_last_shows_a_little_of_a_form_that_comes_later():
    """A stage whose form was never seen spends its first steps on the form."""
    plan = load_plan()
    for stage, following in itertools.pairwise(plan.stages):
        new = max(following.mix, key=following.mix.__getitem__)
        assert 0 < stage.mix[new] / sum(stage.mix.values()) <= 0.2


def test_one_stage_has_the_same_budget_and_the_same_tasks():
    plan = load_plan()
    (single,) = plan.melted().stages
    assert single.steps == sum(s.steps for s in plan.stages)
    assert set(single.mix) == {task for s in plan.stages for task in s.mix}
    assert sum(single.mix.values()) == pytest.approx(1)
    assert set(single.train) == {"language", "merger", "vision"}
    assert [s.steps for s in plan.scaled(0.001).stages] == [1, 2, 2, 1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("steps: 500", "stages.0.steps"),
        ("order: random", "stages.0.order"),
        ("mix: {attributes: 0.7, recognise: 0.15, describe: 0.15}", "stages.0.mix"),
    ],
)
def test_a_wrong_plan_names_the_entry(tmp_path, change, words):
    key = change.partition(":")[0]
    text = STAGES.read_text(encoding="utf-8").replace(change, f"{key}: sideways", 1)
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words.replace(".", r"\.")):
        load_plan(tmp_path / "plan.yaml")


def test_boxes_shrink_through_a_stage_and_lines_repeat_only_after_all_were_seen(corpus):
    lines = ordered(corpus, stage("s", {"recognise": 1.0}, order="shrinking"), 30, seed=0)
    sizes = [line.size for line in lines]
    assert sizes == sorted(sizes, reverse=True)
    pool = [line for line in corpus.lines if line.task == "recognise"]
    again = ordered(corpus, stage("s", {"recognise": 1.0}), len(pool), seed=0)
    assert sorted(line.at for line in again) == sorted(line.at for line in pool)
    assert again == ordered(corpus, stage("s", {"recognise": 1.0}), len(pool), seed=0)
    with pytest.raises(UsageError, match="no samples"):
        corpus.lines = pool
        ordered(corpus, stage("s", {"compare": 1.0}), 1, seed=0)


def test_loss_is_on_answers_only_and_not_on_what_nobody_labelled(corpus):
    standing = standing_texts(corpus.sizes)
    tokens = nano.tokenizer(corpus.texts(), 800, fixed=standing)
    codec = finetune_model.Codec(tokens, nano.image_processor())
    line = next(line for line in corpus.lines if line.task == "multi_turn")
    sample = corpus.sample(line)
    batch = collate([encode(sample, corpus.folder, codec)])
    labels = batch["labels"][0]
    taught = codec.decode([int(t) for t in labels if t != IGNORED])
    answers = [m["content"][0]["text"] for m in sample["messages"] if m["role"] == "assistant"]
    open_values = sum(len(m.get("untrained", ())) for m in sample["messages"])
    assert open_values > 0
    assert taught.count("null") == sum(a.count("null") for a in answers) - open_values
    assert taught.count('"action_units"') == len(answers)
    assert "Region:" not in taught
    assert int(batch["mm_token_type_ids"].sum()) == 4 + len(answers)


def test_a_step_holds_the_same_lines_by_length_and_only_answers_get_logits(corpus):
    mix = stage("s", {"recognise": 0.5, "multi_turn": 0.5})
    plain, by_length = ordered(corpus, mix, 12, seed=0), ordered(corpus, mix, 12, seed=0, batch=6)
    assert plain != by_length
    for at in (0, 6):
        step = by_length[at : at + 6]
        assert sorted(plain[at : at + 6], key=lambda line: line.at) == sorted(
            step, key=lambda line: line.at
        )
        assert [line.length for line in step] == sorted(line.length for line in step)
    codec = finetune_model.Codec(nano.tokenizer(corpus.texts(), 800), nano.image_processor())
    pieces = [encode(corpus.sample(line), corpus.folder, codec) for line in by_length[:6]]
    batch = collate(pieces)
    longest, kept = batch["input_ids"].shape[1], batch["logits_to_keep"]
    assert batch["labels"].shape == (6, kept) and kept < longest
    taught = [[int(t) for t in row if t != IGNORED] for row in batch["labels"]]
    assert taught == [[t for t, own in zip(p.ids, p.is_answer, strict=True) if own] for p in pieces]
    network = nano.model(codec.tokenizer, width=64, layers=1, vision_width=32, vision_layers=1)
    whole = torch.full((6, longest), IGNORED)
    whole[:, longest - kept :] = batch["labels"]
    rest = {k: v for k, v in batch.items() if k not in ("labels", "logits_to_keep")}
    with torch.no_grad():
        expected = network(**rest, labels=whole).loss
        assert float(network(**batch).loss) == pytest.approx(float(expected), abs=1e-5)


def test_a_standing_text_and_a_label_are_one_token_for_nano(corpus):
    fixed = nano.fixed_texts(corpus.sizes)
    tokens = nano.tokenizer(corpus.texts(), 800, fixed=fixed)
    codec = finetune_model.Codec(tokens, nano.image_processor())
    for text in (*standing_texts(corpus.sizes), "10-19", "70+", "fear"):
        assert text in fixed
        assert len(codec.text_ids(text)) == 1
        assert codec.decode(codec.text_ids(text)) == text


def test_a_run_trains_all_stages_scores_them_and_its_model_describes(corpus, tmp_path, mean_face):
    out = tmp_path / "run"
    rows = stages.run(corpus.folder, out, "nano", PLAN, SETTINGS)
    stated = ["majority", "attributes", "regions", "through the product"]
    assert [row["stage"] for row in rows] == stated
    # Noise may be cut off by the number of tokens, but it leaves no region.
    assert rows[-1]["abstention"] in (None, 1.0) and rows[-1]["focus"] in (None, 1.0)
    log = list(csv.DictReader((out / "log.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["stage"] for row in log] == ["attributes"] * 4 + ["regions"] * 2
    assert float(log[3]["loss"]) < float(log[0]["loss"])
    card = json.loads((out / "final" / CARD).read_text(encoding="utf-8"))
    assert card["sizes"] == {"face": 56, "crop": 28, "upright": False} and "made" in card["licence"]
    assert "| majority |" in (out / "final" / "README.md").read_text(encoding="utf-8")

    describer = QwenDescriber(str(out / "final"), device="cpu")
    face, photo = mean_face(), open_image(next(corpus.folder.glob("pictures/*/*.jpg")))
    (found,) = describer.describe(photo, face, [atlas.named_region(face, "mouth", (640, 640))])
    assert found.describer == "qwen:final"

    # The same command again trains nothing, even where it was killed before its end; another plan
    # is refused.
    shutil.rmtree(out / "final")
    assert stages.run(corpus.folder, out, "nano", PLAN, SETTINGS)[1:] == rows[1:]
    assert (out / "final" / CARD).is_file()
    with pytest.raises(UsageError, match="another plan"):
        stages.run(corpus.folder, out, "nano", PLAN.scaled(2), SETTINGS)


def test_a_broken_off_stage_goes_on_at_its_last_checkpoint(corpus, tmp_path, monkeypatch):
    class BreakError(Exception):
        pass

    plan = PLAN.model_copy(update={"stages": PLAN.stages[:1]})
    on_log = Log.on_log
    seen: list[int] = []

    def breaking(self, args, state, control, logs=None, **rest):
        seen.append(state.global_step)
        on_log(self, args, state, control, logs, **rest)
        if len(seen) == 3:
            raise BreakError

    monkeypatch.setattr(Log, "on_log", breaking)
    with pytest.raises(BreakError):
        stages.run(corpus.folder, tmp_path / "run", "nano", plan, SETTINGS)
    stages.run(corpus.folder, tmp_path / "run", "nano", plan, SETTINGS)
    assert seen[:4] == [1, 2, 3, 3]
    log = csv.DictReader((tmp_path / "run" / "log.csv").read_text(encoding="utf-8").splitlines())
    broken, again = (float(row["loss"]) for row in log if row["step"] == "3")
    assert again == pytest.approx(broken, rel=1e-5)
    assert (tmp_path / "run" / "final" / CARD).is_file()


@pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing:FutureWarning")
def test_adapters_on_a_base_train_only_their_stage_and_merge_into_the_describer(
    corpus, base, tmp_path, mean_face
):
    pytest.importorskip("peft")
    plan = PLAN.model_copy(update={"scratch": {}, "stages": PLAN.stages[1:]})

    loaded = finetune_model.load(str(base), plan, corpus, device="cpu")
    language = finetune_model.choose_trained(loaded, ("language",))
    learning = {n for n, p in loaded.model.named_parameters() if p.requires_grad}
    assert language > 0 and all("lora_" in n and "visual" not in n for n in learning)
    both = finetune_model.choose_trained(loaded, ("language", "merger"))
    assert both > language

    stages.run(corpus.folder, tmp_path / "run", str(base), plan, SETTINGS)
    final = tmp_path / "run" / "final"
    assert (final / "adapter_model.safetensors").is_file()
    describer = QwenDescriber(str(base), str(final), device="cpu")
    assert describer.name == "qwen:base+final"
    face, photo = mean_face(), open_image(next(corpus.folder.glob("pictures/*/*.jpg")))
    (found,) = describer.describe(photo, face, [atlas.named_region(face, "left_eye", (640, 640))])
    assert found.region.name == "left_eye"


@pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing:FutureWarning")
def test_a_base_in_four_bits_learns_and_keeps_its_vision_and_head_whole(corpus, base, tmp_path):
    pytest.importorskip("bitsandbytes")
    plan = PLAN.model_copy(update={"scratch": {}, "stages": PLAN.stages[1:]})
    loaded = finetune_model.load(str(base), plan, corpus, device="cpu", four_bit=True)
    stored = {
        name: weight.dtype
        for name, weight in loaded.model.named_parameters()
        if "lora_" not in name and name.endswith("weight") and weight.dim() == 2
    }
    halved = {name for name, dtype in stored.items() if dtype == torch.uint8}
    assert halved and all("language_model.layers" in name for name in halved)
    assert any("visual" in name for name in stored.keys() - halved)

    settings = dataclasses.replace(SETTINGS, four_bit=True)
    stages.run(corpus.folder, tmp_path / "run", str(base), plan, settings)
    assert (tmp_path / "run" / "final" / "adapter_model.safetensors").is_file()


def test_a_dry_run_needs_no_weights_and_says_what_it_assumes(corpus):
    found = estimate(corpus, "nano", PLAN, device="cpu")
    assert [s.name for s in found.stages] == ["attributes", "regions"]
    assert all(s.tokens > s.answer > 0 and s.hours > 0 for s in found.stages)
    assert all(s.trained == found.parameters for s in found.stages)
    assert any("estimates" in note for note in found.notes)


@pytest.mark.parametrize(("name", "billions"), [("3B", 3.75), ("7B", 8.29)])
def test_the_published_configurations_have_the_published_sizes(name, billions):
    from transformers import Qwen2_5_VLForConditionalGeneration

    config = finetune_model.true_config(f"Qwen/Qwen2.5-VL-{name}-Instruct")
    with torch.device("meta"):
        model = Qwen2_5_VLForConditionalGeneration(config)
    assert sum(p.numel() for p in model.parameters()) / 1e9 == pytest.approx(billions, abs=0.01)


def test_a_folder_without_a_corpus_is_refused(tmp_path: Path):
    with pytest.raises(UsageError, match="focalface data build"):
        Corpus(tmp_path)
