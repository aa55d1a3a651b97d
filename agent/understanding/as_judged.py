"""Where a turn is read as what it is judged to be, and where by the rules.

Rules read what a question names; what it leans on, or how chatty it is, the learnt judge of acts
knows better.
"""

import re
from collections.abc import Callable

from focalface.agent.understanding import (
    acts,
    carried,
    focus,
    follow,
    persons,
    pictures,
    playful,
    program,
    qualities,
    read,
    referring,
    refusals,
    supposing,
)
from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.question import faces
from focalface.tools.question.text import read_text

CLEAR = 0.4
"""Share from which a turn is the follow-up that it is judged to be; by it 19 of 20 are right."""
LIKELY = 0.3
"""The same for a turn in which nothing else was understood."""
CERTAIN = 0.8
"""The same against what the rules made of a turn, and for a turn that may be out of bounds."""
_OF_PARTS: frozenset[acts.Act] = frozenset({"both", "other_one", "agree", "real", "which_more"})
"""Follow-ups that may name a part: "does it hold for both eyes?"."""
_MAY_NAME: dict[acts.Act, frozenset[str]] = {
    **dict.fromkeys(("sure", "meaning", "else", "bet", "overall"), frozenset({"emotion"})),
    **dict.fromkeys(
        ("both", "which_more", "which_less", "agree", "compare", "changed"),
        frozenset({"asymmetry"}),
    ),
    "real": frozenset({"genuineness"}),
    "how_much": frozenset({"age"}),
}
"""What the words of a follow-up ask for by themselves: "which *emotion* is that?"."""
_WORN: frozenset[acts.Act] = frozenset({"glasses", "beard", "hat", "mask", "hidden"})
"""Acts whose words sound like clothes and hair, which no face shows."""


_WHOSE = re.compile(
    r"\b(?:who|whose|which of (?:them|these|the two))\b.*\b(?:more|less|most|least|\w{3,}est)\b",
    re.I,
)
"""A comparison of people, which no follow-up on one of them is."""


def followed(judged: acts.Judged, question: str, context: Context) -> Intent | None:
    """Return a follow-up as a change of the last question; None for a question of its own."""
    if playful.wished(question):
        return None
    allowed = judged.share >= CERTAIN or not refusals.refusal(question)
    likely = judged.share >= CLEAR and allowed
    if likely and (made := supposing.resolve(judged.act, question, context)):
        return made
    if carried_on := carried.resolve(question, context):
        return carried_on
    if judged.act not in acts.FOLLOW_UPS or judged.share < CLEAR:
        return None
    if program.topic(question) or pictures.asks_of_one(question, context):
        return None
    if judged.act == "real" and context.count != 1 and _WHOSE.search(question):
        return None
    if judged.share < CERTAIN and refusals.refusal(question):
        return None
    if _names_its_own(judged, question, context):
        return None
    return follow.resolve(judged.act, question, context)


def _names_its_own(judged: acts.Judged, question: str, context: Context) -> bool:
    """Tell whether a turn names what it is about: a movement, a feeling, a part, somebody."""
    alone = read.parse(question, Context(count=context.count))
    if qualities.named(question) and alone.attributes == ("emotion",):
        return True
    if judged.act == "codes" and alone.ranked:
        return True  # "the strongest action unit" is one of them
    if judged.act == "plain" and alone.expert:
        return True  # "now technically" wishes for the contrary
    of_parts = judged.act in _OF_PARTS and judged.share >= CERTAIN and context.pictures < 2
    placed = persons.find_persons(question).selectors if context.count != 1 else ()
    if context.last and referring.stepped(question, context.last):
        return True
    asked = {*alone.attributes} - _MAY_NAME.get(judged.act, frozenset())
    somebody = {*alone.faces, *placed} - {"all", "others"}
    named = bool(alone.named) and not of_parts
    return bool(asked or alone.emotions or alone.boxes or alone.points or somebody or named)


def instead(heard: Intent, judged: acts.Judged) -> bool:
    """Tell whether a turn is what it is judged to be rather than what the rules made of it."""
    if heard.refusal == "person":  # out of bounds, but nobody can say why
        return judged.act in acts.OPENINGS and judged.share >= CERTAIN
    if judged.act == "group" and heard.attributes == ("emotion",) and not heard.emotions:
        return not (heard.faces or heard.comparison) and judged.share >= CLEAR
    if heard.kind in ("summary", "help"):  # what the rules fall back to
        plain = not (heard.form or heard.expert or heard.parts or heard.about)
        return plain and judged.act in acts.OPENINGS and judged.share >= CERTAIN
    asked_back = heard.by_looks or heard.declined == ("gender",)
    if heard.kind != "outside" or heard.about or heard.foreign or asked_back:
        return False
    if heard.beyond:
        return judged.act in _WORN and judged.share >= CERTAIN
    return judged.share >= LIKELY


def meant(
    heard: Intent,
    judged: acts.Judged,
    question: str,
    context: Context,
    parse: Callable[[str, Context], Intent],
) -> Intent:
    """Return a turn as what it is judged to be: a follow-up, or the plain question it stands for."""
    if judged.act == "nonsense":
        return Intent(kind="outside", cut=heard.cut)
    if judged.act in acts.FOLLOW_UPS and (made := follow.resolve(judged.act, question, context)):
        return made
    if acts.ASKS.get(judged.act, question) == question:  # nothing plainer to ask
        return heard
    asked = parse(acts.ASKS[judged.act], context)
    whom = heard.faces or faces.find_faces(read_text(question).base, context.count)[0]
    if whom or context.count == 1:
        return asked.model_copy(update={"faces": whom}) if whom else asked
    return focus.of_everybody(asked, question)
