"""What is said of one face: what was asked first, then what it rests on. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.answer import Table
from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import joined, listed_places, unit_name
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing import (
    attributes,
    causes,
    compare,
    describe,
    doubts,
    explain,
    forms,
    options,
    parts,
    playful,
    recall,
    silent,
    weigh,
)
from focalface.agent.composing.attributes import covers, qualities, signs
from focalface.agent.composing.attributes.fits import best_with
from focalface.agent.composing.attributes.openness import closed
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs, wording
from focalface.tools.face.regions import UNIONS
from focalface.tools.proposing import region_selection
from focalface.tools.types import RegionDescription

COVERS = {"hidden": covers.hidden, "seen": covers.seen}
"""What is asked of how much of a face can be seen -> who answers."""
_NO_SIDES = frozenset({"genuineness", "emotion", "age", "fatigue", "tension", "pain"})
"""What is told of a face as a whole, beside a comparison of its sides."""


def told_of_one(
    intent: Intent, ev: Evidence, expert: bool, *, brief: bool
) -> tuple[list[Sentence], Table | None]:
    """Return what is said of one face, in the form that is wanted."""
    says, table = _one_face(intent, ev, expert, brief=brief)
    if intent.unseen and says:
        says = weigh.unseen(intent, says)
    if intent.denied and says:
        says = [weigh.denial(says[0]), *says[1:]]
    if intent.sure and says:
        says = [says[0], *doubts.sureness(intent, ev, expert)[:1]]
    if intent.numbers and says and not intent.form:
        says = forms.in_figures(says, intent, ev)
    if intent.form in ("haiku", "caption", "more", "less"):
        return playful.told(intent, ev) or says[:1], None
    if intent.form == "of ten":
        return forms.of_ten(intent, ev, says), None
    if intent.form == "percents":
        return forms.percentages(ev) or says, None
    if intent.form == "guess":
        return forms.guess(intent, ev, says), None
    if intent.form == "word":
        return forms.word(intent, ev, says), None
    return forms.trimmed(says, intent), None if intent.form == "short" else table


def _one_face(
    intent: Intent, ev: Evidence, expert: bool, *, brief: bool
) -> tuple[list[Sentence], Table | None]:
    if intent.recall or (intent.kind == "why" and ev.found):
        return recall.recalled(intent, ev, expert), None
    if intent.causes:
        return causes.told(intent.causes, ev), None
    if intent.weighing not in ("", "even", "uneven", "opposites") and (
        chosen := weigh.weigh(intent, ev, expert)
    ):
        return _once([*chosen, *_behind(intent, ev, expert)]), None
    if intent.kind in ("why", "check"):
        answered = _attributes(intent, ev, expert) if ev.found else []
        return _once([*explain.chain(intent, ev, expert), *answered]), None
    if intent.comparison == "sides":
        says, table = compare.sides(intent, ev, expert)
        if intent.options:
            return options.even_or_not(intent, says, compare.stronger_side(intent, ev)), table
        heights = _heights(intent, ev)
        if heights:
            higher = heights[0].about[0] if heights[0].about else ""
            heights = _claimed(intent, [replace(heights[0], about=()), *heights[1:]], higher)
            padding = intent.weighing in ("even", "uneven") and not compare.stronger_side(
                intent, ev
            )
            says = [] if padding else says
        else:
            says = _claimed(intent, says, compare.stronger_side(intent, ev))
        if heights and says:
            text = f"As for movement: {says[0].text[:1].lower()}{says[0].text[1:]}"
            says = [replace(says[0], text=text), *says[1:]]
        besides = tuple(a for a in intent.attributes if a in _NO_SIDES)
        if "asymmetry" in intent.attributes and besides:
            asked = intent.model_copy(update={"attributes": besides})
            says = [*says, *_attributes(asked, ev, expert)]
        return [*heights, *says], table
    if intent.comparison == "regions":
        return parts.regions(intent, ev, expert)
    if intent.kind == "summary":
        return _summary(intent, ev, expert, brief=brief), None
    if intent.kind == "locate":
        return _located(intent, ev, expert), None
    if intent.attributes:
        return _attributes(intent, ev, expert), None
    if intent.ranked and intent.expert and not intent.named:
        return attributes.foremost(ev, expert), None
    return describe.described(intent, ev, expert), None


def _claimed(intent: Intent, says: Sequence[Sentence], more: str | None) -> list[Sentence]:
    """Return a comparison of sides with yes or no, where it was asked whether they are even.

    ``more``: the side that shows more of it, "" for neither.
    """
    asks = intent.weighing in ("even", "uneven")
    if more is None or not says or not asks or intent.numbers:
        return list(says)
    uneven = more == intent.side if intent.side and more else bool(more)
    yes = uneven == (intent.weighing == "uneven")
    return [replace(says[0], verdict="yes" if yes else "no"), *says[1:]]


def _behind(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the movements behind the emotion that a choice named."""
    best = ev.emotion() if intent.emotions and intent.weighing not in ("where", "differ") else None
    if best is None or wording.is_mixed(best[1]):
        return []
    if (rival := ev.rival()) and rival.emotion in intent.emotions:
        return [best_with(rival, best[0], ev)]
    estimate = best[1]
    other = intent.weighing == "either" and estimate.label not in intent.emotions
    named = max(intent.emotions, key=lambda label: estimate.probabilities.get(label, 0.0))
    return attributes.behind(named if other else estimate.label, ev, expert)[:1]


def _heights(intent: Intent, ev: Evidence) -> list[Sentence]:
    """Tell which brow or lip corner sits higher, where that may be what is asked."""
    corners = {"left_lip_corner", "right_lip_corner"}
    if intent.attributes and set(intent.attributes) <= {"AU1", "AU2"}:
        return attributes.heights(ev, "brow")
    return attributes.heights(ev, "lip_corner") if set(intent.named) == corners else []


def _once(says: Sequence[Sentence]) -> list[Sentence]:
    """Without sentences that only repeat what an earlier one says."""
    kept: list[Sentence] = []
    for say in says:
        core = say.text.rstrip(".").lower()
        if not any(core in earlier.text.lower() for earlier in kept):
            kept.append(say)
    return kept


def _attributes(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    if intent.absent and intent.attributes == ("emotion",):
        return attributes.unlikely(ev)
    if intent.spans and intent.attributes == ("age",):
        return attributes.within_one_of(ev, intent.spans)
    if intent.attributes == ("age",) and intent.options:
        return attributes.decade(ev)
    says: list[Sentence] = []
    named_units = [a for a in intent.attributes if a in facs.UNITS]
    several = len(named_units) > 1 and not intent.numbers
    for attribute in intent.attributes:
        if attribute == "genuineness" and {"AU6", "AU7"} & {*named_units}:
            continue  # what the eyes do is asked, with its cause
        if several and attribute in named_units:
            if attribute == named_units[0]:
                says += attributes.units(named_units, ev, expert, polar=intent.polar) or [
                    silent.told(attribute, ev, expert)
                ]
            continue
        if attribute in COVERS:
            says += COVERS[attribute](ev, intent.named)
            continue
        found = _at_named(attribute, intent, ev, expert) or attributes.about(
            attribute,
            ev,
            expert=expert,
            numbers=intent.numbers,
            asked=intent.emotions,
            years=intent.years,
            full=intent.form == "long" or intent.kind in ("why", "check"),
            degree=intent.degree,
        )
        if attribute == "emotion" and intent.quality:
            found = qualities.weighed(intent.quality, found, ev)
        if attribute in signs.SIGNS:
            found = covers.beside(found, ev)
        if attribute in signs.OPPOSITES and intent.shut and intent.weighing != "opposites":
            found = signs.contrary(found)
        if attribute == "glasses" and len(intent.options) > 1:
            found = attributes.appearance.kind_of_glasses(found, ev)
        if attribute == "facial_hair":
            found = attributes.appearance.hair(found, ev, [word for word, _ in intent.options])
        if attribute == "gaze" and intent.polar:
            found = attributes.appearance.looks(found, ev, intent.direction)
        if (
            intent.shut
            and not intent.options
            and attribute in ("eye_openness", "mouth_openness", "AU25")
        ):
            found = closed(found)
        says += found or [silent.told(attribute, ev, expert)] * (
            not _told_by_signs(attribute, intent)
        )
    alone = [code for code in named_units if not _told_by_signs(code, intent)]
    if alone and not any(ev.reading(code) for code in named_units):
        narrow = [d for d in ev if d.region.name not in UNIONS] or list(ev)
        moving = tuple(d for d in narrow if wording.movements(d.action_units))
        says += attributes.movements(Evidence(ev.scene, moving), expert)
    if intent.felt and says:
        says = [_plainly(says[0]), weigh.felt(ev), *says[1:]]
    of_worn = {"glasses", "facial_hair"} & {*intent.attributes}
    if intent.weighing == "opposites" or (len(intent.options) > 1 and not of_worn):
        return [_plainly(say) for say in options.taken_up(intent, says)]
    in_eyes = "genuineness" in intent.attributes and _eyes_alone(intent)
    told = (intent.polar or intent.years or in_eyes) and not intent.felt
    if not told:
        return [_plainly(say) for say in says]
    first = next((n for n, say in enumerate(says) if say.verdict), 0)
    return [say if n <= first else _plainly(say) for n, say in enumerate(says)]


def _at_named(topic: str, intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what the parts that are named show of tension, or of a smile."""
    if topic == "genuineness" and _eyes_alone(intent):
        return attributes.in_the_eyes(ev, expert)
    return signs.at_parts(topic, ev, intent.named, expert) if topic == "tension" else []


def _eyes_alone(intent: Intent) -> bool:
    """Tell whether the eyes are named, and not the mouth as well, whose smile it is."""
    return bool({*intent.named} & {"left_eye", "right_eye"}) and "mouth" not in intent.named


def _told_by_signs(attribute: str, intent: Intent) -> bool:
    """Tell whether a unit was asked for as one sign of several, "tight or relaxed?"."""
    topics = [a for a in intent.attributes if a in attributes.SIGNS]
    return attribute in facs.UNITS and any(
        attribute in region_selection.UNITS_OF[topic] for topic in topics
    )


def _plainly(said: Sentence) -> Sentence:
    """Return a sentence without the yes or no that nobody asked for."""
    return replace(said, led=False)


def _summary(intent: Intent, ev: Evidence, expert: bool, *, brief: bool) -> list[Sentence]:
    """Return the whole face; of what stands out most only that."""
    if intent.absent:
        return attributes.absent(ev, expert)
    if intent.ranked:
        return attributes.foremost(ev, expert)
    says = attributes.emotion(ev, expert=expert, numbers=False)[:1]
    if brief:
        return says + attributes.foremost(ev, expert)
    narrow = (
        Evidence(ev.scene, tuple(d for d in ev if d.region.name != "face"))
        if len(ev.found) > 1
        else ev
    )
    says += attributes.movements(narrow, expert)
    says += attributes.at_odds(ev, expert)
    says += attributes.asymmetry(ev, expert)[:1] if attributes.sides(ev) else []
    return says + attributes.age(ev, expert)[:1]


MOST_PLACES = 3
"""Places that an answer to "where?" names."""


def _located(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell which regions show most of what is looked for; of an emotion that the face does not
    suggest, what it does."""
    if intent.emotions and (best := ev.emotion()):
        rival = ev.rival()
        suggested = {best[1].label, *([rival.emotion] if rival else [])}
        if not suggested & {*intent.emotions}:
            return attributes.emotion(ev, expert=expert, numbers=False)[:1]
    wanted = {*region_selection.units_for(intent.attributes)}
    if intent.emotions:
        wanted = {code for label in intent.emotions for code in combinations.units_of(label)}
    found: dict[tuple[str, str], list[tuple[float, RegionDescription]]] = {}
    for one in [d for d in ev if d.region.name not in UNIONS] or list(ev):
        seen = [u for u in one.action_units if u.code in wanted and u.intensity >= facs.PRESENT]
        if seen:
            top = max(seen, key=lambda u: u.intensity)
            here = found.setdefault((top.code, facs.unsided(one.region.name)), [])
            here.append((top.intensity, one))
    if not found and intent.emotions:
        word = joined((wording.EMOTION_NOUNS[label] for label in intent.emotions), "or")
        return [Sentence(f"No part of the face clearly shows what goes with {word}.", ev.ids())]
    if not found:
        return _attributes(intent, ev, expert)
    ranked = sorted(found, key=lambda key: -max(level for level, _ in found[key]))[:MOST_PLACES]
    told = []
    for key in ranked:
        both = [one for _, one in found[key]]
        ids = tuple(one.region.id for one in both)
        told.append((unit_name(key[0], expert), listed_places(both), ids))
    what, where, ids = told[0]
    says = [Sentence(f"Mostly at {where}, where {what} shows.", ids)]
    if more := told[1:]:
        text = f"There is also {joined(f'{what} at {where}' for what, where, _ in more)}."
        says.append(Sentence(text, tuple(i for *_, ids in more for i in ids)))
    return says
