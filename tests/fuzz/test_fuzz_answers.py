"""Whatever a model answers: a reading within its bounds, in time, or nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from focalface.tools.describers.language.parse import LONGEST, parse

HOSTILE = {
    "a number of 400 zeros": '{"action_units":[{"code":"AU12","intensity":1' + "0" * 400 + "}]}",
    "an age of 400 zeros": '{"age":1' + "0" * 400 + "}",
    "more digits than Python reads": '{"age":' + "9" * 5000 + "}",
    "scores beyond any float": '{"emotion":{"happiness":1' + "0" * 400 + ',"fear":1e999}}',
    "no number": '{"action_units":[{"code":"AU12","intensity":NaN}],"age":-Infinity}',
    "commas without end": '{"a":[' + "," * 400_000,
    "lists without end": '{"a":' + "[" * 400_000,
    "objects without end": '{"a":' * 100_000,
    "quotes without end": '{"text":"' + '\\"' * 200_000,
    "spaces and commas": "{" + ", " * 200_000,
    "one sentence for ever": "the lip corners are pulled up, " * 50_000,
}
PARTS = st.sampled_from(
    ['{"', '"action_units"', ":", "[", "]", "{", "}", ",", '"AU12"', '"intensity"', "0.7", "1e999",
     '"emotion"', '"happiness"', '"age"', "30-39", "null", "```json", "\\", "lips parted ", "no "]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)
KNOWN = st.fixed_dictionaries({}, optional={
    "action_units": VALUES, "absent": VALUES, "emotion": VALUES, "age": VALUES, "text": VALUES,
})  # fmt: skip


def within_bounds(answer: str) -> None:
    reading = parse(answer)
    assert all(0 <= unit.intensity <= 1 for unit in reading.units)
    assert reading.years is None or 0 <= reading.years <= 120
    assert len(reading.text) <= LONGEST


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_answers_are_read_within_bounds(kind: str) -> None:
    within_bounds(HOSTILE[kind])


@given(st.text(max_size=400) | st.lists(PARTS, max_size=60).map("".join))
def test_any_text_is_read_within_bounds(answer: str) -> None:
    within_bounds(answer)


@given(KNOWN.map(json.dumps), st.integers(0, 300))
def test_any_values_under_known_names_are_read_within_bounds(answer: str, cut: int) -> None:
    within_bounds(answer)
    within_bounds(answer[:cut])
