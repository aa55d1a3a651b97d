"""What the grammar lets be written, on a small tokenizer; no model is needed."""

import json
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.qwen
torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("llguidance")

from transformers import AutoTokenizer  # noqa: E402

from focalface.tools.describers.language.parse import parse  # noqa: E402
from focalface.tools.describers.qwen.grammar import Grammars  # noqa: E402
from focalface.tools.geometry.scope import Scope  # noqa: E402

FOLDER = Path(__file__).parents[1] / "data" / "qwen_hybrid"
BOTH = ("left", "right")
WIDE = Scope(
    {"AU1": BOTH, "AU4": BOTH, "AU6": BOTH, "AU12": BOTH, "AU25": ("both",)}, emotion=True, age=True
)
LEFT = Scope({"AU12": ("left",)}, emotion=True, age=True)
MUTE = Scope({"AU17": ("both",)}, emotion=False, age=False)
ANSWER = {
    "action_units": {"AU1 left": 0.3, "AU1 right": 0.5, "AU12": 0.4},
    "absent": ["AU4"],
    "emotion": "happiness",
    "age_group": "20-29",
    "cannot_tell": ["AU6"],
    "text": "A smile lifts both lip corners (AU12). About AUD 5 it says nothing! Ann smiles AU12.",
}


@pytest.fixture(scope="module")
def tokens():
    return AutoTokenizer.from_pretrained(FOLDER)


@pytest.fixture(scope="module")
def grammars(tokens):
    return Grammars(tokens, len(tokens), tokens.eos_token_id)


def written(grammars, tokens, scope, answer):
    """How far an answer can be written, and whether it then is at its end."""
    constraint, done = grammars.constraint(scope), False
    ids = tokens.encode(answer, add_special_tokens=False)
    for at, token in enumerate(ids):
        logits = torch.zeros(len(tokens))
        constraint.forbid(logits)
        if done or logits[token] != 0:
            return tokens.decode(ids[:at]), False
        done = constraint.take(token)
    return answer, done


def changed(**changes):
    return json.dumps(ANSWER | changes)


def test_an_answer_of_the_form_that_training_teaches_can_be_written(grammars, tokens):
    answer = changed(text="A smile lifts both lip corners (AU12). Ann smiles, AU12.")
    assert written(grammars, tokens, WIDE, answer) == (answer, True)
    assert parse(answer).how == "json"


@pytest.mark.parametrize(
    ("scope", "answer"),
    [
        pytest.param(WIDE, changed(absent=["AU12"]), id="seen and absent"),
        pytest.param(WIDE, changed(cannot_tell=["AU12"]), id="seen and not told"),
        pytest.param(WIDE, changed(cannot_tell=["AU4"]), id="absent and not told"),
        pytest.param(WIDE, changed(cannot_tell=["emotion"]), id="an emotion, and none told"),
        pytest.param(WIDE, changed(cannot_tell=["age"]), id="an age, and none told"),
        pytest.param(WIDE, changed(absent=["AU4", "AU4"]), id="absent twice"),
        pytest.param(WIDE, changed(absent=["AU17"]), id="a unit that cannot show"),
        pytest.param(WIDE, changed(action_units={"AU12": 0.4, "AU12 left": 0.3}), id="twice"),
        pytest.param(WIDE, changed(action_units={"AU12": 0.4, "AU1": 0.3}), id="out of order"),
        pytest.param(WIDE, changed(action_units={"AU12": 1.5}), id="too strong"),
        pytest.param(WIDE, changed(text="No end"), id="a sentence without an end"),
        pytest.param(WIDE, changed(text="A smile (AU17)."), id="a code that cannot show"),
        pytest.param(WIDE, changed(text="A smile (AU121)."), id="a code that is none"),
        pytest.param(WIDE, changed(text="A smile. " * 9), id="a text without an end"),
        pytest.param(LEFT, changed(action_units={"AU12 right": 0.4}), id="the other side"),
        pytest.param(LEFT, changed(action_units={"AU12": 0.4}), id="both sides of one"),
        pytest.param(MUTE, changed(action_units={}, absent=[]), id="an emotion of a chin"),
    ],
)
def test_what_contradicts_itself_or_its_region_cannot_be_written(grammars, tokens, scope, answer):
    begun, done = written(grammars, tokens, scope, answer)
    assert len(begun) < len(answer) and not done


def test_a_region_without_emotion_and_age_has_to_say_so(grammars, tokens):
    answer = {"action_units": {}, "absent": ["AU17"], "emotion": None, "age_group": None}
    told = json.dumps(answer | {"cannot_tell": ["emotion", "age"], "text": "The chin is at rest."})
    assert written(grammars, tokens, MUTE, told)[1]
    silent = json.dumps(answer | {"cannot_tell": [], "text": "The chin is at rest."})
    assert not written(grammars, tokens, MUTE, silent)[1]


def test_noise_ends_as_a_valid_answer_without_contradictions(grammars, tokens):
    draw = np.random.default_rng(0)
    for scope in (WIDE, LEFT, MUTE):
        for _ in range(8):
            constraint, ids, done = grammars.constraint(scope), [], False
            while not done and len(ids) < 2500:
                logits = torch.from_numpy(draw.normal(size=len(tokens)).astype(np.float32))
                constraint.forbid(logits)
                ids.append(int(logits.argmax()))
                done = constraint.take(ids[-1])
            reading = parse(tokens.decode(ids))
            assert done and reading.how == "json", (reading.repairs, tokens.decode(ids))
            assert {unit.code for unit in reading.units} <= scope.units.keys()
