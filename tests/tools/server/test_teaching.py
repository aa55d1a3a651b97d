"""Wrong calls: one sentence of ours, whatever was given."""

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from focalface.tools.server import teaching
from focalface.tools.types import Box


class Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")

    path: str | None = None
    max_side: int = Field(default=768, ge=64, le=4096)
    boxes: list[Box] = []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"paht": "x"}, "show takes no argument 'paht'; did you mean 'path'?"),
        ({"file": "x"}, "show takes no argument 'file'; use path, max_side or boxes."),
        ({"path": 5}, "path must be a string, not 5."),
        ({"max_side": "big"}, "max_side must be an integer, not 'big'."),
        ({"max_side": 5}, "max_side must be at least 64, not 5."),
        ({"boxes": [{"x1": 1, "y1": 1, "x2": 2}]}, "boxes[0].y2 is missing; give it."),
        (
            {"boxes": [{"x1": 9, "y1": 0, "x2": 1, "y2": 9}]},
            "boxes[0]: a box needs x1 < x2 and y1 < y2, got 9.0,0.0,1.0,9.0.",
        ),
        ({"path": 5, "max_side": 5}, "path must be a string, not 5. (1 more fault in this call.)"),
    ],
)
def test_a_fault_is_one_sentence_with_what_would_be_right(
    given: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ValidationError) as raised:
        Arguments.model_validate(given)
    known = list(Arguments.model_fields)
    assert teaching.wrong_arguments("show", raised.value, known) == sentence


@pytest.mark.parametrize("given", ["x" * 100_000, "a\nb" * 5000, "\x00\x1b[31m" * 900])
def test_what_was_given_is_never_repeated_at_length(given: str) -> None:
    for wrong in ({given: 1}, {"max_side": given}, {"boxes": [{given: 1}]}):
        with pytest.raises(ValidationError) as raised:
            Arguments.model_validate(wrong)
        told = teaching.wrong_arguments("show", raised.value, ["path"])
        assert len(told) < 300 and told.isprintable()
    said = teaching.bounded(f"There is no file '{given}'; check the path.", {"path": given})
    assert len(said) < 150 and said.isprintable()


def test_a_bounded_message_keeps_its_end_where_the_advice_stands() -> None:
    said = teaching.bounded(f"'{'x' * 999}' is a folder; give a picture.", {"a": ["x" * 999]})
    assert said.endswith("is a folder; give a picture.")


def test_a_near_name_is_offered_and_a_far_one_lists_all() -> None:
    known = ["detect_faces", "describe_regions"]
    assert "did you mean 'detect_faces'?" in teaching.unknown_name("tool", "detect_face", known)
    told = teaching.unknown_name("tool", "paint", known)
    assert told == "There is no tool 'paint'; use detect_faces or describe_regions."
