"""Parts of one face held against each other: movement, emotion, age. Pure."""

from collections.abc import Callable
from dataclasses import replace

from focalface.agent.basics.answer import Table
from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import (
    capital,
    joined,
    listed_places,
    movement_clauses,
    place_of,
    region_phrase,
    spoken,
)
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes.fits import FITS
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs, wording
from focalface.tools.types import AgeEstimate, Emotion, EmotionEstimate, RegionDescription

TOLD = 0.5
"""Probability from which a region is taken to suggest its first emotion."""


def regions(intent: Intent, ev: Evidence, expert: bool) -> tuple[list[Sentence], Table | None]:
    """Region against region: movements, emotion, age, or those of them that were asked for."""
    topics: list[tuple[str, str, Callable[[RegionDescription], str]]] = [
        ("movement", "", lambda d: _moves(d, expert)),
        ("suggests", "emotion", lambda d: wording.mood(d.emotion) if d.emotion else "not judged"),
        ("age", "age", lambda d: _years(d.age, expert)),
    ]
    asked = {"emotion", "age"} & {*intent.attributes}
    told = [(name, cell) for name, topic, cell in topics if not asked or topic in asked]
    rows = [(spoken(d.region.name), *(cell(d) for _, cell in told)) for d in ev]
    columns = ("region", *(name for name, _ in told))
    table = Table(title="Region by region", columns=columns, rows=tuple(rows))
    says: list[Sentence] = []
    if "age" in asked:
        says += _ages(ev)
    if asked != {"age"}:
        says += _feelings(intent, ev)
    return says, table


def _moves(one: RegionDescription, expert: bool) -> str:
    if not one.action_units:
        return "not judged"
    return "; ".join(movement_clauses([one], expert)) or "at rest"


def _years(age: AgeEstimate | None, expert: bool) -> str:
    if age is None:
        return "not judged"
    if expert:
        return f"{age.years:.0f} ({age.low:.0f} to {age.high:.0f})"
    return "unclear" if wording.is_vague(age) else f"{age.years:.0f}"


def _ages(ev: Evidence) -> list[Sentence]:
    known = sorted((d for d in ev if d.age), key=lambda d: -d.age.years if d.age else 0)
    if len(known) < 2:
        return []
    old, young = known[0], known[-1]
    assert old.age and young.age
    ids = (old.region.id, young.region.id)
    vague = [d for d in known if d.age and wording.is_vague(d.age)]
    if vague:
        show = "shows" if len(vague) == 1 else "show"
        why = f"{listed_places(vague)} alone hardly {show} an age"
        text = f"I cannot tell which looks older: {why}."
        return [Sentence(text, tuple(d.region.id for d in vague))]
    if old.age.years - young.age.years < 4:
        return [
            Sentence(f"They look about the same age, around {old.age.years:.0f} years.", ids[:1])
        ]
    text = (
        f"{capital(region_phrase(old))} looks older, about {old.age.years:.0f} years, "
        f"than {region_phrase(young)}, about {young.age.years:.0f}; the intervals "
        f"{'overlap' if young.age.high >= old.age.low else 'do not overlap'}."
    )
    return [Sentence(text, ids)]


def _feelings(intent: Intent, ev: Evidence) -> list[Sentence]:
    """Return whether parts suggest the same, by what each is read as, else by what moves there."""
    agree, says = _read_as(ev)
    if agree is None:
        agree, says = _moving_as(ev) or (agree, says)
    if agree is None or not intent.polar:
        return says
    return [replace(says[0], verdict="yes" if agree else "no"), *says[1:]]


def _read_as(ev: Evidence) -> tuple[bool | None, list[Sentence]]:
    """Return whether parts are read to suggest the same, None where they are not all read so."""
    known = [d for d in ev if d.emotion]
    feelings = [d.emotion for d in known if d.emotion]
    told = [e.label for e in feelings if e.probabilities[e.label] >= TOLD]
    ids = tuple(d.region.id for d in known)
    if len(set(told)) == 1 and len(told) == len(known) > 1:
        same = wording.EMOTION_NOUNS[told[0]]
        return True, [Sentence(f"They agree: {listed_places(known)} suggest {same}.", ids)]
    each = [
        Sentence(f"{capital(_suggests_or_moves(d, d.emotion))}.", (d.region.id,))
        for d in known[:4]
        if d.emotion
    ]
    if len(set(told)) > 1:
        return False, [Sentence("They do not agree.", ids), *each]
    return None, each


def _moving_as(ev: Evidence) -> tuple[bool, list[Sentence]] | None:
    """Return whether the movements of two parts go with one emotion; None for more or fewer parts,
    or where one of them goes with none."""
    fits: dict[str, dict[Emotion, float]] = {}
    for part in dict.fromkeys(facs.unsided(d.region.name) for d in ev):
        alone = Evidence(ev.scene, tuple(d for d in ev if facs.unsided(d.region.name) == part))
        found = combinations.suggestions(alone.levels())
        fits[part] = {s.emotion: s.strength for s in found if s.seen and s.strength >= FITS}
    if len(fits) != 2 or not all(fits.values()):
        return None
    (one, first), (other, second) = fits.items()
    if common := first.keys() & second.keys():
        word = wording.EMOTION_NOUNS[max(common, key=lambda label: first[label] + second[label])]
        text = f"They agree: {place_of(one)} and {place_of(other)} both go with {word}."
        return True, [Sentence(text, ev.ids())]
    each = [
        f"{place_of(part)} {'go' if part in facs.SIDED_REGIONS else 'goes'} best with "
        f"{wording.EMOTION_NOUNS[max(strengths, key=lambda label: strengths[label])]}"
        for part, strengths in fits.items()
    ]
    return False, [Sentence(f"They do not agree: {joined(each)}.", ev.ids())]


def _suggests_or_moves(one: RegionDescription, feel: EmotionEstimate) -> str:
    """Return what a region suggests where it is clear, else what moves there."""
    if feel.probabilities[feel.label] >= TOLD:
        return f"{region_phrase(one)} {wording.emotion_phrase(feel)}"
    return "; ".join(movement_clauses([one], False)[:2]) or f"{region_phrase(one)} is at rest"
