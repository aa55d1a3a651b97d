"""The commands ``ask`` and ``demo``, as a user runs them."""

import json
from pathlib import Path

import PIL.Image
import pytest
from typer.testing import CliRunner

from focalface.agent.basics.answer import Answer
from focalface.agent.cli.app import build
from focalface.tools.errors import ImageError, UsageError


def run(*arguments: object) -> str:
    done = CliRunner().invoke(build(), [str(a) for a in arguments], env={"COLUMNS": "60"})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0
    return done.stdout


def is_square_picture(path: Path) -> bool:
    with PIL.Image.open(path) as picture:
        return picture.width == picture.height >= 512


def test_a_question_is_answered_as_json_that_is_an_answer(photo):
    answer = Answer.model_validate_json(run("ask", photo, "is she smiling?", "--json"))
    assert answer.claims
    assert answer.plan.attributes == ("AU12",)


def test_an_answer_shows_its_plan_its_evidence_and_no_colour_in_a_pipe(photo, tmp_path):
    out = tmp_path / "seen.jpg"
    shown = run("ask", photo, "what is the left eyebrow doing?", "--trace", "--save", out)
    assert "left brow" in shown
    assert "Saved" in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.replace(str(out), "").splitlines())) <= 100
    assert is_square_picture(out)


def test_only_the_plan_is_shown_when_that_is_asked_for(photo):
    plan = json.loads(run("ask", photo, "compare the brows", "--plan-only", "--json"))
    assert plan["regions"] == ["left_brow", "right_brow"]
    assert plan["comparison"] == "sides"
    assert "left and right brow" in run("ask", photo, "compare the brows", "--plan-only")


def test_a_describer_of_the_users_own_reads_the_face(photo):
    shown = run("ask", photo, "is the mouth open?", "--describer", "own_describer:make", "--json")
    assert Answer.model_validate_json(shown).describer == "ruler-1"


def test_two_pictures_are_compared(photo):
    shown = run("ask", photo, "what changed around the mouth?", "--before", photo, "--json")
    assert Answer.model_validate_json(shown).plan.comparison == "pictures"


@pytest.mark.parametrize(
    ("options", "error", "sentence"),
    [
        (["missing.png", "x"], ImageError, "no file"),
        (["{photo}", "is she smiling?", "--face", "7"], UsageError, "no face 7"),
        (["{photo}", "is she smiling?", "--save", "seen.xyz"], UsageError, "no picture name"),
        (["{photo}", "is she smiling?", "--save", "{photo}"], UsageError, "picture itself"),
    ],
)
def test_wrong_use_is_one_sentence(photo, options, error, sentence):
    with pytest.raises(error, match=sentence):
        run("ask", *(o.format(photo=photo) for o in options))


def test_the_demo_says_what_it_does_and_saves_the_picture(tmp_path):
    out = tmp_path / "demo.png"
    shown = run("demo", "--out", out)
    for step in (
        "1. A picture",
        "2. detect_faces",
        "3. describe_regions",
        "4. A question",
        "5. Saved",
    ):
        assert step in shown
    assert is_square_picture(out)


def test_the_demo_as_json_is_one_answer_with_its_picture(tmp_path):
    out = tmp_path / "demo.png"
    answer = Answer.model_validate_json(run("demo", "--json", "--out", out))
    assert answer.picture == out
    assert answer.claims
