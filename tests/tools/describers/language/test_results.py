"""What is kept of a language model's answer."""

import json

import pytest

from focalface.tools.describers.language import results
from focalface.tools.describers.language.parse import parse
from focalface.tools.face import facs
from focalface.tools.geometry import atlas
from focalface.tools.geometry.scope import scope_of


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A smile bunches the cheek. The jaw is dropped.", "A smile bunches the cheek."),
        ("A smile bunches the cheek; it looks 30.", "A smile bunches the cheek; it looks 30."),
    ],
)
def test_sentences_on_what_cannot_show_in_a_region_are_left_out(mean_face, text, kept):
    found = described(mean_face(), text)
    assert found.text == kept
    assert any("AU26" in limit for limit in found.limits) == (text != kept)


def test_a_sentence_that_is_said_twice_is_kept_once(mean_face):
    said = "A smile bunches the cheek (AU12). It looks 30. A smile bunches the cheek. It looks 40."
    found = described(mean_face(), said)
    assert found.text == "A smile bunches the cheek (AU12). It looks 30. It looks 40."


def test_a_text_that_only_strays_is_put_together_from_what_was_read(mean_face):
    found = described(mean_face(), "The jaw is dropped.")
    assert "smile" in found.text and "jaw" not in found.text


def described(face, text):
    region = atlas.named_region(face, "left_cheek", (640, 640))
    answer = {"action_units": {"AU12": 0.6}, "absent": [], "text": text}
    made = results.Provenance("a model", "cpu", 1.0)
    return results.describe(
        region, scope_of(face, region), parse(json.dumps(answer)), made,
        supported=frozenset(facs.CODES),
    )  # fmt: skip
