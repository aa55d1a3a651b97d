"""What the evidence says about each attribute, as sentences that cite their regions. Pure.

Every function takes the evidence of one face. Intensities are judged against
``facs.PRESENT``; hedges follow from numbers, never from taste.
"""

from collections.abc import Callable, Sequence

from focalface.agent.evidence import LEAST_SHARE, Evidence, Reading, reach
from focalface.agent.intents import looks
from focalface.agent.words import (
    Say,
    at,
    capital,
    close_call,
    joined,
    levels,
    listed_places,
    movement_clauses,
    named,
    noun,
    places_of,
    seen_at,
)
from focalface.tools import facs, readings
from focalface.tools.describers import wording
from focalface.tools.describers.movements import Movement, clause
from focalface.tools.types import Emotion, EmotionEstimate, RegionDescription

TRACE = 0.1
APART = 8.0
"""Years by which the age of a region has to differ from the whole to be worth a sentence."""


def about(
    attribute: str, ev: Evidence, *, expert: bool, numbers: bool, asked: Sequence[Emotion] = ()
) -> list[Say]:
    """Sentences on one attribute; empty when the evidence is silent (see :func:`unknown`)."""
    if attribute == "emotion":
        return emotion(ev, expert=expert, numbers=numbers, asked=asked)
    if attribute in _TOPICS:
        return _TOPICS[attribute](ev, expert)
    return unit(attribute, ev, expert=expert, numbers=numbers)


def cites(reading: Reading) -> tuple[str, ...]:
    """The region ids of a reading (a pair of regions has two)."""
    return tuple(reading.region_id.split(","))


def as_movement(reading: Reading) -> Movement:
    """A reading in the form that the describer's wording takes."""
    s = reading.sides
    low, high = sorted((s.get("left", 0.0), s.get("right", 0.0)))
    alone = len(s) == 2 and low < facs.PRESENT <= high and high - low >= readings.UNEVEN
    return Movement(
        reading.code, s.get("left", 0.0), s.get("right", 0.0), s.get("both", 0.0), alone
    )


def unit(code: str, ev: Evidence, *, expert: bool, numbers: bool) -> list[Say]:
    """Whether a unit is there, how much, and on which side."""
    reading = ev.reading(code)
    if reading is None:
        return []
    return [Say(_verdict(reading, expert, numbers), cites(reading))]


def _verdict(reading: Reading, expert: bool, numbers: bool) -> str:
    what, figures = named(reading.code, expert), levels(reading)
    shown = f", {figures}" if expert or numbers else ""
    place = seen_at(reading)
    if reading.visible:
        word = facs.strength(reading.level)
        if expert:
            return f"{capital(what)} is present: {word}{shown}."
        hedge = " It is a close call." if close_call(reading.level) else ""
        seen = clause(as_movement(reading), places_of(reading.region))
        return f"Yes, {seen}{shown}.{hedge}"
    if close_call(reading.level):
        return f"Probably not, there is only a hint of {what} at {place}{shown}."
    if reading.level >= TRACE:
        return f"Hardly, at most a trace of {what} shows at {place}{shown}."
    return f"No, {place} shows no sign of {what}{shown}."


def emotion(
    ev: Evidence, *, expert: bool, numbers: bool, asked: Sequence[Emotion] = ()
) -> list[Say]:
    """What the expression suggests, the movements behind it, and what speaks against it."""
    best = ev.emotion()
    if best is None:
        return []
    where, estimate = best
    says = [Say(_emotion_head(where, estimate, asked, numbers or expert), (where.region.id,))]
    says += _behind(estimate.label, ev, expert)
    says += _disagreement(where, ev)
    return says


def _emotion_head(
    where: RegionDescription, estimate: EmotionEstimate, asked: Sequence[Emotion], numbers: bool
) -> str:
    subject = "the expression" if where.region.name == "face" else at(where)
    head = f"{subject} {wording.emotion_phrase(estimate)}"
    ranked = sorted(estimate.probabilities.items(), key=lambda p: -p[1])
    shares = [f"{k} {v:.0%}" for k, v in ranked[:3] if v >= LEAST_SHARE]
    if numbers and shares:
        head += f" ({', '.join(shares)})"
    if not asked:
        return f"{capital(head)}."
    share = sum(estimate.probabilities.get(label, 0.0) for label in asked)
    wanted = joined((wording.EMOTION_NOUNS[label] for label in asked), "or")
    if estimate.label in asked:
        yes = "Yes, it looks so" if share >= 0.65 else "Possibly"
        return f"{yes}: {head}."
    if share >= 0.2:
        return f"Not clearly: {wanted} is possible, but {head}."
    return f"It does not look like {wanted}: {head}."


def _behind(label: Emotion, ev: Evidence, expert: bool) -> list[Say]:
    """The movements that fit the prototype of an emotion, and those that speak against it."""
    fits = next((s for s in readings.suggestions(ev.levels()) if s.emotion == label), None)
    if fits is None:
        return []
    says = []
    if fits.seen:
        says.append(_listed("That fits with {}.", fits.seen, ev, expert))
    if fits.against:
        says.append(_listed("What speaks against it: {}.", fits.against, ev, expert))
    elif fits.missing:
        says.append(_listed("What is missing for a full picture: {}.", fits.missing, ev, expert))
    return says


def _listed(frame: str, codes: Sequence[str], ev: Evidence, expert: bool) -> Say:
    found = [r for code in codes if (r := ev.reading(code))]
    words = [f"{named(r.code, expert)} at {seen_at(r)}" for r in found]
    ids = dict.fromkeys(i for r in found for i in cites(r))
    return Say(frame.format(joined(words)), tuple(ids))


def _disagreement(where: RegionDescription, ev: Evidence) -> list[Say]:
    """A region that by itself suggests something else, clearly enough to be worth a sentence."""
    assert where.emotion is not None
    others = [
        d
        for d in ev
        if d.emotion and d.region.id != where.region.id and d.emotion.label != where.emotion.label
    ]
    clear = [d for d in others if d.emotion and d.emotion.probabilities[d.emotion.label] >= 0.5]
    return [
        Say(f"{capital(at(d))} alone {wording.emotion_phrase(d.emotion)}.", (d.region.id,))
        for d in clear[:2]
        if d.emotion
    ]


def age(ev: Evidence, expert: bool) -> list[Say]:
    """The apparent age with its interval, and regions that look clearly different."""
    best = ev.age()
    if best is None:
        return []
    where, estimate = best
    subject = "the face" if where.region.name == "face" else at(where)
    says = [Say(f"{capital(subject)} {wording.age_phrase(estimate)}.", (where.region.id,))]
    if estimate.high - estimate.low >= wording.WIDE_AGE:
        low, high = round(estimate.low), round(estimate.high)
        says.append(
            Say(f"Anything from {low} to {high} years is compatible with it.", (where.region.id,))
        )
    others = [d for d in ev if d.age and abs(d.age.years - estimate.years) >= APART]
    for one in [d for d in others if d.region.id != where.region.id][:2]:
        assert one.age is not None
        says.append(
            Say(f"{capital(at(one))} alone {wording.age_phrase(one.age)}.", (one.region.id,))
        )
    return says


def genuineness(ev: Evidence, expert: bool) -> list[Say]:
    """Whether the eyes join in a smile: AU12 with AU6; AU7 is named as the proxy that it is."""
    found = ev.levels()
    smile = readings.smile(found)
    mouth, lids, cheeks = (ev.reading(code) for code in ("AU12", "AU7", "AU6"))
    if mouth is None:
        return []
    if smile.kind == "none":
        return [Say("There is hardly a smile to judge: the lip corners are not clearly pulled up.",
                    cites(mouth))]  # fmt: skip
    says = [Say(f"{capital(clause(as_movement(mouth), places_of(mouth.region)))}.", cites(mouth))]
    if smile.kind == "with the eyes" and cheeks:
        text = f"Cheek raising shows at {seen_at(cheeks)}, the classic sign of a felt smile."
        says.append(Say(text, cites(cheeks)))
        says.append(Say("So the smile looks genuine, though people can pose this too."))
    elif smile.kind == "mouth only" and cheeks:
        text = f"No cheek raising shows at {seen_at(cheeks)}."
        says.append(Say(text, cites(cheeks)))
        text = "So the smile stays in the mouth, as in a polite or posed one."
        says.append(Say(text, (*cites(mouth), *cites(cheeks))))
    elif lids is not None:
        says += _by_proxy(lids, mouth)
    return says


def _by_proxy(lids: Reading, mouth: Reading) -> list[Say]:
    if lids.visible:
        moved = clause(as_movement(lids), places_of(lids.region))
        seen = f"{capital(moved)}, which is compatible with a smile that reaches the eyes."
        end = "That leans towards a genuine smile, but it is only a weak sign."
    else:
        seen = "The lids look relaxed, so nothing here shows the eyes joining in."
        end = "That leans towards a smile of the mouth alone, but it is only a weak sign."
    return [Say(seen, cites(lids)), Say(end, (*cites(mouth), *cites(lids)))]


def eye_openness(ev: Evidence, expert: bool) -> list[Say]:
    """Open or closed, each eye for itself."""
    shut = ev.reading("AU43")
    if shut is None:
        return []
    says = [Say(_eyes(shut), cites(shut))]
    wide, tight = ev.reading("AU5"), ev.reading("AU7")
    if not shut.visible and wide and wide.visible:
        says.append(Say("The upper lids are raised, so they look wide.", cites(wide)))
    elif not shut.visible and tight and tight.visible:
        says.append(Say("The lids are tightened, which narrows the eyes.", cites(tight)))
    return says


def _eyes(shut: Reading) -> str:
    closed = {side: value >= facs.PRESENT for side, value in shut.sides.items()}
    sides = [s for s in ("left", "right") if s in closed]
    if len(sides) == 2 and closed["left"] != closed["right"]:
        one = "left" if closed["left"] else "right"
        other = "right" if one == "left" else "left"
        return f"The {one} eye looks closed, the {other} eye open."
    subject = f"The {sides[0]} eye looks" if len(sides) == 1 else "Both eyes look"
    if shut.level >= 0.7:
        return f"{subject} closed."
    if shut.visible:
        return f"{subject} half closed."
    return f"{subject} open."


def mouth_openness(ev: Evidence, expert: bool) -> list[Say]:
    """Open or closed, by the lips and the jaw."""
    lips, jaw = ev.reading("AU25"), ev.reading("AU26")
    known = [r for r in (lips, jaw) if r]
    if not known:
        return []
    ids = tuple(dict.fromkeys(i for r in known for i in cites(r)))
    if jaw and jaw.visible:
        wide = "wide open" if jaw.level >= 0.7 else "open"
        return [Say(f"The mouth is {wide}: the jaw has dropped.", ids)]
    if lips and lips.visible:
        return [Say("The lips are parted, but the jaw has hardly dropped.", ids)]
    return [Say("The mouth looks closed.", ids)]


def tension(ev: Evidence, expert: bool) -> list[Say]:
    """Which of the units that tension shows in are present."""
    return _signs(ev, looks.UNITS_OF["tension"], expert, "tension")


def fatigue(ev: Evidence, expert: bool) -> list[Say]:
    """Hanging lids and the like; the skin itself is not judged."""
    says = _signs(ev, looks.UNITS_OF["fatigue"], expert, "tiredness")
    if says:
        says.append(
            Say("Dark or swollen skin under the eyes, the other common sign, is not judged.")
        )
    return says


def _signs(ev: Evidence, codes: Sequence[str], expert: bool, what: str) -> list[Say]:
    known = [r for code in codes if (r := ev.reading(code))]
    if not known:
        return []
    present = sorted((r for r in known if r.visible), key=lambda r: -r.level)
    ids = tuple(dict.fromkeys(i for r in known for i in cites(r)))
    if not present:
        return [
            Say(f"I see no clear sign of {what}: the movements that go with it are absent.", ids)
        ]
    best = present[0].level
    head = f"There are signs of {what}" if best >= 0.5 else f"There are slight signs of {what}"
    if len(present) == 1:
        alone = f"{facs.strength(best)} {noun(present[0].code).removeprefix('a ')}"
        text = f"There is little sign of {what}: only {alone}, which has many other causes."
        return [Say(text, cites(present[0]))]
    listed = joined(f"{named(r.code, expert)} at {seen_at(r)}" for r in present)
    absent = [r for r in known if not r.visible]
    says = [Say(f"{head}: {listed}.", tuple(i for r in present for i in cites(r)))]
    if absent:
        quiet = joined((noun(r.code) for r in absent[:3]), "or")
        says.append(Say(f"On the other hand there is no {quiet.removeprefix('a ')}.",
                        tuple(i for r in absent[:3] for i in cites(r))))  # fmt: skip
    return says


def pain(ev: Evidence, expert: bool) -> list[Say]:
    """Movements that go with pain, and the Prkachin-Solomon score as far as it can be computed."""
    says = _signs(ev, readings.PSPI_UNITS, expert, "pain")
    score = readings.pspi(ev.levels())
    if says:
        says.append(Say(_pspi(score), ev.ids()))
    return says


def _pspi(score: readings.PainScore) -> str:
    if score.score is not None:
        return f"The PSPI score comes to {score.score:.1f} of 16, an estimate and no measurement."
    were = "was" if len(score.missing) == 1 else "were"
    return (
        f"The PSPI score cannot be computed in full, because {joined(score.missing)} {were} not "
        f"assessed; the other "
        f"units alone amount to {score.at_least:.1f} of 16."
    )


def asymmetry(ev: Evidence, expert: bool) -> list[Say]:
    """Units that differ between the subject's sides, or that none does."""
    uneven = sides(ev)
    if not uneven:
        both = [u for d in ev for u in d.action_units if u.side != "both"]
        if not both:
            return []
        return [Say("The two sides move alike: no movement differs clearly.", ev.ids())]
    says = []
    for one in uneven[:3]:
        reading = ev.reading(one.code)
        assert reading is not None
        figures = f" ({levels(reading)})" if expert else ""
        text = f"{capital(named(one.code, expert))} is stronger on the {one.stronger}{figures}."
        says.append(Say(text, cites(reading)))
    return says


def sides(ev: Evidence) -> list[readings.Asymmetry]:
    """Differences between left and right, each unit where it is judged best."""
    codes = dict.fromkeys(u.code for d in ev for u in d.action_units)
    found = [r for code in codes if (r := ev.reading(code))]
    pairs = [
        readings.Asymmetry(r.code, r.sides["left"], r.sides["right"])
        for r in found
        if {"left", "right"} <= set(r.sides)
    ]
    seen = [
        p for p in pairs if p.difference >= readings.UNEVEN and max(p.left, p.right) >= facs.PRESENT
    ]
    return sorted(seen, key=lambda p: -p.difference)


def movements(ev: Evidence, expert: bool) -> list[Say]:
    """What moves in each region, and in one sentence those that are at rest."""
    says: list[Say] = []
    still: list[RegionDescription] = []
    unread: list[RegionDescription] = []
    for one in ev:
        clauses = movement_clauses(one, expert)
        if clauses:
            shown = clauses[:4]
            says.append(Say(_sentence(one, shown, expert), (one.region.id,)))
        elif one.action_units:
            still.append(one)
        else:
            unread.append(one)
    if still:
        where = listed_places(still)
        verb = "looks" if len(still) == 1 else "look"
        says.append(Say(f"{capital(where)} {verb} at rest.", tuple(d.region.id for d in still)))
    if unread:
        text = f"I could not judge movement at {listed_places(unread)}."
        says.append(Say(text, tuple(d.region.id for d in unread)))
    return says


def _sentence(one: RegionDescription, clauses: Sequence[str], expert: bool) -> str:
    if expert:
        return f"{capital(at(one))}: {'; '.join(clauses)}."
    return f"{capital(joined(clauses))}."


_TOPICS: dict[str, Callable[[Evidence, bool], list[Say]]] = {
    "age": age,
    "genuineness": genuineness,
    "eye_openness": eye_openness,
    "mouth_openness": mouth_openness,
    "tension": tension,
    "fatigue": fatigue,
    "pain": pain,
    "asymmetry": asymmetry,
}


def unknown(attributes: Sequence[str], ev: Evidence) -> list[str]:
    """What bears on the attributes but was not assessed, as sentences for ``limits``."""
    outside = [a for a in attributes if a.startswith("AU") and a not in facs.UNITS]
    says = [f"{code} is not among the action units that I know." for code in outside]
    here = {part for name in ev.names() for part in reach(name)}
    codes = [
        code
        for code in ev.unassessed(looks.units_for(tuple(attributes)))
        if here & {"custom", *facs.regions_of(code)}
    ]
    if codes:
        listed = joined(f"{c} ({noun(c)})" for c in codes)
        was = "was" if len(codes) == 1 else "were"
        says.append(f"{listed} {was} not assessed by this describer: unknown, not absent.")
    for topic, value in (("emotion", ev.emotion()), ("age", ev.age())):
        if topic in attributes and value is None and ev.found:
            says.append(f"The {topic} could not be judged from {joined(at(d) for d in ev)}.")
    return says
