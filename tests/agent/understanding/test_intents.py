"""What a question asks for: attributes, regions, faces, kinds, parts; the sets: ``phrasings``."""

import pytest

from focalface.agent.planning.turn_context import remembered
from focalface.agent.understanding import Context, parse
from focalface.tools.question import politeness
from focalface.tools.question.text import read_text


@pytest.mark.parametrize(
    ("question", "regions"),
    [
        ("does the forehead show any tension?", {"forehead", "glabella", "left_eye", "right_eye"}),
        ("is the chin tense?", {"chin"}),
        ("is there pain in the left brow?", {"left_brow"}),
    ],
)
def test_tension_is_sought_around_a_region_that_cannot_show_it(question, regions):
    assert set(parse(question).regions) == regions


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("is she suprized", "surprise"),
        ("r the brows raized", "are the brow raise"),
        ("is he ekshausted", "exhaust"),
        ("desribe the rigth eyebow", "describe the right brow"),
        ("shes smilin, isnt she", "she is smile , is not she"),
        ("sooo tiredddd", "so tired"),
    ],
)
def test_typos_are_mended_by_letters_and_by_sound(typed, meant):
    assert meant in read_text(typed).base


@pytest.mark.parametrize(
    "word", ["something", "terrorist", "writing", "starting", "closest", "parser", "stronger"]
)
def test_words_that_resemble_known_ones_are_left_alone(word):
    assert read_text(word).plain == word


@pytest.mark.parametrize(
    ("question", "regions"),
    [
        ("the eyes, not the brows", {"left_eye", "right_eye"}),
        ("ignore the chin and the jaw, describe the mouth", {"mouth"}),
        ("not the left cheek, the right one", {"right_cheek"}),
    ],
)
def test_parts_that_a_question_rules_out_are_not_looked_at(question, regions):
    assert set(parse(question).regions) == regions


@pytest.mark.parametrize("count", [None, 1, 3])
def test_the_other_side_is_not_the_other_face(count):
    intent = parse("Is one side of the face stronger than the other?", Context(count=count))
    assert intent.comparison == "sides"
    assert intent.regions == ("left_half", "right_half")


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
        ("describe the viewer's left brow", "right_brow"),
        ("describe the viewer's right eye", "left_eye"),
        ("describe the subject's left brow", "left_brow"),
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


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("is she smiling, and how old is she?", [("AU12",), ("age",)]),
        ("Is he frowning? What does the chin do?", [("AU4",), ()]),
        ("are the brows up and is the jaw dropped", [("AU1", "AU2"), ("AU26",)]),
    ],
)
def test_each_part_of_a_question_is_understood_by_itself(question, parts):
    intent = parse(question)
    assert [part.attributes for part in intent.parts] == parts
    assert {r for part in intent.parts for r in part.regions} == set(intent.regions)


@pytest.mark.parametrize(
    "question",
    ["She isn't frowning, is she?", "He smiles, but do his eyes?", "is she happy? are you sure?"],
)
def test_words_that_only_go_on_are_no_question_of_their_own(question):
    assert parse(question).parts == ()


def test_each_part_of_a_question_has_its_own_face():
    context = Context(count=3)
    asked = "is the man on the left smiling and is the woman on the right angry?"
    assert [p.faces for p in parse(asked, context).parts] == [("leftmost",), ("rightmost",)]
    goes_on = "is the man on the left smiling and does he look tired?"
    assert [p.faces for p in parse(goes_on, context).parts] == [("leftmost",), ("leftmost",)]


@pytest.mark.parametrize(
    ("question", "beyond"),
    [
        ("is she smiling and is his shirt red?", ("wear",)),
        ("is she smiling and looking at the camera?", ()),
        ("does he wear glasses and does he smile?", ()),
        ("does the man with the glasses smile?", ()),
        ("is she looking at ease?", ()),
    ],
)
def test_what_no_tool_sees_is_kept_apart_from_what_names_a_person(question, beyond):
    assert parse(question).beyond == beyond


def test_a_part_that_was_not_understood_is_remembered():
    intent = parse("is he smiling and what's the capital of France?")
    assert intent.attributes == ("AU12",)
    assert intent.unread == ("what's the capital of France?",)


@pytest.mark.parametrize(
    ("question", "seen", "unseen"),
    [
        ("describe everything except the mouth", "upper_face", "lower_face"),
        ("what emotion is it if you cover the eyes?", "lower_face", "upper_face"),
        ("tell me about the face without the nose", "mouth", "mid_face"),
    ],
)
def test_regions_that_contain_what_is_ruled_out_are_cut(question, seen, unseen):
    looked = parse(question).regions
    assert unseen not in looked
    assert "face" not in looked
    assert seen in looked or "lower_face" in looked


@pytest.mark.parametrize(
    ("question", "polar"),
    [
        ("is she smiling?", True),
        ("tell me whether she smiles", True),
        ("describe the smile", False),
        ("does the smile look strong?", False),
        ("isn't she smiling?", True),
    ],
)
def test_yes_and_no_are_for_questions_that_ask_for_them(question, polar):
    assert parse(question).polar is polar


@pytest.mark.parametrize("said", ["thanks!", "ok thank you, bye", "Great, thanks a lot.", "cheers"])
def test_thanks_are_known_as_such(said):
    assert politeness.thanks(said)
    assert parse(said).kind == "help"


@pytest.mark.parametrize("said", ["thanks, and the eyes?", "help", "who should I thank?"])
def test_a_question_with_thanks_stays_a_question(said):
    assert not politeness.thanks(said)


def test_a_doubt_about_the_answer_before_is_a_part_of_its_own():
    last = remembered(parse("is she smiling?", Context(count=1)), ("f1",), ("f1",), None)
    parts = parse("are you sure, and how old is she?", Context(count=1, last=last)).parts
    assert [(p.kind, p.attributes) for p in parts] == [
        ("check", ("AU12",)),
        ("recognise", ("age",)),
    ]


@pytest.mark.parametrize(
    ("question", "kind", "named"),
    [
        ("could you walk me through what her face is doing?", "summary", ()),
        ("take me through his face", "summary", ()),
        ("is there anything unusual about the left side?", "describe", ("left_half",)),
        ("the upper half, please", "describe", ("upper_face",)),
    ],
)
def test_ways_of_asking_for_a_description_are_known(question, kind, named):
    intent = parse(question, Context(count=1))
    assert (intent.kind, intent.named) == (kind, named)


@pytest.mark.parametrize(
    ("question", "kind", "expert"),
    [
        ("now technically", "recognise", True),
        ("could you explain that in simpler words?", "recognise", False),
        ("and how strong is it, as a number?", "recognise", False),
        ("which region is that based on?", "why", False),
        ("show me where you see it", "locate", False),
    ],
)
def test_the_answer_before_is_asked_for_in_another_way(question, kind, expert):
    last = remembered(parse("is she smiling?", Context(count=1)), ("f1",), ("f1",), None)
    intent = parse(question, Context(count=1, last=last))
    assert (intent.kind, intent.expert) == (kind, expert)
    assert (intent.attributes, intent.regions) == (("AU12",), ("mouth",))


@pytest.mark.parametrize("question", ["run the full FACS inventory", "describe it in FACS terms"])
def test_a_coding_of_the_whole_face_is_no_follow_up(question):
    last = remembered(parse("is she smiling?", Context(count=1)), ("f1",), ("f1",), None)
    assert "upper_face" in parse(question, Context(count=1, last=last)).regions


def test_each_half_of_a_clause_has_its_own_direction():
    question = "is anybody pushing the chin up or pulling the mouth corners down?"
    assert parse(question, Context(count=3)).attributes == ("AU15", "AU17")
    assert parse("are the brows and lids raised?").attributes == ("AU1", "AU2")
