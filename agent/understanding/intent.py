"""What a question asks for, and what the conversation knows when it is asked."""

from typing import Literal

from focalface.agent.basics.answer import IntentKind
from focalface.agent.understanding.program import Topic
from focalface.tools.question.comparisons import Comparison
from focalface.tools.question.out_of_scope import Beyond
from focalface.tools.question.regions import BoxXyxy, Disc
from focalface.tools.types import Emotion, Frozen

Refusal = Literal[
    "identity",
    "ethnicity",
    "attractiveness",
    "honesty",
    "health",
    "crime",
    "gender",
    "character",
    "person",
]


Form = Literal[
    "", "word", "guess", "short", "long", "codes", "table", "numbers", "of ten", "haiku", "caption",
    "more", "less", "percents",
]  # fmt: skip
"""How an answer is told; "" is one to three sentences, ``more`` and ``less`` what would make an
expression more or less so, ``percents`` all emotions with their probabilities."""
Recall = Literal[
    "repeat", "undo", "evidence", "against", "why not", "doubt", "convince", "sureness", "show", "difference",
    "both", "muscle", "strongest", "suppose", "combine",
    "first picture", "picture before",
]  # fmt: skip
"""What a question asks about the answer before; ``understanding/follow`` has the words."""

Degree = Literal["", "much", "little"]
"""How much of something a question asks for: "wide open", "a slight smile"."""


class LastTurn(Frozen):
    """The state of the dialogue that the turn before left; a follow-up is a change of it.

    ``subject``: ids of the faces that the answer singled out, the foremost first; ``pair``: the
    last two faces that were spoken of one after the other; ``regions_before``: what the turn
    before the last looked at; ``intent``: the last question, its faces as ids; ``coded``: the
    last answer told of units by their codes; ``scale``: the end of the scale on which the last
    answer gave a figure, 0 without one; ``order``: the faces as the last answer put them in order.
    """

    kind: IntentKind = "describe"
    attributes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    faces: tuple[str, ...] = ()
    intent: "Intent | None" = None
    subject: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    regions_before: tuple[str, ...] = ()
    coded: bool = False
    scale: int = 0
    order: tuple[str, ...] = ()


class Context(Frozen):
    """What the conversation knows.

    ``count``: faces in the picture, None before anyone looked. ``selection``: region names that
    "here" means; ``numbered``: the regions that the numbers on the last picture mean; ``pictures``:
    how many were opened, the current one included; ``shown``: which of them the current one is, and
    ``other`` the one that was shown before it, by their places from 1 in the order in which they
    were opened (0: the last, the one before that); ``counts``: how many faces each of them shows.
    """

    count: int | None = None
    selection: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    last: LastTurn | None = None
    pictures: int = 1
    shown: int = 0
    other: int = 0
    counts: tuple[int, ...] = ()

    def place(self, which: Literal["shown", "other"]) -> int:
        """Return the place of a picture in the order of opening, from 1; 0 where there is none."""
        shown = self.shown or self.pictures
        return shown if which == "shown" else self.other or (shown - 1 or min(2, self.pictures))


class Intent(Frozen):
    """A question, understood.

    ``attributes``: AU codes and topics (``emotion``, ``age``, ``asymmetry``, ``eye_openness``,
    ``mouth_openness``, ``genuineness``, ``tension``, ``fatigue``, ``pain``, ``head_pose``) as they were asked for.
    ``regions``: what to look at, atlas names or ``custom``; ``named``: those that the question
    itself names. ``boxes`` (x1 y1 x2 y2) and ``points`` (x, y, radius or None) are image frame.
    ``faces``: selectors: a number from 1 (largest first), ``all``, ``others``, ``leftmost``,
    ``rightmost``, ``beside`` (the neighbours of the last one), ``middle``, ``largest``, ``smallest``, ``last``, ``oldest``, ``youngest``,
    ``left:3`` (third from the left), ``not:`` before one of these: that one left out; empty: the
    chosen or only face. ``beyond``: what it asks about that no tool can see; ``declined``: what it
    asks besides that is out of bounds; ``excluded``: regions that it rules out; ``unread``: words of parts that were not understood.
    ``parts``: the questions in it when it has several, each with its own faces and regions; the
    rest then tells what all of them need. ``by_looks``: it names a face by clothes, hair or gaze,
    which no tool can follow. ``polar``: it asks yes or no.
    ``motion``: it asks what moves, not what that suggests.
    ``counted``: it asks how many show it; ``averaged``: for the mean of all; ``among``: whether all of several faces do, or any; ``shut``: it asks for the contrary of what it names: closed, relaxed, awake.
    ``years``: ages (from, below) that it asks about, as in "is she over 40?".
    ``weighing``: how several things that it names are to be weighed; ``shared``, ``differ``: what two faces or pictures have in common, what tells them apart; ``surer``: of which of two the reading is surer; ``assign``: which of two shows which emotion; ``denied``: it takes them for
    absent ("he isn't angry, right?"); ``felt``: it asks whether a feeling is real.
    ``degree``: how much of it it asks for; ``sure``: it asks how sure that is as well; ``side``: which side it takes to be
    more; ``direction``: where it asks whether somebody looks; ``scale``: the end of the scale that
    it wants a figure on; ``spans``: ages
    (what they are called, from, below) of which it wants one chosen: "a child or an adult?".
    ``absent``: it asks who does not show it, or what does not show. ``of_that_one``: a part that is about the face which the part before it names.
    ``form``: how the answer shall be told; ``recall``: what it asks about the answer before.
    ``photo``: which of the pictures it names, from 1 in the order of opening, 0 for none; ``listed``: it asks for all faces in order.
    ``in_both``: its faces are those of two pictures.
    ``nth``: which place of a ranking it asks for, from 2; ``claimed``: the face (a selector) that it
    takes to come first. ``ranked``: it asks who shows something most (``least``: least), not merely who shows it.
    """

    kind: IntentKind
    about: Topic | None = None
    """What of the program is asked about."""
    attributes: tuple[str, ...] = ()
    emotions: tuple[Emotion, ...] = ()
    regions: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    boxes: tuple[BoxXyxy, ...] = ()
    points: tuple[Disc, ...] = ()
    faces: tuple[str, ...] = ()
    comparison: Comparison | None = None
    beyond: tuple[Beyond, ...] = ()
    declined: tuple[Refusal, ...] = ()
    unread: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    years: tuple[float, float] | None = None
    parts: tuple["Intent", ...] = ()
    by_looks: bool = False
    polar: bool = False
    motion: bool = False
    ranked: bool = False
    least: bool = False
    counted: bool = False
    averaged: bool = False
    among: Literal["", "all", "any"] = ""
    shut: bool = False
    follow_up: bool = False
    refusal: Refusal | None = None
    foreign: bool = False
    expert: bool = False
    numbers: bool = False
    cut: bool = False
    form: Form = ""
    recall: Recall | None = None
    photo: int = 0
    listed: bool = False
    weighing: Literal[
        "",
        "either",
        "both",
        "stronger",
        "weaker",
        "alike",
        "where",
        "even",
        "uneven",
        "opposites",
        "shared",
        "differ",
        "options",
        "degree",
        "qualities",
        "surer",
        "assign",
    ] = ""
    of_that_one: bool = False
    in_both: bool = False
    nth: int = 0
    claimed: str = ""
    absent: bool = False
    denied: bool = False
    felt: bool = False
    degree: Degree = ""
    sure: bool = False
    side: Literal["", "left", "right"] = ""
    direction: str = ""
    quality: str = ""
    """What is asked about that is no emotion of its own: ``boredom`` (see ``qualities``)."""
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Words of the question that its answer takes up, "wrinkled or smooth?", each with the units
    that show it: what moves or is more of it before what rests or is less."""
    causes: tuple[str, ...] = ()
    """What besides a feeling it offers as a cause of what shows (see ``causes``)."""
    unseen: Literal["", "next", "about"] = ""
    """What it asks beyond the moment of the picture (see ``moment``)."""
    scale: int = 10
    spans: tuple[tuple[str, float, float], ...] = ()
