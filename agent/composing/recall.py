"""What is told of the answer before: its evidence, its muscles, its place in the picture. Pure."""

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import (
    capital,
    joined,
    listed_places,
    noun,
    region_phrase,
)
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing import doubts, reasons, suppose
from focalface.agent.composing.attributes import suggests
from focalface.agent.composing.attributes.fits import best_with
from focalface.agent.composing.attributes.units import cites, judged, moving
from focalface.agent.composing.bearing import (
    MOST,
    readings_for,
    readings_of,
    whole,
)
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs
from focalface.tools.face.regions import UNIONS
from focalface.tools.types import RegionDescription


def recalled(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what a question about the last answer asks for, of one face."""
    if not ev.found:
        return [Sentence("There is no answer yet that I could explain; ask about a face first.")]
    by_kind = {
        "evidence": reasons.why,
        "against": doubts.against,
        "why not": why_not,
        "doubt": doubts.doubt,
        "convince": doubts.convince,
        "sureness": doubts.sureness,
        "show": show,
        "both": both,
        "muscle": muscle,
        "strongest": strongest,
        "suppose": suppose.told,
        "combine": suppose.combined,
    }
    return by_kind[intent.recall or "evidence"](intent, ev, expert)


def why_not(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what is missing for an emotion or a movement that was not named, and what speaks
    against."""
    if not intent.emotions:
        known = readings_for(intent.attributes, ev)
        return [judged(r, ev, expert, numbers=False) for r in known] or _unread(ev)
    best = ev.emotion()
    told = best[1].label if best else None
    label = next((e for e in intent.emotions if e != told), intent.emotions[0])
    fits = next((s for s in combinations.suggestions(ev.levels()) if s.emotion == label), None)
    if best is None or fits is None:
        return _unread(ev)
    where = best[0]
    if (rival := ev.rival()) and rival.emotion == label:
        told, p = best[1].label, best[1].probabilities
        text = f"As a whole the face reads {told} {p[told]:.0%}, {label} {p[label]:.0%}."
        return [best_with(rival, where, ev), Sentence(text, (where.region.id,))]
    says = reasons.lacking(label, ev)
    if odd := readings_for(fits.against, ev):
        ids = tuple(i for r in odd for i in cites(r))
        verb = "does" if len(odd) == 1 else "do"
        what = joined(noun(r.code) for r in odd[:MOST])
        says.append(Sentence(f"{capital(what)} {verb} not go with it.", ids))
    share = best[1].probabilities.get(label, 0.0)
    text = f"{capital(whole(where))} {suggests(*best, ev)}; {label} {share:.0%}."
    return [*says, Sentence(text, (where.region.id,))]


def _unread(ev: Evidence) -> list[Sentence]:
    return [Sentence("I could not judge that here.", ev.ids())]


def muscle(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the muscles that move what shows, by their anatomical names."""
    seen = [r for r in readings_of(intent, ev) if r.visible and r.code in facs.UNITS]
    if not seen:
        return [Sentence("No movement shows there clearly, so no muscle stands out.", ev.ids())]
    return [
        Sentence(
            f"{capital(noun(r.code))} ({r.code}): {joined(facs.UNITS[r.code].muscles)}.", cites(r)
        )
        for r in seen[:MOST]
    ]


def strongest(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the strongest of the movements that the last answer is about, and the next one."""
    seen = [r for r in readings_of(intent, ev) if r.visible]
    if not seen:
        return [Sentence("No movement shows there clearly, so none is the strongest.", ev.ids())]
    first, *rest = seen
    if intent.form == "word":
        return [Sentence(f"{capital(noun(first.code))}.", cites(first))]
    says = [Sentence(f"{capital(noun(first.code))}: {moving(first, expert)}.", cites(first))]
    if rest:
        says.append(Sentence(f"After that, {moving(rest[0], expert)}.", cites(rest[0])))
    return says


def both(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell whether what was told of a pair holds for both of it."""
    seen = [r for r in readings_of(intent, ev) if r.visible and "both" not in r.sides]
    if not seen:
        return [
            Sentence(
                f"no clear movement shows at {listed_places(ev.found)}.", ev.ids(), verdict="no"
            )
        ]
    alone = [r for r in seen if min(r.sides.values()) < facs.PRESENT]
    ids = tuple(dict.fromkeys(i for r in seen[:MOST] for i in cites(r)))
    text = f"{joined(moving(r, expert) for r in seen[:MOST])}."
    return [Sentence(text, ids, verdict="" if alone else "yes")]


def show(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell where in the picture the regions are that the last answer speaks of."""
    parts = [d for d in ev if d.region.name not in UNIONS] or list(ev)
    says = []
    for one in parts[:MOST]:
        text = f"{capital(region_phrase(one))} is {_place(one, ev)}."
        says.append(Sentence(text, (one.region.id,)))
    return says


def _place(one: RegionDescription, ev: Evidence) -> str:
    """``in the upper left``, ``in the middle``, by the centre of a region in its picture."""
    x, y = one.region.box.center
    column = ("left", "", "right")[min(2, int(3 * x / max(ev.scene.width, 1)))]
    row = ("upper", "", "lower")[min(2, int(3 * y / max(ev.scene.height, 1)))]
    place = (
        f"in the {row} {column or 'middle'}".replace("  ", " ")
        if column or row
        else "in the middle"
    )
    face = next(f for f in ev.scene.faces if f.id == one.region.face_id)
    if one.region.side == "both":
        return f"{place} of the picture"
    seen = "right" if x > face.box.center[0] else "left"
    return f"{place} of the picture, to the {seen} as you look at it"
