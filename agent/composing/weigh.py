"""Several movements or emotions weighed against each other: either or, both, which is stronger."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import capital, joined, levels, unit_name
from focalface.agent.basics.sentence import AGAINST, FOR, Sentence
from focalface.agent.composing.attributes.units import cites, moving
from focalface.agent.understanding import Intent
from focalface.tools.face import facs, wording
from focalface.tools.types import Emotion, EmotionEstimate

LEVEL = 0.05
"""Difference of two intensities below which they count as equal (our choice)."""
CLOSE = 0.15
"""Difference of two probabilities below which two emotions are hard to tell apart (our choice)."""


def weigh(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the answer that chooses; empty where the evidence says nothing of what is weighed."""
    if intent.emotions:
        best = ev.emotion()
        text = _of_emotions(intent.emotions, best[1]) if best else ""
        return [Sentence(text, (best[0].region.id,))] if best and text else []
    codes = [a for a in intent.attributes if a in facs.UNITS]
    if not any(ev.reading(code) for code in codes):
        return []
    if intent.weighing in ("stronger", "weaker") and len(codes) > 1:
        return [_stronger(intent, codes[:2], ev)]
    if intent.weighing == "both":
        return _both(codes, ev, expert)
    return _either([r for code in codes if (r := ev.reading(code))], expert)


def _of_emotions(asked: Sequence[Emotion], estimate: EmotionEstimate) -> str:
    """Tell which of the emotions it is; "" where one alone is asked for and it is that."""
    shares = {label: estimate.probabilities.get(label, 0.0) for label in asked}
    first, *rest = sorted(shares, key=lambda label: -shares[label])
    words = {label: wording.EMOTION_NOUNS[label] for label in shares}
    if estimate.label not in shares:
        phrase = wording.emotion_phrase(estimate)
        if words[first] in phrase:  # told as the second likeliest: "neither" would deny it
            than = f" rather than {words[rest[0]]}" if rest else ""
            best = wording.EMOTION_NOUNS[estimate.label]
            return f"{capital(words[first])}{than}, though {best} fits better."
        neither = ("No", "Neither", "None of these")[min(len(shares), 3) - 1]
        listed = joined(words.values(), "or")
        return f"{neither}: the expression {phrase}, not {listed}."
    if not rest:
        return ""
    if shares[first] - shares[rest[0]] < CLOSE:
        told = f"{words[first]} {shares[first]:.0%}, {words[rest[0]]} {shares[rest[0]]:.0%}"
        return f"Hard to tell apart: {told}."
    return f"{capital(words[first])} rather than {words[rest[0]]}."


def _either(readings: list[UnitReading], expert: bool) -> list[Sentence]:
    """Return those of the movements that show, and those that do not."""
    seen = sorted((r for r in readings if r.visible), key=lambda r: -r.level)
    absent = [r for r in readings if not r.visible]
    quiet = joined((unit_name(r.code, expert) for r in absent), "or")
    if not seen:
        no = ("Not so", "Neither", "None of these")[min(len(readings), 3) - 1]
        return [Sentence(f"{no}: no clear sign of {quiet}.", _ids(readings))]
    lead = "Both: " if len(seen) == len(readings) == 2 else ""
    text = lead + joined(moving(r, expert) for r in seen[:3])
    says = [Sentence(f"{capital(text)}.", _ids(seen[:3]))]
    return [*says, Sentence(f"No clear sign of {quiet}.", _ids(absent))] if absent else says


def _both(codes: Sequence[str], ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell whether all of the units are there."""
    known = [r for code in codes if (r := ev.reading(code))]
    seen, absent = [r for r in known if r.visible], [r for r in known if not r.visible]
    if unknown := [code for code in codes if not ev.reading(code)]:
        verb = "is" if len(unknown) == 1 else "are"
        text = f"I cannot tell: {joined(unknown)} {verb} not assessed there."
        return [
            Sentence(text, ev.ids()),
            *(Sentence(f"{capital(moving(r, expert))}.", cites(r)) for r in seen),
        ]
    if not absent:
        listed = joined(f"{r.code} {levels(r)}" for r in seen)
        return [Sentence(f"Yes, {'both' if len(seen) == 2 else 'all'}: {listed}.", _ids(seen))]
    lacking = joined((r.code for r in absent), "or")
    if not seen:
        none = "neither" if len(absent) == 2 else "none of them"
        return [Sentence(f"No, {none}: no clear sign of {lacking}.", _ids(absent))]
    says = [Sentence(f"Only {joined(f'{r.code}, {levels(r)}' for r in seen)}.", _ids(seen))]
    return [*says, Sentence(f"No clear sign of {lacking}.", _ids(absent))]


def _stronger(intent: Intent, codes: Sequence[str], ev: Evidence) -> Sentence:
    known = [r for code in codes if (r := ev.reading(code))]
    if len(known) < 2:
        lacking = joined(c for c in codes if not ev.reading(c))
        return Sentence(f"I cannot tell: {lacking} is not assessed there.", ev.ids())
    first, second = known
    gap = first.level - second.level
    told = f"{_measured(first)}, {_measured(second)}"
    if abs(gap) < LEVEL:
        return Sentence(f"They are about level: {told}.", _ids(known))
    yes = (gap > 0) == (intent.weighing == "stronger")
    verdict = "Yes" if yes else "The other way round"
    faint = "" if first.visible or second.visible else ", though neither shows clearly"
    return Sentence(f"{verdict}{faint}: {told}.", _ids(known))


def _measured(reading: UnitReading) -> str:
    """Return a unit with its strength; a faint one says that it is."""
    faint = "" if reading.visible else "at most a trace, "
    return f"{reading.code} {faint}{levels(reading)}"


def _ids(readings: Sequence[UnitReading]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for r in readings for i in cites(r)))


def denial(said: Sentence) -> Sentence:
    """Return the first sentence of an answer to "he isn't angry, right?": right, or not so."""
    if said.verdict in FOR:
        return replace(said, verdict="contrary")
    agrees = said.verdict in AGAINST or said.text.startswith(_NONE)
    return replace(said, verdict="right") if agrees else said


_NONE = ("None ", "There is no ", "No ", "I see no ")
"""Beginnings of sentences on several things, of which none shows."""


def felt(ev: Evidence) -> Sentence:
    """That a face does not show whether a feeling is felt or put on."""
    return Sentence("Whether it is felt or put on, a face alone does not show.", ev.ids()[:1])
