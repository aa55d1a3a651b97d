"""Faces in the order of what was asked for: "rank them by how much they smile". Pure."""

from collections.abc import Sequence

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital, joined, noun
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes import SIGNS
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs, wording
from focalface.tools.proposing import region_selection

OPENING = frozenset({"AU25", "AU26", "AU27"})
"""Units that open a mouth."""
_MOST = 6
"""Faces that a sentence lists; of more it tells the first ones, and the table has all."""
_FIRST = 4
_NTH = ("", "first", "second", "third", "fourth", "fifth", "sixth")
NO_DIFFERENCE = 0.1
"""Difference of intensities or probabilities below which two faces count as equal (our choice)."""
ALIKE = 0.03
"""Difference below which what is measured does not decide who comes first (our choice)."""
UNREAD = -1.0
"""Value of a face on which nothing of what was asked for could be judged."""


def told(
    intent: Intent, each: Sequence[tuple[str, Evidence]], codes: Sequence[str]
) -> list[Sentence]:
    """Return all faces in order, most first or least first, each with its figure in a word."""
    judged = standing(intent, codes, each)
    if len(judged) < 2:
        return []
    shown = judged if len(judged) <= _MOST else judged[:_FIRST]
    values = [v for v, _, _ in judged]
    even = values == sorted(values, reverse=not intent.least)  # else something else decided
    listed = [f"{name}{_figure(intent, codes, v) if even else ''}" for v, name, _ in shown]
    rest = f"; then {len(judged) - len(shown)} more" if len(judged) > len(shown) else ""
    text = f"{_what(intent, codes)}: {'; '.join(listed)}{rest}."
    read = {name for _, name, _ in judged}
    unread = [name for name, _ in each if name not in read]
    more = f" {capital(joined(unread))} could not be judged." if 0 < len(unread) <= 3 else ""
    return [Sentence(text + more, tuple(i for _, _, ev in judged for i in ev.ids()))]


def place(
    intent: Intent, each: Sequence[tuple[str, Evidence]], codes: Sequence[str]
) -> list[Sentence]:
    """Return who comes second, or third, in the order of what was asked for."""
    judged = standing(intent, codes, each)
    if not judged:
        return []
    ids = tuple(i for _, _, ev in judged for i in ev.ids())
    if len(judged) < intent.nth:
        many = "1 face" if len(judged) == 1 else f"{len(judged)} faces"
        return [Sentence(f"There is no {_NTH[intent.nth]}: only {many} could be judged.", ids)]
    amount, name, _ = judged[intent.nth - 1]
    figure = _figure(intent, codes, amount).removeprefix(", ")
    after = joined(name for _, name, _ in judged[: intent.nth - 1])
    told, nth = f" ({figure})" if figure else "", _NTH[intent.nth]
    before, other, _ = judged[intent.nth - 2]
    after = f"about level with {other}" if abs(before - amount) < ALIKE else f"after {after}"
    comes = f"is {nth} from the end" if intent.least else f"comes {nth}"
    if intent.attributes == ("age",):
        comes = f"is the {nth} {'youngest' if intent.least else 'oldest'}"
    return [Sentence(f"{capital(name)} {comes}{told}, {after}.", ids)]


def standing(
    intent: Intent, codes: Sequence[str], each: Sequence[tuple[str, Evidence]]
) -> list[tuple[float, str, Evidence]]:
    """Return the faces that could be judged in the order of what was asked for, with its value.

    Those whose values are about equal go by what decides then: how broad a smile is, how strong
    the movements of an emotion are.
    """
    known = [(value(intent, codes, ev), name, ev) for name, ev in each]
    way = 1 if intent.least else -1
    left = sorted((one for one in known if one[0] > UNREAD), key=lambda one: way * one[0])
    ordered: list[tuple[float, str, Evidence]] = []
    room = ALIKE if codes else NO_DIFFERENCE
    while left:
        near = [one for one in left if abs(one[0] - left[0][0]) < room]
        ahead = len(near) < 2 or abs(near[1][0] - near[0][0]) >= ALIKE
        level = left[:1] if ahead else _decided(intent, codes, near)
        ordered += level
        left = left[len(level) :]
    return ordered


def _decided(
    intent: Intent, codes: Sequence[str], level: list[tuple[float, str, Evidence]]
) -> list[tuple[float, str, Evidence]]:
    """Return faces that are level in the order of what decides between them, if anything does."""
    if codes[:1] == ("AU12",):
        second = {name: smile(ev) for _, name, ev in level}
    elif intent.emotions and not codes:
        second = {
            name: one.strength
            for _, name, ev in level
            for one in combinations.suggestions(ev.levels())
            if one.emotion == intent.emotions[0]
        }
    else:
        return level
    if len(second) < len(level):
        return level
    way = 1 if intent.least else -1
    return sorted(level, key=lambda one: way * second[one[1]])


def value(intent: Intent, codes: Sequence[str], ev: Evidence) -> float:
    """Return how much a face shows of what was asked for; ``UNREAD`` where nobody can tell."""
    if "mouth_openness" in intent.attributes:
        return opening(ev) if ev.levels().keys() & OPENING else UNREAD
    if topic := _signs(intent):
        read = [r for code in region_selection.UNITS_OF[topic] if (r := ev.reading(code))]
        return max((r.level for r in read), default=UNREAD)
    if codes:
        return reading.level if (reading := ev.reading(codes[0])) else UNREAD
    if intent.emotions:
        feel = ev.emotion()
        return feel[1].probabilities.get(intent.emotions[0], 0.0) if feel else UNREAD
    return age[1].years if (age := ev.age()) else UNREAD


def _signs(intent: Intent) -> str:
    """Return the topic that several movements tell of: tension, tiredness, pain; "" for others."""
    return next((a for a in intent.attributes if a in SIGNS), "")


def opening(ev: Evidence) -> float:
    """Return how far a mouth is open, 0 to 2: a jaw that drops counts beside lips that part."""
    levels = ev.levels()
    return levels.get("AU25", 0.0) + max(levels.get("AU26", 0.0), levels.get("AU27", 0.0))


def smile(ev: Evidence) -> float:
    """Return how broad a smile is, 0 to 3: its corners, raised cheeks, and lips that part."""
    levels = ev.levels()
    return sum(levels.get(code, 0.0) for code in ("AU12", "AU6", "AU25"))


def _what(intent: Intent, codes: Sequence[str]) -> str:
    """Return what the order is of: ``Smile, from most to least``."""
    way = "from least to most" if intent.least else "from most to least"
    if "mouth_openness" in intent.attributes:
        return f"Opening of the mouth, {way}"
    if topic := _signs(intent):
        return f"Signs of {SIGNS[topic]}, {way}"
    if codes:
        return f"{capital(noun(codes[0]).removeprefix('a '))}, {way}"
    if intent.emotions:
        return f"{capital(wording.EMOTION_NOUNS[intent.emotions[0]])}, {way}"
    return "From youngest to oldest" if intent.least else "From oldest to youngest"


def _figure(intent: Intent, codes: Sequence[str], amount: float) -> str:
    if "mouth_openness" in intent.attributes or _signs(intent):
        return ""
    if codes:
        return f", {facs.strength(amount)}"
    return f", {amount:.0%}" if intent.emotions else f", about {amount:.0f}"
