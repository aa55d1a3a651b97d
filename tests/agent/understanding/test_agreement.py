"""``propose_regions`` and the agent read a question in the same way."""

import pytest
from phrasings import rows

from focalface.agent.understanding import Context, Intent, parse
from focalface.tools.face import facs
from focalface.tools.face.topics import TOPICS
from focalface.tools.proposing import region_selection
from focalface.tools.question.asked import asked

ONE_FACE = Context(count=1)


def looks_somewhere(intent: Intent) -> bool:
    """Whether it asks one thing of one face, in words that name or mean a part of it."""
    asks = intent.kind in ("describe", "recognise", "compare", "locate")
    whole = intent.regions == region_selection.WHOLE and not intent.attributes
    shown = {*facs.CODES, *TOPICS, "head_pose"}  # glasses, beards and the like: the agent alone
    return (
        asks
        and {*intent.attributes} <= shown
        and not (whole or intent.parts or intent.foreign or "custom" in intent.named)
    )


@pytest.mark.parametrize("name", ["phrasings.jsonl", "phrasings_held_out.jsonl"])
def test_both_find_the_same_attributes_and_look_in_the_same_places(name):
    alone = [row["text"] for row in rows(name) if not row.get("context") and "refuse" not in row]
    read = [(text, parse(text, ONE_FACE)) for text in alone]
    differ = [
        (text, found, intent.regions)
        for text, intent in read
        if looks_somewhere(intent)
        and ((found := asked(text)).attributes, found.named, found.regions)
        != (intent.attributes, intent.named, intent.regions)
    ]
    assert differ == []


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("is the left brow higher than the right?", ("left_brow", "right_brow")),
        ("everything but the mouth: is she sad?", ("upper_face", "mid_face")),
        ("is one side of the face stronger?", ("left_half", "right_half")),
        ("out of curiosity, how old is she?", ("face",)),
        ("does she look smilng?", ("mouth",)),
        ("what is at 100,100,200,200?", ()),
        ("hello", ()),
    ],
)
def test_a_question_is_looked_into_where_it_says(question, places):
    assert asked(question).regions == places
