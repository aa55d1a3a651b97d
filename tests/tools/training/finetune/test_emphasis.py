"""The loss that weighs labels and units more than the form of an answer."""

from types import SimpleNamespace

import pytest

pytestmark = pytest.mark.qwen
torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from focalface.tools.describers.language.focal import Sizes  # noqa: E402
from focalface.tools.training.finetune import nano  # noqa: E402
from focalface.tools.training.finetune.data import IGNORED  # noqa: E402
from focalface.tools.training.finetune.emphasis import WeighedLoss  # noqa: E402
from focalface.tools.training.finetune.plan import Emphasis, load_plan  # noqa: E402

ANSWER = (
    '{"action_units": {"AU6": 0.3}, "absent": ["AU1"], "emotion": "fear", "age_group": "20-29"}'
)


@pytest.fixture(scope="module")
def tokens():
    return nano.tokenizer([ANSWER] * 4, 600, fixed=nano.fixed_texts(Sizes(168, 56)))


def loss_of(tokens, emphasis, ids, count=None):
    torch.manual_seed(0)
    logits = torch.randn(1, ids.shape[1], len(tokens))
    return WeighedLoss(tokens, emphasis)(SimpleNamespace(logits=logits), ids, count), logits


def test_units_that_are_seen_and_labels_weigh_more_and_nothing_else_does(tokens):
    loss = WeighedLoss(tokens, Emphasis(labels=4, units=2))
    text = "".join(tokens.tokenize(ANSWER)).replace("Ġ", " ")
    assert text == ANSWER
    weight = dict(
        zip(
            (piece.strip('Ġ {"') for piece in tokens.tokenize(ANSWER)),
            (float(loss.weights[i]) for i in tokens.encode(ANSWER)),
            strict=True,
        )
    )
    assert weight["fear"] == weight["20-29"] == 4
    assert weight['AU6":'] == 2
    assert {w for piece, w in weight.items() if piece not in ("fear", "20-29", 'AU6":')} == {1}


def test_without_emphasis_it_is_the_mean_of_the_cross_entropy(tokens):
    ids = torch.tensor([tokens.encode(ANSWER)])
    ids[0, :3] = IGNORED
    loss, logits = loss_of(tokens, Emphasis(), ids)
    own = torch.nn.functional.cross_entropy(logits[0, :-1], ids[0, 1:], ignore_index=IGNORED)
    assert float(loss) == pytest.approx(float(own), rel=1e-5)


def test_a_step_of_several_batches_is_shared_out_by_all_their_tokens(tokens):
    ids = torch.tensor([tokens.encode(ANSWER)])
    whole, _ = loss_of(tokens, Emphasis(labels=4), ids)
    half, _ = loss_of(tokens, Emphasis(labels=4), ids, torch.tensor(2 * (ids.shape[1] - 1)))
    assert float(half) == pytest.approx(float(whole) / 2, rel=1e-5)


def test_the_hybrid_is_taught_with_emphasis_and_a_real_base_with_its_own_loss():
    assert load_plan(base="hybrid").emphasis is not None
    assert load_plan().emphasis is None
