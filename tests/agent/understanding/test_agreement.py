"""``propose_regions`` and the agent read a question in the same way."""

import pytest
from phrasings import rows

from focalface.agent.understanding import Context, Intent, parse
from focalface.tools.proposing import region_selection
from focalface.tools.question.asked import Asked, asked

ONE_FACE = Context(count=1)


def looks_somewhere(intent: Intent) -> bool:
    """Whether it asks something that is looked for somewhere; an overview has places of its own,
    a poem asks for another form, and regions that are typed as numbers have no name."""
    asks = intent.kind in ("describe", "recognise", "compare", "locate", "summary", "outside")
    overview = intent.regions == region_selection.WHOLE and not intent.attributes
    return asks and not (overview or intent.form or "custom" in intent.named)


def same(intent: Intent, found: Asked) -> bool:
    """Whether both read the same and look in the same places."""
    wanted, places = {*intent.attributes}, {*intent.regions}
    named = found.named == intent.named or bool(intent.parts)
    return named and ({*found.attributes}, {*found.regions}) == (wanted, places)


def unread(found: Asked) -> bool:
    """Whether no rule reads a question: the agent then goes by what was learnt of turns."""
    return not (found.attributes or found.emotions or found.named)


SETS = ["phrasings.jsonl", "phrasings_held_out.jsonl", "phrasings_seventh.jsonl"]


@pytest.mark.parametrize("name", SETS)
def test_both_find_the_same_attributes_and_look_in_the_same_places(name):
    alone = [row["text"] for row in rows(name) if not row.get("context") and "refuse" not in row]
    read = [(text, parse(text, ONE_FACE)) for text in alone]
    differ = [
        (text, asked(text), intent)
        for text, intent in read
        if looks_somewhere(intent) and not same(intent, asked(text)) and not unread(asked(text))
    ]
    assert differ == []


@pytest.mark.parametrize(
    "question",
    [
        "is he wearing glasses?",
        "does she have a beard or a moustache",
        "what has he got on his head, a hat?",
        "where is she looking?",
        "is he looking into the camera",
        "are her teeth showing?",
        "is she smiling with her teeth visible",
        "is the tongue out",
        "is his mouth covered by a mask?",
        "is there hair over his eyes?",
        "what colour are her eyes",
        "are his glasses dark, and is he smiling?",
        "lächelt sie?",
        "quel âge a-t-elle ?",
        "¿está triste?",
        "everything but the forehead",
        "what is in the philtrum?",
        "is the skin under the nose moving?",
        "how does the area around the left eye look",
        "is that a smirk or a sneer",
        "does the smile reach the eyes",
        "how tired does he look around the eyes?",
        "is the cupid's bow flattened",
        "is one brow higher",
        "AU6+12?",
        "what do the lips tell",
        "how open is the mouth, and do you see teeth?",
    ],
)
def test_both_read_a_question_on_looks_movements_or_parts_alike(question):
    intent = parse(question, ONE_FACE)
    assert same(intent, asked(question)) or not looks_somewhere(intent)


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
