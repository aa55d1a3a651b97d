"""Which of the words that a question offers it is: "Smooth: the bridge is not creased". Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import (
    capital,
    close_call,
    joined,
    noun,
    places_of,
)
from focalface.agent.basics.sentence import AGAINST, FOR, Sentence, lowered
from focalface.agent.composing.attributes.feelings import emotion
from focalface.agent.composing.attributes.signs import OPPOSITES
from focalface.agent.composing.attributes.units import MUCH, VERY_MUCH, cited, moving, read
from focalface.agent.composing.bearing import readings_of, units_fitting
from focalface.agent.understanding import Intent
from focalface.agent.understanding.qualities import GOES_WITH, QUALITIES
from focalface.tools.face.movements import denial

_TOLD = 2
"""Movements that an answer names for a word."""
_BROWS = frozenset({"AU1", "AU2", "AU4"})
"""Units that move the brows and crease the forehead."""
_NONE = frozenset({"neither", "none", "nothing", "not"})
"""Words of a choice that stand for none of the others."""


def chosen(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the answer that begins with one of the words offered; empty where nobody can tell."""
    if intent.weighing == "degree":
        return _degree(intent, ev, expert)
    if intent.weighing == "qualities":
        return _quality(intent, ev)
    return _movement(intent, ev, expert)


def _movement(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Choose the word whose units show; the word for rest where none does."""
    known = {w: [r for c in codes if (r := read(c, ev))] for w, codes in intent.options if codes}
    judged = [r for found in known.values() for r in found]
    if not judged:
        return []
    shown = {w: sorted((r for r in found if r.visible), key=lambda r: -r.level)
             for w, found in known.items()}  # fmt: skip
    seen = sorted((w for w in shown if shown[w]), key=lambda w: -shown[w][0].level)
    if not seen and "AU25" in {r.code for r in judged}:
        return []  # lips that are not parted are no lips at rest
    if not seen:
        return [_at_rest(intent, known)]
    if len(seen) == len(shown) == 2:
        told = [shown[word][0] for word in seen]
        return [_says("both", told, expert)]
    return [_says(seen[0], shown[seen[0]][:_TOLD], expert)]


def _says(word: str, told: Sequence[UnitReading], expert: bool) -> Sentence:
    """Return what moves, after the word for it, unless that is among the words."""
    text = joined(moving(r, expert) for r in told)
    text = capital(text) if word in {*text.split()} - {"both"} else f"{capital(word)}: {text}"
    return Sentence(f"{text}.", cited(told))


def _at_rest(intent: Intent, known: dict[str, list[UnitReading]]) -> Sentence:
    """Return the word for rest, and that nothing moves; a hint of something is told as that."""
    rest = next((word for word, codes in intent.options if not codes), "neither")
    judged = [r for found in known.values() for r in found]
    word = "neither" if rest in _NONE else rest
    if rest == "not" and len(known) == 1:
        word = f"not {next(iter(known))}"
    if near := [r for r in judged if close_call(r.level)]:
        word = f"rather {word}" if word != "neither" else word
        text = f"{capital(word)}: there is at most a hint of {joined(noun(r.code) for r in near)}."
        return Sentence(text, cited(judged))
    first = [found[0] for found in known.values() if found]
    denied = joined(dict.fromkeys(denial(r.code, places_of(r.region)) for r in first))
    if {r.code for r in judged} <= _BROWS:
        denied = "the brows are neither raised nor drawn together"
    elif len(judged) > len(first):
        denied = f"no clear sign of {joined((noun(r.code) for r in judged), 'or')}"
    return Sentence(f"{capital(word)}: {denied}.", cited(judged))


def _degree(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Choose between much and little by the strongest movement that is asked about."""
    known = readings_of(intent, ev)
    readings = [r for r in known if r.visible]
    if "emotion" in intent.attributes and (best := ev.emotion()):
        fitting = units_fitting(best[1].label, ev)
        readings = [r for r in readings if r.code in fitting]
    if not readings:
        denied = [denial(r.code, places_of(r.region)) for r in known[:1]]
        return [Sentence(f"Neither: {text}.", cited(known[:1])) for text in denied]
    (much, _), (little, _) = intent.options
    first = max(readings, key=lambda r: r.level)
    word = much if first.level >= VERY_MUCH else f"rather {much}"
    return [_says(word if first.level >= MUCH else little, [first], expert)]


def _quality(intent: Intent, ev: Evidence) -> list[Sentence]:
    """Choose between two qualities by the emotions that each goes with: "serious or friendly?"."""
    best = ev.emotion()
    if best is None:
        return []
    where, estimate = best
    shares = {
        word: sum(estimate.probabilities.get(e, 0.0) for e in GOES_WITH[QUALITIES[word]])
        for word, _ in intent.options
    }
    first, second = sorted(shares, key=lambda word: -shares[word])
    head = emotion(ev, expert=False, numbers=False)[:1]
    return [Sentence(f"Rather {first} than {second}.", (where.region.id,)), *head]


def even_or_not(intent: Intent, says: list[Sentence], more: str | None) -> list[Sentence]:
    """Return a comparison of sides that begins with the word for uneven or for even; ``more``: the
    side that shows more, "" for neither."""
    if more is None or not says:
        return says
    (uneven, _), (even, _) = intent.options
    text = f"{capital(uneven if more else even)}: {lowered(says[0].text)}"
    return [replace(says[0], text=text), *says[1:]]


def taken_up(intent: Intent, says: list[Sentence]) -> list[Sentence]:
    """Return an answer of yes or no as one that begins with the word that is chosen by it."""
    told = next((s for s in says if s.verdict in FOR | AGAINST), None)
    words = [word for word, _ in intent.options]
    if intent.weighing == "opposites" and not words:
        words = next(([*OPPOSITES[a]] for a in intent.attributes if a in OPPOSITES), [])
    if told is None or len(words) != 2 or intent.weighing in ("degree", "qualities"):
        return says
    there, absent = words
    word = absent if told.verdict in AGAINST else there
    unsure = told.verdict in ("possibly", "probably", "rather not")
    lead = f"rather {word}" if unsure or intent.weighing == "opposites" else word
    text = told.text.removeprefix("I see ") if told.verdict in AGAINST else told.text
    text = text.rstrip(".")
    text = text if word in text.split() else f"{capital(lead)}: {lowered(text)}"
    said = replace(told, text=f"{text}.", verdict="", about=())
    return [said, *(s for s in says if s.caveat)]
