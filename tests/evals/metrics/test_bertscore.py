"""BERTScore by hand, and on a tiny language model with random weights."""

from pathlib import Path

import numpy as np
import pytest

from focalface.evals.harness.runner import PASSED, Plan, run, verdict
from focalface.evals.metrics import bertscore
from focalface.tools.errors import UsageError

ALL = np.array([True, True])


def test_equal_texts_are_alike_whatever_the_order_of_their_tokens():
    a, b = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([[0.0, 5.0], [3.0, 0.0]])
    assert bertscore.f1(a, b, ALL, ALL) == pytest.approx(1)


def test_precision_and_recall_by_hand():
    said = np.array([[1.0, 0.0], [0.6, 0.8]])
    reference = np.array([[1.0, 0.0], [0.0, 1.0]])
    # Nearest of what was said: 1 and 0.8; nearest of the reference: 1 and 0.8.
    assert bertscore.f1(said, reference, ALL, ALL) == pytest.approx(0.9)
    # With the second token of the reference as an end token: recall is 1, precision stays 0.9.
    ends = np.array([True, False])
    assert bertscore.f1(said, reference, ALL, ends) == pytest.approx(2 * 0.9 / 1.9)


def test_an_empty_text_is_like_nothing():
    token = np.ones((1, 2))
    assert bertscore.f1(token, token, np.array([False]), np.array([True])) == 0


def test_a_folder_without_a_model_is_said_so(tmp_path: Path):
    with pytest.raises(UsageError, match=r"config\.json"):
        bertscore.load(str(tmp_path))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """BERT's architecture in small, with random weights and a vocabulary of letters and words."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("model")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "mouth", "eyes", "brows", "smile", "closed"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    tokens = transformers.BertTokenizer(str(folder / "vocab.txt"))
    tokens.save_pretrained(folder)
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    transformers.BertModel(config).save_pretrained(folder)
    return folder


@pytest.mark.qwen
def test_a_model_of_an_unknown_kind_needs_its_layer(model: Path):
    with pytest.raises(UsageError, match="FOLDER@LAYER"):
        bertscore.load(str(model))
    with pytest.raises(UsageError, match="no layer 3"):
        bertscore.load(f"{model}@3")


@pytest.mark.qwen
def test_the_same_text_scores_one_and_the_nearest_reference_counts(model: Path):
    metric = bertscore.load(f"{model}@2")
    assert metric.score("the mouth smile", ["the mouth smile"]) == pytest.approx(1)
    other = metric.score("the mouth smile", ["eyes closed"])
    assert other < 1
    assert metric.score("the mouth smile", ["eyes closed", "the mouth smile"]) == pytest.approx(1)


@pytest.mark.qwen
def test_the_suite_reports_it_when_asked(model: Path, tmp_path: Path):
    options = {"limit": 1, "describer": "parrots:neutral", "bertscore": f"{model}@1"}
    [result] = run(Plan(("describe",), options, tmp_path))
    assert verdict([result]).code == PASSED, verdict([result]).reasons
    assert 0 < result.figures["bertscore"].value <= 1
    assert result.facts["bertscore"].endswith("layer 1")
