"""Of two faces or two pictures: of which a reading is surer, and which shows what. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.phrasing import capital
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.together import Pair
from focalface.agent.understanding import Intent
from focalface.tools.face.wording import EMOTION_NOUNS

LEVEL = 0.05
"""Difference of probability below which neither is surer (our choice)."""
LEAST = 0.3
"""Probability below which an emotion that was assigned is far from clear (our choice)."""
SAME_WIDTH = 3
"""The same in years of an 80 % interval."""


def told(intent: Intent, pair: Pair) -> list[Sentence]:
    """Return of which of two faces the reading is surer, or which of them shows which emotion."""
    if intent.weighing == "assign":
        return _assigned(intent, pair)
    return _surer_age(pair) if intent.attributes == ("age",) else _surer_mood(pair)


def _surer_mood(pair: Pair) -> list[Sentence]:
    known = [(name, found) for name, ev in pair if (found := ev.emotion())]
    if len(known) < 2:
        return _only_one(known)
    cells = [(felt.probabilities[felt.label], name, felt.label) for name, (_, felt) in known]
    ids = tuple(where.region.id for _, (where, _) in known)
    (first, name, here), (second, other, there) = sorted(cells, reverse=True)
    if first - second < LEVEL:
        text = (
            f"About equally sure: {here} {first:.0%} for {name}, {there} {second:.0%} for {other}."
        )
    else:
        shares = f"{here} is {first:.0%} likely there, {there} {second:.0%} on the other"
        text = f"Surer of {name}: {shares}."
    return [Sentence(text, ids)]


def _surer_age(pair: Pair) -> list[Sentence]:
    known = [(name, found) for name, ev in pair if (found := ev.age())]
    if len(known) < 2:
        return _only_one(known)
    cells = sorted(
        (age.high - age.low, name, f"{age.low:.0f} to {age.high:.0f}") for name, (_, age) in known
    )
    ids = tuple(where.region.id for _, (where, _) in known)
    (narrow, name, one), (wide, other, another) = cells
    if wide - narrow < SAME_WIDTH:
        return [Sentence(f"About equally sure: {one} for {name}, {another} for {other}.", ids)]
    return [Sentence(f"Surer of {name}: {one} years, {another} for the other.", ids)]


def _only_one(known: Sequence[tuple[str, object]]) -> list[Sentence]:
    text = f"Only {known[0][0]} could be judged." if known else "Neither could be judged."
    return [Sentence(capital(text))]


def _assigned(intent: Intent, pair: Pair) -> list[Sentence]:
    """Return which of two faces shows which of two emotions, by what both ways are likely."""
    known = [(name, found) for name, ev in pair if (found := ev.emotion())]
    if len(known) < 2:
        return _only_one(known)
    (one, (here, first)), (other, (there, second)) = known
    a, b = intent.emotions
    straight = first.probabilities.get(a, 0.0) * second.probabilities.get(b, 0.0)
    crossed = first.probabilities.get(b, 0.0) * second.probabilities.get(a, 0.0)
    left, right = (a, b) if straight >= crossed else (b, a)
    text = f"{EMOTION_NOUNS[left]} is rather {one}, {EMOTION_NOUNS[right]} {other}"
    low = min(first.probabilities.get(left, 0.0), second.probabilities.get(right, 0.0))
    text += ", though one of them is far from clear." if low < LEAST else "."
    return [Sentence(capital(text), (here.region.id, there.region.id))]
