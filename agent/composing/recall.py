"""What is told of the answer before: its evidence, its muscles, its place in the picture. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import (
    capital,
    close_call,
    joined,
    listed_places,
    noun,
    region_phrase,
    seen_at,
)
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing import doubts
from focalface.agent.composing.attributes import appearance, covers, suggests
from focalface.agent.composing.attributes.fits import best_with
from focalface.agent.composing.attributes.units import MUCH, cites, judged, moving
from focalface.agent.composing.bearing import (
    MOST,
    emotion_of,
    ranked,
    readings_for,
    readings_of,
    units_fitting,
    whole,
)
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs, wording
from focalface.tools.face.hiding import HIDDEN
from focalface.tools.face.regions import UNIONS
from focalface.tools.types import Emotion, EmotionEstimate, RegionDescription

LIKELY = 0.25
"""Probability from which an emotion may be what is shown."""


def recalled(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what a question about the last answer asks for, of one face."""
    if not ev.found:
        return [Sentence("There is no answer yet that I could explain; ask about a face first.")]
    by_kind = {
        "evidence": evidence,
        "against": doubts.against,
        "why not": why_not,
        "doubt": doubts.doubt,
        "convince": doubts.convince,
        "sureness": doubts.sureness,
        "show": show,
        "both": both,
        "muscle": muscle,
        "strongest": strongest,
    }
    return by_kind[intent.recall or "evidence"](intent, ev, expert)


def evidence(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the region that tells most, what moves there, and what goes with it."""
    if looks := [a for a in intent.attributes if a in appearance.TOPICS]:
        return _of_looks(looks, ev)
    if {*intent.attributes} == {"age"}:
        return _nothing_moves(intent, ev)  # no movement tells an age
    if intent.least and (little := _little(intent, ev)):
        return little
    feel = emotion_of(intent, ev)
    seen = [r for r in readings_of(intent, ev) if r.visible]
    moved = (ev.rival() or ev.in_part()) if feel else None
    likely = [moved.emotion] if moved else _likely(feel[1]) if feel else []
    fitting = [c for label in likely for c in units_fitting(label, ev)]
    borne_out = [r for r in seen if r.code in fitting]
    if not seen:
        return _nothing_moves(intent, ev)
    if feel and not borne_out and feel[1].label != "neutral":
        return [_by_the_whole(*feel, seen[:MOST], expert)]
    seen = borne_out or seen
    if pushed := _pushed_up(intent, ev):
        return [pushed]
    first = seen[0]
    says = [Sentence(_mostly(first, expert), cites(first))]
    if rest := seen[1:MOST]:
        ids = tuple(i for r in rest for i in cites(r))
        says.append(Sentence(f"{capital(joined(moving(r, expert) for r in rest))}.", ids))
    if feel and intent.emotions and feel[1].label not in intent.emotions:
        says += _lacking(intent.emotions[0], ev)
    return says


def _by_the_whole(
    where: RegionDescription, estimate: EmotionEstimate, seen: Sequence[UnitReading], expert: bool
) -> Sentence:
    """Tell that no movement goes with an emotion that the face as a whole is read to suggest."""
    told, word = joined(moving(r, expert) for r in seen), wording.EMOTION_NOUNS[estimate.label]
    ids = (where.region.id, *(i for r in seen for i in cites(r)))
    text = f"By how the whole face looks: {told}, which alone does not go with {word}."
    return Sentence(text, tuple(dict.fromkeys(ids)))


def _little(intent: Intent, ev: Evidence) -> list[Sentence]:
    """Tell how little shows on a face of what was asked for, "why him, the least?"."""
    codes = [a for a in intent.attributes if a in facs.UNITS]
    codes = codes or [c for label in intent.emotions[:1] for c in combinations.units_of(label)]
    known = readings_for(codes, ev)
    low = sorted((r for r in known if r.level < MUCH), key=lambda r: r.level)[:MOST]
    if not low:  # little only beside the others
        text = f"Because {noun(known[0].code)} is only {facs.strength(known[0].level)} there."
        return [Sentence(text, cites(known[0]))] if len(codes) == 1 else []
    told = joined(f"{noun(r.code)} is {_LOW.get(facs.strength(r.level), 'slight')}" for r in low)
    return [Sentence(f"Because {told} there.", tuple(i for r in low for i in cites(r)))]


_LOW = {"absent": "absent", "trace": "at most a trace"}
"""Strength -> how it is told of what shows least."""


def _lacking(label: Emotion, ev: Evidence) -> list[Sentence]:
    """Return what an emotion would go with that does not show."""
    fits = next((s for s in combinations.suggestions(ev.levels()) if s.emotion == label), None)
    lacking = readings_for(fits.missing, ev) if fits else []
    if not lacking:
        return []
    word = capital(wording.EMOTION_NOUNS[label])
    what = joined((noun(r.code) for r in lacking[:MOST]), "or")
    text = f"{word} would go with {what}, of which little shows."
    return [Sentence(text, tuple(i for r in lacking for i in cites(r)))]


def _mostly(first: UnitReading, expert: bool) -> str:
    """Return what tells most: ``Mostly the chin, which is clearly pushed up.``"""
    said, where = moving(first, expert), seen_at(first)
    thing, verb, does = said.partition(" is " if " is " in said else " are ")
    if not verb or thing.split()[-1] != where.split()[-1]:
        return f"Mostly {where}: {said}."
    return f"Mostly {thing.replace('both', 'the')}, which{verb}{does}."


def _pushed_up(intent: Intent, ev: Evidence) -> Sentence | None:
    """ "Why are the eyes so narrow?": raised cheeks push the lower lids up."""
    lids, cheeks = ev.reading("AU7"), ev.reading("AU6")
    narrow = {"AU7", "eye_openness"} & {*intent.attributes}
    if not narrow or not lids or not cheeks or not cheeks.visible:
        return None
    text = "The cheeks are raised, as in a smile, and push the lower lids up."
    return Sentence(text, tuple(dict.fromkeys((*cites(cheeks), *cites(lids)))))


def _likely(estimate: EmotionEstimate) -> list[Emotion]:
    """Return the emotions that an expression may be, the likeliest first."""
    return [label for label, share in ranked(estimate)[:2] if share >= LIKELY]


def _of_looks(topics: Sequence[str], ev: Evidence) -> list[Sentence]:
    """Tell where glasses, a beard and the like were seen."""
    says = []
    for topic in topics:
        if found := appearance.appearance_of(topic, ev):
            where = listed_places([d for d in ev if d.region.id in found.cites])
            text = f"By how {where} looks in the picture: {found.text}."
            says.append(Sentence(text, found.cites))
    return says or [Sentence("That could not be judged here, so I claim nothing of it.", ev.ids())]


def _nothing_moves(intent: Intent, ev: Evidence) -> list[Sentence]:
    """Tell why a face at rest was answered as it was."""
    if "age" in intent.attributes and (age := ev.age()):
        where, estimate = age
        text = f"By how {region_phrase(where)} looks as a whole: it {wording.age_phrase(estimate)}."
        return [Sentence(text, (where.region.id,))]
    covered = tuple(d for d in ev if d.region.visibility < HIDDEN and d.region.hidden_by)
    if covered:
        said = covers.hidden(Evidence(ev.scene, covered), ())[0]
        return [Sentence(f"Because {said.text}", said.cites)]
    near = [r for r in readings_of(intent, ev) if close_call(r.level)]
    if near:
        what = joined((noun(r.code) for r in near[:2]), "or")
        ids = tuple(i for r in near[:2] for i in cites(r))
        return [Sentence(f"Because there is only a hint of {what} at {seen_at(near[0])}.", ids)]
    readings = readings_of(intent, ev)
    places = joined(dict.fromkeys(seen_at(r) for r in readings[:MOST])) or "the regions"
    ids = tuple(dict.fromkeys(i for r in readings[:MOST] for i in cites(r)))
    return [Sentence(f"Because no clear movement shows at {places}.", ids)]


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
    says = _lacking(label, ev)
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
