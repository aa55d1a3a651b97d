"""Four sets of phrasings.

``phrasings.jsonl`` was written before the parser; ``phrasings_held_out.jsonl`` was kept aside while
it was made (first score: 97.1 % of the attribute sets exact, region F1 0.964, no wrong refusal);
``phrasings_second.jsonl`` and ``phrasings_third.jsonl`` were written later, scored once (92.4 % and
92.9 %, F1 0.915 and 0.954) and then used to improve the rules.
"""

import json
from pathlib import Path

import pytest

from focalface.agent.intents import Context, Intent, Last, parse

HERE = Path(__file__).parent


def rows(name: str) -> list[dict]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def context_of(row: dict) -> Context:
    given = row.get("context", {})
    last = None
    if any(key.startswith("last_") for key in given):
        last = Last(
            kind=given.get("last_kind", "describe"),
            attributes=tuple(given.get("last_attributes", ())),
            regions=tuple(given.get("last_regions", ())),
            faces=tuple(given.get("last_faces", ())),
        )
    return Context(
        count=given.get("count", 1),
        selection=tuple(given.get("selection", ())),
        numbered=tuple(given.get("numbered", ())),
        last=last,
    )


def heard(row: dict) -> Intent:
    return parse(row["text"], context_of(row))


SETS = (
    "phrasings.jsonl",
    "phrasings_held_out.jsonl",
    "phrasings_second.jsonl",
    "phrasings_third.jsonl",
)


@pytest.mark.parametrize("name", SETS)
def test_attribute_sets_are_exact_for_at_least_95_percent(name):
    given = rows(name)
    exact = [set(heard(row).attributes) == set(row["attributes"]) for row in given]
    assert sum(exact) / len(exact) >= 0.95


@pytest.mark.parametrize("name", SETS)
def test_region_sets_reach_an_f1_of_95_percent(name):
    hits = wrong = 0
    for row in rows(name):
        found, wanted = set(heard(row).regions), set(row["regions"])
        hits += 2 * len(found & wanted)
        wrong += len(found ^ wanted)
    assert hits / (hits + wrong) >= 0.95


@pytest.mark.parametrize("name", SETS)
def test_out_of_bounds_requests_are_recognised_and_ordinary_ones_never_refused(name):
    given = rows(name)
    beyond = [heard(row).kind == "refuse" for row in given if "refuse" in row]
    refused = [row["text"] for row in given if "refuse" not in row and heard(row).refusal]
    assert sum(beyond) / len(beyond) >= 0.98
    assert refused == []


@pytest.mark.parametrize("name", SETS)
def test_kinds_faces_and_comparisons_are_right_for_at_least_95_percent(name):
    given = rows(name)

    def right(row: dict) -> bool:
        intent = heard(row)
        return (
            intent.kind == row["kind"]
            and list(intent.faces) == row.get("faces", [])
            and intent.comparison == row.get("comparison")
        )

    assert sum(map(right, given)) / len(given) >= 0.95


def test_there_are_at_least_two_hundred_phrasings():
    assert len(rows("phrasings.jsonl")) >= 200


@pytest.mark.parametrize(
    ("question", "boxes", "points"),
    [
        ("what is in 120,80,200,140?", ((120, 80, 200, 140),), ()),
        ("x1=1 y1=2 x2=30 y2=40", ((1, 2, 30, 40),), ()),
        ("around (150, 200)", (), ((150, 200, None),)),
        ("at 310,220 with a radius of 25", (), ((310, 220, 25),)),
        ("rate the smile 1-10", (), ()),
        ("AU1, AU4 and AU15", (), ()),
        ("faces 1, 2 and 3", (), ()),
    ],
)
def test_numbers_are_places_only_where_they_look_like_pixels(question, boxes, points):
    intent = parse(question)
    assert (intent.boxes, intent.points) == (boxes, points)


@pytest.mark.parametrize(
    ("question", "region"),
    [
        ("describe the left eye", "left_eye"),
        ("describe the eye on the left of the picture", "right_eye"),
        ("describe the brow that is on the viewer's left", "right_brow"),
        ("the left side of the mouth", "left_lip_corner"),
        ("the left part of the face", "left_half"),
    ],
)
def test_sides_are_the_subjects_unless_the_question_speaks_of_the_picture(question, region):
    assert parse(question).regions == (region,)


@pytest.mark.parametrize(
    "question", ["", "   ", "\x00\x07\x1b", "?!", "🙂", "a" * 20_000, "is she smiling? " * 2000]
)
def test_any_text_is_understood_without_an_error(question):
    intent = parse(question)
    assert intent.kind in ("empty", "outside", "recognise")
    assert intent.cut == (len(question) > 2000)


def test_other_languages_are_noticed_and_partly_understood():
    intent = parse("¿Está sonriendo?")
    assert intent.foreign
    assert intent.attributes == ("AU12",)
    assert not parse("is she smiling?").foreign
