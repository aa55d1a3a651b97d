"""Why an answer was given: what tells most, what goes with it, what speaks against it. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.evidence import Evidence, UnitReading, reach
from focalface.agent.basics.phrasing import (
    capital,
    close_call,
    joined,
    listed_places,
    noun,
    noun_at,
    places_of,
    region_phrase,
    seen_at,
    told_once,
)
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes import appearance, covers
from focalface.agent.composing.attributes.fits import by_itself
from focalface.agent.composing.attributes.units import MUCH, cites, moving
from focalface.agent.composing.bearing import (
    MOST,
    emotion_of,
    ranked,
    readings_for,
    readings_of,
    units_fitting,
)
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs, wording
from focalface.tools.face.hiding import HIDDEN
from focalface.tools.face.movements import denial
from focalface.tools.types import Emotion, EmotionEstimate, RegionDescription

LIKELY = 0.25
"""Probability from which an emotion may be what is shown."""


def why(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the region that tells most, what moves there, and what goes with it."""
    if looks := [a for a in intent.attributes if a in appearance.TOPICS]:
        return _of_looks(looks, ev)
    if {*intent.attributes} == {"age"}:
        return _nothing_moves(intent, ev)  # no movement tells an age
    if intent.least and (little := _little(intent, ev)):
        return little
    seen = [r for r in readings_of(intent, ev) if r.visible]
    feel = emotion_of(intent, ev)
    if not seen and feel and feel[1].label == "neutral" and not wording.is_mixed(feel[1]):
        return _of_rest(feel[0], [], ev, expert) or _nothing_moves(intent, ev)
    if not seen:
        return _nothing_moves(intent, ev)
    if pushed := _pushed_up(intent, ev):
        return [pushed]
    if feel is None:
        return _of_part(intent, seen, ev, expert)
    return _of_emotion(intent, feel, seen, ev, expert)


def _of_emotion(
    intent: Intent,
    feel: tuple[RegionDescription, EmotionEstimate],
    seen: Sequence[UnitReading],
    ev: Evidence,
    expert: bool,
) -> list[Sentence]:
    """Return the movements that go with what a face suggests, the strongest first."""
    moved = ev.rival() or ev.in_part()
    if moved is None and (wording.is_mixed(feel[1]) or feel[1].label == "neutral"):
        mixed = wording.is_mixed(feel[1])
        return [_of_none(*feel, seen, expert)] if mixed else _of_rest(feel[0], seen, ev, expert)
    likely = [moved.emotion] if moved else _likely(feel[1])
    fitting = [c for label in likely for c in units_fitting(label, ev)]
    borne_out = [r for r in seen if r.code in fitting]
    if not borne_out:
        return [_by_the_whole(*feel, seen[:MOST], expert)]
    says = _strongest_first(borne_out, expert)
    if intent.emotions and feel[1].label not in intent.emotions:
        says += lacking(intent.emotions[0], ev)
    return says


def _strongest_first(seen: Sequence[UnitReading], expert: bool) -> list[Sentence]:
    first, *rest = seen
    says = [Sentence(_mostly(first, expert), cites(first))]
    if more := rest[: MOST - 1]:
        told = joined(told_once([moving(r, expert) for r in more]))
        says.append(Sentence(f"{capital(told)}.", tuple(i for r in more for i in cites(r))))
    return says


def _of_part(
    intent: Intent, seen: Sequence[UnitReading], ev: Evidence, expert: bool
) -> list[Sentence]:
    """Return why a part looks as it does: what moves there, and the emotion that goes with it."""
    if intent.recall or not {*intent.named} - {"face"}:
        return _strongest_first(seen, expert)
    named = {facs.unsided(part) for name in intent.named for part in reach(name)}
    own = [r for r in seen if facs.UNITS[r.code].primary in named] or seen
    told = joined(told_once([moving(r, expert) for r in own[:MOST]]))
    says = [Sentence(f"{capital(told)}.", tuple(i for r in own[:MOST] for i in cites(r)))]
    return [*says, *by_itself(ev, ev.found[0])]


def _of_none(
    where: RegionDescription, estimate: EmotionEstimate, seen: Sequence[UnitReading], expert: bool
) -> Sentence:
    """Tell what moves on a face that suggests no single emotion."""
    told = joined(told_once([moving(r, expert) for r in seen[:MOST]]))
    verb = "goes" if len(seen) == 1 else "together go"
    ids = (where.region.id, *(i for r in seen[:MOST] for i in cites(r)))
    text = f"Because {told}, which {verb} with {wording.NO_SINGLE}."
    return Sentence(text, tuple(dict.fromkeys(ids)))


_QUIET = ("AU12", "AU4", "AU15", "AU1", "AU9", "AU10", "AU5", "AU20")
"""Units by whose absence a face looks neutral, the most telling first."""


def _of_rest(
    where: RegionDescription, seen: Sequence[UnitReading], ev: Evidence, expert: bool
) -> list[Sentence]:
    """Tell what speaks for a neutral expression, and what against it."""
    still = [r for code in _QUIET if (r := ev.reading(code)) and not r.visible][:2]
    against = seen[:MOST]
    says = []
    if still:
        told = joined(told_once([denial(r.code, places_of(r.region)) for r in still]))
        ids = (where.region.id, *(i for r in still for i in cites(r)))
        says.append(Sentence(f"Because {told}.", tuple(dict.fromkeys(ids))))
    if not against:
        return says
    told = joined(told_once([moving(r, expert) for r in against]))
    ids = tuple(dict.fromkeys(i for r in against for i in cites(r)))
    return [*says, Sentence(f"Against it: {told}.", ids)]


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


def lacking(label: Emotion, ev: Evidence) -> list[Sentence]:
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
        what = noun_at(near[0]) if len(near) == 1 else what
        return [Sentence(f"Because there is only a hint of {what}.", ids)]
    readings = readings_of(intent, ev)
    places = joined(dict.fromkeys(seen_at(r) for r in readings[:MOST])) or "the regions"
    ids = tuple(dict.fromkeys(i for r in readings[:MOST] for i in cites(r)))
    return [Sentence(f"Because no clear movement shows at {places}.", ids)]
