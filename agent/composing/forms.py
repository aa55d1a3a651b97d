"""How long an answer is and in which form it is told: short by default, a word, a table. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.answer import Table
from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital, joined, levels, noun
from focalface.agent.basics.scene import SMALL_GROUP
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing import doubts, parts, rank
from focalface.agent.composing.attributes import suggests
from focalface.agent.composing.bearing import ranked, readings_of, whole
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs, wording
from focalface.tools.proposing import region_selection

USUAL = 3
"""Sentences of an answer on one face; "more detail" gives the rest."""


def trimmed(says: Sequence[Sentence], intent: Intent) -> list[Sentence]:
    """Return the sentences that the form of the answer allows."""
    if intent.form == "short":
        return list(says[:1])
    return list(says) if intent.form == "long" or intent.expert else list(says[:USUAL])


def word(intent: Intent, ev: Evidence, says: Sequence[Sentence]) -> list[Sentence]:
    """Return one word on one face, where the question has one; else the first sentence."""
    if "emotion" in intent.attributes and (best := ev.emotion()):
        where, estimate = best
        if intent.polar and len(intent.emotions) == 1 and not intent.weighing:
            text = "Yes" if wording.mood(estimate) in intent.emotions else "No"
        else:
            moved = ev.rival() or ev.in_part()
            text = capital(moved.emotion if moved else wording.mood(estimate))
        return [Sentence(f"{text}.", (where.region.id,))]
    if "age" in intent.attributes and (age := ev.age()):
        return [Sentence(f"{age[1].years:.0f}.", (age[0].region.id,))]
    codes = [a for a in intent.attributes if a in facs.UNITS]
    if codes and (reading := ev.reading(codes[0])):
        text = "Yes" if reading.visible else "No"
        return [Sentence(f"{text}.", tuple(reading.region_id.split(",")))]
    return list(says[:1])


def guess(intent: Intent, ev: Evidence, says: Sequence[Sentence]) -> list[Sentence]:
    """Return the likeliest emotion as the guess that it is, and what would go with it of movements
    that cannot be seen; the sentences where no emotion was read."""
    best = ev.emotion()
    if best is None:
        return list(says[:1])
    where, estimate = best
    moved = ev.rival() or ev.in_part()
    label = moved.emotion if moved else estimate.label
    ground = "by the movements that show" if moved else f"{estimate.probabilities[label]:.0%}"
    if wording.is_mixed(estimate) and not moved:
        ground += f", though {wording.NO_SINGLE} is likelier"
    text = f"A guess: {wording.EMOTION_NOUNS[label]} ({ground})"
    unread = [a for a in intent.attributes if a in facs.UNITS and not ev.reading(a)]
    if going := [code for code in unread if code in combinations.units_of(label)]:
        text += f", with which {joined(noun(code) for code in going)} would go"
    return [Sentence(f"{text}.", (where.region.id,))]


def of_ten(intent: Intent, ev: Evidence, says: Sequence[Sentence]) -> list[Sentence]:
    """Return a figure from 0 to 10, with the scale that it comes from; the sentences where none
    is."""
    end = intent.scale
    if end == A_HUNDRED and intent.attributes == ("emotion",) and not intent.emotions:
        return percentages(ev) or list(says)
    if "emotion" in intent.attributes and (best := ev.emotion()):
        where, estimate = best
        label = intent.emotions[0] if intent.emotions else estimate.label
        share = estimate.probabilities.get(label, 0.0)
        word = capital(wording.EMOTION_NOUNS[label])
        source = f"from a probability of {share:.0%}, so not a strength"
        text = f"{word}: {end * share:.0f} of {end}, {source}."
        told = f"{capital(whole(where))} {suggests(where, estimate, ev)}."
        both = [text, told] if label != estimate.label else [text]
        return [Sentence(said, (where.region.id,)) for said in both]
    if "pain" in intent.attributes and (score := combinations.pspi(ev.levels()).score) is not None:
        text = f"Signs of pain: {end * score / 16:.0f} of {end}, from a PSPI of {score:.1f} of 16."
        return [Sentence(text, ev.ids())]
    codes = [a for a in region_selection.units_for(intent.attributes) if ev.reading(a)]
    readings = sorted((r for c in codes if (r := ev.reading(c))), key=lambda r: -r.level)
    if not readings:
        return list(says)
    if len(named := [r for r in readings if r.code in intent.attributes]) > 1:
        told = joined(f"{r.code} {end * r.level:.0f} of {end}" for r in named)
        ids = tuple(dict.fromkeys(i for r in named for i in r.region_id.split(",")))
        return [Sentence(f"{told}, from intensities on 0 to 1.", ids)]
    first = readings[0]
    source = f"from an intensity of {first.level:.2f} on 0 to 1"
    text = f"{capital(noun(first.code))}: {end * first.level:.0f} of {end}, {source}."
    return [Sentence(text, tuple(first.region_id.split(",")))]


def percentages(ev: Evidence) -> list[Sentence]:
    """Return the share of every emotion in percent, the likeliest first; empty where none was
    read."""
    best = ev.emotion()
    if best is None:
        return []
    told = [f"{label} {share:.0%}" for label, share in ranked(best[1]) if share >= A_PERCENT]
    says = [Sentence(f"{capital(', '.join(told))}.", (best[0].region.id,))]
    return [doubts.mixed(*best), *says] if wording.is_mixed(best[1]) else says


A_HUNDRED = 100
"""End of the scale on which shares are given in percent."""
A_PERCENT = 0.005
"""Share that is rounded to a percent."""
MOST_FIGURES = 3
"""Movements whose figures are added to an answer."""


def in_figures(says: Sequence[Sentence], intent: Intent, ev: Evidence) -> list[Sentence]:
    """Return an answer for which figures are wanted with those behind it, unless it has some."""
    bare = intent.attributes == ("emotion",) and not (intent.emotions or intent.recall)
    if bare and (shares := percentages(ev)):
        return shares
    if any(char.isdigit() for say in says for char in say.text):
        return list(says)
    found = [r for r in readings_of(intent, ev) if r.visible][:MOST_FIGURES]
    if not found:
        return list(says)
    told = joined(f"{noun(r.code).removeprefix('a ')} {levels(r)}" for r in found)
    ids = tuple(dict.fromkeys(i for r in found for i in r.region_id.split(",")))
    return [*says[:1], Sentence(f"{capital(told)}, on 0 to 1.", ids)]


def from_left(table: Table, called: Sequence[tuple[str, Evidence]]) -> Sentence | None:
    """Return one thing told of a few faces in one sentence, from left to right; None for many or
    for one, in rows, or where several things are told."""
    scene = called[0][1].scene if called else None
    few = 1 < len(called) <= SMALL_GROUP and len(table.columns) == 2
    if scene is None or not few or len(scene.rows()) > 1:
        return None
    cells = {row[0]: row[1] for row in table.rows}
    order = [scene.called(face.id).removeprefix("the ") for face in scene.by_position()]
    told = [cells[name] for name in order if name in cells]
    if len(told) < len(called):
        return None
    ids = tuple(i for _, ev in called for i in ev.ids())
    return Sentence(f"From left to right: {'; '.join(told)}.", ids)


def table(intent: Intent, called: Sequence[tuple[str, Evidence]], expert: bool) -> Table | None:
    """Return the last answer as a table: face by face, or region by region."""
    if len(called) > 1:
        return rank.faces(intent, called, expert)[1]
    return parts.regions(intent, called[0][1], expert)[1] if called else None
