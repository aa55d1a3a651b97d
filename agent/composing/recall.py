"""What is told of the answer before: its evidence, its doubts, what speaks against it. Pure."""

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
from focalface.agent.composing.attributes import appearance, covers
from focalface.agent.composing.attributes.units import TRACE, cites, judged, moving
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs, wording
from focalface.tools.face.hiding import HIDDEN
from focalface.tools.face.regions import UNIONS
from focalface.tools.proposing import region_selection
from focalface.tools.types import AgeEstimate, Emotion, EmotionEstimate, RegionDescription

MOST = 3
"""Movements that a reason names; more would be a list."""
TOLD = 0.5
"""Probability from which another part is said to suggest something else (our choice)."""
LIKELY = 0.25
"""Probability from which an emotion may be what is shown."""
VAGUE_YEARS = 40.0
"""Width in years of an 80 % interval that tells nothing."""


def recalled(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what a question about the last answer asks for, of one face."""
    if not ev.found:
        return [Sentence("There is no answer yet that I could explain; ask about a face first.")]
    by_kind = {
        "evidence": evidence,
        "against": against,
        "why not": why_not,
        "doubt": doubt,
        "convince": convince,
        "sureness": sureness,
        "show": show,
        "both": both,
        "muscle": muscle,
    }
    return by_kind[intent.recall or "evidence"](intent, ev, expert)


def evidence(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the region that tells most, what moves there, and what goes with it."""
    if looks := [a for a in intent.attributes if a in appearance.TOPICS]:
        return _of_looks(looks, ev)
    feel = _emotion(intent, ev)
    seen = [r for r in _readings(intent, ev) if r.visible]
    if feel and (fitting := [c for label in _likely(feel[1]) for c in _fitting(label, ev)]):
        seen = [r for r in seen if r.code in fitting] or seen
    if not seen:
        return _nothing_moves(intent, ev)
    if pushed := _pushed_up(intent, ev):
        return [pushed]
    first = seen[0]
    says = [Sentence(f"Mostly {seen_at(first)}: {moving(first, expert)}.", cites(first))]
    if rest := seen[1:MOST]:
        ids = tuple(i for r in rest for i in cites(r))
        says.append(Sentence(f"Besides, {joined(moving(r, expert) for r in rest)}.", ids))
    if feel:
        where, estimate = feel
        text = f"Taken together, {_whole(where)} {wording.emotion_phrase(estimate)}."
        says.append(Sentence(text, (where.region.id,)))
    return says


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
    return [label for label, share in _ranked(estimate)[:2] if share >= LIKELY]


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
    near = [r for r in _readings(intent, ev) if close_call(r.level)]
    if near:
        what = joined((noun(r.code) for r in near[:2]), "or")
        ids = tuple(i for r in near[:2] for i in cites(r))
        return [Sentence(f"Because there is only a hint of {what} at {seen_at(near[0])}.", ids)]
    readings = _readings(intent, ev)
    places = joined(dict.fromkeys(seen_at(r) for r in readings[:MOST])) or "the regions"
    ids = tuple(dict.fromkeys(i for r in readings[:MOST] for i in cites(r)))
    return [Sentence(f"Because no clear movement shows at {places}.", ids)]


def why_not(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what is missing for an emotion or a movement that was not named, and what speaks
    against."""
    if not intent.emotions:
        known = _known(intent.attributes, ev)
        return [judged(r, expert, numbers=False) for r in known] or _unread(ev)
    label, best = intent.emotions[0], ev.emotion()
    fits = next((s for s in combinations.suggestions(ev.levels()) if s.emotion == label), None)
    if best is None or fits is None:
        return _unread(ev)
    where, word = best[0], wording.EMOTION_NOUNS[label]
    says = []
    if lacking := _known(fits.missing, ev):
        ids = tuple(i for r in lacking for i in cites(r))
        what = joined((noun(r.code) for r in lacking[:MOST]), "or")
        says.append(Sentence(f"{capital(word)} would go with {what}, of which little shows.", ids))
    if odd := _known(fits.against, ev):
        ids = tuple(i for r in odd for i in cites(r))
        verb = "does" if len(odd) == 1 else "do"
        what = joined(noun(r.code) for r in odd[:MOST])
        says.append(Sentence(f"{capital(what)} {verb} not go with it.", ids))
    share = best[1].probabilities.get(label, 0.0)
    text = (
        f"{capital(_whole(where))} {wording.emotion_phrase(best[1])}; {label} comes to {share:.0%}."
    )
    return [*says, Sentence(text, (where.region.id,))]


def _unread(ev: Evidence) -> list[Sentence]:
    return [Sentence("I could not judge that here.", ev.ids())]


def against(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what speaks against the last answer, or that nothing does."""
    feel = _emotion(intent, ev)
    if feel is None:
        return _against_units(intent, ev)
    where, estimate = feel
    label = intent.emotions[0] if intent.emotions else estimate.label
    word = wording.EMOTION_NOUNS[label]
    fits = next((s for s in combinations.suggestions(ev.levels()) if s.emotion == label), None)
    says = []
    if fits and (seen := _known(fits.against, ev)):
        ids = tuple(i for r in seen for i in cites(r))
        verb = "speaks" if len(seen) == 1 else "speak"
        what = joined(noun(r.code) for r in seen)
        says.append(Sentence(f"Against {word} {verb} {what}, at {seen_at(seen[0])}.", ids))
    if fits and (lacking := _known(fits.missing, ev)):
        ids = tuple(i for r in lacking for i in cites(r))
        says.append(Sentence(f"It lacks {joined((noun(r.code) for r in lacking), 'and')}.", ids))
    says += _other_view(where, estimate, ev)
    none = Sentence(f"Nothing that I can see speaks against {word}.", (where.region.id,))
    return says[:MOST] or [none]


def _against_units(intent: Intent, ev: Evidence) -> list[Sentence]:
    readings = _readings(intent, ev)
    shows = [r for r in readings if r.visible]
    if not shows:
        faint = [r for r in readings if r.level >= TRACE]
        if faint:
            text = f"Only a hint of {noun(faint[0].code)} at {seen_at(faint[0])}."
            return [Sentence(text, cites(faint[0]))]
        ids = tuple(dict.fromkeys(i for r in readings[:MOST] for i in cites(r))) or ev.ids()
        return [Sentence("Nothing that I can see speaks against it.", ids)]
    weak = min(shows, key=lambda r: r.level)
    if close_call(weak.level):
        return [
            Sentence(f"{capital(noun(weak.code))} at {seen_at(weak)} is a close call.", cites(weak))
        ]
    ids = tuple(dict.fromkeys(i for r in shows[:MOST] for i in cites(r)))
    return [Sentence("Nothing that I can see speaks against it.", ids)]


def doubt(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the least certain of what was told, and what to make of it."""
    doubts: list[tuple[float, Sentence]] = []
    if feel := _emotion(intent, ev):
        where, estimate = feel
        (first, p), (second, q) = _ranked(estimate)[:2]
        text = f"What it suggests: {first} {p:.0%}, then {second} {q:.0%}."
        doubts.append((1 - p, Sentence(text, (where.region.id,))))
    if "age" in intent.attributes and (age := ev.age()):
        where, years = age
        text = f"The age: anything from {years.low:.0f} to {years.high:.0f} years is compatible."
        doubts.append(((years.high - years.low) / VAGUE_YEARS, Sentence(text, (where.region.id,))))
    told_of = [r for r in _readings(intent, ev) if r.level >= TRACE]
    doubts += [(_unsure(r), _doubtful(r, ev)) for r in told_of]
    if not doubts:
        return [Sentence("Nothing stands out: no movement is near the limit.", ev.ids())]
    return [max(doubts, key=lambda pair: pair[0])[1]]


def _doubtful(reading: UnitReading, ev: Evidence) -> Sentence:
    what, where = noun(reading.code), seen_at(reading)
    share = _presence(reading, ev)
    told = f", {share:.0%} likely to be there" if share is not None else f" ({reading.level:.2f})"
    near = " is a close call" if close_call(reading.level) else " is the least certain of it"
    return Sentence(f"{capital(what)} at {where}{near}{told}.", cites(reading))


def _unsure(reading: UnitReading) -> float:
    return max(0.0, 1 - abs(reading.level - facs.PRESENT) / facs.PRESENT)


def convince(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what would have to be different for another answer."""
    if covered := [d for d in ev if d.region.visibility < HIDDEN and d.region.hidden_by]:
        return [_uncovered(covered)]
    feel = _emotion(intent, ev)
    if feel is not None:
        return _other_emotion(*feel, ev)
    readings = _readings(intent, ev)
    if not readings:
        return [Sentence("A sharper picture of that part, without anything before it.", ev.ids())]
    first = readings[0]
    what, where = noun(first.code), seen_at(first)
    text = (
        f"If {where} were at rest, without {what}, I would say otherwise."
        if first.visible
        else f"If {what} showed at {where}, I would say otherwise."
    )
    return [Sentence(text, cites(first))]


def _uncovered(hidden: Sequence[RegionDescription]) -> Sentence:
    """That a hidden part would have to be seen."""
    places, ids = listed_places(hidden), tuple(d.region.id for d in hidden)
    cover = hidden[0].region.hidden_by
    text = f"If {places} were not hidden by {cover}, what moves there could change the answer."
    return Sentence(text, ids)


def muscle(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the muscles that move what shows, by their anatomical names."""
    seen = [r for r in _readings(intent, ev) if r.visible and r.code in facs.UNITS]
    if not seen:
        return [Sentence("No movement shows there clearly, so no muscle stands out.", ev.ids())]
    return [
        Sentence(
            f"{capital(noun(r.code))} ({r.code}): {joined(facs.UNITS[r.code].muscles)}.", cites(r)
        )
        for r in seen[:MOST]
    ]


def both(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell whether what was told of a pair holds for both of it."""
    seen = [r for r in _readings(intent, ev) if r.visible and "both" not in r.sides]
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


def _other_emotion(
    where: RegionDescription, estimate: EmotionEstimate, ev: Evidence
) -> list[Sentence]:
    first, second = (label for label, _ in _ranked(estimate)[:2])
    found = {s.emotion: s for s in combinations.suggestions(ev.levels())}
    seen = _known(found[first].seen, ev) if first in found else []
    missing = _known(found[second].missing, ev) if second in found else []
    says = []
    if seen:
        ids = (where.region.id, *(i for r in seen for i in cites(r)))
        what = joined((noun(r.code) for r in seen[:MOST]), "and")
        says.append(
            Sentence(f"Without {what} I would not say {wording.EMOTION_NOUNS[first]}.", ids)
        )
    if missing:
        what = joined((noun(r.code) for r in missing[:MOST]), "and")
        text = f"If {what} showed, {wording.EMOTION_NOUNS[second]} would be likelier."
        says.append(Sentence(text, (where.region.id,)))
    if not says:
        word = wording.EMOTION_NOUNS[second]
        text = f"If brows, eyes and mouth moved otherwise; {word} could come next."
        says = [Sentence(text, (where.region.id,))]
    return says


def sureness(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell how sure the answer is, as numbers."""
    says = []
    if feel := _emotion(intent, ev):
        where, estimate = feel
        (first, p), (second, q) = _ranked(estimate)[:2]
        part = "" if where.region.name == "face" else f"{region_phrase(where)} alone: "
        text = f"{part}{first} {p:.0%}, then {second} {q:.0%}."
        says.append(Sentence(capital(text), (where.region.id,)))
    if "age" in intent.attributes and (age := ev.age()):
        says.append(_sure_of_age(*age))
    units = () if says else _readings(intent, ev)
    readings = [r for r in units if r.visible] or units
    says += [_sure_of_unit(r, ev) for r in readings[: max(0, 2 - len(says))]]
    return says or [Sentence("There is no number for that.")]


def _sure_of_age(where: RegionDescription, age: AgeEstimate) -> Sentence:
    text = f"With 80% the apparent age lies between {age.low:.0f} and {age.high:.0f} years."
    return Sentence(text, (where.region.id,))


def _sure_of_unit(reading: UnitReading, ev: Evidence) -> Sentence:
    share, what = _presence(reading, ev), noun(reading.code)
    if share is not None:
        return Sentence(f"About {share:.0%} that {what} is there.", cites(reading))
    sure = "Not very sure" if close_call(reading.level) else "Fairly sure"
    shows = "shows" if reading.visible else "does not show"
    text = f"{sure} that {what} {shows}: its strength reads {reading.level:.2f} of 1."
    return Sentence(text, cites(reading))


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


def _emotion(intent: Intent, ev: Evidence) -> tuple[RegionDescription, EmotionEstimate] | None:
    """Return the emotion, if the last answer was about one."""
    of_parts = bool({*intent.named} - {"face"})
    asked = "emotion" in intent.attributes or not (intent.attributes or of_parts)
    return ev.emotion() if asked else None


def _readings(intent: Intent, ev: Evidence) -> list[UnitReading]:
    """Return the units that bear on the last answer, strongest first."""
    wanted = region_selection.units_for(tuple(a for a in intent.attributes if a != "age"))
    codes = wanted or tuple(ev.levels())
    found = [r for code in codes if (r := ev.reading(code))]
    return sorted(found, key=lambda r: -r.level)


def _presence(reading: UnitReading, ev: Evidence) -> float | None:
    """Return the probability that a unit is there, where the describer gives one."""
    known = [
        u.presence
        for d in ev
        if d.region.id in cites(reading)
        for u in d.action_units
        if u.code == reading.code and u.presence is not None
    ]
    return max(known, default=None)


def _fitting(label: Emotion, ev: Evidence) -> tuple[str, ...]:
    """Return the units that show and go with an emotion."""
    found = combinations.suggestions(ev.levels())
    return next((s.seen for s in found if s.emotion == label), ())


def _known(codes: Sequence[str], ev: Evidence) -> list[UnitReading]:
    return [r for code in codes if (r := ev.reading(code))]


def _ranked(estimate: EmotionEstimate) -> list[tuple[Emotion, float]]:
    return sorted(estimate.probabilities.items(), key=lambda pair: -pair[1])


def _whole(where: RegionDescription) -> str:
    return "the expression" if where.region.name == "face" else region_phrase(where)


def _other_view(
    where: RegionDescription, estimate: EmotionEstimate, ev: Evidence
) -> list[Sentence]:
    """Return a part that by itself suggests something else."""
    for one in ev:
        if one.emotion and one is not where and one.emotion.label != estimate.label:
            if one.emotion.probabilities[one.emotion.label] < TOLD:
                continue
            text = f"{capital(region_phrase(one))} alone {wording.emotion_phrase(one.emotion)}."
            return [Sentence(text, (one.region.id,))]
    return []
